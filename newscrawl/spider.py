"""`SiteSpider`, the class that sites subclass: what a site declares, and how its URLs become pages."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem, IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.discovery import Link
from newscrawl.items import Page, Rejection, Site
from newscrawl.ledger import Landing, Ledger, LedgerError, Listing, Outcome, Report, Row, Validators, Visit, host_of
from newscrawl.pump import Pump
from newscrawl.run import ArgumentError, ExitCode, run_id
from newscrawl.settings import Config
from newscrawl.urls import domain_of, normalized_url
from newscrawl.workers import Workers

logger = logging.getLogger(__name__)

DISCOVERY_FIRST = 100
"""Priority of discovery pages: the pump can only hand out what they have named."""


@dataclass(slots=True, kw_only=True, eq=False)
class FetchedPage:
    """What a spider yields: a page, its bytes, and its row in the ledger."""

    page: Page
    html: bytes = field(repr=False)
    row: Row | None = field(default=None, repr=False)
    validators: Validators = field(default=Validators(), repr=False)


class Rejected(DropItem):
    """A page that gives no record; ends the pipelines for it."""

    def __init__(self, rejection: Rejection) -> None:
        super().__init__(rejection.reason)
        self.rejection = rejection


class NothingNew(DropItem):
    """An article whose row is settled and that gives no record: unchanged, or known under its landing's URL."""


class SiteSpider(Spider):
    """A site: declare where its articles are named, and what its pages need beyond the general rules."""

    site_name: ClassVar[str | None] = None
    """Name of the outlet, for pages that do not give it."""
    feeds: ClassVar[tuple[str, ...]] = ()
    """RSS, Atom or JSON feeds."""
    sitemaps: ClassVar[tuple[str, ...]] = ()
    """Sitemaps, news sitemaps, indexes, robots.txt."""
    listings: ClassVar[tuple[str, ...]] = ()
    """Pages that list articles; their pagination is followed."""
    drop: ClassVar[tuple[str, ...]] = ()
    """Selectors of the site's own chrome."""
    body: ClassVar[tuple[str, ...]] = ()
    """Selectors of the article's text."""
    title: ClassVar[tuple[str, ...]] = ()
    """Selectors of the headline."""
    authors: ClassVar[tuple[str, ...]] = ()
    """Selectors of the authors."""
    date: ClassVar[tuple[str, ...]] = ()
    """Selectors of the date of publication."""
    uses_ledger: ClassVar[bool] = True
    """Whether the spider's URLs are remembered from run to run."""

    config: Config
    workers: Workers
    pump: Pump
    ledger: Ledger | None = None
    report: Report | None = None

    def __init__(self, name: str | None = None, **kwargs: Any) -> None:
        super().__init__(name)
        if kwargs:
            raise ArgumentError(f"{self.name}: unknown argument: {', '.join(sorted(kwargs))}")
        self.problems: list[str] = []
        self.reading: dict[str, FetchedPage] = {}
        self.run_id = run_id(self.name, datetime.now(UTC))
        self.site = Site(
            name=self.site_name, drop=self.drop, body=self.body, title=self.title, authors=self.authors, date=self.date
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Any:
        """Called by Scrapy."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.config = Config.from_settings(crawler.settings)
        spider.workers = Workers(
            count=spider.config.workers,
            cpu_seconds=spider.config.worker_cpu_seconds,
            memory_mb=spider.config.worker_memory_mb,
        )
        crawler.signals.connect(spider.item_dropped, signals.item_dropped)
        crawler.signals.connect(spider.item_error, signals.item_error)
        crawler.signals.connect(spider.engine_stopped, signals.engine_stopped)
        return spider

    def engine_stopped(self) -> None:
        """The last page has been read: ends the workers and the ledger."""
        self.workers.close()
        if self.ledger is not None:
            self.close_ledger(self.ledger)

    def close_ledger(self, ledger: Ledger) -> None:
        """Ends the run in the ledger, delivers what is left, and keeps the balance for the summary."""
        try:
            self.report = ledger.finish().result()
            ledger.close()
        except LedgerError as error:
            self.fail(ExitCode.LEDGER_TROUBLE, f"ledger: {error}")

    # Where articles are named.

    def starts(self) -> Iterable[Link]:
        """The discovery pages that a run begins with."""
        for url in self.feeds:
            yield Link(url=url, kind="feed", rel="well_known")
        for url in self.sitemaps:
            yield Link(url=url, kind="sitemap", rel="well_known")
        for url in self.listings:
            yield Link(url=url, kind="listing", rel="section")

    async def start(self) -> AsyncIterator[Any]:
        """Discovery pages first, then what the ledger has pending, until nothing is left."""
        starts = list(self.starts())
        if not starts:
            raise ArgumentError(f"{self.name}: declares no feeds, sitemaps or listings")
        try:
            self.ledger = ledger = self.open_ledger(starts)
            if not await self.holds_hosts(ledger, starts):
                return
            self.pump = Pump(ledger, self.article_request, per_host=self.per_host)
            for link in starts:
                if request := await self.discovery_request(link):
                    yield request
            async for request in self.pump.requests():
                yield request
        except LedgerError as error:
            self.fail(ExitCode.LEDGER_TROUBLE, f"ledger: {error}")

    def open_ledger(self, starts: Iterable[Link]) -> Ledger:
        """The ledger of this run; LedgerError where it cannot be opened."""
        self.config.data_dir.mkdir(parents=True, exist_ok=True)
        domains = {domain for link in starts if (domain := domain_of(link.url))}
        return Ledger(
            self.config.data_dir / "ledger.db",
            spider=self.name,
            run_id=self.run_id,
            now=lambda: datetime.now(UTC),
            scope=domains,
        )

    async def holds_hosts(self, ledger: Ledger, starts: Iterable[Link]) -> bool:
        """Whether this run has the hosts it starts with for itself; else the run ends with exit code 8."""
        for host in sorted({host_of(link.url) for link in starts}):
            if holder := await asyncio.wrap_future(ledger.hold(host)):
                self.fail(ExitCode.HOST_LOCKED, f"{host} is being crawled by run {holder.run_id} (pid {holder.pid})")
                return False
        return True

    @property
    def per_host(self) -> int:
        """Article requests handed to Scrapy at once for a host: what it may fetch at a time, and as many waiting."""
        return 2 * int(self.crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"))

    async def discovery_request(self, link: Link) -> Request | None:
        """A conditional request for a discovery page; None where this run has asked for it already."""
        if not self.pump.begin_discovery(link.url):
            return None
        validators = await asyncio.wrap_future(self.pump.ledger.validators(link.url))
        return Request(
            link.url,
            headers=_conditional(validators),
            callback=self.parse_discovery,
            errback=self.discovery_failed,
            cb_kwargs={"link": link},
            priority=DISCOVERY_FIRST,
            dont_filter=True,
        )

    async def parse_discovery(self, response: Response, link: Link) -> AsyncIterator[Request]:
        """Writes what the page names to the ledger; follows what it says of further discovery pages."""
        try:
            if response.status == 304:
                self.count("discovery/unchanged")
            elif response.status != 200:
                self.no_discovery(link, str(response.status))
            else:
                for further in await self.read_discovery(response, link):
                    if request := await self.discovery_request(further):
                        yield request
        except LedgerError as error:
            self.fail(ExitCode.LEDGER_TROUBLE, f"ledger: {error}")
        finally:
            self.pump.end_discovery()

    async def read_discovery(self, response: Response, link: Link) -> list[Link]:
        """Has the page read, stores its URLs, and answers which further pages to ask."""
        read = await self.workers.discover(response.body, response.url, _header(response, "Content-Type"))
        if isinstance(read, Rejection):
            self.no_discovery(link, read.reason)
            return []
        self.count("discovery/read")
        self.count(f"discovery/{read.found.kind}")
        for problem in read.found.problems:
            logger.info("%s: %s", link.url, problem)
        whole = not read.found.problems and "partial" not in response.flags
        listing = Listing(url=link.url, validators=_validators(response) if whole else Validators())
        done = await asyncio.wrap_future(self.pump.ledger.discover(read.urls, listing))
        return [further for further in read.found.more if self.follows(further, new=done.new + done.due)]

    def follows(self, link: Link, *, new: int) -> bool:
        """Whether a further discovery page is asked: one of a declared kind, and the next page only where this one had
        something new."""
        if link.rel in ("next", "archive"):
            return new > 0
        return link.rel in ("index", "robots")

    def no_discovery(self, link: Link, reason: str) -> None:
        """A discovery page that gave nothing: missing guesses are no news, missing declared pages are."""
        if self.guessed(link):
            self.count("discovery/absent")
        else:
            self.count("discovery/failed")
            logger.warning("discovery failed: %s %s", reason, link.url)

    def guessed(self, link: Link) -> bool:
        """Whether the page was looked for without anybody having named it."""
        return False

    async def discovery_failed(self, failure: Failure) -> None:
        """A discovery page that could not be fetched."""
        self.no_discovery(failure.request.cb_kwargs["link"], _reason(failure))  # type: ignore[attr-defined]
        self.pump.end_discovery()

    # Articles.

    def article_request(self, row: Row) -> Request:
        """The request of a row."""
        return Request(
            row.url,
            headers=_conditional(row.validators),
            callback=self.parse_page,
            errback=self.page_failed,
            cb_kwargs={"row": row},
            dont_filter=True,
        )

    async def parse_page(self, response: Response, row: Row) -> AsyncIterator[FetchedPage]:
        """A page to the pipelines; what is no page settles its row here."""
        if response.status == 304:
            await self.settle(row, "unchanged", http_status=304)
        elif response.status in (404, 410):
            await self.settle(row, "gone", reason=f"http_{response.status}", http_status=response.status)
        elif response.status >= 400:
            await self.settle(row, "failed", reason=f"http_{response.status}", http_status=response.status)
        elif "partial" in response.flags:
            await self.settle(row, "failed", reason="cut_short", http_status=response.status)
        else:
            yield FetchedPage(
                page=self.fetched_page(response, row), html=response.body, row=row, validators=_validators(response)
            )

    def fetched_page(self, response: Response, row: Row) -> Page:
        """What is known of a page before it is read."""
        return Page(
            url=response.url,
            requested_url=row.url,
            content_type=_header(response, "Content-Type"),
            http_status=response.status,
            fetched_at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            first_seen_at=row.first_seen_at,
            discovered_via=row.discovery,
            spider=self.name,
            run_id=self.run_id,
            revision=row.revision + 1,
            content_signal=_header(response, "Content-Signal"),
            robots_tag=_header(response, "X-Robots-Tag"),
        )

    async def page_failed(self, failure: Failure) -> None:
        """A page that could not be fetched: again in a later run; one that must not be fetched: rejected."""
        row: Row = failure.request.cb_kwargs["row"]  # type: ignore[attr-defined]
        outcome: Outcome = "rejected" if failure.check(IgnoreRequest) else "failed"
        await self.settle(row, outcome, reason=_reason(failure))

    async def item_dropped(self, item: Any, exception: Exception) -> None:
        """A page that gives no record has its fate all the same, whichever pipeline dropped it."""
        if not isinstance(item, FetchedPage):
            return
        self.reading.pop(item.page.requested_url, None)
        if isinstance(exception, Rejected):
            await self.settle(
                item.row, "rejected", reason=exception.rejection.reason, http_status=item.page.http_status
            )
        elif not isinstance(exception, NothingNew):
            await self.settle(item.row, "rejected", reason="dropped_by_pipeline", http_status=item.page.http_status)

    async def item_error(self, item: Any) -> None:
        """An exception in a pipeline fails the page; it is tried again in a later run."""
        if isinstance(item, FetchedPage):
            self.reading.pop(item.page.requested_url, None)
            await self.settle(item.row, "failed", reason="pipeline_error")

    async def settle(self, row: Row | None, outcome: Outcome, **what: Any) -> Visit | None:
        """Writes a row's fate to the ledger and counts the visit; a page without a row is only counted."""
        if row is None:
            visit: Visit = "new" if outcome == "article" else "rejected" if outcome == "rejected" else "failed"
        else:
            try:
                visit = await asyncio.wrap_future(self.pump.ledger.settle(row, outcome, **what))
            except LedgerError as error:
                self.fail(ExitCode.LEDGER_TROUBLE, f"ledger: {error}")
                return None
            finally:
                self.pump.row_done(row)
        self.count(f"visits/{visit}")
        if outcome in ("rejected", "failed"):
            self.count(f"{outcome}/{what.get('reason') or 'unknown'}")
        return visit

    # The run.

    def count(self, what: str) -> None:
        """Adds one to the statistic newscrawl/WHAT."""
        self.crawler.stats.inc_value(f"newscrawl/{what}")

    def problem(self, text: str) -> None:
        """Something that a person should look at: logged as an error and listed in the run's summary."""
        logger.error("%s", text)
        self.problems.append(text[:500])

    def fail(self, code: ExitCode, text: str) -> None:
        """Ends the run with an exit code of its own."""
        if self.crawler.stats.get_value("newscrawl/run/trouble") is None:
            self.crawler.stats.set_value("newscrawl/run/trouble", int(code))
            self.problem(text)
        if self.crawler.engine is not None and self.crawler.engine.spider is not None:
            self.crawler.engine.close_spider(self, code.name.lower())


def landing_of(page: Page) -> Landing | None:
    """Where a page's request ended, if elsewhere."""
    return Landing(page.url, normalized_url(page.url)) if page.url != page.requested_url else None


def _reason(failure: Failure) -> str:
    """One word for a failed request: the guard's reason, robots, or the exception's name."""
    text = failure.getErrorMessage()
    if failure.check(IgnoreRequest):
        return "robots" if "robots" in text else text.rpartition(": ")[2].replace(" ", "_")[:40] or "ignored"
    return failure.type.__name__ if failure.type else "unknown"


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def _validators(response: Response) -> Validators:
    return Validators(_header(response, "ETag"), _header(response, "Last-Modified"))


def _conditional(validators: Validators) -> dict[str, str]:
    headers = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in headers.items() if value}
