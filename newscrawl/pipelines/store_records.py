"""Article and its URL's state into the ledger, in one transaction; what says nothing new ends here."""

from __future__ import annotations

from dataclasses import replace
from sqlite3 import Connection
from typing import Any
from urllib.parse import urlsplit

import msgspec
from itemadapter import ItemAdapter
from scrapy.crawler import Crawler

from newscrawl.crawl.session import Session
from newscrawl.fetch.errors import NothingNew
from newscrawl.items import Article
from newscrawl.pipelines.passage import Addition, current
from newscrawl.reading.record import content_hash
from newscrawl.web.urls import domain_of, normalized_url


class OutboxPipeline:
    """Stores the record of each article: the article that the pipelines before pass on, or, where they pass on
    something else in its place, the one that was read. Feeds get what is passed on."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> OutboxPipeline:
        """Called by Scrapy."""
        return cls(crawler)

    async def process_item(self, item: Any) -> Any:
        """The article, once it is on disk; raises NothingNew where no record goes out. Items of other kinds pass."""
        passage = current()
        passed = _article_in(item)
        article = passed or (passage.article if passage else None)
        if passage is None or article is None or passage.is_settled:
            return item
        record = _Record(_with_own_hash(article), passage.additions)
        visit = await passage.settle(
            "article",
            http_status=article.http_status,
            record=record,
            content_hash=record.article.content_hash,
            validators=passage.page.validators,
            final_url=passage.page.final_url,
            published=article.date_published,
            canonical=_canonical_of(article),
        )
        if visit not in ("new", "revised"):
            raise NothingNew(visit or "not settled")
        session = Session.of(self.crawler)
        session.measured.add(record.article)
        if passage.page.entry is not None:
            session.watch.recorded(passage.page.entry.host, record.article)
        return record.article if passed else item


class _Record:
    """Makes the record, in the transaction that stores it; `article` is then the article as it was stored."""

    def __init__(self, article: Article, additions: list[Addition]) -> None:
        self.article = article
        self._additions = additions

    def __call__(self, database: Connection) -> bytes:
        article = self.article
        for addition in self._additions:
            article = addition(database, article)
        self.article = article
        return msgspec.json.encode(article)


def _article_in(item: Any) -> Article | None:
    """The article that an item is, or that an adapter shows."""
    article = item.item if isinstance(item, ItemAdapter) else item
    return article if isinstance(article, Article) else None


def _canonical_of(article: Article) -> str | None:
    """The normalized canonical URL, where it may be another URL of this article: of its outlet, and no front page."""
    named = article.canonical_url
    if not named or domain_of(named) != domain_of(article.url):
        return None
    parts = urlsplit(named)
    return normalized_url(named) if parts.path.strip("/") or parts.query else None


def _with_own_hash(article: Article) -> Article:
    """An article whose text a pipeline has changed says so in its hash, by which revisions are told."""
    own = content_hash(article.title, article.body)
    return article if own == article.content_hash else replace(article, content_hash=own)
