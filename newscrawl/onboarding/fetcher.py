"""What a command fetches: one page after the other, by Scrapy's downloader, with guard and robots.txt."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, Protocol

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcessBase
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.fetch.browser.browser_requests import in_browser
from newscrawl.fetch.browser.steps import Step
from newscrawl.fetch.errors import FetchError
from newscrawl.fetch.failures import reason_of
from newscrawl.fetch.fetched_page import header, rights_of
from newscrawl.items import Page
from newscrawl.web.dates import utc


class Fetch(Protocol):
    """Asks for a URL; in the browser where there are steps, be they (). FetchError names why a page could not be had,
    in one word of docs/faults.md."""

    async def __call__(self, url: str, steps: tuple[Step, ...] | None = None) -> Response:
        """The response with status 200."""
        ...


FetchTask = Callable[[Fetch], Awaitable[None]]


class FetchTaskSpider(Spider):
    """Lets a command's coroutine fetch; yields nothing."""

    name = "fetch_task"

    def __init__(self, fetch_task: FetchTask) -> None:
        super().__init__()
        self.fetch_task = fetch_task

    async def start(self) -> AsyncIterator[Any]:
        """Runs the fetch task to its end."""
        await self.fetch_task(self.fetch)
        return
        yield  # an asynchronous generator, as Scrapy wants it

    async def fetch(self, url: str, steps: tuple[Step, ...] | None = None) -> Response:
        """The response with status 200; FetchError otherwise."""
        assert self.crawler.engine is not None
        request = Request(url, dont_filter=True)
        try:
            response = await self.crawler.engine.download_async(
                request if steps is None else in_browser(request, steps)
            )
        except Exception as error:
            raise FetchError(reason_of(Failure(error))) from error  # type: ignore[no-untyped-call]
        if response.status != 200:
            raise FetchError(f"http_{response.status}")
        return response


def run_fetch_task(process: CrawlerProcessBase, fetch_task: FetchTask) -> None:
    """Runs it in a crawl of its own; raises what it raised, and FetchError where the crawl could not start."""
    failed: list[BaseException] = [FetchError("not_started")]

    async def watched(fetch: Fetch) -> None:
        failed.clear()
        try:
            await fetch_task(fetch)
        except Exception as error:  # noqa: BLE001 - raised again where the command can answer it
            failed.append(error)

    process.crawl(FetchTaskSpider, fetch_task=watched)
    process.start()
    if failed:
        raise failed[0]


def page_of(response: Response, *, requested_url: str, spider: str) -> Page:
    """What is known of a page before it is read."""
    return Page(
        url=response.url,
        requested_url=requested_url,
        content_type=header(response, "Content-Type"),
        http_status=response.status,
        fetched_at=utc(datetime.now(UTC)),
        spider=spider,
        rights=rights_of(response),
    )
