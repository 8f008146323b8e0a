"""Discovery at work: asks the pages that name articles, stores what they name, follows where they lead."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.browser.requests import in_browser
from newscrawl.discovery import Link
from newscrawl.failures import reason_of
from newscrawl.fetched import PostponedError, conditional, header, is_cut, validators_of
from newscrawl.items import Rejection
from newscrawl.ledger import LedgerError, Listing, Validators
from newscrawl.run import ExitCode, utc
from newscrawl.workers import DiscoveryPage

if TYPE_CHECKING:
    from newscrawl.bookkeeping import Bookkeeping
    from newscrawl.learning import Learner
    from newscrawl.pump import Pump
    from newscrawl.spider import SiteSpider

logger = logging.getLogger(__name__)

DISCOVERY_FIRST = 100
"""Priority of discovery pages: the pump can only hand out what they have named."""
SECTION_PAGES = 20
"""Pages of a listing that are looked through for a section, although a page held nothing of it."""


class Explorer:
    """The discovery pages of one run."""

    def __init__(self, spider: SiteSpider, books: Bookkeeping, pump: Pump, learner: Learner) -> None:
        self.spider = spider
        self.books = books
        self.pump = pump
        self.learner = learner
        self.has_gaps = False
        """Whether a page failed that leads further: the next run must not stop paging where it finds nothing new."""

    async def request(self, link: Link) -> Request | None:
        """A conditional request for a discovery page; None where this run has asked for it already."""
        if not self.pump.begin_discovery(link.url):
            return None
        headers = {}
        if not self.books.resumes:  # else the page must come whole: it leads to those that were not read
            headers = conditional(await asyncio.wrap_future(self.books.ledger.validators(link.url)))
        request = Request(
            link.url,
            headers=headers,
            callback=self.parse,
            errback=self.failed,
            cb_kwargs={"link": link},
            priority=DISCOVERY_FIRST,
            dont_filter=True,
        )
        renders = self.spider.browser and link.kind == "listing"
        return in_browser(request, self.spider.listing_steps) if renders else request

    async def parse(self, response: Response, link: Link) -> AsyncIterator[Request]:
        """Writes what the page names to the ledger; follows what it says of further discovery pages."""
        try:
            if response.status == 304:
                self.spider.count("discovery/unchanged")
            elif response.status != 200:
                self.useless(link, f"http_{response.status}")
            else:
                for further in await self.read(response, link):
                    if request := await self.request(further):
                        yield request
        except LedgerError as error:
            self.spider.fail(ExitCode.LEDGER_TROUBLE, f"ledger: {error}")
        except InterruptedError:
            self.spider.count("discovery/interrupted")
        finally:
            self.pump.end_discovery()

    async def read(self, response: Response, link: Link) -> list[Link]:
        """Has the page read, stores its URLs, and answers which further pages to ask."""
        spider = self.spider
        now = utc(datetime.now(UTC)) if await self.learner.wants(response.url) else None
        read = await spider.workers.discover(
            response.body, response.url, header(response, "Content-Type"), print_at=now
        )
        if reason := _why_useless(read, link):
            self.useless(link, reason)
            return []
        assert isinstance(read, DiscoveryPage)
        await self.learner.saw(response.url, read.print)
        spider.count("discovery/read")
        spider.count(f"discovery/{read.found.kind}")
        for problem in read.found.problems:
            logger.info("%s: %s", link.url, problem)
        whole = not read.found.problems and not is_cut(response)
        listing = Listing(url=link.url, validators=validators_of(response) if whole else Validators())
        wanted = [found for found in read.urls if spider.arguments.takes(found.url, found.discovery)]
        done = await asyncio.wrap_future(self.books.ledger.discover(wanted, listing))
        spider.count("discovery/known", done.known + done.due)
        spider.count("queue/found", done.new + done.due)
        news = self.pump.brings_news((found.normalized_url for found in read.urls), new=done.new + done.due)
        return [further for further in read.found.more if self.follows(further, news=news)]

    def follows(self, link: Link, *, news: bool) -> bool:
        """Whether a further discovery page is asked: one of a declared kind, and the next page only where this one had
        something new and the run is to make more records."""
        arguments = self.spider.arguments
        if self.pump.has_enough or arguments.is_before(link.date):
            return False
        if link.rel in ("next", "archive"):
            in_search = arguments.section is not None and (link.page or SECTION_PAGES) < SECTION_PAGES
            return news or self.books.resumes or in_search
        return link.rel in ("index", "robots") or (link.rel == "autodiscovery" and self.spider.autodiscovers)

    def useless(self, link: Link, reason: str) -> None:
        """A discovery page that gave nothing: missing guesses are no news, missing declared pages are."""
        if link.rel == "well_known":
            self.spider.count("discovery/absent")
        else:
            self.spider.count("discovery/failed")
            self.has_gaps |= link.kind != "feed" or link.rel != "declared"
            logger.warning("discovery failed: %s %s", reason, link.url)

    async def failed(self, failure: Failure) -> None:
        """A discovery page that could not be fetched."""
        if not isinstance(failure.value, PostponedError):
            self.useless(failure.request.cb_kwargs["link"], reason_of(failure))  # type: ignore[attr-defined]
        self.pump.end_discovery()


def _why_useless(read: DiscoveryPage | Rejection, link: Link) -> str | None:
    """Why a discovery page gives nothing: it cannot be read, or is a web page in place of a feed or sitemap."""
    if isinstance(read, Rejection):
        return read.reason
    if link.kind != "listing" and read.found.kind in ("listing", "unknown"):
        return f"bad_{link.kind.removeprefix('news_')}"
    return None
