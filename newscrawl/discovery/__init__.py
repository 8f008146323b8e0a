"""Where articles are: reads feeds, sitemaps, robots.txt and listing pages. Pure: bytes in, a `DiscoveryResult` out."""

from newscrawl.discovery.discovery_result import DiscoveryLink, DiscoveryResult
from newscrawl.discovery.home_page import autodiscover, well_known
from newscrawl.discovery.listings import ENOUGH, UNCERTAIN
from newscrawl.discovery.site_detection import discover
from newscrawl.discovery.url_patterns import UrlPatterns, url_pattern
from newscrawl.web.dates import date_in_url, iso

__all__ = [
    "ENOUGH",
    "UNCERTAIN",
    "DiscoveryLink",
    "DiscoveryResult",
    "UrlPatterns",
    "autodiscover",
    "date_in_url",
    "discover",
    "iso",
    "url_pattern",
    "well_known",
]
