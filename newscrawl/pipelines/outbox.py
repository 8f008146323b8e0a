"""Article and its URL's fate into the ledger, in one transaction; what says nothing new ends here."""

from __future__ import annotations

from typing import Any

import msgspec
from scrapy.crawler import Crawler

from newscrawl.fetched import NothingNew
from newscrawl.items import Article
from newscrawl.ledger import Validators
from newscrawl.spider import SiteSpider


class OutboxPipeline:
    """Settles the rows of articles; feeds get what this run produced."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> OutboxPipeline:
        """Called by Scrapy."""
        return cls(crawler)

    async def process_item(self, item: Any) -> Any:
        """The article, once it is on disk; raises NothingNew where no record goes out."""
        spider = self.crawler.spider
        if not isinstance(item, Article) or not isinstance(spider, SiteSpider):
            return item
        fetched = spider.reading.pop(item.requested_url, None)
        visit = await spider.settle(
            fetched.row if fetched else None,
            "article",
            http_status=item.http_status,
            record=msgspec.json.encode(item),
            content_hash=item.content_hash,
            validators=fetched.validators if fetched else Validators(),
            landing=fetched.landing if fetched else None,
        )
        if visit not in ("new", "revised"):
            raise NothingNew(visit or "not settled")
        return item
