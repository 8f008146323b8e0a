"""Page to article: hands the page to the workers; a page that is none is dropped with its reason."""

from __future__ import annotations

from typing import Any

from scrapy.crawler import Crawler

from newscrawl.fetched import FetchedPage, Rejected
from newscrawl.items import Needs, Rejection
from newscrawl.spider import SiteSpider


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
        profile = spider.profiles.of(item.page.url)
        verdict = await spider.workers.read(item.html, item.page, spider.site, profile)
        if isinstance(verdict, Needs):
            verdict = Rejection(reason=f"needs_{verdict.how}", detail=verdict.url)
        if isinstance(verdict, Rejection):
            raise Rejected(verdict)
        if not spider.arguments.takes_date(verdict.date_published):
            raise Rejected(Rejection(reason="not_in_time", detail=verdict.date_published))
        spider.visits.reading[verdict.requested_url] = item
        return verdict
