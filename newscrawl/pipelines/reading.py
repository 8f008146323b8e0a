"""Page to article: hands the page to the workers; a page that is none is dropped with its reason."""

from __future__ import annotations

from typing import Any

from scrapy.crawler import Crawler

from newscrawl.fetched import FetchedPage, Rejected
from newscrawl.items import Article, Needs, Rejection
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
        """What the page comes to; what it tells of its site goes to the learner."""
        url, learner = item.page.url, spider.visits.learner
        with_print = learner is not None and await learner.wants(url)
        profile = spider.profiles.of(url)
        answer = await spider.workers.read(item.html, item.page, spider.site, profile, with_print=with_print)
        if learner is not None:
            await learner.saw(url, answer.print)
        return answer.verdict
