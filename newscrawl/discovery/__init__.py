"""Where articles are: reads feeds, sitemaps, robots.txt and listing pages. Pure: bytes in, a `Found` out."""

from newscrawl.discovery.dates import date_in_url, iso
from newscrawl.discovery.discovery_result import Entry, Found, Link
from newscrawl.discovery.home_page import autodiscover, well_known
from newscrawl.discovery.listings import DOUBTFUL, ENOUGH
from newscrawl.discovery.site_detection import discover
from newscrawl.discovery.url_patterns import Shapes, shape

__all__ = [
    "DOUBTFUL",
    "ENOUGH",
    "Entry",
    "Found",
    "Link",
    "Shapes",
    "autodiscover",
    "date_in_url",
    "discover",
    "iso",
    "shape",
    "well_known",
]
