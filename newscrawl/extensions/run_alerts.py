"""Publishes the sites' figures and sends what is due when a run has ended; never the cause of a failed run."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.alerts.check import alert, publish
from newscrawl.config import Config

logger = logging.getLogger(__name__)


class AlertExtension:
    """Off where no setting asks for alerts or figures. Comes after the run's summary, which says how it ended."""

    def __init__(self, crawler: Crawler) -> None:
        self.config = Config.from_settings(crawler.settings)
        config = self.config
        self.alerts = bool(config.alert_file or config.alert_command)
        if not (self.alerts or config.metrics_file or config.opentelemetry):
            raise NotConfigured("no alerts are wanted, and no figures")
        self.reason = "finished"
        crawler.signals.connect(self.spider_closed, signals.spider_closed)
        crawler.signals.connect(self.engine_stopped, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AlertExtension:
        """Called by Scrapy."""
        return cls(crawler)

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Notes why the crawl ended."""
        self.reason = reason

    async def engine_stopped(self) -> None:
        """Sends in a thread; a run that was told to stop leaves it to the next one."""
        if self.reason == "shutdown":
            return
        try:
            failed = await asyncio.to_thread(self._send)
        except Exception:  # what goes wrong here must not change how the run ends
            logger.exception("alerts could not be sent")
            return
        for line in failed:
            logger.warning("alert not sent, it goes with the next run: %s", line)

    def _send(self) -> list[str]:
        config, now = self.config, datetime.now(UTC)
        if config.metrics_file or config.opentelemetry:
            told = publish(config.data_dir, text_file=config.metrics_file, opentelemetry=config.opentelemetry, now=now)
            for line in told:
                logger.warning("figures not published: %s", line)
        if not self.alerts:
            return []
        return alert(config.data_dir, file=config.alert_file, command=config.alert_command, now=now)
