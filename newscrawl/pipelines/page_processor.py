"""Scrapy's chain of pipelines; each page's URL is settled once, whatever a pipeline returns, drops or raises."""

from __future__ import annotations

import logging
from typing import Any, cast

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.pipelines import ItemPipelineManager

from newscrawl.crawl.session import Session
from newscrawl.fetch.errors import Rejected
from newscrawl.fetch.fetched_page import FetchedPage
from newscrawl.items import Rejection
from newscrawl.pipelines.passage import Passage, entered
from newscrawl.views.terminal import one_line

logger = logging.getLogger(__name__)


class PageProcessor(ItemPipelineManager):
    """The setting ITEM_PROCESSOR. Scrapy's signals do not tell of which page an item that was scraped was made."""

    async def process_item_async(self, item: Any) -> Any:
        """What the pipelines make of an item."""
        if not isinstance(item, FetchedPage):
            return await super().process_item_async(item)
        passage = Passage(page=item)
        try:
            with entered(passage):
                made = await super().process_item_async(item)
        except Exception as error:
            await self._failed(passage, error)
            raise
        if not passage.is_settled:
            logger.info("rejected taken_by_pipeline %s", one_line(item.page.requested_url))
            await passage.page.visit.reject(Rejection(reason="taken_by_pipeline"), passage.page)
        return made

    async def _failed(self, passage: Passage, error: Exception) -> None:
        if passage.is_settled:
            if not isinstance(error, DropItem):
                Session.of(cast(Crawler, self.crawler)).count("pipelines/failed_after_record")
        elif isinstance(error, InterruptedError):
            passage.page.visit.leave()
        elif isinstance(error, DropItem):
            rejection = error.rejection if isinstance(error, Rejected) else Rejection(reason="dropped_by_pipeline")
            await passage.page.visit.reject(rejection, passage.page)
        else:
            await passage.settle("failed", reason="pipeline_error")
