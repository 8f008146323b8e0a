"""What was learned of a site from its own pages: which blocks repeat on them."""

from newscrawl.sites.profiles.fingerprints import PageFingerprint, page_fingerprint, url_hash
from newscrawl.sites.profiles.memory import WINDOW, SiteMemory, new_boilerplate, remember
from newscrawl.sites.profiles.profile import FEWEST, Repeat, SiteProfile, encoded_profile
from newscrawl.sites.profiles.repeated import is_everywhere, without_boilerplate

__all__ = [
    "FEWEST",
    "WINDOW",
    "PageFingerprint",
    "Repeat",
    "SiteMemory",
    "SiteProfile",
    "encoded_profile",
    "is_everywhere",
    "new_boilerplate",
    "page_fingerprint",
    "remember",
    "url_hash",
    "without_boilerplate",
]
