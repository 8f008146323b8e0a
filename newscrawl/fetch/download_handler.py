"""The download handler: Scrapy's, but a host that asks for a pause gets it, and what is under way can be broken off."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Response

from newscrawl.config import Config
from newscrawl.fetch.archiving import Archiver
from newscrawl.fetch.arrivals import Arrivals
from newscrawl.fetch.browser.chromium import NoBrowserError, find_chromium
from newscrawl.fetch.errors import FetchError, KeptOutError
from newscrawl.fetch.fetched_page import header
from newscrawl.fetch.in_flight import MAX_PAUSE, Traffic
from newscrawl.fetch.retry_after import seconds_to_wait

if TYPE_CHECKING:
    from newscrawl.fetch.browser.browser_handler import BrowserHandler

BUSY = (429, 503)
UNTOLD_PAUSE = 2.0
"""Seconds of pause after a 429 or 503 that names none."""


class DownloadHandler(HTTP11DownloadHandler):
    """Holds its host's slot while it waits, so the pause is the whole host's."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._traffic = Traffic.of(crawler)
        self._arrivals = Arrivals.of(crawler)
        self._largest = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self._chromium = Config.from_settings(crawler.settings).chromium
        self._browser: BrowserHandler | None = None
        self._archiver = Archiver.find(crawler)

    async def download_request(self, request: Request) -> Response:
        """The response; PostponedError when the run is stopped or the host wants a longer pause than a run may take."""
        return await self._traffic.run(self._download(request))

    async def _download(self, request: Request) -> Response:
        host = urlsplit(request.url).netloc
        await self._traffic.peace(host)
        await self._traffic.turn(urlsplit(request.url).hostname or "", self._delay(request))
        if request.meta.get("playwright"):
            response = await self._rendered(request)
        else:
            response = await self._fetched(request)
        self._arrivals.hold(response, response.body)
        if self._archiver is not None:
            await self._archiver.keep(request, response)
        if response.status in BUSY:
            wait = seconds_to_wait(header(response, "Retry-After"), datetime.now(UTC))
            self._traffic.pause(host, UNTOLD_PAUSE if wait is None else wait)
            await self._traffic.turns.hold(urlsplit(request.url).hostname or "", min(wait or UNTOLD_PAUSE, MAX_PAUSE))
            if wait is not None and wait > MAX_PAUSE:
                raise FetchError("retry_after")
        return response

    async def _fetched(self, request: Request) -> Response:
        """The response, begun where there is room for it; begun again where it was larger than its host's before."""
        host = urlsplit(request.url).hostname or ""
        while True:
            await self._arrivals.room(host)
            with self._arrivals.watched(request, host) as arrived:
                try:
                    return await super().download_request(request)
                except StopDownload:
                    if not arrived.is_crowded_out:
                        raise
            self._arrivals.expect(host, self._largest)
            await self._traffic.turn(host, self._delay(request))

    def _delay(self, request: Request) -> float:
        """Seconds between two requests in the queue in which this one was."""
        assert self._crawler.engine is not None
        downloader = self._crawler.engine.downloader
        slot = downloader.slots.get(downloader.get_slot_key(request))
        return slot.delay if slot is not None else self._crawler.settings.getfloat("DOWNLOAD_DELAY")

    async def _rendered(self, request: Request) -> Response:
        """The page as a browser shows it; KeptOutError where there is none."""
        try:
            find_chromium(self._chromium)
        except NoBrowserError:
            raise KeptOutError("needs_browser") from None
        from newscrawl.fetch.browser.browser_handler import BrowserHandler  # the extra js may not be installed

        self._browser = BrowserHandler.of(self._crawler)
        return await self._browser.download_request(request)

    async def close(self) -> None:
        """Called by Scrapy; each scheme's handler closes the browser that they share."""
        await super().close()
        if self._browser is not None:
            await self._browser.close()
