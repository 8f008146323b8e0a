"""What a discovery page names goes into the ledger: what of it may be articles, and is wanted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace

from scrapy.http import Response

from newscrawl.crawl.listing_queue import QueuedPage
from newscrawl.crawl.run_ledger import RunLedger
from newscrawl.crawl.session import Session
from newscrawl.crawl.site_learner import SiteLearner
from newscrawl.discovery import ENOUGH, UNCERTAIN, DiscoveryLink, url_pattern
from newscrawl.fetch.fetched_page import is_cut, validators_of
from newscrawl.items import DiscoveredUrl
from newscrawl.ledger import DiscoveryPageState, Validators
from newscrawl.reading.tasks import BATCH, DiscoveryPage
from newscrawl.views.terminal import one_line
from newscrawl.web.urls import normalized_url

logger = logging.getLogger(__name__)

LEADS = frozenset(("index", "robots", "archive"))
"""How pages are named that are asked in every run; of a site that is not known also AUTODISCOVERED."""
AUTODISCOVERED = frozenset(("autodiscovery", "section"))


class UrlIntake:
    """Of one run."""

    def __init__(self, session: Session, run_ledger: RunLedger, learner: SiteLearner) -> None:
        self._session = session
        self._run_ledger = run_ledger
        self._learner = learner

    async def store(self, response: Response, queued: QueuedPage, read: DiscoveryPage) -> tuple[int, bool]:
        """Writes to the ledger what may be articles; returns how many were not known, and whether the page names what
        earlier runs did not know: a feed that was read first makes the URLs of the listing known in this very run. What
        the page before named too is no news: a box of the newest stands on every page of a listing."""
        link = queued.link
        whole = not read.found.problems and not is_cut(response) and not self._leads_on(read)
        listing = DiscoveryPageState(url=link.url, validators=validators_of(response) if whole else Validators())
        candidates = [*self._given(link, read), *await self._candidates(read)]
        wanted, unwanted = await self._parted(candidates)
        if unwanted and not self._run_ledger.left_out:
            self._run_ledger.left_out = await asyncio.wrap_future(self._run_ledger.ledger.has_unknown(unwanted))
        repeats = queued.repeats or ()
        again = [found for found in wanted if found.normalized_url in repeats]
        first = [found for found in wanted if found.normalized_url not in repeats]
        before = await asyncio.wrap_future(self._run_ledger.ledger.discover(again))
        done = await asyncio.wrap_future(self._run_ledger.ledger.discover(first, listing))
        new = sum(one.new + one.due for one in (before, done))
        self._session.count("discovery/known", sum(one.known + one.again + one.due for one in (before, done)))
        self._session.count("queue/found", new)
        return new, new + done.again > 0

    def _leads_on(self, read: DiscoveryPage) -> bool:
        """Whether the page leads to others that are asked whenever it is read: were it answered by 304, what is new on
        those would be missed. Of a listing the next page is asked only where this one names something new."""
        leads = LEADS | (AUTODISCOVERED if self._session.declared.autodiscovers else frozenset())
        return any(link.rel in leads for link in read.found.more)

    async def _parted(self, candidates: list[DiscoveredUrl]) -> tuple[list[DiscoveredUrl], list[str]]:
        """Those that the run wants, as far as discovery tells; the normalized URLs of the others."""
        takes = self._session.arguments.takes
        wanted: list[DiscoveredUrl] = []
        unwanted: list[str] = []
        async for found in _by_and_by(candidates):
            if takes(found.url, found.discovery):
                wanted.append(found)
            else:
                unwanted.append(found.normalized_url)
        return wanted, unwanted

    def _given(self, link: DiscoveryLink, read: DiscoveryPage) -> list[DiscoveredUrl]:
        """The page that a user named, where its URL may be an article's."""
        if link.rel != "declared" or not self._session.declared.autodiscovers or read.found.kind != "listing":
            return []
        may_be = "{" in url_pattern(link.url)
        if not may_be:
            return []
        logger.warning("all of the site of %s is crawled; for this page alone: -a article=URL", one_line(link.url))
        return [DiscoveredUrl(url=link.url, normalized_url=normalized_url(link.url))]

    async def _candidates(self, read: DiscoveryPage) -> list[DiscoveredUrl]:
        """What of the page's URLs may be articles: by their places on it and by what is known of the site's URLs."""
        url_patterns = await self._learner.url_patterns(read.found.url)
        if read.found.kind in ("feed", "news_sitemap"):
            for named in read.found.named:
                url_patterns.add(named.url_pattern, 1)
            return read.found.named
        chosen = []
        async for named in _by_and_by(read.found.named):
            is_article = url_patterns.is_article(named.url_pattern)
            if is_article or (is_article is None and named.score >= UNCERTAIN):
                chosen.append(replace(named, is_uncertain=not is_article and named.score < ENOUGH))
        self._session.count("discovery/unlike_articles", len(read.found.named) - len(chosen))
        return chosen


async def _by_and_by(urls: list[DiscoveredUrl]) -> AsyncIterator[DiscoveredUrl]:
    """The URLs; after each BATCH the event loop has its turn."""
    for start in range(0, len(urls), BATCH):
        for found in urls[start : start + BATCH]:
            yield found
        await asyncio.sleep(0)
