"""After SIGTERM: what waits is dropped at once, what is under way gets a few seconds, then it is broken off."""

from __future__ import annotations

import asyncio

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.fetched import PostponedError
from newscrawl.settings import Config
from newscrawl.spider import SiteSpider
from newscrawl.traffic import Traffic

LOOK = 0.1
"""Seconds between two looks at whether the crawl is to stop: Scrapy sends no signal for it."""


class StopExtension:
    """Without it a crawl waits for every request under way: 46 s with a server that hangs."""

    def __init__(self, crawler: Crawler) -> None:
        if not issubclass(crawler.spidercls, SiteSpider):
            raise NotConfigured("only for newscrawl's spiders")
        self.crawler = crawler
        self.seconds = Config.from_settings(crawler.settings).stop_seconds
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
        """Waits for the stop, then sees that it comes about."""
        while self.crawler.crawling:  # noqa: ASYNC110 - Scrapy sets no event
            await asyncio.sleep(LOOK)
        self.drop_waiting()
        await asyncio.sleep(self.seconds)
        spider = self.crawler.spider
        assert isinstance(spider, SiteSpider)
        spider.workers.stop()
        Traffic.of(self.crawler).stop()
        self.drop_waiting()

    def drop_waiting(self) -> None:
        """Requests that wait for their host's delay are left to the next run."""
        assert self.crawler.engine is not None
        for slot in self.crawler.engine.downloader.slots.values():
            while slot.queue:
                slot.queue.popleft()[1].errback(PostponedError("stopped"))
