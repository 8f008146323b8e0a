"""Article and its URL's state into the ledger, in one transaction; what says nothing new ends here."""

from __future__ import annotations

from functools import partial
from sqlite3 import Connection
from typing import Any

import msgspec
from scrapy.crawler import Crawler

from newscrawl.fetch.errors import NothingNew
from newscrawl.fetch.fetched_page import FetchedPage
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
        fetched = spider.visits.reading.pop(item.requested_url, None)
        visit = await spider.visits.settle(
            fetched.row if fetched else None,
            "article",
            http_status=item.http_status,
            record=partial(_record, item, fetched),
            content_hash=item.content_hash,
            validators=fetched.validators if fetched else Validators(),
            final_url=fetched.final_url if fetched else None,
        )
        if visit not in ("new", "revised"):
            raise NothingNew(visit or "not settled")
        return item


def _record(article: Article, fetched: FetchedPage | None, database: Connection) -> bytes:
    if fetched is not None and fetched.complete is not None:
        fetched.complete(database, article)
    return msgspec.json.encode(article)
