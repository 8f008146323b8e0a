"""`SiteSpider`, the class that sites subclass: what a site declares, and how its URLs become pages."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime
from typing import Any, ClassVar

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.arguments import Arguments
from newscrawl.bookkeeping import Bookkeeping, RunError
from newscrawl.discovery import Link
from newscrawl.failures import reason_of
from newscrawl.fetched import (
    FetchedPage,
    KeptOutError,
    NothingNew,
    PostponedError,
    Rejected,
    conditional,
    header,
    is_cut,
    validators_of,
)
from newscrawl.items import Page, Rejection, Site
from newscrawl.learning import Profiles
from newscrawl.ledger import LedgerError, Listing, Outcome, Report, Row, Validators, Visit
from newscrawl.provenance.phrasebook import load_phrasebook
from newscrawl.pump import Pump
from newscrawl.run import ArgumentError, ExitCode, run_id, utc
from newscrawl.settings import Config
from newscrawl.workers import DiscoveryPage, Workers

logger = logging.getLogger(__name__)

DISCOVERY_FIRST = 100
"""Priority of discovery pages: the pump can only hand out what they have named."""
SECTION_PAGES = 20
"""Pages of a listing that are looked through for a section, although a page held nothing of it."""
WHOLE_HOST = ("retry_after", "robots_unreachable")
"""Failures of one page that are its host's: its other rows are left to the next run."""


class SiteSpider(Spider):
    """A site: declare where its articles are named, and what its pages need beyond the general rules.

    Arguments (`-a NAME=VALUE`): since, until (days), limit (records), section, full (1: start over).
    """

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

    config: Config
    workers: Workers
    pump: Pump
    books: Bookkeeping | None = None
    report: Report | None = None
    is_complete = False
    """Whether the run has come to its end with every discovery page read."""

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name)
        try:
            self.arguments = Arguments.parse(**arguments)
        except TypeError:
            known = ", ".join(Arguments.__dataclass_fields__)
            unknown = ", ".join(sorted(set(arguments) - set(Arguments.__dataclass_fields__)))
            raise ArgumentError(f"{self.name}: unknown argument: {unknown}; there are {known}") from None
        self.problems: list[str] = []
        self.reading: dict[str, FetchedPage] = {}
        self.profiles = Profiles()
        self.run_id = run_id(self.name, datetime.now(UTC))
        self.site = Site(
            name=self.site_name, drop=self.drop, body=self.body, title=self.title, authors=self.authors, date=self.date
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Any:
        """Called by Scrapy."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.config = config = Config.from_settings(crawler.settings)
        spider.workers = workers_of(config)
        crawler.signals.connect(spider.item_dropped, signals.item_dropped)
        crawler.signals.connect(spider.item_error, signals.item_error)
        crawler.signals.connect(spider.engine_stopped, signals.engine_stopped)
        return spider

    def engine_stopped(self) -> None:
        """The last page has been read: ends the workers, delivers the rest, closes the ledger."""
        self.workers.close()
        if self.books is not None:
            try:
                self.report = self.books.close(complete=self.is_complete and self.pump.is_complete)
            except RunError as failure:
                self.fail(failure.code, str(failure))

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
            self.books = await Bookkeeping.open(
                self.config,
                spider=self.name,
                run_id=self.run_id,
                starts=[link.url for link in starts],
                full=self.arguments.full,
            )
            self.pump = Pump(
                self.books.ledger, self.article_request, per_host=self.per_host, limit=self.arguments.limit
            )
            for link in starts:
                if request := await self.discovery_request(link):
                    yield request
            async for request in self.pump.requests():
                yield request
            self.is_complete = not self.crawler.stats.get_value("newscrawl/discovery/failed")
        except RunError as failure:
            self.fail(failure.code, str(failure))
        except LedgerError as error:
            self.fail(ExitCode.LEDGER_TROUBLE, f"ledger: {error}")

    @property
    def per_host(self) -> int:
        """Article requests handed to Scrapy at once for a host: what it may fetch at a time, and as many waiting."""
        return 2 * int(self.crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"))

    async def discovery_request(self, link: Link) -> Request | None:
        """A conditional request for a discovery page; None where this run has asked for it already."""
        if not self.pump.begin_discovery(link.url):
            return None
        assert self.books is not None
        headers = {}
        if not self.books.resumes:  # else the page must come whole: it leads to those that were not read
            headers = conditional(await asyncio.wrap_future(self.books.ledger.validators(link.url)))
        return Request(
            link.url,
            headers=headers,
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
                self.no_discovery(link, f"http_{response.status}")
            else:
                for further in await self.read_discovery(response, link):
                    if request := await self.discovery_request(further):
                        yield request
        except LedgerError as error:
            self.fail(ExitCode.LEDGER_TROUBLE, f"ledger: {error}")
        except InterruptedError:
            self.count("discovery/interrupted")
        finally:
            self.pump.end_discovery()

    async def read_discovery(self, response: Response, link: Link) -> list[Link]:
        """Has the page read, stores its URLs, and answers which further pages to ask."""
        read = await self.workers.discover(response.body, response.url, header(response, "Content-Type"))
        if reason := _why_useless(read, link):
            self.no_discovery(link, reason)
            return []
        assert isinstance(read, DiscoveryPage)
        self.count("discovery/read")
        self.count(f"discovery/{read.found.kind}")
        for problem in read.found.problems:
            logger.info("%s: %s", link.url, problem)
        whole = not read.found.problems and not is_cut(response)
        listing = Listing(url=link.url, validators=validators_of(response) if whole else Validators())
        wanted = [found for found in read.urls if self.arguments.takes(found.url, found.discovery)]
        done = await asyncio.wrap_future(self.pump.ledger.discover(wanted, listing))
        self.count("discovery/known", done.known + done.due)
        news = self.pump.brings_news((found.normalized_url for found in read.urls), new=done.new + done.due)
        return [further for further in read.found.more if self.follows(further, news=news)]

    def follows(self, link: Link, *, news: bool) -> bool:
        """Whether a further discovery page is asked: one of a declared kind, and the next page only where this one had
        something new and the run is to make more records."""
        if self.pump.has_enough or self.arguments.is_before(link.date):
            return False
        if link.rel in ("next", "archive"):
            assert self.books is not None
            in_search = self.arguments.section is not None and (link.page or SECTION_PAGES) < SECTION_PAGES
            return news or self.books.resumes or in_search
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
        if not isinstance(failure.value, PostponedError):
            self.no_discovery(failure.request.cb_kwargs["link"], reason_of(failure))  # type: ignore[attr-defined]
        self.pump.end_discovery()

    # Articles.

    def article_request(self, row: Row) -> Request:
        """The request of a row."""
        return Request(
            row.url,
            headers=conditional(row.validators),
            callback=self.parse_page,
            errback=self.page_failed,
            cb_kwargs={"row": row},
            dont_filter=True,
        )

    async def parse_page(self, response: Response, row: Row) -> AsyncIterator[FetchedPage]:
        """A page to the pipelines; what is no page settles its row here."""
        status = response.status
        if status == 304 and any(row.validators):
            await self.settle(row, "unchanged", http_status=304)
        elif status in (404, 410):
            await self.settle(row, "gone", reason=f"http_{status}", http_status=status)
        elif 300 <= status < 400 and (reason := self.refused_redirect(response)):
            await self.settle(row, "rejected", reason=reason, http_status=status)
        elif status not in (200, 203):
            await self.settle(row, "failed", reason=f"http_{status}", http_status=status)
        elif is_cut(response):
            await self.settle(row, "failed", reason="truncated_body", http_status=status)
        else:
            page = self.fetched_page(response, row)
            yield FetchedPage(page=page, html=response.body, row=row, validators=validators_of(response))

    def refused_redirect(self, response: Response) -> str | None:
        """Why a redirect was not followed; None for a 3xx that is none."""
        target = header(response, "Location")
        if response.status not in (301, 302, 303, 307, 308):
            return None
        return self.config.doors.refusal(response.urljoin(target)) or "bad_redirect" if target else "bad_redirect"

    def fetched_page(self, response: Response, row: Row) -> Page:
        """What is known of a page before it is read."""
        return Page(
            url=response.url,
            requested_url=row.url,
            content_type=header(response, "Content-Type"),
            http_status=response.status,
            fetched_at=utc(datetime.now(UTC)),
            first_seen_at=row.first_seen_at,
            discovered_via=row.discovery,
            spider=self.name,
            run_id=self.run_id,
            revision=row.revision + 1,
            content_signal=header(response, "Content-Signal"),
            robots_tag=header(response, "X-Robots-Tag"),
        )

    async def page_failed(self, failure: Failure) -> None:
        """A page that could not be fetched: again in a later run; one that must not be fetched: rejected."""
        row: Row = failure.request.cb_kwargs["row"]  # type: ignore[attr-defined]
        reason = reason_of(failure)
        if reason in WHOLE_HOST:
            self.pump.leave(row.host)
        if isinstance(failure.value, PostponedError):
            self.pump.row_done(row)
        else:
            await self.settle(row, "rejected" if isinstance(failure.value, KeptOutError) else "failed", reason=reason)

    async def item_dropped(self, item: Any, exception: Exception) -> None:
        """A page that gives no record has its fate all the same, whichever pipeline dropped it."""
        if not isinstance(item, FetchedPage):
            return
        self.reading.pop(item.page.requested_url, None)
        if isinstance(exception, NothingNew):
            return
        reason = exception.rejection.reason if isinstance(exception, Rejected) else "dropped_by_pipeline"
        await self.settle(item.row, "rejected", reason=reason, http_status=item.page.http_status)

    async def item_error(self, item: Any, failure: Failure) -> None:
        """An exception in a pipeline fails the page; it is tried again in a later run."""
        fetched = item if isinstance(item, FetchedPage) else None
        if fetched is None:
            fetched = self.reading.pop(getattr(item, "requested_url", ""), None)
        if fetched is None:
            return
        if isinstance(failure.value, InterruptedError) and fetched.row is not None:
            self.pump.row_done(fetched.row)
        else:
            await self.settle(fetched.row, "failed", reason="pipeline_error")

    async def settle(self, row: Row | None, outcome: Outcome, **what: Any) -> Visit | None:
        """Writes a row's fate to the ledger and counts the visit; a page without a row is only counted."""
        try:
            visit = await self.visit(row, outcome, what)
        except LedgerError as error:
            self.fail(ExitCode.LEDGER_TROUBLE, f"ledger: {error}")
            return None
        self.count(f"visits/{visit}")
        if outcome in ("rejected", "failed"):
            self.count(f"{outcome}/{what.get('reason') or 'unknown'}")
        return visit

    async def visit(self, row: Row | None, outcome: Outcome, what: dict[str, Any]) -> Visit:
        """How the visit of a row counts, once its fate is on disk."""
        if row is None:
            return "new" if outcome == "article" else "rejected" if outcome == "rejected" else "failed"
        made_record = False
        try:
            visit = await asyncio.wrap_future(self.pump.ledger.settle(row, outcome, **what))
            made_record = visit in ("new", "revised")
        finally:
            self.pump.row_done(row, made_record=made_record)
        return visit

    # The run.

    def count(self, what: str, by: int = 1) -> None:
        """Adds to the statistic newscrawl/WHAT."""
        self.crawler.stats.inc_value(f"newscrawl/{what}", by)

    def problem(self, text: str) -> None:
        """Something that a person should look at: logged as an error and listed in the run's summary."""
        logger.error("%s", text)
        self.problems.append(text[:500])

    def fail(self, code: ExitCode, text: str) -> None:
        """Ends the run with an exit code of its own; the first one stays."""
        if self.crawler.stats.get_value("newscrawl/run/trouble") is not None:
            return
        self.crawler.stats.set_value("newscrawl/run/trouble", int(code))
        self.problem(text)
        self._stopping = asyncio.ensure_future(self.crawler.stop_async())


def workers_of(config: Config, *, count: int | None = None) -> Workers:
    """The run's workers, `count` or as many as configured; ArgumentError for a bad file in NEWSCRAWL_PHRASE_DIRS."""
    try:
        if config.phrase_dirs:
            load_phrasebook(config.phrase_dirs)
    except (ValueError, OSError) as error:
        raise ArgumentError(f"NEWSCRAWL_PHRASE_DIRS: {error}") from None
    return Workers(
        count=config.workers if count is None else count,
        cpu_seconds=config.worker_cpu_seconds,
        memory_mb=config.worker_memory_mb,
        phrase_dirs=config.phrase_dirs,
    )


def _why_useless(read: DiscoveryPage | Rejection, link: Link) -> str | None:
    """Why a discovery page gives nothing: it cannot be read, or is a web page in place of a feed or sitemap."""
    if isinstance(read, Rejection):
        return read.reason
    if link.kind != "listing" and read.found.kind in ("listing", "unknown"):
        return f"bad_{link.kind.removeprefix('news_')}"
    return None
