"""What arrives of the responses under way in one crawl: those that come in crumbs are broken off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar
from weakref import WeakKeyDictionary

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload

MAX_CRUMBS = 5_000
"""Pieces of one body that may be smaller than CRUMB on the average: each costs the event loop 20 us, and 10 MiB of
single bytes would take it minutes."""
CRUMB = 64
"""Bytes of a piece that is worth its cost."""


@dataclass(slots=True)
class _Arrived:
    pieces: int = 0
    size: int = 0


class Arrivals:
    """One for each crawl: `Arrivals.of(crawler)`."""

    _all: ClassVar[WeakKeyDictionary[Crawler, Arrivals]] = WeakKeyDictionary()

    def __init__(self, crawler: Crawler) -> None:
        self._arrived: dict[Request, _Arrived] = {}
        crawler.signals.connect(self.bytes_received, signals.bytes_received)

    @classmethod
    def of(cls, crawler: Crawler) -> Arrivals:
        """The crawl's own."""
        if crawler not in cls._all:
            cls._all[crawler] = cls(crawler)
        return cls._all[crawler]

    @contextmanager
    def watched(self, request: Request) -> Iterator[None]:
        """Counts what arrives for the request meanwhile."""
        self._arrived[request] = _Arrived()
        try:
            yield
        finally:
            del self._arrived[request]

    def bytes_received(self, data: bytes, request: Request) -> None:
        """Called by Scrapy for each piece of a body; ends a download that comes in crumbs."""
        if (arrived := self._arrived.get(request)) is None:
            return
        arrived.pieces += 1
        arrived.size += len(data)
        if arrived.pieces > MAX_CRUMBS and arrived.size < CRUMB * arrived.pieces:
            raise StopDownload(fail=True)
