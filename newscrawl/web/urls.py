"""URLs as keys and as names of outlets: normalized_url, registrable domain."""

from __future__ import annotations

import hashlib
import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit, urlunsplit

from courlan import clean_url
from tldextract import TLDExtract
from w3lib.url import canonicalize_url

_SHARED_HOSTS = tomllib.loads((files("newscrawl.web") / "shared_hosts.toml").read_text("utf-8"))["suffixes"]
# Without arguments TLDExtract downloads the public suffix list; its bundled copy serves. Its private part names
# services that give each customer a host: ann.blogspot.com and bo.blogspot.com are two outlets.
_suffixes = TLDExtract(
    suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True, extra_suffixes=_SHARED_HOSTS
)

_AMP_PATH = re.compile(r"(?<=/)amp/$|/amp$|\.amp(?=\.html?$|$)")
_VARIANT_QUERY = re.compile(
    r"(?:^|&)(?:(?:amp|print|printable|print_?view)(?:=1|=true|=yes|=)?|output(?:Type)?=amp|view=print)(?=&|$)"
)
_SESSION_NAME = r"(?:phpsessid|sess(?:ion)?_?id|session|j?sessionid|aspsessionid\w{0,20}|s_?id|oscsid|zenid|cftoken)="
_SESSION = re.compile(_SESSION_NAME + r"[\w.,-]{16,128}", re.IGNORECASE)
"""A parameter that names the visitor's session: "sid=444ff3c394e8dd17"; "sid=1234" is a story of PHP-Nuke."""
_MAY_BE_SESSION = re.compile(_SESSION_NAME, re.IGNORECASE)


def _pattern(table: dict[str, list[str]]) -> re.Pattern[str]:
    """What the names of a table in tracking.toml begin with."""
    names = [f"{re.escape(name)}$" for name in table.get("names", [])]
    words = [rf"(?:.*(?:[^a-z0-9]|_))?{re.escape(word)}" for word in table.get("words", [])]
    return re.compile("|".join([*map(re.escape, table["prefixes"]), *names, *words]), re.DOTALL)


_tracking = tomllib.loads((files("newscrawl.web") / "tracking.toml").read_text("utf-8"))
_TRACKING, _MAY_BE_TRACKING = _pattern(_tracking["always"]), _pattern(_tracking["unless_number"])
"""Names of parameters that tell where a reader comes from, whatever their value; and those that may."""
_PATH_SESSION = re.compile(r";jsessionid=[\w.!-]{8,128}", re.IGNORECASE)
PLAIN_URL = re.compile(
    r"https?://(?P<host>[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9][a-z0-9-]{0,62}){1,9})(?P<path>(?:/[A-Za-z0-9_-][\w.-]{0,300}){0,30}/?)",
    re.ASCII,
)
"""A URL on which there is nothing to resolve, decode or leave out: most of those in sitemaps and feeds."""
_MOBILE_HOST = re.compile(r"^(?:www\.|m\.|mobile\.|amp\.)+(?=[^.]+\.)")


@lru_cache(maxsize=4096)
def host_domain(host: str) -> str:
    """The domain that names the outlet at a host: its registrable domain, on a shared host the outlet's name there.

    "www.gull.co.uk" is "gull.co.uk", "ann.substack.com" itself; the front of the service, "www.substack.com", is
    "substack.com". The last two labels count under a suffix that no list knows; an address is itself.
    """
    host = host.lower().rstrip(".")
    try:
        return str(ip_address(host.strip("[]")))
    except ValueError:
        found = _suffixes(host)
    if not found.suffix:
        return ".".join(host.split(".")[-2:])
    is_front = not found.domain or (found.domain == "www" and not found.subdomain)
    return found.suffix if is_front else f"{found.domain}.{found.suffix}"


def domain_of(url: str | None) -> str | None:
    """Registrable domain of a URL; None without a host."""
    host = _split(url).hostname if url else None
    return host_domain(host) if host else None


def site_url(url: str) -> str:
    """Scheme and host of the URL with a trailing slash."""
    parts = _split(url)
    return f"{parts.scheme}://{parts.netloc}/"


def without_session(url: str) -> str:
    """The URL without the number of a session: a site that writes it into its links names each page anew each time."""
    path, _, query = _PATH_SESSION.sub("", url).partition("?")
    pairs = [pair for pair in query.split("&") if not _SESSION.fullmatch(pair)] if query else []
    return f"{path}?{'&'.join(pairs)}" if pairs else path


def differ_by_session(url: str, other: str) -> bool:
    """Whether two URLs differ in nothing but what may be the number of a session: of one page two addresses, or two
    stories of PHP-Nuke, but never a listing and its next page."""
    return _but_for_session(url) == _but_for_session(other)


def _but_for_session(url: str) -> tuple[str, list[str]]:
    path, _, query = _PATH_SESSION.sub("", url).partition("?")
    return path, [pair for pair in query.split("&") if pair and not _MAY_BE_SESSION.match(pair)]


def is_tracking(pair: str) -> bool:
    """Whether a parameter, "name=value", certainly names nothing but where a reader comes from."""
    name, equals, _ = pair.partition("=")
    return bool(equals and _TRACKING.match(name.lower()))


def without_tracking(url: str) -> str:
    """The URL without session and tracking parameters, in its query or its fragment ("#xtor=RSS-1")."""
    url, _, fragment = without_session(url).partition("#")
    path, _, query = url.partition("?")
    pairs = [pair for pair in query.split("&") if not is_tracking(pair)] if query else []
    url = f"{path}?{'&'.join(pairs)}" if pairs else path
    return url if not fragment or all(map(is_tracking, fragment.split("&"))) else f"{url}#{fragment}"


def normalized_url(url: str) -> str:
    """newscrawl's key of a URL: one for its variants: tracking, session, fragment, AMP, print, mobile, scheme."""
    if (plain := PLAIN_URL.fullmatch(url)) is not None:
        path = _AMP_PATH.sub("", plain["path"]).rstrip("/")
        return f"https://{_MOBILE_HOST.sub('', plain['host'])}{path}"
    return _normalized(url)


def _normalized(url: str) -> str:
    path, _, query = without_tracking(url).partition("#")[0].partition("?")
    pairs = "&".join(pair for pair in query.split("&") if _may_name_page(pair))
    parts = _split(canonicalize_url(f"{clean_url(path) or path}?{pairs}"))
    host = _MOBILE_HOST.sub("", parts.netloc.lower())
    path = _AMP_PATH.sub("", parts.path).rstrip("/")
    return urlunsplit(("https", host, path, _VARIANT_QUERY.sub("", parts.query).lstrip("&"), ""))


def _may_name_page(pair: str) -> bool:
    """Whether a parameter may tell one article from another: "uid=77", "?12345" and "?/news/12" do, "ref=home" not."""
    name, equals, value = pair.partition("=")
    return bool(name) if not equals else bool(value) and (value.isdigit() or not _MAY_BE_TRACKING.match(name.lower()))


def url_key(spider: str, normalized: str) -> bytes:
    """16 bytes that stand for (spider, normalized_url)."""
    return hashlib.sha256(f"{spider}\n{normalized}".encode()).digest()[:16]


def without_password(url: str) -> str:
    """The URL for a log: a user's name and password written as "***"."""
    parts = _split(url)
    user, at, _ = parts.netloc.rpartition("@")
    return url.replace(f"{user}@", "***@", 1) if at else url


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")
