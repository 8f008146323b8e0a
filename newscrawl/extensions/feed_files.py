"""Scrapy's feeds (`-o`, `-O`, FEEDS): an item that could not be written is counted, so that the run can say so."""

from __future__ import annotations

from typing import Any

from scrapy import Spider
from scrapy.extensions.feedexport import FeedExporter


class FeedFiles(FeedExporter):
    """Stands in Scrapy's place, whose signal swallows what an exporter raises."""

    def item_scraped(self, item: Any, spider: Spider) -> None:
        """Called by Scrapy for each record."""
        try:
            super().item_scraped(item, spider)
        except Exception:
            self.crawler.stats.inc_value("newscrawl/feeds/not_written")
            raise
