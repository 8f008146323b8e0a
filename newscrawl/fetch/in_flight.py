"""What is under way on the network in one crawl, and which hosts have asked to be left alone."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, ClassVar, TypeVar
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler

from newscrawl.fetch.errors import PostponedError
from newscrawl.fetch.host_turns import HostTurns

T = TypeVar("T")
MAX_PAUSE = 60.0
"""Seconds that a run waits for a host; one that asks for more is left to the next run."""


async def _at_once() -> None:
    """No run holds the host, or nobody can take its place."""


class Traffic:
    """One for each crawl: `Traffic.of(crawler)`. Scrapy makes a download handler for each scheme; they share this."""

    _all: ClassVar[WeakKeyDictionary[Crawler, Traffic]] = WeakKeyDictionary()

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._delays: dict[str, float] = {}
        self.turns = HostTurns()
        self._under_way: set[asyncio.Task[Any]] = set()
        self.is_stopped = False
        self.permit: Callable[[], Awaitable[None]] = _at_once
        """Waits until requests may be made at all, see `RunLedger.permit`."""

    @classmethod
    def of(cls, crawler: Crawler) -> Traffic:
        """The crawl's own."""
        if crawler not in cls._all:
            cls._all[crawler] = cls()
        return cls._all[crawler]

    def keep_delay(self, host: str, seconds: float) -> None:
        """The host's robots.txt asks for that many seconds between two requests."""
        self._delays[host] = seconds

    async def turn(self, host: str, delay: float) -> None:
        """Waits for the host's next free moment; `delay`: our own, where the host asks for no longer one."""
        await self.turns.wait(host, max(delay, self._delays.get(host, 0.0)))
        await self.permit()

    def pause(self, host: str, seconds: float) -> None:
        """The host wants that many seconds of peace."""
        self._until[host] = max(self._until.get(host, 0.0), time.monotonic() + seconds)

    def leave(self, host: str) -> None:
        """Requests nothing more of the host in this run, what waits already included."""
        self._until[host] = math.inf

    async def peace(self, host: str) -> None:
        """Waits until the host may be asked again; PostponedError where that is too long."""
        while (wait := self._until.get(host, 0.0) - time.monotonic()) > 0:
            if wait > MAX_PAUSE:
                raise PostponedError("retry_after")
            await asyncio.sleep(wait)

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Does the work unless or until the crawl is stopped; PostponedError then."""
        task = asyncio.ensure_future(work)
        self._under_way.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if not self.is_stopped:
                raise
            raise PostponedError("stopped") from None
        finally:
            self._under_way.discard(task)

    def stop(self) -> None:
        """Breaks off what is under way."""
        self.is_stopped = True
        for task in self._under_way:
            task.cancel()
