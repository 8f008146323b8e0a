"""The outbox as a delivery uses it: messages to take, a cursor to move. All of it runs in the writer thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from sqlite3 import Connection
from typing import Literal, TypeVar

from newscrawl.ledger.place import transact
from newscrawl.ledger.sqlite import cursors, runs
from newscrawl.ledger.sqlite import outbox_rows as outbox
from newscrawl.ledger.sqlite.encoding import Run
from newscrawl.ledger.types import Cursor, Held, Holder, Message
from newscrawl.ledger.writer import Writer

T = TypeVar("T")

Stream = Literal["articles", "tombstones"]
STREAMS: tuple[Stream, ...] = ("articles", "tombstones")


class Outbox:
    """Records and tombstones of one spider, in the order of their commits, until they are pruned."""

    def __init__(
        self, writer: Writer, db: Connection, run: Run, is_alive: Callable[[str], bool], now: Callable[[], int]
    ) -> None:
        self._writer, self._db, self._run, self._is_alive = writer, db, run, is_alive
        self.patience = writer.patience
        """The run's."""
        self.now = now
        """Seconds since 1970."""

    def do(self, work: Callable[[], T]) -> Future[T]:
        """Runs work in the writer thread, outside any transaction; the methods below are for such work."""
        return self._writer.submit(lambda _: work(), changes=0)

    def after_commit(self, work: Callable[[], None]) -> None:
        """Runs work in the writer thread after each commit of the ledger."""
        self._writer.after_commit.append(work)

    def lock(self, name: str) -> Holder | None:
        """Makes this run the only one to deliver under that name."""
        return self._in_transaction(lambda: runs.lock(self._db, self._run, name, self._is_alive))

    def read(self, stream: Stream, after: int, limit: int) -> list[Message]:
        """At most `limit` messages after that one."""
        return outbox.read(self._db, self._run, stream, after, limit)

    def newest(self, stream: Stream) -> int:
        """Number of the stream's last message, 0 where it has none."""
        return outbox.newest(self._db, self._run, stream)

    def cursor(self, consumer: str) -> Cursor:
        """Where a consumer stands."""
        return outbox.cursor(self._db, self._run, consumer)

    def move(self, consumer: str, stream: Stream, to: Cursor) -> None:
        """Commits where a consumer stands."""
        self._in_transaction(lambda: outbox.move(self._db, self._run, consumer, stream, to))

    def held(self) -> list[Held]:
        """What waits for each consumer of `scrapy export`, of all spiders."""
        return list(cursors.held(self._db))

    def prune(self, before: int) -> int:
        """Takes out what all consumers have and what is older; returns how many."""
        return self._in_transaction(lambda: outbox.prune(self._db, self._run, before))

    def _in_transaction(self, work: Callable[[], T]) -> T:
        return transact(self._db, self.patience, work)
