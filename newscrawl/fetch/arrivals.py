"""Bodies under way in one crawl, from their first byte until their page is done with: how much they may be together.

Scrapy bounds pages under way by number, and by bytes only once they are there: sixty hosts that send pages of 10 MB at
once would take 600 MB. A download starts where its host's usual size still fits; one that turns out larger while all
are too much is broken off and begun again when there is room for the largest page.
"""

from __future__ import annotations

import asyncio
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload

from newscrawl.reading.large_pages import give_back

MAX_BYTES = 32 * 2**20
"""Of all bodies under way: 30 hosts whose pages have 9 MB take the Scrapy process to 212 MB (benchmarks/memory.py).
At 100 KB a page it is room for 300, and 64 are under way at most."""
USUAL = 128 * 2**10
"""Bytes expected of a host's first page."""
LONGEST = 60.0
"""Seconds without a download after which one is let through although pages are read: they may wait for it."""
LOOK = 0.05
"""Seconds between two looks at whether there is room."""
COLLECTING = 0.5
"""Seconds between two collections while there is no room: Scrapy and Twisted leave responses in circles of references,
which Python by itself takes away too late for such large ones."""
MAX_CRUMBS = 5_000
"""Pieces of one body that may be smaller than CRUMB on the average: each costs the event loop 20 us, and 10 MiB of
single bytes would take it minutes."""
CRUMB = 64
"""Bytes of a piece that is worth its cost."""


@dataclass(slots=True, eq=False)
class Arrived:
    """A download under way."""

    expected: int
    """Bytes that were kept free for it."""
    pieces: int = 0
    size: int = 0
    is_crowded_out: bool = False
    """Whether it was broken off for want of room."""


class Arrivals:
    """One for each crawl: `Arrivals.of(crawler)`."""

    _all: ClassVar[WeakKeyDictionary[Crawler, Arrivals]] = WeakKeyDictionary()

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = weakref.ref(crawler)
        self._arrived: dict[Request, Arrived] = {}
        self._usual: dict[str, int] = {}
        self._bodies: dict[int, tuple[int, int]] = {}
        self._looked = self._begun = time.monotonic()
        crawler.signals.connect(self.bytes_received, signals.bytes_received)

    @classmethod
    def of(cls, crawler: Crawler) -> Arrivals:
        """The crawl's own."""
        if crawler not in cls._all:
            cls._all[crawler] = cls(crawler)
        return cls._all[crawler]

    @property
    def total(self) -> int:
        """Of all bodies under way, those that are expected included."""
        coming = sum(max(arrived.expected, arrived.size) for arrived in self._arrived.values())
        return coming + sum(size for size, _ in self._bodies.values())

    async def room(self, host: str = "") -> None:
        """Waits until the host's next page fits. Where nothing is read that could make room, one download is let
        through: pages may wait for others of their site, and an article for its parts."""
        while self.total + self._usual.get(host, USUAL) > MAX_BYTES:
            if time.monotonic() > self._looked + COLLECTING:
                give_back()
                self._looked = time.monotonic()
            elif not self._arrived and (self._is_idle() or time.monotonic() > self._begun + LONGEST):
                return
            await asyncio.sleep(LOOK)

    def _is_idle(self) -> bool:
        crawler = self._crawler()
        slot = crawler.engine.scraper.slot if crawler and crawler.engine else None
        return slot is None or not slot.active

    def expect(self, host: str, size: int) -> None:
        """The host has sent a page of that size, or may."""
        self._usual[host] = max(self._usual.get(host, USUAL), size)

    def hold(self, holder: Any, body: bytes) -> None:
        """Counts a body as long as one of its holders is there, a response or a page."""
        size, holders = self._bodies.get(id(body), (len(body), 0))
        self._bodies[id(body)] = (size, holders + 1)
        weakref.finalize(holder, self._let_go, id(body)).atexit = False

    def _let_go(self, body: int) -> None:
        size, holders = self._bodies.pop(body)
        if holders > 1:
            self._bodies[body] = (size, holders - 1)

    @contextmanager
    def watched(self, request: Request, host: str) -> Iterator[Arrived]:
        """Counts what arrives for the request meanwhile."""
        self._begun = time.monotonic()
        self._arrived[request] = arrived = Arrived(self._usual.get(host, USUAL))
        try:
            yield arrived
        finally:
            del self._arrived[request]
            self.expect(host, arrived.size)

    def bytes_received(self, data: bytes, request: Request) -> None:
        """Called by Scrapy for each piece of a body; ends a download that comes in crumbs, or for which no room is."""
        if (arrived := self._arrived.get(request)) is None:
            return
        arrived.pieces += 1
        arrived.size += len(data)
        if arrived.pieces > MAX_CRUMBS and arrived.size < CRUMB * arrived.pieces:
            raise StopDownload(fail=True)
        if arrived.size > arrived.expected and len(self._arrived) > 1 and self.total > MAX_BYTES:
            arrived.is_crowded_out = True
            raise StopDownload(fail=True)
