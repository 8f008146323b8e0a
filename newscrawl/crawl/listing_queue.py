"""Listing pages that wait their turn: of each site one at a time, when nothing else of it is left to fetch."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection
from dataclasses import dataclass

from newscrawl.discovery.discovery_result import DiscoveryLink

NO_YIELD = 5
"""Pages of one kind in a row that named no URL which was not known, after which the rest of that kind is left: /about,
/jobs and /login are asked like /sport, 200 pages of authors are not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedPage:
    """A listing page that waits."""

    site: str
    """Registrable domain of the site."""
    link: DiscoveryLink
    named_by: str = ""
    """URL of the page that leads to it."""
    depth: int = 0
    """Steps from menu to menu, or from index to index, that led to it."""
    repeats: frozenset[str] | None = None
    """Normalized URLs that the page before named: a listing that shows the same again has no further pages."""

    @property
    def kind(self) -> tuple[str, str]:
        """What it is one of many of: sections of one folder, archives named by one page."""
        return self.link.rel, self.link.url.rstrip("/").rpartition("/")[
            0
        ] if self.link.rel == "section" else self.named_by


class ListingQueue:
    """What waits of all sites. Sections come before the second pages of listings: what is fresh, first."""

    def __init__(self) -> None:
        self._sites: dict[str, deque[QueuedPage]] = {}
        self._no_yield: Counter[tuple[str, str]] = Counter()

    def __len__(self) -> int:
        return sum(map(len, self._sites.values()))

    def add(self, queued: QueuedPage) -> None:
        """Lets a page wait."""
        self._sites.setdefault(queued.site, deque()).append(queued)

    def take(self, busy: Collection[str]) -> list[QueuedPage]:
        """The page whose turn it is of each site that is not busy."""
        taken = [queued for site in list(self._sites) if site not in busy and (queued := self._next(site))]
        self._sites = {site: waiting for site, waiting in self._sites.items() if waiting}
        return taken

    def _next(self, site: str) -> QueuedPage | None:
        waiting = self._sites[site]
        while waiting:
            queued = waiting.popleft()
            if self._no_yield[queued.kind] < NO_YIELD:
                return queued
        return None

    def ended(self, queued: QueuedPage, *, has_no_yield: bool) -> None:
        """A page was read, or could not be."""
        self._no_yield[queued.kind] = self._no_yield[queued.kind] + 1 if has_no_yield else 0
