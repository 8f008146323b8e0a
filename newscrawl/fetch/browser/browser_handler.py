"""Downloads pages by Chromium: scrapy-playwright's handler, each page in a context of its own, all behind the guard."""

from __future__ import annotations

import asyncio
import logging
import os
import tomllib
from contextlib import suppress
from functools import cache
from importlib.resources import files
from itertools import count
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from playwright.async_api import Error
from playwright.async_api import Page as BrowserPage
from playwright.async_api import Request as BrowserRequest
from playwright.async_api import TimeoutError as PlaywrightTimeout
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Response, TextResponse
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler
from scrapy_playwright.page import PageMethod

from newscrawl.config import Config
from newscrawl.fetch.browser.browser_requests import STEPS
from newscrawl.fetch.browser.chromium import SWITCHES, find_chromium
from newscrawl.fetch.browser.proxy import GuardProxy
from newscrawl.fetch.browser.rendering import check_size, close_consent, come_to_rest, take_steps
from newscrawl.fetch.errors import FetchError, KeptOutError
from newscrawl.fetch.fetched_page import header
from newscrawl.web.urls import domain_of

logger = logging.getLogger(__name__)

MAX_TOLD = 500
"""Characters of what a browser says that does not start."""
MAX_PAGES = 4
"""Pages open at a time: each takes some 100 MB."""
PAGES_PER_BROWSER = 100
"""Pages after which the browser is started anew, since its memory only grows."""
NOT_NEEDED = frozenset(("image", "font", "media", "ping", "manifest", "texttrack", "other"))
"""Playwright's kinds of requests that are not made. "other": the site's icon, what is fetched for a next page."""
NOWHERE = "socks5://127.0.0.1:9"
"""A proxy where none is, for what the browser would ask for of its own accord: accounts.google.com at each start."""


class BrowserHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]  # it ships no types
    """Starts the browser with the first page that needs one. Nothing of a page outlives it: each has its own context,
    so that what a page shows does not depend on those before it."""

    _all: ClassVar[WeakKeyDictionary[Crawler, BrowserHandler]] = WeakKeyDictionary()

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        config = Config.from_settings(crawler.settings)
        self._executable = find_chromium(config.chromium)
        self._seconds = config.browser_seconds
        self._most_characters = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self._agent = str(crawler.settings.get("USER_AGENT"))
        self._proxy = GuardProxy(
            config.allowlist, lambda reason: self.stats.inc_value(f"newscrawl/guard/browser/{reason}")
        )
        self._starting = asyncio.Lock()
        self._room = asyncio.Semaphore(MAX_PAGES)
        self._proxy_url = ""
        self._pages = 0
        self._numbers = count()
        self._is_closed = False
        # A browser elsewhere would stand outside of the guard.
        self.config.cdp_url = self.config.connect_url = None
        self.config.browser_type_name = "chromium"
        self.config.startup_context_kwargs = {}
        self.config.launch_options = {}
        self.config.navigation_timeout_ms = 1000 * self._seconds
        self.abort_request = is_not_needed
        logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)  # newscrawl says what becomes of each page

    @classmethod
    def of(cls, crawler: Crawler) -> BrowserHandler:
        """The crawl's own; NoBrowserError where there is no browser."""
        if crawler not in cls._all:
            cls._all[crawler] = cls(crawler)
        return cls._all[crawler]

    async def download_request(self, request: Request) -> Response:
        """The page's HTML as it is after rendering, in UTF-8; FetchError `timeout`, `too_large`."""
        async with self._room:
            async with self._starting:
                await self._start()
            name = f"page {next(self._numbers)}"
            try:
                async with asyncio.timeout(self._seconds):
                    return _in_utf8(await super().download_request(self._prepared(request, name)))
            except TimeoutError:
                raise FetchError("timeout") from None
            except Error as error:
                raise _told(error) from error
            except RuntimeError as error:  # scrapy-playwright's word for a file that it may not save
                raise KeptOutError("not_html") from error
            finally:
                await self._clear(name)

    async def _start(self) -> None:
        if "proxy" not in self.config.launch_options:
            self._proxy_url = await self._proxy.start()
            self.config.launch_options = {
                "executable_path": self._executable,
                "args": list(SWITCHES),
                "proxy": {"server": NOWHERE},
                "chromium_sandbox": os.geteuid() != 0,  # Chromium has none for root
            }
            await self._launch()
        try:
            await self._maybe_launch_browser()
        except Error as error:
            logger.error("%s cannot be started: %s", self._executable, " ".join(error.message.split())[:MAX_TOLD])
            raise FetchError("browser_failed") from error

    def _prepared(self, request: Request, name: str) -> Request:
        """The request with all that scrapy-playwright is to do for it."""
        meta: dict[str, Any] = {
            "playwright_context": name,
            "playwright_context_kwargs": {
                "proxy": {"server": self._proxy_url},
                "user_agent": self._agent,
                "accept_downloads": False,
                "ignore_https_errors": not self._crawler.settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES"),
                "service_workers": "block",  # their requests pass by what looks at the page's
            },
            "playwright_page_init_callback": _begin,
            "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded"},
            "playwright_page_methods": [
                PageMethod(come_to_rest),
                PageMethod(close_consent),
                PageMethod(take_steps, request.meta.get(STEPS, ())),
                PageMethod(check_size, self._most_characters),
            ],
        }
        return request.replace(meta=request.meta | meta)

    async def _clear(self, name: str) -> None:
        """Closes a page's context; a browser that has had its share of pages gets no more, and ends with its last."""
        if (wrapper := self.context_wrappers.get(name)) is None:
            return
        browser = wrapper.context.browser
        with suppress(Error):
            await wrapper.context.close()
        self._pages += 1
        if self._pages >= PAGES_PER_BROWSER and browser is getattr(self, "browser", None):
            self._pages = 0
            del self.browser
        if browser is not None and browser is not getattr(self, "browser", None) and not browser.contexts:
            await browser.close()

    async def _browser_disconnected_callback(self) -> None:
        """A browser that died is replaced with the next page; one that was ended is replaced already."""
        if hasattr(self, "browser") and not self.browser.is_connected():
            del self.browser

    async def close(self) -> None:
        """Ends browser and proxy; once, however often it is called."""
        if not self._is_closed:
            self._is_closed = True
            await super().close()
            await self._proxy.close()


async def is_not_needed(request: BrowserRequest) -> bool:
    """Whether a request of a page is not made: it adds nothing to the page's text."""
    return request.resource_type in NOT_NEEDED or domain_of(request.url) in _trackers()


@cache
def _trackers() -> frozenset[str]:
    table = tomllib.loads((files("newscrawl.fetch.browser") / "trackers.toml").read_text("utf-8"))
    return frozenset(table["domains"])


async def _begin(page: BrowserPage, _request: Request) -> None:
    """What a page opens beside itself is closed."""
    page.on("popup", lambda popup: popup.close())


def _in_utf8(response: Response) -> Response:
    """The HTML is what the browser makes of the page: the charset that the server declared is no longer its own."""
    kind = (header(response, "Content-Type") or "text/html").partition(";")[0].strip()
    response.headers["Content-Type"] = f"{kind}; charset=utf-8"
    return (
        response.replace(body=response.text.encode("utf-8", "replace"))
        if isinstance(response, TextResponse)
        else response
    )


def _told(error: Error) -> Exception:
    """A failure of the browser as Scrapy's own handler would tell it."""
    if "ERR_SOCKS_CONNECTION_FAILED" in error.message:  # the guard
        return FetchError("no_address")
    if isinstance(error, PlaywrightTimeout):
        return FetchError("timeout")
    return DownloadFailedError(error.message.partition("\n")[0])
