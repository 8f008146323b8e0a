"""Says once that a crawl asks real hosts without telling them whose it is."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.config import Config
from newscrawl.settings import USER_AGENT

logger = logging.getLogger(__name__)


class ContactNoticeMiddleware:
    """Only there while USER_AGENT is newscrawl's default, which names no contact."""

    def __init__(self, crawler: Crawler) -> None:
        if crawler.settings.get("USER_AGENT") != USER_AGENT:
            raise NotConfigured
        self.allowlist = Config.from_settings(crawler.settings).allowlist
        self.has_warned = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ContactNoticeMiddleware:
        """Called by Scrapy. NotConfigured where the project names who crawls."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Warns at the first request to a host that is not the user's own (NEWSCRAWL_HOSTS, allowed private hosts)."""
        parts = urlsplit(request.url)
        host = parts.hostname or ""
        if self.has_warned or host in self.allowlist.hosts or self.allowlist.open_for(host, parts.port or 0):
            return
        self.has_warned = True
        logger.warning(
            "USER_AGENT names no contact: %s sees %r. Set USER_AGENT in your project's settings, with a page or"
            " an address where its owner can reach you",
            host,
            USER_AGENT,
        )
