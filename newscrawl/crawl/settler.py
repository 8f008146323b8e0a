"""The visits of one run: rows of the ledger become requests, responses become pages, and each row gets its state."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.crawl.exit_codes import ExitCode
from newscrawl.discovery import url_pattern
from newscrawl.fetch.browser.browser_requests import in_browser, is_rendered
from newscrawl.fetch.errors import KeptOutError, NothingNew, PostponedError, Rejected
from newscrawl.fetch.failures import reason_of
from newscrawl.fetch.fetched_page import FetchedPage, conditional, header, is_cut, validators_of
from newscrawl.items import Page, Rejection
from newscrawl.ledger import LedgerError, Outcome, UrlEntry, Validators, Visit
from newscrawl.web.dates import utc

if TYPE_CHECKING:
    from newscrawl.crawl.feeder import Feeder
    from newscrawl.crawl.site_learner import SiteLearner
    from newscrawl.spider import SiteSpider

NAMES_ALL = ("listing", "sitemap", "archive")
"""Kinds of discovery pages that name other pages beside articles."""
OTHER_PAGES = frozenset(("front", "search", "gallery", "shop", "listing", "no_story", "not_html"))
"""Rejections that tell of a page's kind, not of a wall before it."""
WHOLE_HOST = ("retry_after", "robots_unreachable")
"""Failures of one page that are its host's: its other rows are left to the next run."""


class Settler:
    """Article URLs from the ledger's rows to their states. A page without a row (of an archive) is only counted."""

    def __init__(self, spider: SiteSpider) -> None:
        self.spider = spider
        self.feeder: Feeder | None = None
        self.learner: SiteLearner | None = None
        """Both set once the ledger is open; a spider without a ledger has none."""
        self.in_time: dict[str, bool] = {}
        """By listing page, where `since` is given: whether an article that it named is not before it."""
        self.reading: dict[str, FetchedPage] = {}
        """Pages between the pipelines, by requested URL."""

    async def handed_out(self, row: UrlEntry) -> Request | None:
        """The request of a row; None where it is left to a run that wants it, or where its URL turned out, since it was
        found, to be of a pattern of other pages."""
        assert self.learner is not None
        assert self.feeder is not None
        if not self.spider.arguments.takes(row.url, row.discovery):
            self.feeder.row_done(row)
            return None
        if row.discovery.kind in NAMES_ALL and not row.revision:
            url_patterns = await self.learner.url_patterns(row.url)
            if url_patterns.is_article(url_pattern(row.url)) is False:
                await self.settle(row, "rejected", reason="unlike_articles")
                return None
        return self.request(row)

    def request(self, row: UrlEntry, target: str | None = None) -> Request:
        """The request of a row, for its own URL or for one to which it leads."""
        request = Request(
            target or row.url,
            headers={} if target else conditional(row.validators),
            callback=self.parse,
            errback=self.failed,
            cb_kwargs={"row": row},
            dont_filter=True,
        )
        return in_browser(request, self.spider.steps) if self.spider.browser else request

    async def parse(self, response: Response, row: UrlEntry) -> AsyncIterator[FetchedPage]:
        """A page to the pipelines; what is no page settles its row here."""
        status = response.status
        if status == 304 and any(row.validators):
            await self.settle(row, "unchanged", http_status=304)
        elif status in (404, 410):
            await self.settle(row, "gone", reason=f"http_{status}", http_status=status)
        elif 300 <= status < 400 and (reason := self.refused_redirect(response)):
            await self.settle(row, "rejected", reason=reason, http_status=status)
        elif status not in (200, 203):
            await self.settle(row, "failed", reason=f"http_{status}", http_status=status)
        elif is_cut(response):
            await self.settle(row, "failed", reason="truncated_body", http_status=status)
        else:
            page = self.fetched(response, row)
            if await self.admits(page):
                yield page

    def fetched(self, response: Response, row: UrlEntry) -> FetchedPage:
        """The page of a response. Validators of a rendered one tell of its frame only."""
        rendered = is_rendered(response)
        return FetchedPage(
            page=self.page(response, row),
            html=response.body,
            row=row,
            validators=Validators() if rendered else validators_of(response),
            is_rendered=rendered,
            redirects=response.meta.get("redirect_times", 0),
        )

    async def admits(self, page: FetchedPage) -> bool:
        """Whether the page is to be read now; if not, the learner has it, or the run is at its end."""
        assert self.learner is not None
        assert page.row is not None
        try:
            return await self.learner.admits(page)
        except LedgerError as error:
            self.spider.fail(ExitCode.LEDGER_TROUBLE, f"ledger: {error}")
        except InterruptedError:
            pass
        return False

    def refused_redirect(self, response: Response) -> str | None:
        """Why a redirect was not followed; None for a 3xx that is none."""
        target = header(response, "Location")
        if response.status not in (301, 302, 303, 307, 308):
            return None
        allowlist = self.spider.config.allowlist
        return allowlist.refusal(response.urljoin(target)) or "bad_redirect" if target else "bad_redirect"

    def page(self, response: Response, row: UrlEntry) -> Page:
        """What is known of a page before it is read."""
        return Page(
            url=response.url,
            requested_url=row.url,
            content_type=header(response, "Content-Type"),
            http_status=response.status,
            fetched_at=utc(datetime.now(UTC)),
            first_seen_at=row.first_seen_at,
            discovered_via=row.discovery,
            spider=self.spider.name,
            run_id=self.spider.run_id,
            revision=row.revision + 1,
            content_signal=header(response, "Content-Signal"),
            robots_tag=header(response, "X-Robots-Tag"),
        )

    async def failed(self, failure: Failure) -> None:
        """A page that could not be fetched: again in a later run; one that must not be fetched: rejected."""
        assert self.feeder is not None
        row: UrlEntry = failure.request.cb_kwargs["row"]  # type: ignore[attr-defined]
        reason = reason_of(failure)
        if reason in WHOLE_HOST:
            self.feeder.leave(row.host)
        if isinstance(failure.value, PostponedError):
            self.feeder.row_done(row)
        else:
            await self.settle(row, "rejected" if isinstance(failure.value, KeptOutError) else "failed", reason=reason)

    async def item_dropped(self, item: Any, exception: Exception) -> None:
        """A page that gives no record has its state all the same, whichever pipeline dropped it."""
        if not isinstance(item, FetchedPage):
            return
        self.reading.pop(item.page.requested_url, None)
        if isinstance(exception, NothingNew):
            return
        rejection = exception.rejection if isinstance(exception, Rejected) else Rejection(reason="dropped_by_pipeline")
        if rejection.refresh and item.row is not None:
            await self.follow(rejection.refresh, item, item.row)
        else:
            if rejection.reason == "not_in_time":
                self.note_time(item.row, is_old=self.spider.arguments.is_before(rejection.detail))
            await self.settle(item.row, "rejected", reason=rejection.reason, http_status=item.page.http_status)

    async def follow(self, target: str, item: FetchedPage, row: UrlEntry) -> None:
        """Asks for the page to which a page refreshes, as for the target of a redirect, and counted with those."""
        crawler = self.spider.crawler
        reason = self.spider.config.allowlist.refusal(target)
        if reason is None and item.redirects >= crawler.settings.getint("REDIRECT_MAX_TIMES"):
            reason = "redirect_limit"
        if reason is not None:
            await self.settle(row, "rejected", reason=reason, http_status=item.page.http_status)
            return
        assert crawler.engine is not None
        request = self.request(row, target)
        request.meta["redirect_times"] = item.redirects + 1
        crawler.engine.crawl(request)

    async def item_error(self, item: Any, failure: Failure) -> None:
        """An exception in a pipeline fails the page; it is tried again in a later run."""
        fetched = item if isinstance(item, FetchedPage) else None
        if fetched is None:
            fetched = self.reading.pop(getattr(item, "requested_url", ""), None)
        if fetched is None:
            return
        if isinstance(failure.value, InterruptedError) and fetched.row is not None:
            assert self.feeder is not None
            self.feeder.row_done(fetched.row)
        else:
            await self.settle(fetched.row, "failed", reason="pipeline_error")

    async def settle(self, row: UrlEntry | None, outcome: Outcome, **what: Any) -> Visit | None:
        """Writes a row's state to the ledger and counts the visit; None where the ledger is in trouble."""
        try:
            visit = await self._settled(row, outcome, what)
        except LedgerError as error:
            self.spider.fail(ExitCode.LEDGER_TROUBLE, f"ledger: {error}")
            return None
        if outcome == "article":
            self.note_time(row, is_old=False)
        if row is not None and not row.revision:
            await self.learn(row, outcome, what.get("reason"))
        self.spider.count(f"visits/{visit}")
        if outcome in ("rejected", "failed"):
            self.spider.count(f"{outcome}/{what.get('reason') or 'unknown'}")
        return visit

    def note_time(self, row: UrlEntry | None, *, is_old: bool) -> None:
        """What an article's date tells of the listing page that named it."""
        if row is not None and self.spider.arguments.since and (page := row.discovery.url):
            self.in_time[page] = self.in_time.get(page, False) or not is_old

    async def learn(self, row: UrlEntry, outcome: Outcome, reason: str | None) -> None:
        """What the visit tells of the URL patterns of the site's URLs."""
        assert self.learner is not None
        is_article, is_other = outcome == "article" or reason == "not_in_time", reason in OTHER_PAGES
        if is_article or is_other:
            (await self.learner.url_patterns(row.url)).add(url_pattern(row.url), is_article, is_other)

    async def _settled(self, row: UrlEntry | None, outcome: Outcome, what: dict[str, Any]) -> Visit:
        """How the visit of a row counts, once its state is on disk."""
        if row is None:
            return "new" if outcome == "article" else "rejected" if outcome == "rejected" else "failed"
        assert self.feeder is not None
        made_record = False
        try:
            visit = await asyncio.wrap_future(self.feeder.ledger.settle(row, outcome, **what))
            made_record = visit in ("new", "revised")
        finally:
            self.feeder.row_done(row, made_record=made_record)
        return visit
