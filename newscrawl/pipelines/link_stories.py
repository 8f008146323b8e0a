"""Which story an article is a copy of: looked up by its text in the transaction that stores its record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.config import Config
from newscrawl.items import Article, Origin
from newscrawl.pipelines.passage import current
from newscrawl.web.dates import utc

if TYPE_CHECKING:
    from newscrawl.stories.index import Copy


class StoriesPipeline:
    """Notes on the page's passage what the outbox is to do, so a record and its place in the index are stored together.

    `story` tells what was known when the record was made; it never fills `originally_appeared_on`, since who was
    crawled first need not have published first. Articles of others' archives have no story.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.days = Config.from_settings(crawler.settings).story_days
        self.is_pruned = False
        if not self.days:
            raise NotConfigured("NEWSCRAWL_STORY_DAYS is 0")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StoriesPipeline:
        """Called by Scrapy."""
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        """The item unchanged; its story comes when it is stored."""
        passage = current()
        if passage is not None and (passage.page.entry or passage.page.reread):
            passage.additions.append(self.assign)
        return item

    def assign(self, database: Connection, article: Article) -> Article:
        """The article with its story, filed in the index; runs in the ledger's writer thread (0.6 ms for a sketch)."""
        from newscrawl.stories import StoryIndex, sketch  # with numpy, which a run without articles never needs

        index = StoryIndex(database, self.days)
        if not self.is_pruned:
            self.is_pruned = True
            index.prune(utc(datetime.now(UTC) - timedelta(days=self.days)))
        return replace(article, story=index.assign(_copy(article), sketch(article.body)))


def _copy(article: Article) -> Copy:
    from newscrawl.stories.index import Copy

    return Copy(
        url=article.url,
        outlet=article.source.domain,
        # The text was seen at its first fetch; its URL may have waited in the ledger for weeks.
        seen_at=article.fetched_at if article.revision == 1 else article.first_seen_at,
        published_at=article.date_published,
        origin=_reported(article.originally_appeared_on),
    )


def _reported(origin: Origin | None) -> str | None:
    return (origin.domain or origin.name) if origin else None
