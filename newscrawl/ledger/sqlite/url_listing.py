"""URLs of the ledger by state, reason, time, site and likeness: for `scrapy ledger urls` and `requeue`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import islice

from newscrawl.ledger.sqlite.encoding import UrlState, date_of, iso
from newscrawl.ledger.types import DeadLetter, LedgerError, UrlFilter, host_of, in_scope

_Row = tuple[int, str, int, str, int, int, int]
_COLUMNS = "u.id, u.url, u.state, u.reason, u.status, u.attempts, u.visited"


def urls(db: sqlite3.Connection, spider: tuple[str, int], wanted: UrlFilter, limit: int) -> Iterator[DeadLetter]:
    """At most so many of a spider's URLs, the last visited first; with `near` those most like it first."""
    rows = _matching(db, spider[1], wanted)
    if wanted.near:
        near = wanted.near
        rows = iter(sorted(rows, key=lambda row: -_alike(near, row[1])))
    for _, url, state, reason, status, attempts, visited in islice(rows, limit):
        yield DeadLetter(
            spider=spider[0],
            url=url,
            state=UrlState(state).name.lower(),  # type: ignore[arg-type]
            reason=reason,
            http_status=status,
            attempts=attempts,
            visited_at=None if visited is None else iso(visited),
        )


def numbers(db: sqlite3.Connection, spider: int, wanted: UrlFilter) -> list[int]:
    """The rows that match; with `near`, those of its host."""
    return [row[0] for row in _matching(db, spider, wanted)]


def _alike(url: str, other: str) -> int:
    """Characters at the beginning that both have."""
    return next((at for at, (one, two) in enumerate(zip(url, other, strict=False)) if one != two), len(url))


def _matching(db: sqlite3.Connection, spider: int, wanted: UrlFilter) -> Iterator[_Row]:
    where, values = ["u.spider = ?"], [spider]
    if wanted.states:
        where.append(f"u.state IN ({', '.join(str(int(UrlState[state.upper()])) for state in wanted.states)})")
    if wanted.site or wanted.near:
        scope = {wanted.site} if wanted.site else {host_of(wanted.near or "")}
        known = db.execute("SELECT id, name FROM host").fetchall()
        hosts = ", ".join(str(number) for number, name in known if in_scope(name, scope))
        where.append(f"u.host IN ({hosts or 'NULL'})")
    if wanted.since:
        if (moment := date_of(wanted.since)) is None:
            raise LedgerError(f"{wanted.since}: should be a day or a time, 2026-11-24 or 2026-11-24T08:00:00Z")
        where.append("coalesce(u.visited, u.first_seen) >= ?")
        values.append(moment)
    if wanted.near_border:
        where.append("u.near_border = 1")
    texts = [wanted.reason] if wanted.reason else []
    where += ["u.reason = ?"] * len(texts)
    query = f"SELECT {_COLUMNS} FROM url u WHERE {' AND '.join(where)} ORDER BY u.visited DESC NULLS LAST"
    yield from db.execute(query, (*values, *texts))
