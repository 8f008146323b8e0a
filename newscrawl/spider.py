"""`SiteSpider`, the class that sites subclass: what a site declares, and how its URLs become pages."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime
from inspect import signature
from typing import Any, ClassVar

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from newscrawl.config import Config
from newscrawl.crawl.arguments import ArgumentError, Arguments
from newscrawl.crawl.declaration_checks import check_declared, site_configs_of
from newscrawl.crawl.discoverer import Discoverer
from newscrawl.crawl.exit_codes import ExitCode
from newscrawl.crawl.feeder import Feeder
from newscrawl.crawl.session import RunError, Session
from newscrawl.crawl.settler import Settler
from newscrawl.crawl.site_learner import Profiles, SiteLearner
from newscrawl.crawl.summary import run_id
from newscrawl.discovery import DiscoveryLink
from newscrawl.discovery.discovery_result import LinkKind
from newscrawl.fetch.browser import Step
from newscrawl.fetch.browser.chromium import NoBrowserError, find_chromium
from newscrawl.items import Site
from newscrawl.ledger import LedgerError, Report
from newscrawl.provenance.phrase_files import load_phrasebook
from newscrawl.reading.workers import Workers

logger = logging.getLogger(__name__)


class SiteSpider(Spider):
    """A site: declare where its articles are named, and what its pages need beyond the general rules.

    Arguments (`-a NAME=VALUE`): since, until (days), limit (records), section, full (1: start over),
    revisit (0: new articles only).
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
    """Selectors of the site's own boilerplate."""
    body: ClassVar[tuple[str, ...]] = ()
    """Selectors of the article's text."""
    title: ClassVar[tuple[str, ...]] = ()
    """Selectors of the headline."""
    authors: ClassVar[tuple[str, ...]] = ()
    """Selectors of the authors."""
    date: ClassVar[tuple[str, ...]] = ()
    """Selectors of the date of publication."""
    browser: ClassVar[bool] = False
    """Whether articles and listing pages show nothing without scripts, so that all of them are rendered."""
    steps: ClassVar[tuple[Step, ...]] = ()
    """What is done in an article's page in the browser before it is read."""
    listing_steps: ClassVar[tuple[Step, ...]] = ()
    """The same in a listing page."""

    autodiscovers: ClassVar[bool] = False
    """Whether feeds and sitemaps that a page names are read, beside those declared."""

    config: Config
    workers: Workers
    books: Session | None = None
    report: Report | None = None
    is_complete = False
    """Whether the run has come to its end with every discovery page read that leads to others."""

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name)
        try:
            self.arguments = Arguments.parse(**arguments)
        except TypeError:
            own = [one.name for one in signature(type(self)).parameters.values() if one.kind is not one.VAR_KEYWORD]
            known = ", ".join([*(one for one in own if one != "name"), *Arguments.__dataclass_fields__])
            unknown = ", ".join(sorted(set(arguments) - set(Arguments.__dataclass_fields__)))
            raise ArgumentError(f"{self.name}: unknown argument: {unknown}; there are {known}") from None
        self.problems: list[str] = []
        self.visits = Settler(self)
        self.profiles = Profiles()
        self.run_id = run_id(self.name, datetime.now(UTC))
        self.site = site_of(self)
        check_declared(self)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Any:
        """Called by Scrapy."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.config = config = Config.from_settings(crawler.settings)
        spider.workers = workers_of(config)
        crawler.signals.connect(spider.visits.item_dropped, signals.item_dropped)
        crawler.signals.connect(spider.visits.item_error, signals.item_error)
        crawler.signals.connect(spider.engine_stopped, signals.engine_stopped)
        return spider

    def engine_stopped(self) -> None:
        """The last page has been read: ends the workers, delivers the rest, closes the ledger."""
        self.workers.close()
        if self.books is not None:
            if self.visits.learner is not None:
                self.visits.learner.store()
            try:
                self.report = self.books.close(complete=self.is_complete)
            except RunError as failure:
                self.fail(failure.code, str(failure))

    def starts(self) -> Iterable[DiscoveryLink]:
        """The discovery pages that a run begins with."""
        return starts_of(self)

    async def start(self) -> AsyncIterator[Any]:
        """Discovery pages first, then what the ledger has pending, until nothing is left."""
        starts = list(self.starts())
        if not starts:
            raise ArgumentError(f"{self.name}: declares no feeds, sitemaps or listings")
        try:
            if self.browser:
                find_chromium(self.config.chromium)
            self.books = await Session.open(
                self.config,
                spider=self.name,
                run_id=self.run_id,
                starts=[link.url for link in starts],
                arguments=self.arguments,
            )
            for warning in self.books.warnings:
                self.problem(warning)
            self.count("queue/found", await asyncio.wrap_future(self.books.ledger.waiting()))
            feeder = self.feeder_of(self.books)
            self.visits.learner = learner = SiteLearner(self.books.ledger, feeder, self.workers, self.profiles)
            explorer = Discoverer(self, self.books, feeder, learner)
            for link in starts:
                if request := await explorer.first(link):
                    yield request
            async for asked_or_held in feeder.requests():
                yield asked_or_held
            self.is_complete = explorer.is_complete
        except RunError as failure:
            self.fail(failure.code, str(failure))
        except NoBrowserError as error:
            self.fail(ExitCode.START_FAILED, f"{self.name}: {error}")
        except LedgerError as error:
            self.fail(ExitCode.LEDGER_TROUBLE, f"ledger: {error}")

    def feeder_of(self, books: Session) -> Feeder:
        """Hands out rows: for each host as many as it may be asked at a time, and as many waiting."""
        per_host = 2 * self.crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self.visits.feeder = Feeder(books.ledger, self.visits.handed_out, per_host=per_host, limit=self.arguments.limit)
        return self.visits.feeder

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


def starts_of(spider: SiteSpider | type[SiteSpider]) -> list[DiscoveryLink]:
    """The discovery pages that a spider declares."""
    declared: tuple[tuple[LinkKind, tuple[str, ...]], ...] = (
        ("feed", spider.feeds),
        ("sitemap", spider.sitemaps),
        ("listing", spider.listings),
    )
    return [DiscoveryLink(url=url, kind=kind, rel="declared") for kind, urls in declared for url in urls]


def site_of(spider: SiteSpider | type[SiteSpider]) -> Site:
    """The rules of reading that a spider declares."""
    return Site(
        name=spider.site_name,
        drop=spider.drop,
        body=spider.body,
        title=spider.title,
        authors=spider.authors,
        date=spider.date,
    )


def workers_of(config: Config, *, count: int | None = None) -> Workers:
    """The run's workers, `count` or as many as configured; ArgumentError for a bad folder in the settings."""
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
        site_configs=site_configs_of(config),
    )


def start_requests_alone(spider: type[Spider]) -> str | None:
    """What to write in place of start_requests(), which Scrapy does not call; None where there is a start()."""
    if not hasattr(spider, "start_requests") or spider.start not in (Spider.start, SiteSpider.start):
        return None
    return (
        f"{spider.__name__} defines start_requests(), which Scrapy does not call. Declare feeds, sitemaps or listings,"
        " or write `async def start(self)` that yields the requests."
    )
