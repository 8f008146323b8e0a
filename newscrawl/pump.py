"""The pump: hands the ledger's pending rows to Scrapy as it runs empty, a few for each host at a time."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable

from scrapy import Request

from newscrawl.ledger import Ledger, Row

BATCH = 64
"""Rows taken from the ledger at a time: one transaction."""


class Pump:
    """What is under way in a run: discovery pages asked, rows handed out. Memory is bounded by hosts, not by URLs."""

    def __init__(self, ledger: Ledger, request: Callable[[Row], Request], *, per_host: int) -> None:
        self.ledger = ledger
        self._request = request
        self._per_host = per_host
        self._rows: Counter[str] = Counter()
        self._asked: set[str] = set()
        self._discovering = 0
        self._changed = asyncio.Event()

    def begin_discovery(self, url: str) -> bool:
        """Notes that a discovery page is asked; False where it was before in this run."""
        if url in self._asked:
            return False
        self._asked.add(url)
        self._discovering += 1
        return True

    def end_discovery(self) -> None:
        """A discovery page has been answered, and what it named is in the ledger."""
        self._discovering -= 1
        self._changed.set()

    def row_done(self, row: Row) -> None:
        """A row has its fate."""
        self._rows[row.host] -= 1
        if self._rows[row.host] <= 0:
            del self._rows[row.host]
        self._changed.set()

    async def requests(self) -> AsyncIterator[Request]:
        """Requests for the pending rows, until none is left and nothing is under way that could name more."""
        while True:
            self._changed.clear()
            idle = not self._rows and not self._discovering
            busy = [host for host, count in self._rows.items() if count >= self._per_host]
            rows = await asyncio.wrap_future(self.ledger.take(BATCH, busy=busy))
            for row in rows:
                self._rows[row.host] += 1
            for row in rows:
                yield self._request(row)
            if not rows:
                if idle:
                    return
                await self._changed.wait()
