"""The ledger as an export sees it: no run, all spiders; what waits for a named consumer, and how far it has come."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self, TypeVar

from newscrawl.ledger.place import Place, is_there, open_ledger
from newscrawl.ledger.sqlite import cursors
from newscrawl.ledger.sqlite import inspection as books
from newscrawl.ledger.types import Cursor, Exported, Held, LedgerError

T = TypeVar("T")


class Exports:
    """An open ledger; a context manager. Calls block, and what they change is on disk when they return.

    Methods raise LedgerError where the file cannot be read or written.
    """

    def __init__(self, place: Place, now: Callable[[], int]) -> None:
        if not is_there(place):
            raise LedgerError(f"{place}: there is no ledger yet; the first crawl makes it")
        self._now = now
        opened = open_ledger(place)
        self._db, self._name = opened.db, opened.name

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def spiders(self) -> dict[str, int]:
        """Names and numbers of the spiders."""
        with self._transaction("BEGIN"):
            return books.spiders(self._db)

    def read(self, spider: int, after: dict[str, int], limit: int) -> list[Exported]:
        """At most `limit` messages of the spider, each stream after its own number, in the order of their commits."""
        with self._transaction("BEGIN"):
            return cursors.read(self._db, spider, after, limit)

    def last(self, spider: int, name: str) -> dict[str, int]:
        """What the ledger knows the consumer to have of each stream; empty where it keeps nothing for it."""
        with self._transaction("BEGIN"):
            return cursors.last(self._db, spider, name)

    def register(self, spider: int, name: str, snapshot: Callable[[dict[str, Cursor]], T]) -> T:
        """Keeps for the consumer, from here on, what the files of JSON lines do not have yet.

        `snapshot` gets where these files end, by stream, and is called while nobody can deliver: what it sees on disk
        is what the cursors say.
        """
        with self._transaction("BEGIN IMMEDIATE"):
            ends = {stream: cursors.delivered(self._db, spider, stream) for stream in ("articles", "tombstones")}
            taken = snapshot(ends)
            cursors.move(self._db, spider, name, {key: end.last for key, end in ends.items()}, self._now())
            return taken

    def move(self, spider: int, name: str, to: dict[str, int]) -> None:
        """Sets how far the consumer has come."""
        with self._transaction("BEGIN IMMEDIATE"):
            cursors.move(self._db, spider, name, to, self._now())

    def release(self, name: str) -> None:
        """Keeps nothing for the consumer any more."""
        with self._transaction("BEGIN IMMEDIATE"):
            cursors.release(self._db, name)

    def held(self) -> list[Held]:
        """What waits for each consumer."""
        with self._transaction("BEGIN"):
            return list(cursors.held(self._db))

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        try:
            self._db.execute(begin)
            try:
                yield
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            raise LedgerError(f"{self._name}: {error}") from error
