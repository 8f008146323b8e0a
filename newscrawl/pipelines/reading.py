"""Page to article: hands the page to the workers; a page that is none is dropped with its reason."""

from __future__ import annotations

import logging
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler

from newscrawl.fetched import FetchedPage, PostponedError, Rejected, header
from newscrawl.items import Article, Needs, Page, Part, Rejection
from newscrawl.spider import SiteSpider
from newscrawl.urls import domain_of

logger = logging.getLogger(__name__)

PARTS_FIRST = 50
"""Priority of an article's further parts: before the next article."""


class ReadingPipeline:
    """Asks the workers; what follows in the pipelines sees articles only."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ReadingPipeline:
        """Called by Scrapy."""
        return cls(crawler)

    async def process_item(self, item: Any) -> Any:
        """The article of a page; raises Rejected. Items of other kinds pass."""
        if not isinstance(item, FetchedPage):
            return item
        spider = self.crawler.spider
        assert isinstance(spider, SiteSpider)
        verdict = await self.read(item, spider)
        if isinstance(verdict, Needs):
            verdict = Rejection(reason=f"needs_{verdict.how}", detail=verdict.url)
        if isinstance(verdict, Rejection):
            raise Rejected(verdict)
        if not spider.arguments.takes_date(verdict.date_published):
            raise Rejected(Rejection(reason="not_in_time", detail=verdict.date_published))
        spider.visits.reading[verdict.requested_url] = item
        return verdict

    async def read(self, item: FetchedPage, spider: SiteSpider) -> Article | Rejection | Needs:
        """What the page comes to, with the pages that it needs; what it tells of its site goes to the learner."""
        url, learner = item.page.url, spider.visits.learner
        with_print = learner is not None and await learner.wants(url)
        profile = spider.profiles.of(url)
        parts: list[tuple[Part, bytes]] = []
        while True:
            answer = await spider.workers.read(
                item.html, item.page, spider.site, profile, parts=parts, with_print=with_print
            )
            if learner is not None:
                await learner.saw(url, answer.print)
            if not isinstance(needs := answer.verdict, Needs) or needs.how == "browser":
                return needs
            part = await self.fetched(needs, item.page)
            item.page.is_all = part is None
            parts += [part] if part else []
            with_print = False

    async def fetched(self, needs: Needs, page: Page) -> tuple[Part, bytes] | None:
        """A further page of the article; None where it cannot be had: the article is then read without it."""
        assert self.crawler.engine is not None
        assert self.crawler.stats is not None
        assert needs.how != "browser"
        try:
            response = await self.crawler.engine.download_async(Request(needs.url, priority=PARTS_FIRST))
        except PostponedError:
            raise InterruptedError("the run is stopped") from None
        except Exception as error:  # noqa: BLE001 - whatever the network has in store, the first part is there
            logger.info("part of %s cannot be had: %s: %s", page.url, needs.url, error)
            response = None
        if response is None or response.status != 200 or domain_of(response.url) != domain_of(page.url):
            self.crawler.stats.inc_value("newscrawl/parts/missing")
            return None
        self.crawler.stats.inc_value("newscrawl/parts/fetched")
        part = Part(url=needs.url, how=needs.how, content_type=header(response, "Content-Type"))
        return part, response.body
