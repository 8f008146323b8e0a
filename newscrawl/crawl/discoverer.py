"""Discovery at work: asks the pages that name articles, stores what they name, follows where they lead."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.crawl.exit_codes import ExitCode
from newscrawl.crawl.host_walls import REFUSALS
from newscrawl.crawl.listing_queue import ListingQueue, QueuedPage
from newscrawl.crawl.run_ledger import RunLedger
from newscrawl.crawl.session import Session
from newscrawl.crawl.site_learner import SiteLearner
from newscrawl.crawl.under_way import UnderWay
from newscrawl.crawl.url_intake import AUTODISCOVERED, UrlIntake
from newscrawl.discovery import ENOUGH, DiscoveryLink
from newscrawl.fetch.browser.browser_requests import in_browser
from newscrawl.fetch.errors import PostponedError
from newscrawl.fetch.failures import reason_of, told
from newscrawl.fetch.fetched_page import DROPPED, conditional, header, headers_of
from newscrawl.items import Rejection
from newscrawl.ledger import LedgerError, host_of
from newscrawl.reading.tasks import DiscoveryPage
from newscrawl.web.dates import utc
from newscrawl.web.urls import domain_of
from newscrawl.web.wall_vendors import vendor_of

logger = logging.getLogger(__name__)

DISCOVERY_FIRST = 100
"""Priority of discovery pages: the feeder can only hand out what they have named."""
SECTION_PAGES = 20
"""Pages of a listing that are looked through for a section, although a page held nothing of it."""
MAX_DEPTH = {"section": 1, "index": 3}
"""Steps from section to section, from sitemap index to sitemap index; an index that makes itself has no end."""
MAX_NO_YIELD = 2_000
"""Discovery pages of a site in one run that name nothing new: an index of so many sitemaps that did not change."""


class Discoverer:
    """The discovery pages of one run."""

    def __init__(
        self,
        session: Session,
        run_ledger: RunLedger,
        under_way: UnderWay,
        learner: SiteLearner,
        in_time: Mapping[str, bool],
    ) -> None:
        """`in_time`: by listing page, whether an article that it named is not before what is wanted."""
        self.session = session
        self.run_ledger = run_ledger
        self.under_way = under_way
        self.learner = learner
        self.in_time = in_time
        self.queue = ListingQueue()
        self._intake = UrlIntake(session, run_ledger, learner)
        self.has_gaps = False
        """Whether a page failed that leads further: the next run must not stop paging where it finds nothing new."""
        self._asked: set[str] = set()
        self._awaited: dict[str, QueuedPage] = {}
        self._pages: Counter[str] = Counter()
        self._no_yield: Counter[str] = Counter()
        self._cut: set[str] = set()
        self._most_pages = session.config.discovery_pages

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left that leads further."""
        return not self.has_gaps and not len(self.queue)

    async def request(self, queued: QueuedPage) -> Request | None:
        """A conditional request for a discovery page; None where this run has asked for it, or has asked enough."""
        site, link = queued.site, queued.link
        if link.url in self._asked or self.has_asked_enough(site):
            return None
        self._asked.add(link.url)
        self._pages[site] += 1
        self._awaited[link.url] = queued
        self.under_way.begin_discovery(site)
        headers = {}
        if not self.run_ledger.resumes:  # else the page must come whole: it leads to those that were not read
            headers = conditional(await asyncio.wrap_future(self.run_ledger.ledger.validators(link.url)))
        request = Request(
            link.url,
            headers=headers,
            callback=self.parse,
            errback=self.failed,
            cb_kwargs={"queued": queued},
            priority=DISCOVERY_FIRST,
            dont_filter=True,
        )
        renders = self.session.declared.browser and link.kind == "listing"
        return in_browser(request, self.session.declared.listing_steps) if renders else request

    def has_asked_enough(self, site: str) -> bool:
        """Whether no further discovery page of the site is asked in this run; the log says so once."""
        if self._no_yield[site] < MAX_NO_YIELD and self._pages[site] < self._most_pages:
            return False
        if site not in self._cut:
            self._cut.add(site)
            self.session.count("discovery/cut")
            logger.warning("discovery of %s ends after %d pages", site, self._pages[site])
        return True

    async def first(self, link: DiscoveryLink) -> Request | None:
        """The request of a page that the run begins with."""
        return await self.request(QueuedPage(site=domain_of(link.url) or "", link=link))

    async def further(self, busy: Collection[str]) -> list[Request]:
        """Requests for the listing pages whose turn it is: one of each site that is not busy, as long as there is one
        that was not asked."""
        requests: dict[str, Request] = {}
        while queued_pages := self.queue.take({*busy, *requests}):
            for queued in queued_pages:
                if self.is_behind(queued):
                    self.run_ledger.left_out = True
                elif request := await self.request(queued):
                    requests[queued.site] = request
        return list(requests.values())

    def is_behind(self, queued: QueuedPage) -> bool:
        """Whether the page before, without dates of its own, turned out to have old articles only."""
        return queued.link.rel == "next" and self.in_time.get(queued.named_by) is False

    async def parse(self, response: Response, queued: QueuedPage) -> AsyncIterator[Request]:
        """Writes what the page names to the ledger; follows what it says of further discovery pages."""
        brought, news = 0, False
        try:
            if response.status == 304:
                self.session.count("discovery/unchanged")
                self.session.watch.read_page(queued.site, 1)
            elif response.status != 200:
                if response.status in REFUSALS:
                    vendor = vendor_of(headers_of(response), response.body)
                    self.session.walls.refused(host_of(response.url), f"http_{response.status}", vendor)
                self.useless(queued.link, f"http_{response.status}")
            elif read := await self.read(response, queued.link):
                brought, news = await self._intake.store(response, queued, read)
                for further in self.led_to(read, queued, news=news):
                    if request := await self.request(further):
                        yield request
        except LedgerError as error:
            self.session.fail(ExitCode.LEDGER_TROUBLE, f"ledger: {error}")
        except InterruptedError:
            self.session.count("discovery/interrupted")
        finally:
            self.ended(queued, brought, news=news)

    def ended(self, queued: QueuedPage, brought: int = 0, *, news: bool = False) -> None:
        """A discovery page is done with, and brought so many URLs that were not known. A day whose articles the front
        page named too is no sign that older days are known; that a page of an author brings nothing is."""
        if self._awaited.pop(queued.link.url, None) is None:
            return
        self._no_yield[queued.site] += not brought
        has_no_yield = not (news if queued.link.rel == "archive" else brought)
        self.queue.ended(queued, has_no_yield=has_no_yield and not self.run_ledger.resumes)
        self.under_way.end_discovery(queued.site)

    async def read(self, response: Response, link: DiscoveryLink) -> DiscoveryPage | None:
        """Has the page read; None for one that is of no use."""
        session = self.session
        now = utc(datetime.now(UTC)) if await self.learner.wants(response.url) else None
        read = await session.workers.discover(
            response.body, response.url, header(response, "Content-Type"), fingerprint_at=now
        )
        if isinstance(read, Rejection):
            self.useless(link, read.reason)
            return None
        if link.kind != "listing" and read.found.kind in ("listing", "unknown"):  # a web page in place of a feed
            self.useless(link, f"bad_{link.kind.removeprefix('news_')}")
            return None
        await self.learner.saw(response.url, read.fingerprint)
        session.count("discovery/read")
        session.watch.read_page(domain_of(link.url) or "", len(read.found.named))
        session.count(f"discovery/{read.found.kind}")
        for problem in read.found.problems:
            session.count("discovery/problems")
            logger.info("%s: %s", link.url, problem)
        return read

    def led_to(self, read: DiscoveryPage, queued: QueuedPage, *, news: bool) -> list[QueuedPage]:
        """The further discovery pages to ask now; those for later are noted."""
        now = []
        names = frozenset(url.normalized_url for url in read.found.named)
        for link in read.found.more:
            depth = queued.depth + (link.rel in MAX_DEPTH)
            further = QueuedPage(site=queued.site, link=link, named_by=queued.link.url, depth=depth)
            if link.rel == "next":
                if names == queued.repeats:
                    continue
                further = replace(further, repeats=names)
            if link.url in self._asked or not self.follows(further, read, news=news):
                continue
            if link.rel in ("next", "section", "archive") or self.under_way.has_enough:
                self.queue.add(further)
            else:
                now.append(further)
        return now

    def follows(self, queued: QueuedPage, read: DiscoveryPage, *, news: bool) -> bool:
        """Whether a further discovery page is asked: one of a declared kind, and the next page only where this one had
        something new."""
        link, arguments = queued.link, self.session.arguments
        if queued.depth > MAX_DEPTH.get(link.rel, queued.depth):
            return False
        match link.rel:
            case "next":
                return self.pages_on(link, read, news=news)
            case "archive":
                takes = arguments.takes_period(link.date)
                self.run_ledger.left_out |= not takes
                return takes
            case "index":
                return not arguments.is_before(link.date)
            case "robots":
                return True
        return link.rel in AUTODISCOVERED and self.session.declared.autodiscovers

    def pages_on(self, link: DiscoveryLink, read: DiscoveryPage, *, news: bool) -> bool:
        """Whether the next page of a listing may name what is wanted: not where this one named nothing new, or where
        each of its articles is dated, and before `since`."""
        arguments = self.session.arguments
        in_section = arguments.section is not None and (link.page or SECTION_PAGES) < SECTION_PAGES
        dates = [url.discovery.date for url in read.found.named if url.score >= ENOUGH]
        goes_on = news or self.run_ledger.resumes or in_section or any(arguments.is_after(date) for date in dates)
        if goes_on and dates and all(arguments.is_before(date) for date in dates):
            self.run_ledger.left_out = True
            return False
        return goes_on

    def useless(self, link: DiscoveryLink, reason: str) -> None:
        """A discovery page that gave nothing: missing guesses are no news, missing declared pages are."""
        if link.rel in ("well_known", "section"):
            self.session.count("discovery/absent")
        else:
            self.session.count("discovery/failed")
            self.session.watch.useless_page(domain_of(link.url) or "", reason, is_start=link.rel == "declared")
            self.has_gaps |= link.kind != "feed" or link.rel == "next"
            logger.warning("discovery failed: %s", told(reason, link.url))

    def give_up(self) -> None:
        """Ends the discovery pages that will not be answered: a component of the project dropped their requests."""
        for queued in list(self._awaited.values()):
            self.useless(queued.link, DROPPED)
            self.ended(queued)

    async def failed(self, failure: Failure) -> None:
        """A discovery page that could not be fetched."""
        queued = failure.request.cb_kwargs["queued"]  # type: ignore[attr-defined]
        if not isinstance(failure.value, PostponedError):
            self.useless(queued.link, reason_of(failure))
        self.ended(queued)
