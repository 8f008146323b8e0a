"""URLs that must not be asked for, by the way they come in, and a few near misses that must be.

`{port}` stands for the canary's port (FaultServer.canary_port): whoever connects there has failed for all to see. The
other rows lead to addresses that no test can watch, so they are for the guard's own functions and for its counters.
Addresses after IANA's special-purpose registries (RFC 6890 and its updates); forms of IPv4 after WHATWG URL, 3.5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Entry = Literal[
    "start", "link", "redirect", "sitemap", "sitemap_index", "feed", "robots_redirect", "robots_sitemap", "canonical",
    "meta_refresh", "amphtml", "next_part", "alternate_feed", "dns",
]  # fmt: skip

PATHS: dict[Entry, str] = {
    "link": "/link", "redirect": "/redirect", "sitemap": "/sitemap.xml", "sitemap_index": "/sitemap-index.xml",
    "feed": "/feed.xml", "canonical": "/canonical", "meta_refresh": "/meta-refresh", "amphtml": "/amphtml",
    "next_part": "/next-part", "alternate_feed": "/alternate-feed",
}  # fmt: skip
"""Where FaultServer's scene `ssrf` serves each entry; the two of robots.txt are the scene `ssrf-robots`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One URL."""

    name: str
    url: str
    """May hold {port}."""
    entry: Entry
    """Where it comes in."""
    why: str
    answers: tuple[tuple[str, ...], ...] = ()
    """For entry "dns": what the resolver says for the URL's host at the first, second, ... look-up; the last stays."""
    allowed: bool = False
    """Whether it is to be asked for: the controls."""
    must: bool = True
    """False where good crawlers differ."""

    def at(self, port: int) -> str:
        """The URL with the canary's port."""
        return self.url.replace("{port}", str(port))


LOOPBACK_FORMS = {
    "plain": "127.0.0.1", "elsewhere-in-127": "127.8.9.10", "decimal": "2130706433", "hex": "0x7f000001",
    "hex-dotted": "0x7F.0x0.0x0.0x1", "octal": "0177.0.0.1", "octal-whole": "017700000001",
    "octal-padded": "00000177.0.0.1", "two-parts": "127.1", "three-parts": "127.0.1", "mixed": "0177.0x0.1",
    "trailing-dot": "127.0.0.1.", "full-width": "\uff11\uff12\uff17.\uff10.\uff10.\uff11",
    "circled": "\u2460\u2461\u2466.\u24ea.\u24ea.\u2460", "ideographic-stop": "127\u30020\u30020\u30021",
    "percent": "%31%32%37.0.0.1", "soft-hyphen": "127.0.0\u00ad.1", "overflow": "6425673729",
    "unspecified": "0.0.0.0", "zero": "0", "v6": "[::1]", "v6-long": "[0:0:0:0:0:0:0:1]", "v6-unspecified": "[::]",
    "v6-mapped": "[::ffff:127.0.0.1]", "v6-mapped-hex": "[::ffff:7f00:1]", "v6-compatible": "[::127.0.0.1]",
    "v6-zone": "[::1%25lo]",
}  # fmt: skip
"""Spellings of this machine, as hosts of a URL. Some are no URL for some parsers: refusing them is as good."""

EMBEDDED = {
    "nat64": "[64:ff9b::7f00:1]", "nat64-metadata": "[64:ff9b::a9fe:a9fe]", "nat64-local": "[64:ff9b:1::a00:1]",
    "6to4": "[2002:7f00:1::]", "6to4-private": "[2002:a00:1::1]", "teredo": "[2001:0:53aa:64c:0:0:80ff:fffe]",
    "siit": "[::ffff:0:127.0.0.1]", "isatap": "[fe80::5efe:7f00:1]",
}  # fmt: skip
"""IPv6 addresses that carry a private IPv4 one."""

RESERVED = {
    "10": "10.0.0.1", "172-16": "172.16.0.1", "172-31": "172.31.255.254", "192-168": "192.168.1.1",
    "link-local": "169.254.1.1", "metadata": "169.254.169.254", "metadata-containers": "169.254.170.2",
    "shared": "100.64.0.1", "metadata-in-shared": "100.100.100.200", "protocol-assignments": "192.0.0.192",
    "documentation": "192.0.2.1", "benchmarks": "198.18.0.1", "multicast": "224.0.0.1",
    "multicast-ssdp": "239.255.255.250", "future": "240.0.0.1", "broadcast": "255.255.255.255",
    "this-network": "0.1.2.3", "decimal-metadata": "2852039166", "v6-unique-local": "[fc00::1]",
    "v6-metadata": "[fd00:ec2::254]", "v6-link-local": "[fe80::1]", "v6-link-local-zone": "[fe80::1%25eth0]",
    "v6-site-local": "[fec0::1]", "v6-multicast": "[ff02::1]", "v6-documentation": "[2001:db8::1]",
    "v6-discard": "[100::1]", "v6-mapped-private": "[::ffff:10.0.0.1]",
}  # fmt: skip

NAMES = {
    "localhost": "localhost", "localhost-dot": "localhost.", "localhost-upper": "LOCALHOST",
    "localhost-sub": "a.localhost", "localhost-sub-dot": "a.localhost.", "localdomain": "localhost.localdomain",
    "ip6-localhost": "ip6-localhost",
}  # fmt: skip

INSIDE = {
    "google-metadata": "metadata.google.internal", "docker": "host.docker.internal",
    "kubernetes": "kubernetes.default.svc", "mdns": "printer.local", "home": "router.home.arpa",
    "single-label": "intranet", "onion": "courier.onion",
}  # fmt: skip
"""Names that mean something only inside a network; the resolver's answers tell as well."""

SCHEMES = {
    "file": "file:///etc/passwd", "file-host": "file://127.0.0.1/etc/passwd", "file-upper": "FILE:///etc/passwd",
    "data": "data:text/html,<h1>x</h1>", "ftp": "ftp://127.0.0.1:{port}/x", "gopher": "gopher://127.0.0.1:{port}/_x",
    "s3": "s3://bucket/key", "javascript": "javascript:alert(1)", "dict": "dict://127.0.0.1:{port}/d",
    "ws": "ws://127.0.0.1:{port}/", "ldap": "ldap://127.0.0.1:{port}/", "jar": "jar:http://127.0.0.1:{port}/a!/b",
    "view-source": "view-source:file:///etc/passwd", "blob": "blob:http://127.0.0.1/x", "about": "about:blank",
    "boilerplate": "boilerplate://settings", "feed": "feed:http://127.0.0.1:{port}/", "mailto": "mailto:a@example.com",
    "unix": "http+unix://%2Fvar%2Frun%2Fdocker.sock/info",
}  # fmt: skip

TRICKS = {
    "userinfo": "http://example.com@127.0.0.1:{port}/", "userinfo-port": "http://example.com:80@127.0.0.1:{port}/",
    "userinfo-twice": "http://a@example.com@127.0.0.1:{port}/", "fragment": "http://127.0.0.1:{port}#@example.com/",
    "query": "http://127.0.0.1:{port}?@example.com/", "backslash": "http://127.0.0.1:{port}\\@example.com/",
    "backslash-behind": "http://example.com\\@127.0.0.1:{port}/", "backslashes": "http:\\\\127.0.0.1:{port}\\",
    "upper": "HTTP://127.0.0.1:{port}/", "no-slashes": "http:127.0.0.1:{port}/",
    "third-slash": "http:///127.0.0.1:{port}/", "tab": "ht\ttp://127.0.0.1:{port}/",
    "newline": "http://127.0.\n0.1:{port}/", "space": " http://127.0.0.1:{port}/",
    "nul": "http://127.0.0.1\x00.example.com:{port}/", "scheme-relative": "//127.0.0.1:{port}/",
    "encoded-dot": "http://127%2e0%2e0%2e1:{port}/",
    "crlf": "http://127.0.0.1:{port}/ HTTP/1.1\r\nHost: x\r\n\r\nGET /",
}  # fmt: skip
"""Where parsers disagree about the host. Scheme-relative ones and those with white space come as links."""

PORTS = {"ssh": 22, "smtp": 25, "memcached": 11211, "redis": 6379, "postgres": 5432}

NIP = ("127.0.0.1",)
PUBLIC = ("93.184.215.14",)
DNS: dict[str, tuple[tuple[str, ...], ...]] = {
    "to-loopback": (NIP,), "to-private": (("10.1.2.3",),), "to-metadata": (("169.254.169.254",),),
    "to-unspecified": (("0.0.0.0",),), "to-v6-loopback": (("::1",),), "to-v6-unique-local": (("fd12::1",),),
    "to-mapped": (("::ffff:127.0.0.1",),), "to-nat64": (("64:ff9b::7f00:1",),), "to-shared": (("100.64.9.9",),),
    "to-multicast": (("224.0.0.251",),), "public-then-private-in-one": ((*PUBLIC, "127.0.0.1"),),
    "private-then-public-in-one": (("127.0.0.1", *PUBLIC),), "v4-public-v6-private": ((*PUBLIC, "fd12::1"),),
    "rebinding": (PUBLIC, NIP), "rebinding-late": (PUBLIC, PUBLIC, PUBLIC, ("169.254.169.254",)),
}  # fmt: skip
"""Answers for NAME.attacker.example. A mixed answer may be refused or cleaned; no connection may go to the private one.
A rebinding name is public when it is checked and private when it is connected to: check what is connected to."""

ALLOWED = {
    "just-below-172-16": "http://172.15.255.255/", "just-above-172-31": "http://172.32.0.1/",
    "just-below-shared": "http://100.63.255.255/", "just-above-shared": "http://100.128.0.1/",
    "eleven": "http://11.0.0.1/", "public": "http://93.184.215.14/", "public-decimal": "http://1572394766/",
    "v6-public": "http://[2606:4700:4700::1111]/", "v6-mapped-public": "http://[::ffff:93.184.215.14]/",
}  # fmt: skip

ALLOWED_NAMES = (
    "127.0.0.1.example.com",
    "localhost.example.com",
    "10.example.com",
    "fe80.example.com",
    "notlocalhost.example",
)

VIA: tuple[Entry, ...] = (
    *PATHS, "robots_redirect", "robots_sitemap",
)  # fmt: skip
SAMPLES = {
    "canary": "http://127.0.0.1:{port}/", "canary-decimal": "http://2130706433:{port}/",
    "canary-name": "http://localhost:{port}/", "metadata": "http://169.254.169.254/latest/meta-data/",
    "file": "file:///etc/passwd",
}  # fmt: skip
"""What is put through every entry."""


def _forms() -> list[Row]:
    groups = (
        ("loopback", LOOPBACK_FORMS, "a spelling of this machine", ":{port}"),
        ("name", NAMES, "a name of this machine", ":{port}"),
        ("embedded", EMBEDDED, "IPv6 that carries a private IPv4 address", ""),
        ("reserved", RESERVED, "an address that is not global", ""),
        ("inside", INSIDE, "a name that means something only inside a network", ""),
    )
    return [
        Row(name=f"{group}/{name}", url=f"http://{host}{port}/", entry="start", why=why, must=group != "inside")
        for group, hosts, why, port in groups
        for name, host in hosts.items()
    ]


def _urls() -> list[Row]:
    rows = [Row(name=f"scheme/{n}", url=url, entry="link", why="neither http nor https") for n, url in SCHEMES.items()]
    rows += [
        Row(name=f"trick/{n}", url=url, entry="link", why="parsers disagree on the host") for n, url in TRICKS.items()
    ]
    why = "a public host, but another service's port"
    rows += [
        Row(name=f"port/{n}", url=f"http://93.184.215.14:{port}/", entry="link", why=why, must=False)
        for n, port in PORTS.items()
    ]
    return rows


def _entries() -> list[Row]:
    return [
        Row(name=f"{entry}/{name}", url=url, entry=entry, why=f"comes in by {entry}")
        for entry in VIA
        for name, url in SAMPLES.items()
    ]


def _names() -> list[Row]:
    why = "a public name that leads inside"
    return [
        Row(name=f"dns/{n}", url=f"http://{n}.attacker.example:{{port}}/", entry="dns", why=why, answers=answers)
        for n, answers in DNS.items()
    ]


def _controls() -> list[Row]:
    rows = [Row(name=f"allowed/{n}", url=u, entry="start", why="public", allowed=True) for n, u in ALLOWED.items()]
    rows += [
        Row(name=f"allowed/{n}", url=f"http://{n}/", entry="dns", why="public", answers=(PUBLIC,), allowed=True)
        for n in ALLOWED_NAMES
    ]
    url = "http://example.com/?next=http://127.0.0.1/#http://10.0.0.1/"
    return [*rows, Row(name="allowed/query", url=url, entry="dns", why="public", answers=(PUBLIC,), allowed=True)]


ROWS: tuple[Row, ...] = (*_forms(), *_urls(), *_entries(), *_names(), *_controls())
