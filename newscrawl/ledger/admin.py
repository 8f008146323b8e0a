"""The ledger as the commands see it: all spiders, without a run. Calls block and are on disk when they return."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from newscrawl.ledger.patience import Patience
from newscrawl.ledger.place import Place, is_there, open_ledger
from newscrawl.ledger.sqlite import inspection as books
from newscrawl.ledger.sqlite import runs, site_runs, upkeep, url_listing
from newscrawl.ledger.types import BrokenRun, DeadLetter, Erased, LedgerError, SiteDay, SpiderSites, State, UrlFilter
from newscrawl.stories.clusters import Cluster, clusters

DEAD_LETTERS: tuple[State, ...] = ("dead", "rejected")


class Admin:
    """An open ledger; a context manager. Methods raise LedgerError where the file cannot be read or written.

    `spider` is a name; a spider that the ledger does not know is a KeyError.
    """

    def __init__(self, place: Place) -> None:
        if not is_there(place):
            raise LedgerError(f"{place}: there is no ledger yet; the first crawl makes it")
        self._place = place
        opened = open_ledger(place)
        self._db, self._name, self._is_alive = opened.db, opened.name, opened.locks.is_alive

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def counts(self) -> dict[str, dict[State, int]]:
        """For each spider how many URLs stand where; all of STATES."""
        with self._reading():
            return {name: runs.states(self._db, number) for name, number in books.spiders(self._db).items()}

    def dead_letters(
        self, spider: str | None = None, states: Sequence[State] = DEAD_LETTERS, limit: int = 1000
    ) -> list[DeadLetter]:
        """URLs that gave no record, with reasons, at most `limit`."""
        with self._reading():
            known = books.spiders(self._db)
            chosen = known.items() if spider is None else [(spider, known[spider])]
            letters = (letter for one in chosen for letter in books.dead_letters(self._db, one, states, limit))
            return list(islice(letters, limit))

    def urls(self, wanted: UrlFilter, spider: str | None = None, limit: int = 1000) -> list[DeadLetter]:
        """URLs of a spider, or of all, that match, at most `limit`."""
        with self._reading():
            known = books.spiders(self._db)
            chosen = known.items() if spider is None else [(spider, known[spider])]
            found = (letter for one in chosen for letter in url_listing.urls(self._db, one, wanted, limit))
            return list(islice(found, limit))

    def profile(self, spider: str, site: str) -> bytes | None:
        """What the spider has learned of a site (a registrable domain), as `Ledger.put_profile` got it."""
        with self._reading():
            return books.profile(self._db, books.spiders(self._db)[spider], site)

    def past(self, spider: str) -> dict[str, list[bytes]]:
        """By site what its latest runs saw, the oldest first, as `Ledger.put_site_runs` got it; of a spider that the
        ledger does not know, nothing."""
        with self._reading():
            number = books.spiders(self._db).get(spider, 0)
            return site_runs.runs_by_site(self._db, number)

    def stories(self, since: str, until: str, *, quotes: bool = False) -> Iterator[Cluster]:
        """Stories with several copies, one of them seen in that time (UTC, ISO 8601 with "Z"), the oldest first.

        With `quotes`, what quotes them is told, and stories of one copy that others quote are there too.
        """
        with self._reading():
            yield from clusters(self._db, since, until, quotes=quotes)

    def requeue(self, spider: str, states: Sequence[State] = DEAD_LETTERS, urls: Sequence[str] | None = None) -> int:
        """Makes URLs pending again: those given, whatever their state, or else all of these states. Answers how many.

        What was exported and reads the same again gives no record.
        """
        with self._changing():
            number = books.spiders(self._db)[spider]
            if urls is None:
                return books.requeue(self._db, number, states)
            return sum(books.requeue_url(self._db, (spider, number), url) for url in urls)

    def requeue_matching(self, spider: str, wanted: UrlFilter) -> int:
        """The same for all URLs that match."""
        with self._changing():
            number = books.spiders(self._db)[spider]
            return books.requeue_rows(self._db, url_listing.numbers(self._db, number, wanted))

    def redeliver(self, spider: str, since: str) -> int:
        """Has the next run deliver again what was delivered since then (ISO 8601, UTC without a zone), as far as the
        outbox has it; returns how many messages. LedgerError while a run of the spider is alive or its file is open."""
        with self._changing():
            number = books.spiders(self._db)[spider]
            if run_id := books.working(self._db, number, self._is_alive):
                raise LedgerError(f"run {run_id} works on {spider}; deliver again when that run has ended")
            return books.redeliver(self._db, number, since)

    def forget(self, spider: str) -> int:
        """Takes out all that is known of a spider, so that its next run starts over; returns how many URLs.

        Records that wait for delivery stay. LedgerError while a run of the spider is alive.
        """
        with self._changing():
            number = books.spiders(self._db)[spider]
            if run_id := books.working(self._db, number, self._is_alive):
                raise LedgerError(f"run {run_id} works on {spider}; forget it when that run has ended")
            return books.forget(self._db, (spider, number))

    def accept(self, spider: str, site: str | None = None) -> int:
        """Takes a site (a registrable domain; all where None) as it is from the next run on: what is usual for it is
        learned anew; returns how many sites."""
        with self._changing():
            return site_runs.accept(self._db, books.spiders(self._db)[spider], site)

    def sites(self, day: int, now: int) -> dict[str, SpiderSites]:
        """By spider what it saw of its sites; counts from that day (days since 1970) on."""
        with self._reading():
            first = site_runs.first_run(self._db, now - 24 * 3600)
            return {
                name: SpiderSites(
                    site_runs.latest(self._db, number, first),
                    site_runs.counts_by_day(self._db, number, day),
                    site_runs.muted(self._db, number, now),
                )
                for name, number in books.spiders(self._db).items()
            }

    def site_days(self, spider: str, day: int) -> list[tuple[str, SiteDay]]:
        """Sites with what was seen of them on each day from that one (days since 1970) on."""
        with self._reading():
            return list(site_runs.since(self._db, books.spiders(self._db)[spider], day))

    def mute(self, spider: str, site: str, problem: str, until: int) -> None:
        """Says nothing of a site's problem until then (seconds since 1970); 0 says it again."""
        with self._changing():
            site_runs.mute(self._db, books.spiders(self._db)[spider], site, problem, until)

    def broken_runs(self) -> list[BrokenRun]:
        """The last run of each spider, where it never came to its end and is not alive."""
        with self._reading():
            found = (BrokenRun(*row) for row in runs.last_unfinished(self._db))
            return [run for run in found if not self._is_alive(run.run_id)]

    def vacuum(self) -> tuple[int, int]:
        """Writes the file anew without its gaps; returns bytes before and after. Needs as much free space again."""
        before = self._size()
        with self._reading():
            Patience().begin(self._db, "VACUUM")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return before, self._size()

    def _size(self) -> int:
        if isinstance(self._place, Path):
            return self._place.stat().st_size
        return int(self._db.execute("SELECT pg_database_size(current_database())").fetchone()[0])

    def backup(self, to: Path) -> int:
        """Copies the ledger to a file while runs write it, as it is at one moment; returns the bytes. The file has its
        name when it is on disk."""
        if not isinstance(self._place, Path):
            raise LedgerError(f"{self._name}: a database is backed up by pg_dump --schema newscrawl_ledger")
        part = to.with_name(f".{to.name}.part")
        part.unlink(missing_ok=True)
        with self._reading(), closing(sqlite3.connect(part)) as copy:
            self._db.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(to)
        return to.stat().st_size

    def prune(self, before: int) -> dict[str, int]:
        """Takes out what gives no record and was last seen before then (seconds since 1970)."""
        with self._changing():
            return upkeep.prune(self._db, before)

    def erase(self, url: str, now: int) -> list[Erased]:
        """Takes the text of a page out and leaves a tombstone; LedgerError while a run is alive."""
        with self._changing():
            for number in books.spiders(self._db).values():
                if run_id := books.working(self._db, number, self._is_alive):
                    raise LedgerError(f"run {run_id} is at work; erase when it has ended")
            return upkeep.erase(self._db, url, now)

    def check(self) -> list[str]:
        """What is wrong in the file, in words; [] for a sound one."""
        with self._reading():
            return books.check(self._db)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise LedgerError(f"{self._name}: {error}") from error

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with self._reading():
            Patience().begin(self._db)
            try:
                yield
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
