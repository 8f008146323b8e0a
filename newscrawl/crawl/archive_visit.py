"""The visits of pages that come from an archive: they have no entry in a ledger."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from typing import Any

from scrapy.http import Response

from newscrawl.crawl.session import Session
from newscrawl.fetch.fetched_page import FetchedPage
from newscrawl.items import Article, Rejection
from newscrawl.ledger import Outcome, Visit
from newscrawl.sites.profiles import PageFingerprint
from newscrawl.stories.tables import create_tables

Part = tuple[str | None, bytes]
"""Content type and bytes."""


class ArchiveVisit:
    """A `PageVisit` of a page in anyone's archive. Profiles are made before the first page is read."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def settle(self, outcome: Outcome, **what: Any) -> Visit | None:
        """Counts the page."""
        visit = self.outcome(outcome, **what)
        self._session.count_visit(visit, outcome, what.get("reason"))
        return visit

    def outcome(self, outcome: Outcome, **what: Any) -> Visit:
        """How the visit counts: every page gives its record."""
        return "new" if outcome == "article" else "rejected" if outcome == "rejected" else "failed"

    async def reject(self, rejection: Rejection, page: FetchedPage) -> None:
        """Counts the page; nothing is asked of the web."""
        await self.settle("rejected", reason=rejection.reason)

    def leave(self) -> None:
        """Nothing: the next run reads the whole archive."""

    def rendered(self, response: Response) -> FetchedPage:
        """Never called: a page of an archive is not rendered."""
        raise NotImplementedError

    def archived_part(self, url: str) -> Part | None:
        """None: what belongs together is not known."""
        return None

    async def wants_fingerprint(self, url: str) -> bool:
        """Never: what is learned of an archive's sites is learned before."""
        return False

    async def saw(self, url: str, seen: PageFingerprint | None) -> None:
        """Nothing."""


class ReadAgain:
    """What has been read of an archive of newscrawl's own, in a database of its own that goes with the run: which
    visits gave a record when they were live, and the stories."""

    def __init__(self) -> None:
        self.database = sqlite3.connect("", isolation_level=None)
        self.database.execute("CREATE TABLE known (id TEXT PRIMARY KEY, url TEXT, hash TEXT, canonical TEXT) STRICT")
        self.database.execute("CREATE INDEX known_by_hash ON known (hash)")
        create_tables(self.database)
        self._last = asyncio.Event()
        self._last.set()

    def take_turn(self) -> tuple[asyncio.Event, asyncio.Event]:
        """What the next page waits for, and what it sets."""
        before, self._last = self._last, asyncio.Event()
        return before, self._last

    def visit(self, article: Article, content_hash: str, canonical: str | None, *, is_redirected: bool) -> Visit:
        """As the ledger counts the visit of a page with a text."""
        before = self.database.execute("SELECT hash FROM known WHERE id = ?", (article.id,)).fetchone()
        if before is not None:
            if is_redirected:
                return "alias"
            visit: Visit = "unchanged" if before[0] == content_hash else "revised"
        else:
            twin = self.database.execute(
                "SELECT 1 FROM known WHERE hash = ? AND (url = ? OR canonical = ?)",
                (content_hash, canonical, article.normalized_url),
            ).fetchone()
            visit = "alias" if twin else "new"
        if visit in ("new", "revised"):
            row = (article.id, article.normalized_url, content_hash, canonical)
            self.database.execute("INSERT OR REPLACE INTO known VALUES (?, ?, ?, ?)", row)
        return visit


class RereadVisit(ArchiveVisit):
    """The visit of a page that newscrawl has archived: it counts as it did when it was live."""

    def __init__(
        self, session: Session, reread: ReadAgain, part: Callable[[str], Part | None], *, is_written: bool
    ) -> None:
        """`is_written`: whether an earlier run has written the record of the page."""
        super().__init__(session)
        self._reread = reread
        self._part = part
        self._is_written = is_written
        self._before, self._done = reread.take_turn()

    async def settle(self, outcome: Outcome, **what: Any) -> Visit | None:
        """Counts the page after those before it: stories and revisions go by the order of the archive."""
        await self._before.wait()
        try:
            return await super().settle(outcome, **what)
        finally:
            self._done.set()

    def leave(self) -> None:
        """Lets the others by."""
        self._done.set()

    def archived_part(self, url: str) -> Part | None:
        """A further page of the article."""
        return self._part(url)

    def outcome(self, outcome: Outcome, **what: Any) -> Visit:
        """How the visit counts; the record of an article gets its story."""
        if outcome != "article":
            return super().outcome(outcome, **what)
        record = what["record"]
        visit = self._reread.visit(
            record.article, what["content_hash"], what["canonical"], is_redirected=what["final_url"] is not None
        )
        if visit in ("new", "revised"):
            record(self._reread.database)
        return "unchanged" if self._is_written else visit
