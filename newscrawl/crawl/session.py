"""What belongs to one crawl, and is there from its start to its end: settings, arguments, workers, counts, problems."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import ClassVar
from weakref import WeakKeyDictionary, proxy

from scrapy import signals
from scrapy.core.engine import ExecutionEngine
from scrapy.crawler import Crawler

from newscrawl.config import Config
from newscrawl.crawl.arguments import ArgumentError, Arguments
from newscrawl.crawl.declaration_checks import site_configs_of
from newscrawl.crawl.declared_site import DeclaredSite
from newscrawl.crawl.exit_codes import ExitCode
from newscrawl.crawl.host_walls import HostWalls
from newscrawl.crawl.site_figures import Measured
from newscrawl.crawl.site_learner import Profiles
from newscrawl.crawl.site_watch import SiteWatch
from newscrawl.crawl.summary import run_id
from newscrawl.fetch.arrivals import Arrivals
from newscrawl.fetch.in_flight import Traffic
from newscrawl.ledger import Outcome, Patience, Report, Visit, WantedUrl
from newscrawl.reading.workers import Workers

logger = logging.getLogger(__name__)


class Session:
    """One for each crawl of a `SiteSpider`. Pipelines, middlewares and extensions get it by `Session.of(crawler)`."""

    _all: ClassVar[WeakKeyDictionary[Crawler, Session]] = WeakKeyDictionary()

    def __init__(self, crawler: Crawler, declared: DeclaredSite, arguments: Arguments) -> None:
        """ArgumentError for a bad folder in the settings, ValueError for another bad setting."""
        self.crawler: Crawler = proxy(crawler)  # a key of _all: to hold it here would keep both for ever
        self.declared = declared
        self.arguments = arguments
        self.config = Config.from_settings(crawler.settings)
        self.run_id = self.config.run_id or run_id(declared.spider, datetime.now(UTC))
        self.workers = workers_of(self.config)
        self.profiles = Profiles()
        self.arrivals = Arrivals.of(crawler)
        self.traffic = Traffic.of(crawler)
        self.patience = Patience()
        """Of what waits for other processes; shorter once the run is to end."""
        self.measured = Measured()
        """The records made."""
        self.walls = HostWalls()
        """Hosts that refuse the crawler."""
        self.watch = SiteWatch()
        """What is seen of each site."""
        self.problems: list[str] = []
        """What a person should look at."""
        self.takes_any = False
        """Whether the crawl fetches exactly the articles that a user named, whatever their URLs look like."""
        self.articles: list[WantedUrl] = []
        """What became of those; known once the run has ended."""
        self.changes: dict[str, list[str]] = {}
        """By site, the names of what is not as it was; known once the run has ended."""
        self.reports: list[Report] = []
        """The ledger's balance, once the run has ended."""
        self._endings: list[Callable[[], None]] = []
        Session._all[crawler] = self
        crawler.signals.connect(self.engine_stopped, signals.engine_stopped)

    @classmethod
    def of(cls, crawler: Crawler) -> Session:
        """The crawl's own; LookupError where the spider is no `SiteSpider`."""
        return cls._all[crawler]

    @classmethod
    def find(cls, crawler: Crawler) -> Session | None:
        """The crawl's own; None where the spider is no `SiteSpider`."""
        return cls._all.get(crawler)

    def at_end(self, ending: Callable[[], None]) -> None:
        """Has something called when the last page has been read and the workers are gone."""
        self._endings.append(ending)

    def engine_stopped(self) -> None:
        """The last page has been read: ends the workers, then what began with this crawl."""
        self.workers.close()
        for ending in self._endings:
            ending()

    @property
    def engine(self) -> ExecutionEngine:
        """Scrapy's engine; it is there from the first request on."""
        assert self.crawler.engine is not None
        return self.crawler.engine

    @property
    def has_nothing_to_do(self) -> bool:
        """Whether no request and no page is anywhere in Scrapy, while the crawl goes on."""
        engine, slot = self.engine, self.engine._slot
        if slot is None or slot.closing or not self.crawler.crawling or engine.paused:
            return False
        scraped = engine.scraper.slot
        is_busy = engine.downloader.active or slot.inprogress or slot.scheduler.has_pending_requests()
        return not is_busy and (scraped is None or scraped.is_idle())

    def count(self, what: str, by: int = 1) -> None:
        """Adds to the statistic newscrawl/WHAT."""
        self.crawler.stats.inc_value(f"newscrawl/{what}", by)

    def count_visit(self, visit: Visit, outcome: Outcome, reason: str | None) -> None:
        """Counts how the visit of a page ended, and why."""
        self.count(f"visits/{visit}")
        if outcome in ("rejected", "failed"):
            self.count(f"{outcome}/{reason or 'unknown'}")

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
    """The run's workers, `count` or as many as configured; ArgumentError for a bad folder in the settings."""
    try:
        if config.phrase_dirs:
            from newscrawl.provenance.phrase_files import load_phrasebook  # a tenth of a second, for those who need it

            load_phrasebook(config.phrase_dirs)
    except (ValueError, OSError) as error:
        raise ArgumentError(f"NEWSCRAWL_PHRASE_DIRS: {error}") from None
    return Workers(
        count=config.workers if count is None else count,
        cpu_seconds=config.worker_cpu_seconds,
        memory_mb=config.worker_memory_mb,
        phrase_dirs=config.phrase_dirs,
        site_configs=site_configs_of(config),
        options=config.reading,
    )
