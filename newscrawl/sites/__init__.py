"""What is known of a site beside its pages: its learned profile."""

from newscrawl.sites.fingerprints import PagePrint, page_print, url_hash
from newscrawl.sites.memory import WINDOW, SiteMemory, remember
from newscrawl.sites.profile import FEWEST, Repeat, SiteProfile, encoded_profile
from newscrawl.sites.repeated import is_everywhere, without_chrome

__all__ = [
    "FEWEST",
    "WINDOW",
    "PagePrint",
    "Repeat",
    "SiteMemory",
    "SiteProfile",
    "encoded_profile",
    "is_everywhere",
    "page_print",
    "remember",
    "url_hash",
    "without_chrome",
]
