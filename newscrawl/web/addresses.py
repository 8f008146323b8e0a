"""Which hosts a crawl may talk to: no private address, no odd scheme, unless the user names them."""

from __future__ import annotations

import socket
import unicodedata
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import unquote, urlsplit

_NOT_PUBLIC = tuple(
    map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "fec0::/10", "64:ff9b:1::/48", "::ffff:0:0:0/96"))
)
"""What `ipaddress` calls global, in all or in some of the Pythons 3.11 to 3.14, and is not: protocol assignments, 6to4
relays, site-local, local NAT64, SIIT (IANA special-purpose registries)."""
_LOCAL_NAMES = frozenset(("localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback"))
_LOCAL_ENDINGS = (".localhost", ".localdomain", ".local", ".internal", ".home.arpa", ".onion")
_NAT64 = int(IPv6Address("64:ff9b::"))


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet (IANA special-purpose registries, by `ipaddress`).

    Addresses that carry an IPv4 address inside (mapped, 6to4, Teredo, NAT64) are judged by that too.
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if any(found in network for network in _NOT_PUBLIC):
        return False
    if isinstance(found, IPv4Address):
        return found.is_global and not found.is_multicast
    inner = _embedded(found)
    if inner is not None:
        return is_public(str(inner))
    return found.is_global and not found.is_multicast


def _embedded(address: IPv6Address) -> IPv4Address | None:
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if int(address) >> 32 == _NAT64 >> 32 or int(address) >> 32 == 0:  # 64:ff9b::/96, and the deprecated ::/96
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def literal_address(host: str) -> str | None:
    """The address that a host names by itself, in all forms that a resolver takes: 127.1, 0x7f000001, 2130706433."""
    host = host.strip("[]").rstrip(".")
    try:
        return str(ip_address(host.partition("%")[0]))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host)) if host and host[0].isdigit() else None
    except OSError:
        return None


def plain_host(host: str) -> str:
    """The host as resolvers read it: percent and width forms resolved, no invisible characters, no last dot."""
    text = unicodedata.normalize("NFKC", unquote(host)).replace("\u3002", ".")
    return "".join(char for char in text if unicodedata.category(char) != "Cf").lower().rstrip(".")


@dataclass(frozen=True, slots=True)
class HostAllowlist:
    """The exceptions that a user makes from the guard's rule."""

    hosts: dict[str, tuple[str, int]] = field(default_factory=dict)
    """NEWSCRAWL_HOSTS: name -> (address, port) that stands in for DNS."""
    allowed: frozenset[str] = frozenset()
    """NEWSCRAWL_ALLOW_PRIVATE_HOSTS: "host" or "host:port"."""

    @classmethod
    def parse(cls, hosts: str, allowed: str) -> HostAllowlist:
        """From the two settings' texts; ValueError names the part that is wrong and how it should read."""
        table = dict(_host_entry(part) for part in _parts(hosts))
        return cls(table, frozenset(part.lower() for part in _parts(allowed)))

    def open_for(self, host: str, port: int) -> bool:
        """Whether the user let this host through by name."""
        host = host.lower()
        return host in self.allowed or f"{host}:{port}" in self.allowed

    def refusal(self, url: str) -> str | None:
        """Why the URL must not be requested; None where it may, as far as its text tells: the resolver has the rest."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError:
            return "malformed_url"
        if "\\" in url:  # browsers read it as "/", urlsplit does not: "http://127.0.0.1\\@example.com/"
            return "malformed_url"
        if parts.scheme not in ("http", "https"):
            return "blocked_scheme"
        if not host:
            return "no_host"
        if "@" in parts.netloc:
            return "password_in_url"
        if host in self.hosts or self.open_for(host, port):
            return None
        name = plain_host(host)
        if name in _LOCAL_NAMES or name.endswith(_LOCAL_ENDINGS) or name.isdigit():
            address = literal_address(name)  # digits that are an address may be a public one
            return None if address and is_public(address) else "blocked_address"
        address = literal_address(name)
        return None if address is None or is_public(address) else "blocked_address"


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _host_entry(part: str) -> tuple[str, tuple[str, int]]:
    name, _, target = part.partition("=")
    address, _, port = target.rpartition(":")
    if not (name and literal_address(address) and port.isdigit()):
        raise ValueError(f"NEWSCRAWL_HOSTS: {part!r} should read name=127.0.0.1:port")
    return name.lower(), (address.strip("[]"), int(port))
