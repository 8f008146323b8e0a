"""A fetched page on its way through the pipelines, and what responses tell beside their bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Protocol

from scrapy import Request
from scrapy.http import Response

from newscrawl.items import Page, Rejection, Rights, Site
from newscrawl.ledger import FinalUrl, Outcome, UrlEntry, Validators, Visit
from newscrawl.sites.profiles import PageFingerprint
from newscrawl.web.rights import first_stated, of_headers, of_robots, of_tdmrep
from newscrawl.web.urls import normalized_url

_END = re.compile(rb"</(?:html|body|rss|feed|urlset|sitemapindex|rdf:RDF)\s*>", re.IGNORECASE)

ROBOTS_STATEMENTS = "newscrawl_robots_statements"
"""Where a request carries what its host's robots.txt states about use, and for which crawler."""
VISIT = "newscrawl_visit"
"""Where a request carries the visit of the page that was made of its response."""
DROPPED = "dropped_by_middleware"
"""Reason of what a spider middleware, or another component of the project, did not pass on."""
TDM_RESERVATIONS = "newscrawl_tdm_reservations"
"""Where a request carries its host's tdmrep.json."""
SHOWS_NOTHING = ("script_wall", "empty")
"""Rejections of pages that may be articles once their scripts have run."""


class PageVisit(Protocol):
    """The visit of a page: what the crawl that fetched it does with what the page comes to."""

    async def settle(self, outcome: Outcome, **what: Any) -> Visit | None:
        """Writes down what became of the page's URL, as `Ledger.settle` takes it; returns how the visit counts, None
        where that cannot be written."""

    async def reject(self, rejection: Rejection, page: FetchedPage) -> None:
        """The same for a page that gives no record; where it sends its readers elsewhere, that is asked for."""

    def leave(self) -> None:
        """Leaves the page's URL to the next run."""

    def rendered(self, response: Response) -> FetchedPage:
        """The same page as a browser shows it."""

    def archived_part(self, url: str) -> tuple[str | None, bytes] | None:
        """Content type and bytes of a further page of the article, for a page of an archive."""

    async def wants_fingerprint(self, url: str) -> bool:
        """Whether the fingerprint of the page at that URL is of use."""

    async def saw(self, url: str, seen: PageFingerprint | None) -> None:
        """Takes the fingerprint of a page, where it has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """By what the page is read again."""

    site: Site
    """Today's rules of the spider that fetched it."""
    profile: bytes
    """The profile of the run that fetched it; b"" without one."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class FetchedPage:
    """What a spider yields: a page, its bytes, and its URL's entry in the ledger, which it carries to the outbox."""

    page: Page
    html: bytes = field(repr=False)
    visit: PageVisit = field(repr=False)
    """What settles the page's URL."""
    entry: UrlEntry | None = field(default=None, repr=False)
    """None for a page of an archive."""
    validators: Validators = field(default=Validators(), repr=False)
    is_rendered: bool = False
    """Whether the bytes are what a browser made of the page."""
    reread: Reread | None = None
    """Of a page in an archive of newscrawl's own; None for all others."""
    redirects: int = 0
    """How many led here."""
    wall_vendor: str | None = None
    """Whose wall the page is by its headers, if it turns out to be one."""

    @property
    def final_url(self) -> FinalUrl | None:
        """Where the request ended, if elsewhere."""
        page = self.page
        return FinalUrl(page.url, normalized_url(page.url)) if page.url != page.requested_url else None


def header(response: Response, name: str) -> str | None:
    """A header's value, None without it."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def headers_of(response: Response) -> dict[str, str]:
    """The headers by lower-case name, several of one name joined by ", "."""
    return {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }


def rights_of(response: Response) -> Rights:
    """What the response's headers, and its host's robots.txt, state about the use of the page."""
    stated = of_headers(headers_of(response), response.url)
    return first_stated([stated, rights_of_files(response.request, response.url)]) if response.request else stated


def rights_of_files(request: Request, url: str) -> Rights:
    """What robots.txt and tdmrep.json of a request's host state about the use of a page."""
    text, agent = request.meta.get(ROBOTS_STATEMENTS, ("", ""))
    return first_stated([of_robots(text, url, agent), of_tdmrep(request.meta.get(TDM_RESERVATIONS, b""), url)])


def validators_of(response: Response) -> Validators:
    """What makes the next request of this URL conditional."""
    return Validators(header(response, "ETag"), header(response, "Last-Modified"))


def is_cut(response: Response) -> bool:
    """Whether a body without a stated length lacks its end: Scrapy flags all such "partial", the whole ones too."""
    return "partial" in response.flags and not has_end(response.body)


def has_end(body: bytes) -> bool:
    """Whether a page has its last tag."""
    return _END.search(body[-2048:]) is not None


def conditional(validators: Validators) -> dict[str, str]:
    """The headers of a conditional request."""
    headers = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in headers.items() if value}
