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
_AMP_QUERY = re.compile(r"(?:^|&)(?:amp|outputType=amp|output=amp)(?:=1|=true|=)?(?=&|$)")
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


def normalized_url(url: str) -> str:
    """newscrawl's key of a URL: one for its tracking, fragment, AMP, mobile, scheme and trailing-slash variants."""
    parts = _split(canonicalize_url(clean_url(url) or url))
    host = _MOBILE_HOST.sub("", parts.netloc.lower())
    path = _AMP_PATH.sub("", parts.path).rstrip("/")
    return urlunsplit(("https", host, path, _AMP_QUERY.sub("", parts.query), ""))


def url_key(spider: str, normalized: str) -> bytes:
    """16 bytes that stand for (spider, normalized_url)."""
    return hashlib.sha256(f"{spider}\n{normalized}".encode()).digest()[:16]


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")
