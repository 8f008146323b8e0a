"""Where articles are: reads feeds, sitemaps, robots.txt and listing pages. Pure: bytes in, a `Found` out."""

from newscrawl.discovery.dates import date_in_url, iso
from newscrawl.discovery.found import Entry, Found, Link
from newscrawl.discovery.home import autodiscover, well_known
from newscrawl.discovery.later import Later, Turn
from newscrawl.discovery.listings import DOUBTFUL, ENOUGH
from newscrawl.discovery.recognise import discover
from newscrawl.discovery.shapes import Shapes, shape

__all__ = [
    "DOUBTFUL",
    "ENOUGH",
    "Entry",
    "Found",
    "Later",
    "Link",
    "Shapes",
    "Turn",
    "autodiscover",
    "date_in_url",
    "discover",
    "iso",
    "shape",
    "well_known",
]
