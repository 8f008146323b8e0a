"""On a terminal: one live line that tells how far the run is, below the log and never within it."""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from collections import deque
from collections.abc import Mapping
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.crawl.session import Session
from newscrawl.views.progress import PAGES, LiveStream, progress_line

EVERY = 0.5
"""Seconds between two looks."""
LOOKED_BACK = 120
"""Looks from which the rate is taken: the last minute."""


class ProgressExtension:
    """Draws the line while the crawl runs; silent where stderr is no terminal."""

    def __init__(self, crawler: Crawler) -> None:
        session = Session.find(crawler)
        if session is None or not sys.stderr.isatty():
            raise NotConfigured  # without words: with some, Scrapy warns of it in the log of each run
        self.crawler = crawler
        self.session = session
        self.live = LiveStream(sys.stderr)
        self.looks: deque[tuple[float, int]] = deque(maxlen=LOOKED_BACK)
        self.task: asyncio.Task[None] | None = None
        crawler.signals.connect(self.spider_opened, signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ProgressExtension:
        """Called by Scrapy."""
        return cls(crawler)

    def spider_opened(self) -> None:
        """Puts the log above the line, and begins to draw."""
        for handler in logging.root.handlers:
            if isinstance(handler, logging.StreamHandler) and handler.stream is sys.stderr:
                handler.setStream(self.live)
        self.task = asyncio.ensure_future(self.draw())

    def spider_closed(self) -> None:
        """Takes the line away: the run's last log line says what came out."""
        if self.task is not None:
            self.task.cancel()
        self.live.show("")

    async def draw(self) -> None:
        """Looks at the statistics again and again."""
        name, limit = self.session.declared.spider, self.session.arguments.limit
        while True:
            stats: Mapping[str, Any] = self.crawler.stats.get_stats()
            self.looks.append((time.monotonic(), int(stats.get(PAGES, 0))))
            (before, fewer), (now, pages) = self.looks[0], self.looks[-1]
            rate = (pages - fewer) / (now - before) if now > before else 0.0
            self.live.show(progress_line(name, stats, rate, limit))
            await asyncio.sleep(EVERY)
