"""A crawl whose ledger is open: its parts, put together, from the first discovery page to the run's balance."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime

from scrapy import Request

from newscrawl.crawl.arguments import Arguments
from newscrawl.crawl.discoverer import Discoverer
from newscrawl.crawl.feeder import Feeder
from newscrawl.crawl.requests import Requests
from newscrawl.crawl.run_ledger import RunError, RunLedger
from newscrawl.crawl.session import Session
from newscrawl.crawl.settler import Settler
from newscrawl.crawl.site_learner import SiteLearner
from newscrawl.crawl.site_watch import judge
from newscrawl.crawl.under_way import UnderWay
from newscrawl.discovery import DiscoveryLink
from newscrawl.fetch.fetched_page import FetchedPage
from newscrawl.ledger import LedgerError


class Crawling:
    """Discovery pages first, then what the ledger has pending, until nothing is left."""

    def __init__(self, session: Session, run_ledger: RunLedger) -> None:
        """For each host as many entries are under way as it may be asked at a time, and as many wait."""
        self._session = session
        self._run_ledger = run_ledger
        per_host = 2 * session.crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        under_way = UnderWay(per_host=per_host, limit=session.arguments.limit)
        self._learner = SiteLearner(run_ledger.ledger, under_way, session.workers, session.profiles)
        settler = Settler(session, run_ledger.ledger, under_way, self._learner)
        requests = Requests(session, settler, self._learner, under_way)
        self._discoverer = Discoverer(session, run_ledger, under_way, self._learner, settler.in_time)
        self._feeder = Feeder(session, run_ledger.ledger, under_way, requests, self._discoverer, self._learner)
        self._is_complete = False
        self._has_ended = False
        session.at_end(self.close)

    @classmethod
    async def open(cls, session: Session, starts: Sequence[DiscoveryLink], articles: Sequence[str] = ()) -> Crawling:
        """Opens the ledger for a crawl that begins with these pages, or fetches exactly these articles; it is closed at
        the crawl's end. RunError where it cannot be opened."""
        run_ledger = await RunLedger.open(
            session.config,
            spider=session.declared.spider,
            run_id=session.run_id,
            starts=[link.url for link in starts],
            arguments=session.arguments,
            patience=session.patience,
            articles=articles,
        )
        session.takes_any = bool(articles)
        session.count("discovery/known", run_ledger.known)
        for warning in run_ledger.warnings:
            session.problem(warning)
        session.count("queue/found", await asyncio.wrap_future(run_ledger.ledger.waiting()))
        return cls(session, run_ledger)

    async def permit(self) -> None:
        """Returns when a request may be made, see `RunLedger.permit`."""
        await self._run_ledger.permit()

    async def requests(self, starts: Sequence[DiscoveryLink]) -> AsyncIterator[Request | FetchedPage]:
        """What Scrapy is to fetch, and pages that were withheld."""
        for link in starts:
            if request := await self._discoverer.first(link):
                yield request
        async for fed in self._feeder.feed():
            yield fed
        self._is_complete = self._discoverer.is_complete
        self._has_ended = True

    def close(self) -> None:
        """Stores what was learned, compares the sites with their past, delivers the rest, closes the ledger."""
        learned = self._learner.learned()
        self._learner.store()
        self._session.watch.learned(learned)
        try:
            if self._session.takes_any:
                self._session.articles = self._run_ledger.wanted()
            else:
                self._compare()
            self._session.reports.append(
                self._run_ledger.close(complete=self._is_complete, sites=self._session.watch.figures)
            )
        except RunError as failure:
            self._session.fail(failure.code, str(failure))

    def _compare(self) -> None:
        session = self._session
        is_whole = self._has_ended and session.arguments.covers(Arguments())
        judged = judge(session.config.changes_after_runs, session.config.silence_days)
        try:
            changes = session.watch.conclude(
                self._run_ledger.ledger, datetime.now(UTC), is_whole=is_whole, judged=judged
            )
        except LedgerError:
            return  # closing it says so
        for site, found in changes.items():
            session.changes[site] = [change.name for change in found]
            for change in found:
                session.problem(f"{site}: {change.name}: {change.text}")
