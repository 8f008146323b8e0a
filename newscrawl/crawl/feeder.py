"""The feeder: hands the ledger's pending rows to Scrapy as it runs empty, a few for each host at a time."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable

from scrapy import Request

from newscrawl.fetch.fetched_page import FetchedPage
from newscrawl.ledger import Ledger, UrlEntry
from newscrawl.web.urls import host_domain

BATCH = 64
"""Rows taken from the ledger at a time: one transaction."""


class Feeder:
    """What is under way in a run: discovery pages asked, rows handed out. Memory is bounded by hosts, not by URLs."""

    def __init__(
        self,
        ledger: Ledger,
        request: Callable[[UrlEntry], Awaitable[Request | None]],
        *,
        per_host: int,
        limit: int | None = None,
    ) -> None:
        """`request`: of a row, None where it is settled already. `limit`: most rows that may give a record."""
        self.ledger = ledger
        self._request = request
        self._per_host = per_host
        self._limit = limit
        self._rows: Counter[str] = Counter()
        self._left: set[str] = set()
        self._discovering: Counter[str] = Counter()
        self._held: Counter[str] = Counter()
        self._pages: list[FetchedPage] = []
        self.starved: Callable[[Collection[str]], None] | None = None
        """Called with hosts of which all that is under way is held: nothing more comes before it is given back."""
        self.further: Callable[[Collection[str]], Awaitable[list[Request]]] | None = None
        """Asked for further discovery pages of sites that have run empty; gets the sites that have not."""
        self._changed = asyncio.Event()

    def begin_discovery(self, site: str) -> None:
        """Notes that a discovery page of a site (its registrable domain) is asked."""
        self._discovering[site] += 1

    def end_discovery(self, site: str) -> None:
        """It has been answered, and what it named is in the ledger."""
        self._discovering[site] -= 1
        self._changed.set()

    @property
    def has_enough(self) -> bool:
        """Whether as many records as wanted are made or under way; no discovery page is asked meanwhile."""
        return self._limit is not None and self._limit <= self._rows.total()

    def row_done(self, row: UrlEntry, *, made_record: bool = False) -> None:
        """A row has its state, or is left to the next run."""
        self._rows[row.host] -= 1
        if self._rows[row.host] <= 0:
            del self._rows[row.host]
        if made_record and self._limit is not None:
            self._limit -= 1
        self._changed.set()

    def hold(self, row: UrlEntry) -> None:
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
        """Requests for the pending rows, further discovery pages of sites without any, and pages that were held; until
        nothing is under way that could name more."""
        while True:
            self._changed.clear()
            idle = not self._rows and not self._discovering.total()
            pages, self._pages = self._pages, []
            for page in pages:
                yield page
            room = self._room()
            rows = await self._take(room)
            for row in rows:
                if request := await self._request(row):
                    yield request
            further = await self.further(self._busy_sites()) if self.further and len(rows) < room else []
            for request in further:
                yield request
            if not rows and not pages and not further:
                if idle:
                    return
                self._release()
                await self._changed.wait()

    def _release(self) -> None:
        """Has pages read that wait for others of their host, where none can come."""
        sites = {site for site, count in self._discovering.items() if count}
        alone = [host for host, held in self._held.items() if 0 < held == self._rows[host] and _site(host) not in sites]
        if alone and self.starved:
            self.starved(alone)

    def _busy(self) -> set[str]:
        return {host for host, count in self._rows.items() if count - self._held[host] >= self._per_host}

    def _busy_sites(self) -> set[str]:
        return {_site(host) for host in self._busy()} | {site for site, count in self._discovering.items() if count}

    def _room(self) -> int:
        return BATCH if self._limit is None else max(0, min(BATCH, self._limit - self._rows.total()))

    async def _take(self, room: int) -> list[UrlEntry]:
        if not room:
            return []
        rows = await asyncio.wrap_future(self.ledger.take(room, busy=self._left | self._busy()))
        self._rows.update(row.host for row in rows)
        return rows


def _site(host: str) -> str:
    return host_domain(host.rpartition("@")[2].partition(":")[0])
