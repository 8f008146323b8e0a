"""URLs as keys and as names of outlets: normalized_url, registrable domain."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit, urlunsplit

from courlan import clean_url
from tldextract import TLDExtract
from w3lib.url import canonicalize_url

# Without arguments TLDExtract downloads the public suffix list; its bundled copy serves.
_suffixes = TLDExtract(suffix_list_urls=(), cache_dir=None)

_AMP_PATH = re.compile(r"(?<=/)amp/$|/amp$|\.amp(?=\.html?$|$)")
_VARIANT_QUERY = re.compile(
    r"(?:^|&)(?:(?:amp|print|printable|print_?view)(?:=1|=true|=yes|=)?|output(?:Type)?=amp|view=print)(?=&|$)"
)
_SESSION = re.compile(
    r"(?:phpsessid|sess(?:ion)?_?id|session|j?sessionid|aspsessionid\w{0,20}|s_?id|oscsid|zenid|cftoken)=[\w.,-]{16,128}",
    re.IGNORECASE,
)
"""A parameter that names the visitor's session: "sid=444ff3c394e8dd17"; "sid=1234" is a story of PHP-Nuke."""
_PATH_SESSION = re.compile(r";jsessionid=[\w.!-]{8,128}", re.IGNORECASE)
_MOBILE_HOST = re.compile(r"^(?:www\.|m\.|mobile\.|amp\.)+(?=[^.]+\.)")


@lru_cache(maxsize=4096)
def host_domain(host: str) -> str:
    """Registrable domain of a host; the last two labels under a suffix that no list knows; an address is itself."""
    host = host.lower().rstrip(".")
    try:
        return str(ip_address(host.strip("[]")))
    except ValueError:
        found = _suffixes(host)
    if found.domain and found.suffix:
        return f"{found.domain}.{found.suffix}"
    return ".".join(host.split(".")[-2:])


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


def normalized_url(url: str) -> str:
    """newscrawl's key of a URL: one for its variants: tracking, session, fragment, AMP, print, mobile, scheme."""
    parts = _split(canonicalize_url(without_session(clean_url(url) or url)))
    host = _MOBILE_HOST.sub("", parts.netloc.lower())
    path = _AMP_PATH.sub("", parts.path).rstrip("/")
    return urlunsplit(("https", host, path, _VARIANT_QUERY.sub("", parts.query).lstrip("&"), ""))


def url_key(spider: str, normalized: str) -> bytes:
    """16 bytes that stand for (spider, normalized_url)."""
    return hashlib.sha256(f"{spider}\n{normalized}".encode()).digest()[:16]


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")
