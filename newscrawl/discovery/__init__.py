"""Where articles are: reads feeds, sitemaps, robots.txt and listing pages. Pure: bytes in, a `Found` out."""

from newscrawl.discovery.dates import date_in_url, iso
from newscrawl.discovery.found import Entry, Found, Link
from newscrawl.discovery.home import autodiscover, well_known
from newscrawl.discovery.recognise import discover
from newscrawl.discovery.shapes import Shapes, learn_shapes, shape

__all__ = [
    "Entry",
    "Found",
    "Link",
    "Shapes",
    "autodiscover",
    "date_in_url",
    "discover",
    "iso",
    "learn_shapes",
    "shape",
    "well_known",
]
