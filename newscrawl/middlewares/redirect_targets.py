"""What a redirect may not take along: its first host's place in the queue, and a password."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Response

from newscrawl.fetch.fetched_page import header
from newscrawl.web.urls import without_password

SLOT = "download_slot"
"""Scrapy's name, in a request's meta, of the queue in which it waits."""


class RedirectTargetsMiddleware:
    """Stands before Scrapy's own middleware for redirects, which copies the request's meta and logs the target."""

    def process_request(self, request: Request) -> None:
        """A redirected request waits in the queue of the host that it leads to, by that host's delay."""
        if request.meta.get("redirect_times"):
            request.meta.pop(SLOT, None)

    def process_response(self, request: Request, response: Response) -> Response:
        """A redirect to a URL with a name or password leads nowhere: neither is sent, and neither logged."""
        target = header(response, "Location")
        if target and without_password(response.urljoin(target)) != response.urljoin(target):
            del response.headers["Location"]
        return response
