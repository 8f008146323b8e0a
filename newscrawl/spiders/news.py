"""Any news site: `scrapy crawl news -a url=URL` finds its feeds and sitemaps by itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from newscrawl.discovery import Link, well_known
from newscrawl.run import ArgumentError
from newscrawl.spider import SiteSpider


class NewsSpider(SiteSpider):
    """Starts with a site's home page, robots.txt, sitemaps and feeds, wherever they usually stand."""

    name = "news"
    autodiscovers = True

    def __init__(self, url: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.url = checked_url(url)

    def starts(self) -> Iterable[Link]:
        """The page given, and the well-known places of its site."""
        yield Link(url=self.url, kind="listing", rel="declared")
        yield from well_known(self.url)


def checked_url(url: str | None) -> str:
    """With a scheme and a path; ArgumentError for what is no http or https URL."""
    if not url:
        raise ArgumentError("scrapy crawl news needs -a url=URL")
    if "//" not in url:
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
    except ValueError:  # "http://["
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ArgumentError(f"url={url}: not an http or https URL")
    return url if parts.path else f"{url}/"
