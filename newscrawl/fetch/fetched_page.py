"""A fetched page on its way through the pipelines, and the ways in which it ends without a record."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from sqlite3 import Connection

from scrapy.http import Response

from newscrawl.items import Article, Page
from newscrawl.ledger import FinalUrl, UrlEntry, Validators
from newscrawl.web.urls import normalized_url

_END = re.compile(rb"</(?:html|body|rss|feed|urlset|sitemapindex|rdf:RDF)\s*>", re.IGNORECASE)

SHOWS_NOTHING = ("script_wall", "empty")
"""Rejections of pages that may be articles once their scripts have run."""


@dataclass(slots=True, kw_only=True, eq=False)
class FetchedPage:
    """What a spider yields: a page, its bytes, and its row in the ledger."""

    page: Page
    html: bytes = field(repr=False)
    row: UrlEntry | None = field(default=None, repr=False)
    validators: Validators = field(default=Validators(), repr=False)
    is_rendered: bool = False
    """Whether the bytes are what a browser made of the page."""
    redirects: int = 0
    """How many led here."""
    complete: Callable[[Connection, Article], None] | None = field(default=None, repr=False)
    """What the ledger's database adds to the article, in the transaction that stores its record."""

    @property
    def final_url(self) -> FinalUrl | None:
        """Where the request ended, if elsewhere."""
        page = self.page
        return FinalUrl(page.url, normalized_url(page.url)) if page.url != page.requested_url else None


def header(response: Response, name: str) -> str | None:
    """A header's value, None without it."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def validators_of(response: Response) -> Validators:
    """What makes the next request of this URL conditional."""
    return Validators(header(response, "ETag"), header(response, "Last-Modified"))


def is_cut(response: Response) -> bool:
    """Whether a body without a stated length lacks its end: Scrapy flags all such "partial", the whole ones too."""
    return "partial" in response.flags and not _END.search(response.body[-2048:])


def conditional(validators: Validators) -> dict[str, str]:
    """The headers of a conditional request."""
    headers = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in headers.items() if value}
