"""Page to article: hands the page to the workers; a page that is none is dropped with its reason."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from newscrawl.crawl.session import Session
from newscrawl.fetch.browser.browser_requests import in_browser
from newscrawl.fetch.browser.chromium import NoBrowserError, find_chromium
from newscrawl.fetch.errors import NothingNew, PostponedError, Rejected
from newscrawl.fetch.failures import reason_of
from newscrawl.fetch.fetched_page import SHOWS_NOTHING, FetchedPage, header
from newscrawl.items import Article, Needs, Part, Rejection
from newscrawl.pipelines.passage import Passage, current
from newscrawl.reading.tasks import FurtherPart
from newscrawl.web.rights_rules import action_of
from newscrawl.web.urls import domain_of

logger = logging.getLogger(__name__)

PARTS_FIRST = 50
"""Priority of an article's further parts: before the next article."""


class ReadingPipeline:
    """Asks the workers; what follows in the pipelines sees articles only."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.has_told = False
        """Whether the log says that there is no browser."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ReadingPipeline:
        """Called by Scrapy."""
        return cls(crawler)

    async def process_item(self, item: Any) -> Any:
        """The article of a page; raises Rejected. Items of other kinds pass."""
        passage = current()
        if passage is None or not isinstance(item, FetchedPage):
            return item
        session = Session.of(self.crawler)
        verdict = await self.read(item, session)
        if shows_nothing(verdict, item):
            passage.page = item = await self.rendered(passage, session)
            verdict = await self.read(item, session)
        if isinstance(verdict, Rejection):
            raise Rejected(verdict)
        if not session.arguments.takes_date(verdict.date_published):
            raise Rejected(Rejection(reason="not_in_time", detail=verdict.date_published))
        passage.article = verdict = by_rights(verdict, session)
        return verdict

    async def rendered(self, passage: Passage, session: Session) -> FetchedPage:
        """The same page as a browser shows it; raises Rejected where there is none, NothingNew where the page fails in
        it: its URL is then settled."""
        url = passage.page.page.url
        try:
            find_chromium(session.config.chromium)
            plain = Request(url, priority=PARTS_FIRST, cb_kwargs={"entry": passage.page.entry})
            request = in_browser(plain, session.declared.steps)
            response = await session.engine.download_async(request)
        except NoBrowserError as error:
            self.tell_once(str(error))
            raise Rejected(Rejection(reason="needs_browser", detail=url)) from None
        except PostponedError:
            raise InterruptedError("the run is stopped") from None
        except Exception as error:  # noqa: BLE001 - as with any page: again in a later run
            failure = Failure(error)  # type: ignore[no-untyped-call]
            await passage.settle("failed", reason=reason_of(failure))
            raise NothingNew("failed in the browser") from None
        session.count("rendered")
        return passage.page.visit.rendered(response)

    def tell_once(self, text: str) -> None:
        """Says what is missing, for the first page that is rejected for want of it."""
        if not self.has_told:
            logger.warning("%s", text)
        self.has_told = True

    async def read(self, item: FetchedPage, session: Session) -> Article | Rejection:
        """What the page comes to, with the pages that it needs; what it tells of its site goes to the learner."""
        page = item.page
        with_fingerprint = await item.visit.wants_fingerprint(page.url)
        reread = item.reread
        site = reread.site if reread else session.declared.site
        profile = reread.profile if reread else session.profiles.of(page.url)
        parts: list[FurtherPart] = []
        while True:
            answer = await session.workers.read(
                item.html, page, site, profile, parts=parts, with_fingerprint=with_fingerprint
            )
            await item.visit.saw(page.url, answer.fingerprint)
            if not isinstance(needs := answer.verdict, Needs):
                return needs
            part = await self.fetched(needs, item, session)
            page = page if part else replace(page, is_all=True)
            parts += [part] if part else []
            with_fingerprint = False

    async def fetched(self, needs: Needs, item: FetchedPage, session: Session) -> FurtherPart | None:
        """A further page of the article; None where it cannot be fetched: the article is then read without it."""
        if item.reread is not None:
            return _archived(needs, item, session)
        page, request = item.page, Request(needs.url, priority=PARTS_FIRST)
        try:
            response = await session.engine.download_async(in_browser(request) if item.is_rendered else request)
        except PostponedError:
            raise InterruptedError("the run is stopped") from None
        except Exception as error:  # noqa: BLE001 - whatever the network has in store, the first part is there
            logger.info("part of %s cannot be fetched: %s: %s", page.url, needs.url, error)
            response = None
        if response is None or response.status != 200 or domain_of(response.url) != domain_of(page.url):
            session.count("parts/missing")
            return None
        session.count("parts/fetched")
        part = Part(url=needs.url, how=needs.how, content_type=header(response, "Content-Type"))
        return FurtherPart(part=part, html=response.body)


def by_rights(article: Article, session: Session) -> Article:
    """The article as the setting NEWSCRAWL_RIGHTS has it, by what its page states too; raises Rejected."""
    action = action_of(session.config.rights_rules, article.rights)
    if action is None:
        return article
    if action != "mark":
        raise Rejected(Rejection(reason="rights_reserved"))
    warnings = sorted({*article.extraction.warnings, "rights_reserved"})
    return replace(article, extraction=replace(article.extraction, warnings=warnings))


def _archived(needs: Needs, item: FetchedPage, session: Session) -> FurtherPart | None:
    """The same from the archive that has the page."""
    found = item.visit.archived_part(needs.url)
    session.count("parts/fetched" if found else "parts/missing")
    return FurtherPart(part=Part(url=needs.url, how=needs.how, content_type=found[0]), html=found[1]) if found else None


def shows_nothing(verdict: Article | Rejection, item: FetchedPage) -> bool:
    """Whether the page is to be tried in the browser: it came from the web, without its text, and sends its readers
    nowhere else."""
    if not isinstance(verdict, Rejection) or verdict.reason not in SHOWS_NOTHING or verdict.refresh:
        return False
    return item.entry is not None and not item.is_rendered
