"""What is known of a site beside its pages: its learned profile."""

from newscrawl.sites.fingerprints import PagePrint, page_print
from newscrawl.sites.memory import SiteMemory, remember
from newscrawl.sites.profile import Repeat, SiteProfile, encoded_profile
from newscrawl.sites.repeated import is_everywhere, without_chrome

__all__ = [
    "PagePrint",
    "Repeat",
    "SiteMemory",
    "SiteProfile",
    "encoded_profile",
    "is_everywhere",
    "page_print",
    "remember",
    "without_chrome",
]
