"""What a host's /.well-known/tdmrep.json states: asked once a run, when the host has given its first article's page, or
before it where a rule may skip the page."""

from __future__ import annotations

import asyncio
import logging
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from newscrawl.config import Config
from newscrawl.fetch.errors import KeptOutError
from newscrawl.fetch.fetched_page import TDM_RESERVATIONS, rights_of_files
from newscrawl.web.rights import TDMREP_PATH
from newscrawl.web.rights_rules import action_of

logger = logging.getLogger(__name__)

MAX_BYTES = 64 * 1024
"""Of the file; a larger one is read as none."""
META = "newscrawl_tdmrep"


class TdmReservationsMiddleware:
    """Carries the file's bytes with each request of an article; they are read with the response."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.rules = Config.from_settings(crawler.settings).rights_rules
        self.may_skip = any(rule.action == "skip" for rule in self.rules)
        self._files: dict[str, asyncio.Future[bytes]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> TdmReservationsMiddleware:
        """Called by Scrapy."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raises KeptOutError where the site's files state what a rule says to skip."""
        if self.may_skip and "entry" in request.cb_kwargs:
            await self.carry(request)
            if action_of(self.rules, rights_of_files(request, request.url)) == "skip":
                raise KeptOutError("rights_reserved")

    async def process_response(self, request: Request, response: Response) -> Response:
        """Carries the file with the request of a page that may be an article."""
        if not self.may_skip and response.status in (200, 203) and "entry" in request.cb_kwargs:
            await self.carry(request)
        return response

    async def carry(self, request: Request) -> None:
        """Puts the file of the request's host beside it."""
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._files:
            self._files[origin] = asyncio.ensure_future(self.fetch(origin))
        request.meta[TDM_RESERVATIONS] = await asyncio.shield(self._files[origin])

    async def fetch(self, origin: str) -> bytes:
        """The file of a host; nothing where there is none."""
        meta = {META: True, "dont_retry": True, "download_maxsize": MAX_BYTES}
        request = Request(f"{origin}{TDMREP_PATH}", meta=meta, callback=NO_CALLBACK, dont_filter=True, priority=900)
        try:
            assert self.crawler.engine is not None
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 - whatever the network has in store, nothing is stated then
            logger.info("tdmrep.json of %s cannot be fetched: %s", origin, error)
            return b""
        return response.body if response.status == 200 else b""
