"""URL entries become requests, responses become pages; what is no page settles its entry."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.crawl.exit_codes import ExitCode
from newscrawl.crawl.host_walls import REFUSALS
from newscrawl.crawl.session import Session
from newscrawl.crawl.settler import Settler
from newscrawl.crawl.site_learner import SiteLearner
from newscrawl.crawl.site_watch import WALLS
from newscrawl.crawl.under_way import UnderWay
from newscrawl.discovery import url_pattern
from newscrawl.fetch.archiving import archived
from newscrawl.fetch.browser.browser_requests import in_browser, is_rendered
from newscrawl.fetch.errors import KeptOutError, PostponedError
from newscrawl.fetch.failures import reason_of
from newscrawl.fetch.fetched_page import (
    DROPPED,
    VISIT,
    FetchedPage,
    conditional,
    header,
    headers_of,
    is_cut,
    rights_of,
    validators_of,
)
from newscrawl.items import Page, Rejection
from newscrawl.ledger import LedgerError, Outcome, UrlEntry, Validators, Visit, host_of
from newscrawl.web.dates import utc
from newscrawl.web.wall_vendors import vendor_of

NAMES_ALL = ("listing", "sitemap", "archive")
"""Kinds of discovery pages that name other pages beside articles."""
WHOLE_HOST = ("retry_after", "robots_unreachable")
"""Failures of one page that are its host's: its other URLs are left to the next run."""


class Requests:
    """The article URLs of a run with a ledger."""

    def __init__(self, session: Session, settler: Settler, learner: SiteLearner, under_way: UnderWay) -> None:
        self._session = session
        self._settler = settler
        self._learner = learner
        self._under_way = under_way

    async def handed_out(self, entry: UrlEntry) -> Request | None:
        """The request of an entry; None where it is left to a run that wants it, or where its URL turned out, since it
        was found, to be of a pattern of other pages."""
        if not self._session.arguments.takes(entry.url, entry.discovery):
            self._settler.leave(entry)
            return None
        if entry.discovery.kind in NAMES_ALL and not (entry.revision or self._session.takes_any):
            url_patterns = await self._learner.url_patterns(entry.url)
            if url_patterns.is_article(url_pattern(entry.url)) is False:
                await self._settler.settle(entry, "rejected", reason="unlike_articles")
                return None
        return self.request(entry)

    def request(self, entry: UrlEntry, target: str | None = None) -> Request:
        """The request of an entry, for its own URL or for one to which it leads."""
        request = Request(
            target or entry.url,
            headers={} if target else conditional(entry.validators),
            callback=self.parse,
            errback=self.failed,
            cb_kwargs={"entry": entry},
            dont_filter=True,
        )
        declared = self._session.declared
        return in_browser(request, declared.steps) if declared.browser else request

    async def parse(self, response: Response, entry: UrlEntry) -> AsyncIterator[FetchedPage]:
        """A page to the pipelines; what is no page settles its entry here."""
        status = response.status
        if status in REFUSALS:
            self.refused(entry.host, f"http_{status}", vendor_of(headers_of(response), response.body))
        settle = self._settler.settle
        if status == 304 and any(entry.validators):
            await settle(entry, "unchanged", http_status=304)
        elif status in (404, 410):
            await settle(entry, "gone", reason=f"http_{status}", http_status=status)
        elif 300 <= status < 400 and (reason := self.refused_redirect(response)):
            await settle(entry, "rejected", reason=reason, http_status=status)
        elif status not in (200, 203):
            await settle(entry, "failed", reason=f"http_{status}", http_status=status)
        elif is_cut(response):
            await settle(entry, "failed", reason="truncated_body", http_status=status)
        else:
            page = self.fetched(response, entry)
            if await self.admits(page, entry):
                response.meta[VISIT] = page.visit
                yield page

    def refused(self, host: str, reason: str, vendor: str | None) -> None:
        """A host refuses the crawler: it is asked after the others, and left where it does nothing else."""
        if self._session.walls.refused(host, reason, vendor):
            self._under_way.leave(host)
            self._session.traffic.leave(host)

    def passed(self, host: str) -> None:
        """A host has given a page."""
        self._session.walls.passed(host)

    def fetched(self, response: Response, entry: UrlEntry) -> FetchedPage:
        """The page of a response. Validators of a rendered one tell of its frame only."""
        rendered = is_rendered(response)
        page = FetchedPage(
            page=self._page(response, entry),
            html=response.body,
            visit=EntryVisit(self, self._settler, self._learner, entry),
            entry=entry,
            validators=Validators() if rendered else validators_of(response),
            is_rendered=rendered,
            redirects=response.meta.get("redirect_times", 0),
            wall_vendor=vendor_of(headers_of(response), b""),
        )
        self._session.arrivals.hold(page, response.body)
        return page

    async def admits(self, page: FetchedPage, entry: UrlEntry) -> bool:
        """Whether the page is to be read now; if not, the learner has it, or the run is at its end."""
        try:
            return await self._learner.admits(page, entry)
        except LedgerError as error:
            self._session.fail(ExitCode.LEDGER_TROUBLE, f"ledger: {error}")
        except InterruptedError:
            pass
        except Exception:
            await self._settler.settle(entry, "failed", reason="callback_error", http_status=page.page.http_status)
            raise
        return False

    def refused_redirect(self, response: Response) -> str | None:
        """Why a redirect was not followed; None for a 3xx that is none."""
        target = header(response, "Location")
        if response.status not in (301, 302, 303, 307, 308):
            return None
        allowlist = self._session.config.allowlist
        return allowlist.refusal(response.urljoin(target)) or "bad_redirect" if target else "bad_redirect"

    async def follow(self, target: str, page: FetchedPage, entry: UrlEntry) -> None:
        """Asks for the page to which a page refreshes, as for the target of a redirect, and counted with those."""
        reason = self._session.config.allowlist.refusal(target)
        if reason is None and page.redirects >= self._session.crawler.settings.getint("REDIRECT_MAX_TIMES"):
            reason = "redirect_limit"
        if reason is not None:
            await self._settler.settle(entry, "rejected", reason=reason, http_status=page.page.http_status)
            return
        request = self.request(entry, target)
        request.meta["redirect_times"] = page.redirects + 1
        self._session.engine.crawl(request)

    async def give_up(self) -> None:
        """Settles the entries whose pages will not come: a component of the project dropped them, or their requests."""
        for entry in self._under_way.handed_out:
            await self._settler.settle(entry, "rejected", reason=DROPPED)

    async def failed(self, failure: Failure) -> None:
        """A page that could not be fetched: again in a later run; one that must not be fetched: rejected."""
        entry: UrlEntry = failure.request.cb_kwargs["entry"]  # type: ignore[attr-defined]
        reason = reason_of(failure)
        if reason in WHOLE_HOST:  # that of the failed request: a redirect may have led there
            self._under_way.leave(host_of(failure.request.url))  # type: ignore[attr-defined]
        if isinstance(failure.value, PostponedError):
            self._settler.leave(entry)
        else:
            outcome: Outcome = "rejected" if isinstance(failure.value, KeptOutError) else "failed"
            await self._settler.settle(entry, outcome, reason=reason)

    def _page(self, response: Response, entry: UrlEntry) -> Page:
        """What is known of a page before it is read."""
        return Page(
            url=response.url,
            requested_url=entry.url,
            content_type=header(response, "Content-Type"),
            http_status=response.status,
            fetched_at=utc(datetime.now(UTC)),
            first_seen_at=entry.first_seen_at,
            discovered_via=entry.discovery,
            spider=self._session.declared.spider,
            run_id=self._session.run_id,
            revision=entry.revision + 1,
            archive=archived(response),
            rights=rights_of(response),
        )


class EntryVisit:
    """The visit of a page whose URL has an entry in the ledger."""

    def __init__(self, requests: Requests, settler: Settler, learner: SiteLearner, entry: UrlEntry) -> None:
        self._requests = requests
        self._settler = settler
        self._entry = entry
        self.wants_fingerprint = learner.wants
        self.saw = learner.saw

    async def settle(self, outcome: Outcome, **what: Any) -> Visit | None:
        """Settles the entry."""
        if outcome == "article":
            self._requests.passed(self._entry.host)
        return await self._settler.settle(self._entry, outcome, **what)

    async def reject(self, rejection: Rejection, page: FetchedPage) -> None:
        """Settles the entry of a page that gives no record, or asks for the page to which it sends its readers."""
        if rejection.refresh:
            await self._requests.follow(rejection.refresh, page, self._entry)
            return
        if rejection.reason in WALLS:
            self._requests.refused(self._entry.host, rejection.reason, page.wall_vendor or vendor_of({}, page.html))
        else:
            self._requests.passed(self._entry.host)
        if rejection.reason == "not_in_time":
            self._settler.note_time(self._entry, is_old=self._settler.is_old(rejection.detail))
        status, near_border = page.page.http_status, rejection.near_border
        await self.settle("rejected", reason=rejection.reason, http_status=status, near_border=near_border)

    def leave(self) -> None:
        """Leaves the entry to the next run."""
        self._settler.leave(self._entry)

    def archived_part(self, url: str) -> None:
        """None: parts are fetched."""

    def rendered(self, response: Response) -> FetchedPage:
        """The same page as a browser shows it."""
        return self._requests.fetched(response, self._entry)
