"""The feeder: hands the ledger's pending URLs to Scrapy as it runs empty, a few for each host at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from scrapy import Request

from newscrawl.crawl.discoverer import Discoverer
from newscrawl.crawl.requests import Requests
from newscrawl.crawl.session import Session
from newscrawl.crawl.site_learner import SiteLearner
from newscrawl.crawl.under_way import UnderWay
from newscrawl.fetch.fetched_page import FetchedPage
from newscrawl.ledger import Ledger, UrlEntry

LAST_AT_A_TIME = 1
"""Pages that are asked at a time of hosts that refuse the crawler, once no other host has any."""
LOOK = 1.0
"""Seconds without any change after which the feeder looks whether Scrapy still has what it was handed."""


class Feeder:
    """Takes from the ledger what there is room for; `UnderWay` knows how much that is."""

    def __init__(
        self,
        session: Session,
        ledger: Ledger,
        under_way: UnderWay,
        requests: Requests,
        discoverer: Discoverer,
        learner: SiteLearner,
    ) -> None:
        self._session = session
        self._walls = session.walls
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
                await self._change()

    async def _change(self) -> None:
        """Waits for a change. What neither Scrapy nor the learner has any more is given up: the run would wait for ever
        for a request that a component of the project dropped."""
        was_idle = False
        while not await self._under_way.change(LOOK):
            if was_idle and self._session.has_nothing_to_do:
                await self._requests.give_up()
                self._discoverer.give_up()
            was_idle = self._session.has_nothing_to_do

    async def _take(self, room: int) -> list[UrlEntry]:
        if not room:
            return []
        avoided, asked_last = self._under_way.avoided_hosts, self._walls.asked_last
        entries = await asyncio.wrap_future(self._ledger.take(room, busy=avoided | asked_last))
        if asked_last and not entries:
            entries = await asyncio.wrap_future(self._ledger.take(min(room, LAST_AT_A_TIME), busy=avoided))
        self._under_way.begin(entries)
        return entries
