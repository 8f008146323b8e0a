"""Refuses requests to private addresses and odd schemes, redirects and robots.txt included."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler

from newscrawl.config import Config
from newscrawl.fetch.errors import KeptOutError
from newscrawl.fetch.resolver import GuardedResolver


class GuardMiddleware:
    """The part of the guard that a URL's text suffices for; the resolver has the rest."""

    def __init__(self, crawler: Crawler) -> None:
        self.allowlist = Config.from_settings(crawler.settings).allowlist
        self.stats = crawler.stats
        GuardedResolver.is_guarding = True

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> GuardMiddleware:
        """Called by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raises KeptOutError with the reason, counted as newscrawl/guard/REASON."""
        if (reason := self.allowlist.refusal(request.url)) is not None:
            self.stats.inc_value(f"newscrawl/guard/{reason}")
            raise KeptOutError(reason)
