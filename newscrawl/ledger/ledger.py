"""The ledger as a run uses it: what is found, handed out and settled, in one writer thread."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from datetime import datetime
from functools import partial
from itertools import islice
from sqlite3 import Connection, Error

from newscrawl.items import DiscoveredUrl
from newscrawl.ledger.outbox import Outbox
from newscrawl.ledger.patience import Patience
from newscrawl.ledger.place import Place, confirm, is_calm, open_ledger
from newscrawl.ledger.sqlite import inspection, queue, runs, wanted
from newscrawl.ledger.sqlite import settling as states
from newscrawl.ledger.sqlite import site_runs as site_figures
from newscrawl.ledger.sqlite.encoding import Run, seconds
from newscrawl.ledger.types import (
    NO_VALIDATORS,
    Discovered,
    DiscoveryPageState,
    FinalUrl,
    Holder,
    LedgerError,
    MakeRecord,
    Outcome,
    Report,
    Settlement,
    SiteFigures,
    SitePast,
    UrlEntry,
    Validators,
    Visit,
    WantedUrl,
    in_scope,
)
from newscrawl.ledger.writer import GROUP, Writer

CHUNK = 1000
"""URLs of a discovery page that go into one transaction: 30 ms."""


class Ledger:
    """The ledger of one run of one spider. Every call returns at once; the futures are done when it is on disk.

    After a failure of the disk every call, and `close`, raises LedgerError. Await the futures by `asyncio.wrap_future`.
    """

    def __init__(
        self,
        place: Place,
        *,
        spider: str,
        run_id: str,
        now: Callable[[], datetime],
        scope: Collection[str] = (),
        revisit: bool | int = True,
        max_failures: int = 5,
        patience: Patience | None = None,
    ) -> None:
        """Opens the file (made or upgraded where needed) and begins the run; blocks for a few milliseconds.

        `scope`: domains (or hosts) whose rows this run takes; all where empty. `revisit`: whether exported articles are
        fetched again by `revisit_policy`; a number: those of the scope that were published in so many seconds now.
        `max_failures`: runs that may fail to fetch a row before it is dead.
        `patience`: by which the run can be hurried.
        Raises LedgerError, and ValueError for a run id that is malformed or was used before.
        """
        patience = patience or Patience()
        self.spider = spider
        self._now = now
        self._scope = frozenset(scope)
        self._max_failures = max_failures
        self._last_host = 0
        self._wants = False
        self._locked: set[str] = set()
        opened = open_ledger(place, patience)
        self._db = db = opened.db  # the writer thread's, but for opening and closing
        self._is_alive = opened.locks.is_alive
        try:
            self._run_lock = opened.locks.hold(run_id)
        except (OSError, Error, ValueError) as error:
            db.close()
            raise error if isinstance(error, ValueError) else LedgerError(f"{opened.name}: {error}") from error
        self._writer = Writer(db, opened.name, patience)
        try:
            self._run = self._begin(run_id)
        except (LedgerError, ValueError):
            with suppress(LedgerError):
                self.close()
            raise
        self._writer.submit(lambda db: runs.free_dead(db, self._is_alive))
        self._writer.submit(lambda db: queue.queue_due(db, self._run, self._seconds(), revisit=bool(revisit)))
        if revisit > 1:
            self._writer.submit(lambda db: queue.queue_fresh(db, self._run, self._seconds() - revisit, self._scope))

    @property
    def is_new(self) -> bool:
        """Whether the file knew nothing of the spider when the run began."""
        return self._run.is_first

    def _begin(self, run_id: str) -> Run:
        begin = self._writer.submit(lambda db: runs.begin(db, run_id, self.spider, self._seconds()), changes=GROUP)
        return begin.result()

    def may_request(self) -> bool:
        """Whether nobody can have taken the run's place: true of a file, and for some seconds after a sign of life that
        the server answered. `still_held` gives one."""
        return is_calm(self._db)

    def still_held(self) -> Future[None]:
        """Gives a sign of life; done when the ledger says that the run has its place, LedgerError where it has not."""
        return self._writer.submit(confirm, changes=0)

    def lock(self, host: str) -> Future[Holder | None]:
        """Locks a host (as `host_of` gives it) for this run. Answers None, or the living run that has it.

        `take` locks the hosts of its rows by itself and leaves out those of other runs.
        """
        return self._writer.submit(lambda db: runs.lock(db, self._run, host, self._is_alive), changes=GROUP)

    def validators(self, url: str) -> Future[Validators]:
        """What to send in a conditional request for a discovery page."""
        return self._writer.submit(lambda db: queue.validators(db, self._run, url), changes=0)

    def discover(self, found: Sequence[DiscoveredUrl], page: DiscoveryPageState | None = None) -> Future[Discovered]:
        """Stores the URLs that a discovery page named, and the page's validators in the transaction of the last ones.

        So a page whose URLs were lost to a kill is not answered by 304 in the next run. For a malformed page or one
        cut short, pass a DiscoveryPageState without validators.
        """
        done: list[Discovered] = []
        starts = range(0, max(1, len(found)), CHUNK)

        def work(db: Connection, start: int) -> Discovered:
            now = self._seconds()
            number = queue.listing_number(db, self._run, page.url, now) if page else None
            done.append(queue.discover(db, self._run, number, found[start : start + CHUNK], now))
            if page and start == starts[-1] and len(done) == len(starts):
                queue.put_page_state(db, self._run, page, now)
            return Discovered(*map(sum, zip(*done, strict=True)))

        futures = [self._writer.submit(partial(work, start=start), changes=GROUP) for start in starts]
        return futures[-1]

    def forget(self) -> Future[int]:
        """Forgets the URLs of the run's scope, as `scrapy ledger forget` does; returns how many."""
        spider = (self.spider, self._run.spider)
        return self._writer.submit(lambda db: inspection.forget(db, spider, self._scope), changes=GROUP)

    def want(self, urls: Sequence[DiscoveredUrl], *, again: bool = False) -> Future[Discovered]:
        """Stores URLs, and has `take` hand out these alone; those that failed before now, and all where `again`."""
        self._wants = True
        stored = self.discover(urls)
        for start in range(0, len(urls), CHUNK):
            part = urls[start : start + CHUNK]
            self._writer.submit(partial(wanted.want, run=self._run, urls=part, again=again), changes=GROUP)
        return stored

    def wanted(self) -> Future[list[WantedUrl]]:
        """Where each URL stands that `want` got."""
        return self._writer.submit(wanted.wanted, changes=0)

    def has_unknown(self, urls: Collection[str]) -> Future[bool]:
        """Whether one of these normalized URLs is not known."""
        return self._writer.submit(lambda db: queue.has_unknown(db, self._run, urls), changes=0)

    def try_again(self, reason: str) -> Future[None]:
        """Makes pending what was rejected for this reason."""
        return self._writer.submit(lambda db: queue.try_again(db, self._run, reason))

    def waiting(self) -> Future[int]:
        """How many rows of the spider wait to be handed out; counts them: ask once."""
        return self._writer.submit(lambda db: queue.waiting(db, self._run), changes=0)

    def take(self, n: int, *, busy: Collection[str] = ()) -> Future[list[UrlEntry]]:
        """Hands out at most n pending rows, from hosts in turn, the freshest first in each; none of the `busy` hosts.

        A row is handed out once in a run. What is not settled by the run's end, killed or not, is pending again.
        """
        avoid = frozenset(busy)

        def work(db: Connection) -> list[UrlEntry]:
            candidates = (
                host
                for host in queue.hosts_from(db, self._run, self._last_host, wanted=self._wants)
                if host[1] not in avoid and in_scope(host[1], self._scope) and self._is_locked(db, host[1])
            )
            hosts = list(islice(candidates, n))
            self._last_host = hosts[-1][0] if hosts else self._last_host
            return queue.take(db, self._run, n, hosts, wanted=self._wants)

        return self._writer.submit(work, changes=GROUP)

    def _is_locked(self, db: Connection, host: str) -> bool:
        if host not in self._locked and runs.lock(db, self._run, host, self._is_alive) is None:
            self._locked.add(host)
        return host in self._locked

    def settle(
        self,
        entry: UrlEntry,
        outcome: Outcome,
        *,
        reason: str | None = None,
        http_status: int | None = None,
        record: bytes | MakeRecord | None = None,
        content_hash: str | None = None,
        validators: Validators = NO_VALIDATORS,
        final_url: FinalUrl | None = None,
        published: str | None = None,
        canonical: str | None = None,
        near_border: bool = False,
    ) -> Future[Visit]:
        """Sets what became of a row, with its record, in one transaction; returns how the visit counts.

        - "article" (`record`: the JSON of the Article, its revision being entry.revision + 1; `content_hash`: hex): the
          record goes out as "new" or "revised". The same hash as last time: "unchanged", no record goes out.
          A function as `record` is called in the transaction, and only where a record goes out.
          A `final_url` elsewhere makes the row an alias, and the record is that of the final URL's row, made where it
          is unknown: the record's id and normalized_url are the final URL's. Where that row has a record already:
          "alias", none goes out.
          `canonical`: normalized URL, of the outlet, that the page names as its own. Of two rows with equal hashes, one
          of whose pages names the other, the second is an "alias".
          `published` (ISO 8601): when, as the page says; the next visit goes by it.
        - "unchanged": 304.
        - "rejected" (`reason`, `near_border`): no article. One that was exported before stays exported. What may be one
          another day (`revisit_policy.MAY_CHANGE`) is tried again a few times.
        - "failed" (`reason`): tried again in a later run, after `max_failures` runs dead (a 410 at once); an article
          that was exported before stays exported.
        - "gone": 404 or 410. After export a tombstone goes out, before it counts as "failed".
        - "alias" (`final_url`): a redirect to another URL that shall be fetched by a row of its own, made if unknown.

        The future raises NotTakenError for a row that this run did not take or has settled, ValueError for an article
        without a one-line record and hash; nothing is changed then.
        """
        broken = isinstance(record, bytes) and b"\n" in record
        if outcome == "article" and (not record or broken or not content_hash):
            raise ValueError("an article is settled with its record, one line of JSON, and its content_hash")
        end = Settlement(
            outcome=outcome,
            reason=reason,
            http_status=http_status,
            record=record,
            content_hash=content_hash,
            validators=validators,
            final_url=final_url,
            published=published,
            canonical=canonical,
            near_border=near_border,
        )
        return self._writer.submit(
            lambda db: states.settle(db, self._run, entry.id, end, self._seconds(), self._max_failures)
        )

    def profile(self, site: str) -> Future[tuple[str, bytes] | None]:
        """Id and JSON of a site's learned profile, where there is one."""
        return self._writer.submit(lambda db: runs.profile(db, self._run, site), changes=0)

    def put_profile(self, site: str, profile_id: str, body: bytes) -> Future[None]:
        """Stores a site's profile, an opaque JSON, in place of the one before."""
        return self._writer.submit(lambda db: runs.put_profile(db, self._run, site, profile_id, body, self._seconds()))

    def site_past(self, sites: Sequence[str], day: int = 0) -> Future[dict[str, SitePast]]:
        """By site what its latest runs saw, and the days from that one on (days since 1970), as `finish` got it."""
        return self._writer.submit(lambda db: site_figures.site_past(db, self._run.spider, sites, day), changes=0)

    def try_rejected_again(self, site: str, since: int) -> Future[int]:
        """Has what was rejected of a site since then (seconds since 1970) tried again from tomorrow on, as it looked
        different; returns how many URLs."""
        return self._writer.submit(lambda db: queue.try_rejected_again(db, self._run, site, since, self._seconds()))

    def outbox(self) -> Outbox:
        """The messages of this spider, for deliveries."""
        return Outbox(self._writer, self._db, self._run, self._is_alive, self._seconds)

    def finish(self, sites: Mapping[str, SiteFigures] | None = None) -> Future[Report]:
        """Ends the run, in one transaction: rows and hosts it still has go back, and what it saw of its sites is
        stored. Returns its balance. Nothing but `close` may follow."""

        def work(db: Connection) -> Report:
            site_figures.put_site_runs(db, self._run, sites or {})
            return runs.finish(db, self._run, self._seconds())

        return self._writer.submit(work, changes=GROUP)

    def close(self) -> None:
        """Commits what is queued and closes the file; blocks. Raises the LedgerError of the run, if there was one.

        Without `finish` before it the run counts as broken off, and the next run takes its rows back.
        """
        try:
            self._writer.close()
        finally:
            self._run_lock.end()

    def _seconds(self) -> int:
        return seconds(self._now())
