"""For `newscrawl.crawl(...)`: each record, as it is made, to the process that started this one."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import msgspec
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.crawl.from_python import STREAM
from newscrawl.items import Article


class RecordStream:
    """Writes lines of JSON to an open file; where nobody reads it any longer, the crawl ends."""

    def __init__(self, crawler: Crawler, file: int) -> None:
        self.crawler = crawler
        self.file = file
        self.turn = asyncio.Lock()
        crawler.signals.connect(self.item_scraped, signals.item_scraped)
        crawler.signals.connect(self.engine_stopped, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RecordStream:
        """Called by Scrapy."""
        file = os.environ.get(STREAM, "")
        if not file.isdigit():
            raise NotConfigured  # without a text: Scrapy would log a warning
        return cls(crawler, int(file))

    async def item_scraped(self, item: Any, spider: Spider) -> None:
        """Writes a record; Scrapy waits for it, so a slow reader slows the crawl, not its event loop."""
        if not isinstance(item, Article):
            return
        async with self.turn:
            try:
                await asyncio.to_thread(self.write, msgspec.json.encode(item) + b"\n")
            except BrokenPipeError:
                self.stopping = asyncio.ensure_future(self.crawler.stop_async())

    def write(self, line: bytes) -> None:
        """All of a line."""
        left = memoryview(line)
        while left:
            left = left[os.write(self.file, left) :]

    def engine_stopped(self) -> None:
        """Nothing more comes."""
        os.close(self.file)
