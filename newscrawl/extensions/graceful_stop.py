"""After SIGTERM: what waits is dropped at once, what is under way gets a few seconds, then it is broken off."""

from __future__ import annotations

import asyncio
import time

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.crawl.session import Session
from newscrawl.fetch.errors import PostponedError
from newscrawl.fetch.in_flight import Traffic

LOOK = 0.1
"""Seconds between two looks at whether the crawl is to stop: Scrapy sends no signal for it."""

PATIENCE = 3.0
"""Seconds that a run that is to end waits for another process: one that writes the ledger, or that delivers."""


class StopExtension:
    """Without it a crawl waits for every request under way: 46 s with a server that hangs."""

    def __init__(self, crawler: Crawler) -> None:
        session = Session.find(crawler)
        if session is None:
            raise NotConfigured("only for newscrawl's spiders")
        self.crawler = crawler
        self.session = session
        self.task: asyncio.Task[None] | None = None
        crawler.signals.connect(self.spider_opened, signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StopExtension:
        """Called by Scrapy."""
        return cls(crawler)

    def spider_opened(self) -> None:
        """Begins to look."""
        self.task = asyncio.ensure_future(self.watch())

    def spider_closed(self) -> None:
        """The crawl has ended by itself."""
        if self.task is not None:
            self.task.cancel()

    async def watch(self) -> None:
        """Waits for the stop, then sees that it comes about; until the spider is closed."""
        while self.crawler.crawling:
            await self.look()
        self.drop_waiting()
        self.session.patience.hurry(PATIENCE)
        until = time.monotonic() + self.session.config.stop_seconds
        while time.monotonic() < until:
            await self.look()
        self.session.workers.stop()
        Traffic.of(self.crawler).stop()
        self.drop_waiting()
        while True:
            await self.look()

    async def look(self) -> None:
        """Waits a moment. Scrapy 2.19 closes when the last response has been dealt with; where that is an item that
        start() yielded (the pages of an archive, pages that were withheld), it would wait for ever."""
        await asyncio.sleep(LOOK)
        assert self.crawler.engine is not None
        assert self.crawler.spider is not None
        slot = self.crawler.engine.scraper.slot
        if slot is not None and slot.closing and not slot.closing.called and slot.is_idle():
            slot.closing.callback(self.crawler.spider)

    def drop_waiting(self) -> None:
        """Requests that wait for their host's delay are left to the next run."""
        assert self.crawler.engine is not None
        for slot in self.crawler.engine.downloader.slots.values():
            while slot.queue:
                slot.queue.popleft()[1].errback(PostponedError("stopped"))
