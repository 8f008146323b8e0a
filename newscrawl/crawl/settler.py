"""What becomes of URL entries: written to the ledger, counted, and remembered of the site's URLs."""

from __future__ import annotations

import asyncio
from typing import Any

from newscrawl.crawl.exit_codes import ExitCode
from newscrawl.crawl.session import Session
from newscrawl.crawl.site_learner import SiteLearner
from newscrawl.crawl.under_way import UnderWay
from newscrawl.discovery import url_pattern
from newscrawl.ledger import Ledger, LedgerError, Outcome, UrlEntry, Visit

OTHER_PAGES = frozenset(("front", "search", "gallery", "shop", "listing", "no_story", "not_html"))
"""Rejections that tell of a page's kind, not of a wall before it."""


class Settler:
    """Settles the entries of one run, each once."""

    def __init__(self, session: Session, ledger: Ledger, under_way: UnderWay, learner: SiteLearner) -> None:
        self._session = session
        self._ledger = ledger
        self._under_way = under_way
        self._learner = learner
        self.in_time: dict[str, bool] = {}
        """By listing page, where `since` is given: whether an article that it named is not before it."""

    async def settle(self, entry: UrlEntry, outcome: Outcome, **what: Any) -> Visit | None:
        """Writes an entry's state to the ledger and counts the visit; None where the ledger is in trouble."""
        try:
            visit = await self._settled(entry, outcome, what)
        except LedgerError as error:
            self._session.fail(ExitCode.LEDGER_TROUBLE, f"ledger: {error}")
            return None
        if outcome == "article":
            self.note_time(entry, is_old=False)
        if not entry.revision:
            await self._learn(entry, outcome, what.get("reason"))
        self._session.count_visit(visit, outcome, what.get("reason"))
        if visit == "failed" and entry.attempts:
            self._session.count("failed_again")
        self._session.watch.visited(entry, outcome, visit, what.get("reason"))
        return visit

    def leave(self, entry: UrlEntry) -> None:
        """Leaves an entry to the next run: it is pending again when this one ends."""
        self._under_way.end(entry)

    def note_time(self, entry: UrlEntry, *, is_old: bool) -> None:
        """What an article's date tells of the listing page that named it."""
        if self._session.arguments.since and (page := entry.discovery.url):
            self.in_time[page] = self.in_time.get(page, False) or not is_old

    def is_old(self, moment: str | None) -> bool:
        """Whether an article of that date lies before what is wanted."""
        return self._session.arguments.is_before(moment)

    async def _learn(self, entry: UrlEntry, outcome: Outcome, reason: str | None) -> None:
        """What the visit tells of the URL patterns of the site's URLs."""
        is_article, is_other = outcome == "article" or reason == "not_in_time", reason in OTHER_PAGES
        if is_article or is_other:
            (await self._learner.url_patterns(entry.url)).add(url_pattern(entry.url), is_article, is_other)

    async def _settled(self, entry: UrlEntry, outcome: Outcome, what: dict[str, Any]) -> Visit:
        made_record = False
        try:
            visit = await asyncio.wrap_future(self._ledger.settle(entry, outcome, **what))
            made_record = visit in ("new", "revised")
        finally:
            self._under_way.end(entry, made_record=made_record)
        return visit
