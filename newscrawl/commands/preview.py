"""`scrapy preview URL_OR_FILE`: why a page is read as it is, as a page in the browser, in the terminal or as JSON."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import msgspec
from scrapy import Request, Spider
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.addon import Addon
from newscrawl.config import Config
from newscrawl.crawl.arguments import ArgumentError
from newscrawl.crawl.exit_codes import ExitCode
from newscrawl.crawl.session import workers_of
from newscrawl.fetch.failures import reason_of, told
from newscrawl.fetch.fetched_page import header, rights_of
from newscrawl.items import Page, Rejection, Site
from newscrawl.ledger.admin import Admin
from newscrawl.ledger.place import Place, is_there
from newscrawl.onboarding.saved_pages import PAGE, load
from newscrawl.reading.explanation import Explanation
from newscrawl.sites.profiles import SiteMemory, encoded_profile
from newscrawl.spider import SiteSpider, declared_by
from newscrawl.views.explain import explained
from newscrawl.views.page import preview_page
from newscrawl.web.dates import utc
from newscrawl.web.urls import domain_of

Explain = Callable[[bytes, Page], Awaitable[Explanation]]


class PageSpider(Spider):
    """Fetches one page as a crawl would, guard and robots.txt included, and has it explained."""

    name = "preview"

    def __init__(self, url: str, explain: Explain, tell: Callable[[Explanation], None]) -> None:
        super().__init__()
        self.url, self.explain, self.tell = url, explain, tell

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
            rights=rights_of(response),
            is_all=True,
        )
        self.tell(await self.explain(response.body, page))

    def failed(self, failure: Failure) -> None:
        """A page that could not be had."""
        self.tell(Explanation(rejection=Rejection(reason="not_fetched", detail=told(reason_of(failure)))))


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
        parser.add_argument("--output", metavar="FILE", help="write the page there and open no browser")
        parser.add_argument("--spider", metavar="NAME", help="read it by this spider's rules and what it has learned")
        parser.add_argument("--json", action="store_true", help="the explanation as one JSON object")
        parser.add_argument("--url", help="URL of the page in a file (default: the one that it declares)")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Has newscrawl's settings beneath the project's; keeps the crawl's log out of the way."""
        super().process_options(args, opts)
        assert self.settings is not None
        Addon().update_settings(self.settings)
        self.settings.set("LOG_LEVEL", "ERROR", priority="spider")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Shows the explanation; exit code 3 where the page gives no article."""
        if len(args) != 1:
            raise UsageError("scrapy preview takes one URL or file")
        assert self.settings is not None
        try:
            config = Config.from_settings(self.settings)
            rules, learned = self.known_of(opts.spider, config) if opts.spider else (None, None)
            workers = workers_of(config, count=1)
        except ArgumentError as error:
            raise UsageError(str(error), print_help=False) from None
        try:
            explain = partial(workers.explain, site=rules, learned=learned)
            seen = self.explanation(args[0], opts.url, explain)
        finally:
            workers.close()
        if opts.text or opts.json:
            show(seen, as_json=opts.json)
        else:
            show_page(seen, args[0], opts.output)
        self.exitcode = ExitCode.GOOD if seen.article else ExitCode.NO_ARTICLE

    def known_of(self, name: str, config: Config) -> tuple[Site, Callable[[str], bytes] | None]:
        """The rules of a spider, and its learned profile by a page's URL. ArgumentError where there is no such one."""
        assert self.crawler_process is not None
        try:
            spider = self.crawler_process.spider_loader.load(name)
        except KeyError:
            raise ArgumentError(f"--spider {name}: no such spider; `scrapy list` names them") from None
        if not issubclass(spider, SiteSpider):
            raise ArgumentError(f"--spider {name}: no SiteSpider")
        ledger = config.ledger
        return declared_by(spider).site, partial(_learned, ledger, name) if is_there(ledger) else None

    def explanation(self, what: str, url: str | None, explain: Explain) -> Explanation:
        """Of the page at a URL, or in a file."""
        if what.startswith(("http://", "https://")):
            return self.fetched(what, explain)
        html, address, content_type = _in_file(Path(what))
        address = url or address
        page = Page(
            url=address,
            requested_url=address,
            content_type=content_type,
            fetched_at=now(),
            spider="preview",
            is_all=True,
        )
        seen = asyncio.run(_awaited(explain(html, page)))
        if seen.rejection and seen.rejection.reason == "no_url":
            raise UsageError(f"{what} does not declare its URL; give it by --url", print_help=False)
        return seen

    def fetched(self, url: str, explain: Explain) -> Explanation:
        """Fetches the page in a crawl of one request."""
        assert self.crawler_process is not None
        told: list[Explanation] = []
        self.crawler_process.crawl(PageSpider, url=url, explain=explain, tell=told.append)
        self.crawler_process.start()
        return told[0] if told else Explanation(rejection=Rejection(reason="not_fetched"))


def _in_file(path: Path) -> tuple[bytes, str, str | None]:
    """A page on disk, its URL ("" where only the page may tell) and Content-Type; those of a saved page, given by its
    folder or its page.html.gz, stand in expected.json."""
    try:
        if path.name == PAGE or path.is_dir():
            saved = load(path if path.is_dir() else path.parent)
            return saved.html, saved.expected.url, saved.expected.content_type
        return path.read_bytes(), "", None
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}", print_help=False) from None
    except ValueError as error:
        raise UsageError(str(error), print_help=False) from None


def _learned(ledger: Place, spider: str, url: str) -> bytes:
    """The profile that a spider has learned of the URL's site, encoded; b"" without one."""
    with Admin(ledger) as admin, suppress(KeyError):
        stored = admin.profile(spider, domain_of(url) or "")
        return encoded_profile(SiteMemory.decode(stored)) or b"" if stored else b""
    return b""


async def _awaited(seen: Awaitable[Explanation]) -> Explanation:
    return await seen


def show(seen: Explanation, *, as_json: bool) -> None:
    """Prints an explanation; what the terminal's charset lacks is escaped."""
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    whole = msgspec.json.format(msgspec.json.encode(seen), indent=1).decode()
    for line in [whole] if as_json else explained(seen):
        sys.stdout.write(f"{line}\n")


def show_page(seen: Explanation, what: str, output: str | None) -> None:
    """Writes the explanation as one HTML page and opens it, unless a file was asked for."""
    if output is None:
        with tempfile.NamedTemporaryFile("wb", prefix="newscrawl-preview-", suffix=".html", delete=False) as file:
            file.write(preview_page(seen, what).encode("utf-8", "replace"))
        path = Path(file.name)
    else:
        path = Path(output)
        try:
            path.write_bytes(preview_page(seen, what).encode("utf-8", "replace"))
        except OSError as error:
            raise UsageError(f"{output}: {error.strerror}", print_help=False) from None
    sys.stdout.write(f"{path}\n")
    if output is None and not webbrowser.open(path.absolute().as_uri()):
        sys.stdout.write("no browser was found; open the file yourself, or use --text\n")


def now() -> str:
    """UTC, ISO 8601 with "Z"."""
    return utc(datetime.now(UTC))
