"""What an export asks of the outbox: both streams of a spider in the order of their commits, and where it stands."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from newscrawl.ledger.sqlite.encoding import unpacked
from newscrawl.ledger.types import Cursor, Exported, Held

EXPORT = "export/"
"""How the consumers of exports begin in the table of cursors; those of the JSON lines begin with "jsonlines/"."""


def delivered(db: sqlite3.Connection, spider: int, stream: str) -> Cursor:
    """How far the files of JSON lines have come."""
    query = "SELECT last, file, offset, opened FROM cursor WHERE spider = ? AND consumer = ?"
    last, file, offset, opened = db.execute(query, (spider, f"jsonlines/{stream}")).fetchone() or (0, None, 0, 0)
    return Cursor(last=last, file=file, offset=offset, opened=opened)


def read(db: sqlite3.Connection, spider: int, after: dict[str, int], limit: int) -> list[Exported]:
    """The next messages of both streams, each after its own number, in the order of their commits."""
    found: list[Exported] = []
    for stream, last in after.items():
        query = "SELECT id, coding, body FROM outbox WHERE spider = ? AND stream = ? AND id > ? ORDER BY id LIMIT ?"
        rows = db.execute(query, (spider, stream, last, limit))
        found.extend(Exported(number, stream, unpacked(coding, stored)) for number, coding, stored in rows)
    return sorted(found)[:limit]


def last(db: sqlite3.Connection, spider: int, name: str) -> dict[str, int]:
    """What a consumer has of each stream; empty where the ledger keeps nothing for it."""
    query = "SELECT stream, last FROM cursor WHERE spider = ? AND consumer IN (?, ?)"
    names = (f"{EXPORT}{name}/articles", f"{EXPORT}{name}/tombstones")
    return dict(db.execute(query, (spider, *names)))


def move(db: sqlite3.Connection, spider: int, name: str, to: dict[str, int], now: int) -> None:
    """Sets how far a consumer has come, in the caller's transaction; what comes after it is kept in the outbox."""
    query = "INSERT OR REPLACE INTO cursor (spider, consumer, stream, last, offset, opened) VALUES (?, ?, ?, ?, 0, ?)"
    db.executemany(query, [(spider, f"{EXPORT}{name}/{stream}", stream, last, now) for stream, last in to.items()])


def release(db: sqlite3.Connection, name: str) -> None:
    """Keeps nothing for a consumer any more."""
    names = (f"{EXPORT}{name}/articles", f"{EXPORT}{name}/tombstones")
    db.execute("DELETE FROM cursor WHERE consumer IN (?, ?)", names)


def held(db: sqlite3.Connection) -> Iterator[Held]:
    """What each consumer has yet to take, over all spiders, and what is kept for it."""
    query = """SELECT substr(c.consumer, 8, length(c.consumer) - 8 - length(c.stream)) AS name, count(o.id),
        coalesce(sum(length(o.body)), 0), min(o.made), max(c.opened)
        FROM cursor c LEFT JOIN outbox o ON o.spider = c.spider AND o.stream = c.stream AND o.id > c.last
        WHERE c.consumer LIKE 'export/%' GROUP BY name ORDER BY name"""
    return (Held(*row) for row in db.execute(query))
