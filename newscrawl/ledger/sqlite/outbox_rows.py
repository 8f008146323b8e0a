"""Records and tombstones on their way out, and how far each consumer has come."""

from __future__ import annotations

import sqlite3

from newscrawl.ledger.sqlite.encoding import Run, packed, unpacked
from newscrawl.ledger.types import Cursor, Message


def put(db: sqlite3.Connection, run: Run, stream: str, body: bytes, now: int) -> None:
    """Adds one message, in the transaction that sets the state."""
    row = (run.spider, stream, now, *packed(body))
    db.execute("INSERT INTO outbox (spider, stream, made, coding, body) VALUES (?, ?, ?, ?, ?)", row)


def read(db: sqlite3.Connection, run: Run, stream: str, after: int, limit: int) -> list[Message]:
    """The next messages of a stream, in the order of their commits (SQLite has one writer at a time)."""
    query = "SELECT id, coding, body FROM outbox WHERE spider = ? AND stream = ? AND id > ? ORDER BY id LIMIT ?"
    found = db.execute(query, (run.spider, stream, after, limit))
    return [Message(number, unpacked(coding, stored)) for number, coding, stored in found]


def newest(db: sqlite3.Connection, run: Run, stream: str) -> int:
    """Number of the stream's last message, 0 where it has none."""
    query = "SELECT max(id) FROM outbox WHERE spider = ? AND stream = ?"
    return db.execute(query, (run.spider, stream)).fetchone()[0] or 0


def cursor(db: sqlite3.Connection, run: Run, consumer: str) -> Cursor:
    """Where a consumer stands; at the start where it is new."""
    query = "SELECT last, file, offset, opened FROM cursor WHERE spider = ? AND consumer = ?"
    last, file, offset, opened = db.execute(query, (run.spider, consumer)).fetchone() or (0, None, 0, 0)
    return Cursor(last=last, file=file, offset=offset, opened=opened)


def move(db: sqlite3.Connection, run: Run, consumer: str, stream: str, to: Cursor) -> None:
    """Sets where a consumer stands; on its own outside a transaction, so it is on disk when this returns."""
    db.execute(
        "INSERT OR REPLACE INTO cursor (spider, consumer, stream, last, file, offset, opened)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (run.spider, consumer, stream, to.last, to.file, to.offset, to.opened),
    )


def prune(db: sqlite3.Connection, run: Run, before: int) -> int:
    """Takes out what all of a stream's consumers have and what is older than `before`; returns how many."""
    gone = db.execute(
        "DELETE FROM outbox WHERE spider = ? AND made < ? AND id <= coalesce((SELECT min(c.last) FROM cursor c"
        " WHERE c.spider = outbox.spider AND c.stream = outbox.stream), 0)",
        (run.spider, before),
    )
    return gone.rowcount


def waiting(db: sqlite3.Connection, spider: int) -> int:
    """Messages that some consumer of their stream has yet to take; those of a stream without consumers count too."""
    query = """SELECT count(*) FROM outbox o WHERE o.spider = ? AND o.id > coalesce((SELECT min(c.last) FROM cursor c
        WHERE c.spider = o.spider AND c.stream = o.stream), 0)"""
    return int(db.execute(query, (spider,)).fetchone()[0])
