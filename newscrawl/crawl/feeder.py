"""The feeder: hands the ledger's pending URLs to Scrapy as it runs empty, a few for each host at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from scrapy import Request

from newscrawl.crawl.discoverer import Discoverer
from newscrawl.crawl.host_walls import HostWalls
from newscrawl.crawl.requests import Requests
from newscrawl.crawl.site_learner import SiteLearner
from newscrawl.crawl.under_way import UnderWay
from newscrawl.fetch.fetched_page import FetchedPage
from newscrawl.ledger import Ledger, UrlEntry

LAST_AT_A_TIME = 1
"""Pages that are asked at a time of hosts that refuse the crawler, once no other host has any."""


class Feeder:
    """Takes from the ledger what there is room for; `UnderWay` knows how much that is."""

    def __init__(
        self,
        ledger: Ledger,
        under_way: UnderWay,
        requests: Requests,
        discoverer: Discoverer,
        learner: SiteLearner,
        walls: HostWalls,
    ) -> None:
        self._walls = walls
        self._ledger = ledger
        self._under_way = under_way
        self._requests = requests
        self._discoverer = discoverer
        self._learner = learner

    async def feed(self) -> AsyncIterator[Request | FetchedPage]:
        """Requests for the pending URLs, further discovery pages of sites without any, and pages that were withheld;
        until nothing is under way that could name more."""
        under_way = self._under_way
        while True:
            under_way.expect_change()
            is_idle = under_way.is_idle
            pages = under_way.given_back()
            for page in pages:
                yield page
            room = under_way.room
            entries = await self._take(room)
            for entry in entries:
                if request := await self._requests.handed_out(entry):
                    yield request
            further = await self._discoverer.further(under_way.busy_sites) if len(entries) < room else []
            for request in further:
                yield request
            if not entries and not pages and not further:
                if is_idle:
                    return
                self._learner.read_rest(under_way.waiting_hosts())
                await under_way.change()

    async def _take(self, room: int) -> list[UrlEntry]:
        if not room:
            return []
        avoided, asked_last = self._under_way.avoided_hosts, self._walls.asked_last
        entries = await asyncio.wrap_future(self._ledger.take(room, busy=avoided | asked_last))
        if asked_last and not entries:
            entries = await asyncio.wrap_future(self._ledger.take(min(room, LAST_AT_A_TIME), busy=avoided))
        self._under_way.begin(entries)
        return entries
