"""What goes into the ledger and comes out of it: discovery pages, URLs to fetch, outcomes, reports, errors."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from newscrawl.items import Discovery

State = Literal["pending", "exported", "rejected", "dead", "gone", "alias"]
"""Where a URL stands: still to fetch (or to fetch again); its record is out; no article; failed for good; away after
export (404, 410); leads to a URL with a row of its own."""
STATES: tuple[State, ...] = ("pending", "exported", "rejected", "dead", "gone", "alias")

Outcome = Literal["article", "unchanged", "rejected", "failed", "gone", "alias"]
"""What a fetch gave: a record; 304; no article; nothing (to be tried in a later run); 404 or 410; a redirect to a URL
that has its own row."""

Visit = Literal["new", "revised", "unchanged", "rejected", "failed", "alias", "gone"]
"""How a fetch counts in its run's balance."""
VISITS: tuple[Visit, ...] = ("new", "revised", "unchanged", "rejected", "failed", "alias", "gone")


class LedgerError(Exception):
    """The ledger cannot be read or written (disk full, corrupt, too new). After the first one every call raises it."""


class LostConnectionError(sqlite3.OperationalError):
    """The connection to the database was lost; what was not committed is not there."""


class NotTakenError(Exception):
    """A row was settled that this run did not take, or has settled already. Nothing was changed."""


class Validators(NamedTuple):
    """What a conditional request sends back: the response's ETag and Last-Modified headers, as received."""

    etag: str | None = None
    last_modified: str | None = None


NO_VALIDATORS = Validators()


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscoveryPageState:
    """A discovery page that was read, and what makes its next request conditional."""

    url: str
    """As requested."""
    validators: Validators = NO_VALIDATORS
    """Of its response."""


class Discovered(NamedTuple):
    """What `discover` did with the URLs of one page; the sum is their number."""

    new: int
    """Rows made."""
    due: int
    """Exported rows queued again, because the page dates them after our last visit."""
    known: int
    """Known before this run; left alone."""
    again: int
    """Made known by this run before; left alone."""
    malformed: int
    """No URLs to store: without a host, with characters that are not Unicode, over 8,192 characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlEntry:
    """A URL that the ledger knows, handed out to be fetched."""

    id: int
    """The ledger's number for it."""
    url: str
    """As discovered, unchanged."""
    normalized_url: str
    """The key."""
    host: str
    """As `host_of` gives it."""
    discovery: Discovery
    """How it was found first."""
    first_seen_at: str
    """When, UTC, ISO 8601 with "Z"."""
    revision: int
    """Of the last exported record; 0 before the first. A record made now says revision + 1."""
    attempts: int
    """Runs that failed to fetch it since it last succeeded."""
    validators: Validators
    """For the conditional request of a revisit."""


class FinalUrl(NamedTuple):
    """Where the request ended: URL of the response (or the canonical that is trusted) and its normalized_url."""

    url: str
    normalized_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """An article whose text was taken out."""

    id: str
    url: str
    normalized_url: str
    revision: int
    spider: str


MakeRecord = Callable[[Connection], bytes]
"""Makes the record in the transaction that stores it, for what only the database tells: the story of a copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What became of a row; see `Ledger.settle`."""

    outcome: Outcome
    reason: str | None = None
    http_status: int | None = None
    record: bytes | MakeRecord | None = None
    content_hash: str | None = None
    validators: Validators = NO_VALIDATORS
    final_url: FinalUrl | None = None
    published: str | None = None
    canonical: str | None = None
    near_border: bool = False
    """Whether a page that was rejected may be an article all the same."""


class Holder(NamedTuple):
    """The run that holds a host."""

    run_id: str
    pid: int
    since: str
    """When it started, UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The balance of a run."""

    run_id: str
    spider: str
    started_at: str
    finished_at: str
    found: int
    """URLs that this run made known."""
    taken: int
    """Rows handed out."""
    returned: int
    """Rows handed out, but neither fetched nor failed when the run ended; pending again."""
    visits: dict[Visit, int]
    """All of VISITS."""
    states: dict[State, int]
    """All of STATES, of all URLs of the spider."""
    known: int
    """URLs of the spider."""
    outbox: int
    """Records and tombstones of the spider that wait for delivery."""

    @property
    def balanced(self) -> bool:
        """Whether every row handed out is accounted for, and every known URL has a state."""
        return self.taken == sum(self.visits.values()) + self.returned and self.known == sum(self.states.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlFilter:
    """Which URLs of a spider are meant; all where nothing is said."""

    states: tuple[State, ...] = ()
    reason: str | None = None
    since: str | None = None
    """ISO 8601: visited since then, or, where they were not visited, found."""
    site: str | None = None
    """A domain, with what is under it, or a host."""
    near: str | None = None
    """A URL: those of its host, the most alike first."""
    near_border: bool = False
    """Only pages that were rejected near the border to articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedUrl:
    """A URL that a run was to fetch, and what became of it."""

    url: str
    state: str
    """One of STATES."""
    reason: str | None = None
    """Why it is no article, or failed."""
    http_status: int | None = None
    """Of the last answer."""
    leads_to: str | None = None
    """Of an alias: the URL under which its article is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A URL that gave no record, for the listing."""

    spider: str
    url: str
    state: State
    reason: str | None
    http_status: int | None
    attempts: int
    visited_at: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """How far a consumer has come in the outbox of a spider, and where it was writing."""

    last: int = 0
    """Number of the last outbox row delivered."""
    file: str | None = None
    """Name of the open file; None when none is open."""
    offset: int = 0
    """Bytes of it that count."""
    opened: int = 0
    """When it was opened, seconds since 1970."""


class Message(NamedTuple):
    """One row of the outbox."""

    id: int
    body: bytes
    """One JSON object without a line break."""


class Exported(NamedTuple):
    """One row of the outbox as an export reads it: both streams in one order."""

    id: int
    stream: str
    body: bytes
    """One JSON object without a line break."""


class SiteDay(NamedTuple):
    """What all runs of a day saw of a site."""

    day: int
    """Days since 1970, UTC."""
    runs: int
    articles: int
    """New ones."""
    records: int
    rejected: int
    failed: int
    figures: str
    """All figures, JSON."""


class SiteFigures(NamedTuple):
    """What a run saw of a site."""

    run: bytes
    """JSON."""
    day: SiteDay | None = None
    """With the runs before it on that day; None where the day is not kept."""


class SitePast(NamedTuple):
    """What runs before saw of a site, JSON each, the oldest first."""

    runs: list[bytes]
    """The latest runs."""
    days: dict[int, str]
    """By day."""


class SpiderSites(NamedTuple):
    """What a spider saw of its sites, for those who look."""

    latest: dict[str, list[bytes]]
    """By site its runs of the last 24 hours and the one before, JSON, the oldest first."""
    days: list[tuple[str, int, int, int, int]]
    """Site, day, new articles, pages rejected, pages failed."""
    muted: set[tuple[str, str]]
    """Sites and problems of which nothing is to be said."""


class BrokenRun(NamedTuple):
    """A run that never came to its end: killed, or the machine went down."""

    spider: str
    run_id: str
    started: int
    """Seconds since 1970."""


class Held(NamedTuple):
    """What waits in the outbox for one consumer."""

    name: str
    messages: int
    """Records and tombstones that it has yet to take."""
    size: int
    """Their bytes in the ledger."""
    oldest: int | None
    """When the oldest was made, seconds since 1970."""
    moved: int
    """When the consumer came where it is, seconds since 1970."""


def host_of(url: str) -> str:
    """The host that politeness and locks go by: lower case, with the port where one is written. "" without a host."""
    try:
        parts = urlsplit(url)
        return parts.netloc.rpartition("@")[2].lower() if parts.hostname else ""
    except ValueError:
        return ""


def in_scope(host: str, scope: Collection[str]) -> bool:
    """Whether the host is one of these domains or under one; everything is in an empty scope."""
    labels = host.partition(":")[0].split(".")
    return not scope or host in scope or any(".".join(labels[start:]) in scope for start in range(len(labels)))
