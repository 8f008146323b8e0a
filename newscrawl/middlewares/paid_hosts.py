"""Sends the cookies and headers of an outlet that one pays for to its host, and takes them off the request again."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from newscrawl.config import Config

META = "newscrawl_subscription_headers"
"""What the request had in their place, by the header's name."""


class SubscriptionsMiddleware:
    """Nearest to the downloader: no other middleware, and no redirect that copies a request, sees what it adds."""

    def __init__(self, crawler: Crawler) -> None:
        self.subscriptions = Config.from_settings(crawler.settings).subscriptions
        if not self.subscriptions.headers:
            raise NotConfigured  # without a text: Scrapy would log a warning

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SubscriptionsMiddleware:
        """Called by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """A browser gets nothing: it would send the headers to whatever the page leads to."""
        if request.meta.get("playwright"):
            return
        before: dict[str, list[bytes]] = {}
        for name, value in self.subscriptions.of(request.url).items():
            before[name] = request.headers.getlist(name)
            chain = [b"; ".join([*before[name], value.encode("latin-1")])] if name == "Cookie" else value
            request.headers[name] = chain
        if before:
            request.meta[META] = before

    def process_response(self, request: Request, response: Response) -> Response:
        """Before a redirect is followed."""
        _take_off(request)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Before the request is retried."""
        _take_off(request)


def _take_off(request: Request) -> None:
    for name, values in request.meta.pop(META, {}).items():
        if values:
            request.headers[name] = values
        else:
            request.headers.pop(name, None)
