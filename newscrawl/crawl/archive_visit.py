"""The visit of a page that comes from an archive: it has no entry in a ledger, and is only counted."""

from __future__ import annotations

from typing import Any

from scrapy.http import Response

from newscrawl.crawl.session import Session
from newscrawl.fetch.fetched_page import FetchedPage
from newscrawl.items import Rejection
from newscrawl.ledger import Outcome, Visit
from newscrawl.sites.profiles import PageFingerprint


class ArchiveVisit:
    """A `PageVisit` without a ledger. Profiles are made before the first page is read."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def settle(self, outcome: Outcome, **what: Any) -> Visit | None:
        """Counts the page."""
        visit: Visit = "new" if outcome == "article" else "rejected" if outcome == "rejected" else "failed"
        self._session.count_visit(visit, outcome, what.get("reason"))
        return visit

    async def reject(self, rejection: Rejection, page: FetchedPage) -> None:
        """Counts the page; nothing is asked of the web."""
        await self.settle("rejected", reason=rejection.reason)

    def leave(self) -> None:
        """Nothing: the next run reads the whole archive."""

    def rendered(self, response: Response) -> FetchedPage:
        """Never called: a page of an archive is not rendered."""
        raise NotImplementedError

    async def wants_fingerprint(self, url: str) -> bool:
        """Never: what is learned of an archive's sites is learned before."""
        return False

    async def saw(self, url: str, seen: PageFingerprint | None) -> None:
        """Nothing."""
