"""The pump: hands the ledger's pending rows to Scrapy as it runs empty, a few for each host at a time."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable

from scrapy import Request

from newscrawl.fetched import FetchedPage
from newscrawl.ledger import Ledger, Row

BATCH = 64
"""Rows taken from the ledger at a time: one transaction."""
MOST_DISCOVERY = 2_000
"""Discovery pages of one run. A calendar or a sitemap index that makes itself has no end; a real index has up to 500
members a run, since those that did not change are not read."""

MOST_FRESH = 20_000
"""URLs remembered from discovery pages with news: 3 MB."""


class Pump:
    """What is under way in a run: discovery pages asked, rows handed out. Memory is bounded by hosts, not by URLs."""

    def __init__(
        self, ledger: Ledger, request: Callable[[Row], Request], *, per_host: int, limit: int | None = None
    ) -> None:
        """`limit`: most rows that may give a record."""
        self.ledger = ledger
        self._request = request
        self._per_host = per_host
        self._limit = limit
        self._rows: Counter[str] = Counter()
        self._asked: set[str] = set()
        self._left: set[str] = set()
        self._fresh: set[str] = set()
        self._discovering = 0
        self._held: Counter[str] = Counter()
        self._pages: list[FetchedPage] = []
        self.starved: Callable[[], None] = lambda: None
        """Called when all that is under way is held: nothing more comes before it is given back."""
        self.is_complete = True
        """Whether discovery was not cut short."""
        self._changed = asyncio.Event()

    def begin_discovery(self, url: str) -> bool:
        """Notes that a discovery page is asked; False where it was before in this run, or where there were too many."""
        if url in self._asked or len(self._asked) >= MOST_DISCOVERY:
            return False
        self._asked.add(url)
        self._discovering += 1
        return True

    def brings_news(self, urls: Iterable[str], *, new: int) -> bool:
        """Whether a discovery page with these normalized URLs, `new` of them new to the ledger, names what earlier runs
        did not know: a feed that was read first may have made the URLs of the listing known in this very run."""
        urls = set(urls)
        if new and len(self._fresh) < MOST_FRESH:
            self._fresh |= urls
        return new > 0 or not self._fresh.isdisjoint(urls)

    def end_discovery(self) -> None:
        """A discovery page has been answered, and what it named is in the ledger."""
        self._discovering -= 1
        self._changed.set()

    @property
    def has_enough(self) -> bool:
        """Whether as many records as wanted are made or under way; then discovery is cut short."""
        if self._limit is not None and self._limit <= self._rows.total():
            self.is_complete = False
        return not self.is_complete

    def row_done(self, row: Row, *, made_record: bool = False) -> None:
        """A row has its fate, or is left to the next run."""
        self._rows[row.host] -= 1
        if self._rows[row.host] <= 0:
            del self._rows[row.host]
        if made_record and self._limit is not None:
            self._limit -= 1
        self._changed.set()

    def hold(self, row: Row) -> None:
        """A row's page waits for others of its host, which may be asked meanwhile."""
        self._held[row.host] += 1
        self._changed.set()

    def give_back(self, pages: Iterable[FetchedPage]) -> None:
        """Pages that were held are to be read now."""
        for page in pages:
            assert page.row is not None
            self._held[page.row.host] -= 1
            self._pages.append(page)
        self._changed.set()

    def leave(self, host: str) -> None:
        """Hands out no more rows of the host in this run."""
        self._left.add(host)
        self._changed.set()

    async def requests(self) -> AsyncIterator[Request | FetchedPage]:
        """Requests for the pending rows, and pages that were held, until nothing is under way that could name more."""
        while True:
            self._changed.clear()
            idle = not self._rows and not self._discovering
            pages, self._pages = self._pages, []
            for page in pages:
                yield page
            for row in (rows := await self._take()):
                self._rows[row.host] += 1
            for row in rows:
                yield self._request(row)
            if not rows and not pages:
                if idle:
                    return
                if 0 < self._rows.total() == self._held.total() and not self._discovering:
                    self.starved()
                await self._changed.wait()

    async def _take(self) -> list[Row]:
        room = BATCH if self._limit is None else min(BATCH, self._limit - self._rows.total())
        if room <= 0:
            return []
        busy = self._left | {host for host, n in self._rows.items() if n - self._held[host] >= self._per_host}
        return await asyncio.wrap_future(self.ledger.take(room, busy=busy))
