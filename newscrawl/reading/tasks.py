"""The tasks that a crawl gives its workers, and what they return: plain data, imported without what reads pages."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from newscrawl.discovery import DiscoveryResult
from newscrawl.items import Article, Needs, Page, Part, ReadingOptions, Rejection, Site
from newscrawl.sites.profiles import PageFingerprint


@dataclass(slots=True, kw_only=True)
class FurtherPart:
    """A further page of an article with its bytes."""

    part: Part
    html: bytes


class PageTask(msgspec.Struct, kw_only=True):
    """A page, and by which rules it is read."""

    html: bytes
    page: Page
    site: Site | None = None
    profile: bytes = b""
    """The site's learned profile, encoded."""
    config: bytes = b""
    """The page's site config file, encoded."""
    options: ReadingOptions = ReadingOptions()
    """What the settings say of reading."""


class ReadTask(PageTask, tag="read", kw_only=True):
    """Reads a page; returns an `Answer`."""

    parts: list[FurtherPart] = []
    """The further pages that the answers asked for so far."""
    with_fingerprint: bool = False
    """Whether the answer holds the page's fingerprint."""


class ExplainTask(PageTask, tag="explain", kw_only=True):
    """Reads a page and tells what each step saw; returns an `Explanation`."""


class DeclaredUrlTask(msgspec.Struct, tag="declared_url", kw_only=True):
    """Looks for the URL that a page declares as its own; returns it, or None."""

    html: bytes


class FingerprintTask(msgspec.Struct, tag="fingerprint", kw_only=True):
    """Returns the fingerprint of a page, or None for one that cannot be parsed."""

    html: bytes
    page: Page


class DiscoverTask(msgspec.Struct, tag="discover", kw_only=True):
    """Reads a feed, sitemap, robots.txt or listing page; returns a `DiscoveryPage`."""

    body: bytes
    url: str
    content_type: str | None = None
    fingerprint_at: str | None = None
    """When it was fetched, UTC, where the fingerprint of a listing page is wanted."""


Task = ReadTask | ExplainTask | DeclaredUrlTask | FingerprintTask | DiscoverTask


class ReadAnswer(msgspec.Struct, kw_only=True):
    """What a worker says of a page."""

    fingerprint: PageFingerprint | None = None
    """What is remembered of the page for its site's profile, where that was asked for."""


class ArticleAnswer(ReadAnswer, tag="article", kw_only=True):
    """The page is an article."""

    verdict: Article


class RejectionAnswer(ReadAnswer, tag="rejection", kw_only=True):
    """The page gives no record."""

    verdict: Rejection


class NeedsAnswer(ReadAnswer, tag="needs", kw_only=True):
    """The page cannot be read without another one."""

    verdict: Needs


Answer = ArticleAnswer | RejectionAnswer | NeedsAnswer


BATCH = 1_000
"""Entries of a discovery page that the crawl decodes and looks at before it turns to its other work: 5 ms."""


class DiscoveryPage(msgspec.Struct, kw_only=True):
    """What a worker says of a discovery page."""

    found: DiscoveryResult
    """With its first BATCH entries."""
    batches: list[bytes] = []
    """The further entries, encoded by BATCH: decoded at once, 50,000 stop the crawl's event loop for 180 ms."""
    fingerprint: PageFingerprint | None = None
    """What is remembered of a listing page for its site's profile, where that was asked for."""
