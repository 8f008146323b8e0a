"""`scrapy preview --text URL_OR_FILE`: why a page is read as it is, before a spider is written for its site."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from scrapy import Request, Spider
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.explanation import Explanation
from newscrawl.failures import reason_of
from newscrawl.fetched import header
from newscrawl.items import Page, Rejection
from newscrawl.run import ArgumentError, ExitCode, utc
from newscrawl.settings import Config
from newscrawl.spider import workers_of
from newscrawl.views.explain import explained
from newscrawl.workers import Workers


class PageSpider(Spider):
    """Fetches one page as a crawl would, guard and robots.txt included, and has it explained."""

    name = "preview"

    def __init__(self, url: str, workers: Workers, tell: Callable[[Explanation], None]) -> None:
        super().__init__()
        self.url, self.workers, self.tell = url, workers, tell

    async def start(self) -> AsyncIterator[Request]:
        """The one request."""
        yield Request(self.url, callback=self.parse, errback=self.failed, dont_filter=True)

    async def parse(self, response: Response) -> None:
        """Has the page read in a worker."""
        page = Page(
            url=response.url,
            requested_url=self.url,
            content_type=header(response, "Content-Type"),
            http_status=response.status,
            fetched_at=now(),
            spider=self.name,
            content_signal=header(response, "Content-Signal"),
            robots_tag=header(response, "X-Robots-Tag"),
        )
        self.tell(await self.workers.explain(response.body, page))

    def failed(self, failure: Failure) -> None:
        """A page that could not be had."""
        self.tell(Explanation(rejection=Rejection(reason="not_fetched", detail=reason_of(failure))))


class Command(ScrapyCommand):
    """A URL is fetched by Scrapy's downloader; page and file are read in a worker."""

    requires_project = False

    def syntax(self) -> str:
        """After `scrapy preview`."""
        return "[options] URL_OR_FILE"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Show how a page is read: signals of its origin, blocks taken out, the record"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Adds the form of the answer and the URL of a file."""
        super().add_options(parser)
        parser.add_argument("--text", action="store_true", help="explain in the terminal")
        parser.add_argument("--json", action="store_true", help="the explanation as one JSON object")
        parser.add_argument("--url", help="URL of the page in a file (default: the one that it declares)")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Keeps the crawl's log out of the way, unless the command line asks for it."""
        super().process_options(args, opts)
        assert self.settings is not None
        self.settings.set("LOG_LEVEL", "ERROR", priority="spider")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Prints the explanation; exit code 3 where the page gives no article."""
        if len(args) != 1 or not (opts.text or opts.json):
            raise UsageError("scrapy preview takes one URL or file, and --text or --json")
        assert self.settings is not None
        try:
            workers = workers_of(Config.from_settings(self.settings), count=1)
        except ArgumentError as error:
            raise UsageError(str(error), print_help=False) from None
        try:
            seen = self.explanation(args[0], opts.url, workers)
        finally:
            workers.close()
        show(seen, as_json=opts.json)
        self.exitcode = ExitCode.GOOD if seen.article else ExitCode.NO_ARTICLE

    def explanation(self, what: str, url: str | None, workers: Workers) -> Explanation:
        """Of the page at a URL, or in a file."""
        if what.startswith(("http://", "https://")):
            return self.fetched(what, workers)
        try:
            html = Path(what).read_bytes()
        except OSError as error:
            raise UsageError(f"{what}: {error.strerror}", print_help=False) from None
        page = Page(url=url or "", requested_url=url or "", fetched_at=now(), spider="preview")
        seen = asyncio.run(workers.explain(html, page))
        if seen.rejection and seen.rejection.reason == "no_url":
            raise UsageError(f"{what} does not declare its URL; give it by --url", print_help=False)
        return seen

    def fetched(self, url: str, workers: Workers) -> Explanation:
        """Fetches the page in a crawl of one request."""
        assert self.crawler_process is not None
        told: list[Explanation] = []
        self.crawler_process.crawl(PageSpider, url=url, workers=workers, tell=told.append)
        self.crawler_process.start()
        return told[0] if told else Explanation(rejection=Rejection(reason="not_fetched"))


def show(seen: Explanation, *, as_json: bool) -> None:
    """Prints an explanation; what the terminal's charset lacks is escaped."""
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    whole = msgspec.json.format(msgspec.json.encode(seen), indent=1).decode()
    for line in [whole] if as_json else explained(seen):
        sys.stdout.write(f"{line}\n")


def now() -> str:
    """UTC, ISO 8601 with "Z"."""
    return utc(datetime.now(UTC))
