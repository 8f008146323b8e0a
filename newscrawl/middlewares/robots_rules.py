"""robots.txt as RFC 9309 has it: what cannot be asked keeps the crawl out; 500 KiB are read; Crawl-delay is kept."""

from __future__ import annotations

import asyncio
import logging
import math
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured, StopDownload
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from newscrawl.fetch.browser.browser_requests import is_rendered
from newscrawl.fetch.errors import FetchError, KeptOutError
from newscrawl.fetch.fetched_page import ROBOTS_STATEMENTS
from newscrawl.fetch.in_flight import Traffic
from newscrawl.web.rights import statements

logger = logging.getLogger(__name__)

MAX_BYTES = 500 * 1024
"""RFC 9309, 2.5: at least 500 KiB are to be read; more is an attack or a mistake."""
SMALL = 16 * 1024
"""Characters of a robots.txt that is matched at once; a larger one in a thread, so that the event loop goes on."""
MAX_DELAY = 30.0
"""Seconds between two requests that a Crawl-delay may ask for; a day of it would be a ban, and is said otherwise."""
FIRST = 1000
"""Priority of robots.txt in Scrapy's queues."""
META = "newscrawl_robots"

Rules = Protego | str
"""The rules, or the reason to keep out."""


class RobotsMiddleware:
    """Asks each host's robots.txt once a run. Rules are matched here, by Protego, which parses nothing but lines."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured("ROBOTSTXT_OBEY is off")
        self.crawler = crawler
        self.agent = crawler.settings.get("ROBOTSTXT_USER_AGENT") or crawler.settings.get("USER_AGENT")
        self._rules: dict[str, asyncio.Future[Rules]] = {}
        self._large: set[str] = set()
        self._stated: dict[str, str] = {}
        self._received: dict[str, int] = {}
        crawler.signals.connect(self.bytes_received, signals.bytes_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        """Called by Scrapy."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raises KeptOutError where the host's rules forbid the URL or cannot be fetched."""
        if META in request.meta or request.meta.get("dont_obey_robotstxt"):
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self.rules(origin))
        rules = await asyncio.shield(self._rules[origin])
        if isinstance(rules, str):
            raise (KeptOutError if rules == "robots_disallowed" else FetchError)(rules)
        if not await self.allows(origin, rules, request.url):
            raise KeptOutError("robots_disallowed")
        if stated := self._stated.get(origin):
            request.meta[ROBOTS_STATEMENTS] = stated, self.agent
        if self.delay_of(rules) is not None:
            request.meta["autothrottle_dont_adjust_delay"] = True  # AutoThrottle would bring the delay down

    async def allows(self, origin: str, rules: Protego, url: str) -> bool:
        """Whether the rules let the URL be fetched. Protego tries rule by rule: 90 ms for 500 KiB of them."""
        if origin in self._large:
            return await asyncio.to_thread(rules.can_fetch, url, self.agent)
        return rules.can_fetch(url, self.agent)

    async def process_response(self, request: Request, response: Response) -> Response:
        """A browser follows redirects by itself: where one led to must have been allowed too."""
        if is_rendered(response) and response.url != request.url:
            await self.process_request(request.replace(url=response.url))
        return response

    async def rules(self, origin: str) -> Rules:
        """The rules of a host; asks for them."""
        request = Request(
            f"{origin}/robots.txt",
            priority=FIRST,
            meta={META: origin, "download_maxsize": 0},  # bytes_received ends it at MAX_BYTES, and keeps what it has
            callback=NO_CALLBACK,
            dont_filter=True,
        )
        try:
            assert self.crawler.engine is not None
            response = await self.crawler.engine.download_async(request)
        except IgnoreRequest as error:
            return self.without_answer(error)
        except Exception as error:  # noqa: BLE001 - whatever the network has in store, it is no leave to crawl
            logger.info("robots.txt of %s cannot be fetched: %s", origin, error)
            return "robots_unreachable"
        return await self.read(response, origin)

    def without_answer(self, error: IgnoreRequest) -> Rules:
        """Redirects without end or to where nobody may go count as a missing robots.txt (RFC 9309, 2.3.1.2)."""
        return (
            Protego.parse("") if isinstance(error, KeptOutError) or "redirect" in str(error) else "robots_unreachable"
        )

    async def read(self, response: Response, origin: str) -> Rules:
        """The rules that a response states; 4xx states none, but 429 asks to stay away."""
        if response.status >= 500 or response.status == 429:
            return "robots_unreachable"
        text = response.body[:MAX_BYTES].decode("utf-8", "replace").lstrip("\ufeff") if response.status == 200 else ""
        if stated := statements(text):
            self._stated[origin] = stated
        if len(text) > SMALL:
            self._large.add(origin)
            rules = await asyncio.to_thread(Protego.parse, text.replace("\0", ""))
        else:
            rules = Protego.parse(text.replace("\0", ""))
        if (delay := self.delay_of(rules)) is not None:
            self.slow_down(origin, delay)
        return rules

    def delay_of(self, rules: Protego) -> float | None:
        """The Crawl-delay, bounded; None where no sensible one is stated."""
        delay = rules.crawl_delay(self.agent)
        return min(delay, MAX_DELAY) if delay is not None and math.isfinite(delay) and delay > 0 else None

    def slow_down(self, origin: str, delay: float) -> None:
        """Keeps the host's Crawl-delay where it is longer than ours."""
        assert self.crawler.engine is not None
        Traffic.of(self.crawler).keep_delay(urlsplit(origin).hostname or "", delay)
        slot = self.crawler.engine.downloader.slots.get(urlsplit(origin).hostname or "")
        if slot is not None:
            slot.delay = max(slot.delay, delay)
            slot.jitter = 0.0

    def bytes_received(self, data: bytes, request: Request) -> None:
        """Reads no more of a robots.txt than its limit; its rules hold all the same."""
        if (origin := request.meta.get(META)) is None:
            return
        self._received[origin] = self._received.get(origin, 0) + len(data)
        if self._received[origin] >= MAX_BYTES:
            raise StopDownload(fail=False)
