"""The learned profiles of a run: which pages of an archive they are made from, and which profile a page is read by."""

from __future__ import annotations

from collections.abc import Iterable

from newscrawl.sites import FEWEST, WINDOW, PagePrint, SiteMemory, encoded_profile, remember, url_hash
from newscrawl.urls import domain_of

MOST_SITES = 2_000
"""Sites of an archive that get a profile, those with most pages: 40 MB."""


class Profiles:
    """The profiles of a run by registrable domain, encoded for the workers. A profile does not change in a run."""

    def __init__(self) -> None:
        self._encoded: dict[str, bytes] = {}

    def of(self, url: str) -> bytes:
        """The profile by which a page is read; b"" without one."""
        return self._encoded.get(domain_of(url) or "", b"")

    def learn(self, site: str, prints: Iterable[PagePrint]) -> None:
        """Makes a site's profile of these pages, where they are enough."""
        if encoded := encoded_profile(remember(SiteMemory(), prints)):
            self._encoded[site] = encoded


Place = tuple[str, int]
"""Where a page stands in an archive: file and offset."""


class Sampling:
    """Which pages of an archive are looked at for profiles: of each site the newest, as its memory would keep them."""

    def __init__(self) -> None:
        self._sites: dict[str, list[tuple[str, int, Place]]] = {}

    def add(self, url: str, fetched_at: str, place: Place) -> None:
        """Notes a page."""
        pages = self._sites.setdefault(domain_of(url) or "", [])
        pages.append((fetched_at[:10], -url_hash(url), place))
        if len(pages) >= 2 * WINDOW:
            _cut(pages)

    def chosen(self) -> set[Place]:
        """The pages to look at, of the sites that have enough."""
        sites = sorted(self._sites, key=lambda site: (-len(self._sites[site]), site))
        chosen: set[Place] = set()
        for pages in (self._sites[site] for site in sites[:MOST_SITES]):
            _cut(pages)
            chosen.update(place for _, _, place in pages if len(pages) >= FEWEST)
        return chosen


def _cut(pages: list[tuple[str, int, Place]]) -> None:
    pages.sort(reverse=True)
    del pages[WINDOW:]
