"""Scrapy's feeds (`-o`, `-O`, FEEDS): an item that could not be written is counted, so that the run can say so."""

from __future__ import annotations

from typing import Any

from scrapy import Spider
from scrapy.extensions.feedexport import FeedExporter


class FeedFiles(FeedExporter):
    """Stands in Scrapy's place, whose signal swallows what an exporter raises."""

    def item_scraped(self, item: Any, spider: Spider) -> None:
        """Called by Scrapy for each record: each feed gets it, whatever another one raises."""
        slots, kept, raised = self.slots, [], None
        for slot in slots:
            self.slots = [slot]
            try:
                super().item_scraped(item, spider)
            except Exception as error:  # noqa: BLE001 - raised again below
                self.crawler.stats.inc_value("newscrawl/feeds/not_written")
                raised = error
            kept += self.slots
        self.slots = kept
        if raised is not None:
            raise raised
