"""What the commands ask of the whole ledger: counts, the dead-letter listing, requeue, forget, vacuum, check."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from newscrawl.ledger.sqlite.encoding import UrlState, date_of, iso, lengthen
from newscrawl.ledger.types import DeadLetter, LedgerError, State, host_of, in_scope
from newscrawl.web.urls import normalized_url, url_key

_AGAIN = f"UPDATE url SET state = {UrlState.PENDING}, due = NULL, attempts = 0, reason = NULL, alias_of = NULL"

_BROKEN = {
    "known URLs without a row": "SELECT count(*) FROM known WHERE url NOT IN (SELECT id FROM url)",
    "aliases that lead to no row": f"SELECT count(*) FROM url WHERE state = {UrlState.ALIAS}"
    " AND coalesce(alias_of, 0) NOT IN (SELECT id FROM url)",
    "exported URLs without a revision": f"SELECT count(*) FROM url WHERE state = {UrlState.EXPORTED} AND revision = 0",
    "settled URLs that are still due": "SELECT count(*) FROM url WHERE due IS NOT NULL"
    f" AND state > {UrlState.REJECTED}",
    "rows that a finished run has not given back": "SELECT count(*) FROM url u JOIN run r ON r.id = u.run"
    " WHERE r.finished IS NOT NULL",
    "runs whose visits do not add up": """SELECT count(*) FROM run r WHERE r.taken <> r.returned
        + (SELECT coalesce(sum(n), 0) FROM visit v WHERE v.run = r.id)
        + (SELECT count(*) FROM url u WHERE u.run = r.id)""",
    "cursors beyond the outbox": """SELECT count(*) FROM cursor
        WHERE last > coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0)""",
}


def spiders(db: sqlite3.Connection) -> dict[str, int]:
    """Numbers of the spiders."""
    return dict(db.execute("SELECT name, id FROM spider ORDER BY name"))


def working(db: sqlite3.Connection, spider: int, is_alive: Callable[[str], bool]) -> str | None:
    """The living run of a spider."""
    query = "SELECT run_id FROM run WHERE spider = ? AND finished IS NULL ORDER BY id DESC"
    return next((run_id for (run_id,) in db.execute(query, (spider,)).fetchall() if is_alive(run_id)), None)


def dead_letters(
    db: sqlite3.Connection, spider: tuple[str, int], states: Sequence[State], limit: int
) -> Iterator[DeadLetter]:
    """The URLs of these states, the last visited first in each."""
    query = """SELECT url, reason, status, attempts, visited FROM url WHERE spider = ? AND state = ?
        ORDER BY visited DESC NULLS LAST LIMIT ?"""
    for state in states:
        for url, reason, status, attempts, visited in db.execute(query, (spider[1], UrlState[state.upper()], limit)):
            yield DeadLetter(
                spider=spider[0],
                url=url,
                state=state,
                reason=reason,
                http_status=status,
                attempts=attempts,
                visited_at=None if visited is None else iso(visited),
            )


def requeue(db: sqlite3.Connection, spider: int, states: Sequence[State]) -> int:
    """Makes the URLs of these states pending; returns how many."""
    query = f"{_AGAIN} WHERE spider = ? AND state = ? AND run IS NULL"
    return sum(db.execute(query, (spider, UrlState[state.upper()])).rowcount for state in states)


def requeue_rows(db: sqlite3.Connection, numbers: Iterable[int]) -> int:
    """Makes these rows pending; returns how many."""
    return sum(db.execute(f"{_AGAIN} WHERE id = ? AND run IS NULL", (number,)).rowcount for number in numbers)


def requeue_url(db: sqlite3.Connection, spider: tuple[str, int], url: str) -> bool:
    """Makes one URL pending; False where it is not known."""
    key = url_key(spider[0], normalized_url(url))
    found = db.execute("SELECT url FROM known WHERE key = ?", (key,)).fetchone()
    return found is not None and bool(db.execute(f"{_AGAIN} WHERE id = ? AND run IS NULL", found).rowcount)


def redeliver(db: sqlite3.Connection, spider: int, since: str) -> int:
    """Sets the cursors back to the messages made since then; returns how many messages that are."""
    if (moment := date_of(since)) is None:
        raise LedgerError(f"{since}: should be a day or a time, 2026-11-24 or 2026-11-24T08:00:00Z")
    opened = db.execute("SELECT file FROM cursor WHERE spider = ? AND file IS NOT NULL", (spider,)).fetchone()
    if opened:
        raise LedgerError(f"{opened[0]} was left open by a killed run; run the spider once before")
    count = "SELECT count(*) FROM outbox WHERE spider = ? AND made >= ?"
    db.execute(
        "UPDATE cursor SET last = min(last, coalesce((SELECT min(id) - 1 FROM outbox o WHERE o.spider = cursor.spider"
        " AND o.stream = cursor.stream AND o.made >= ?), last)) WHERE spider = ?",
        (moment, spider),
    )
    return int(db.execute(count, (spider, moment)).fetchone()[0])


def forget(db: sqlite3.Connection, spider: tuple[str, int], scope: Collection[str] = ()) -> int:
    """Takes out the spider's URLs, discovery pages and profiles, of these domains or of all; returns how many URLs.

    The revisions of what was exported are kept, so that records made again are no doubles of those delivered.
    """
    _forget_pages(db, spider[1], scope)
    hosts = [number for number, name in db.execute("SELECT id, name FROM host").fetchall() if in_scope(name, scope)]
    count = 0
    for host in hosts:
        where = "WHERE spider = ? AND host = ? AND run IS NULL"
        query = f"SELECT url, normalized, revision FROM url {where}"
        rows = [(url_key(spider[0], lengthen(*row[:2])), row[2]) for row in db.execute(query, (spider[1], host))]
        db.executemany("DELETE FROM known WHERE key = ?", ((key,) for key, _ in rows))
        db.executemany("INSERT OR REPLACE INTO forgotten VALUES (?, ?)", (row for row in rows if row[1]))
        db.execute(f"DELETE FROM canonical WHERE url IN (SELECT id FROM url {where})", (spider[1], host))
        count += db.execute(f"DELETE FROM url {where}", (spider[1], host)).rowcount
    if scope:
        db.execute(f"{_AGAIN} WHERE spider = ? AND alias_of NOT IN (SELECT id FROM url)", (spider[1],))
    return count


def _forget_pages(db: sqlite3.Connection, spider: int, scope: Collection[str]) -> None:
    """Takes out discovery pages and profiles."""
    pages = db.execute("SELECT id, url FROM listing WHERE spider = ?", (spider,)).fetchall()
    gone = [(number,) for number, url in pages if in_scope(host_of(url), scope)]
    db.executemany("DELETE FROM listing WHERE id = ?", gone)
    for table in ("profile", "site_run", "site_day", "site_mute"):
        sites = db.execute(f"SELECT DISTINCT site FROM {table} WHERE spider = ?", (spider,)).fetchall()
        known = [(spider, site) for (site,) in sites if in_scope(site, scope)]
        db.executemany(f"DELETE FROM {table} WHERE spider = ? AND site = ?", known)


def check(db: sqlite3.Connection) -> list[str]:
    """What is wrong in the file; [] for a sound one. 8 s for a million URLs."""
    problems = [found[0] for found in db.execute("PRAGMA integrity_check(10)") if found[0] != "ok"]
    for problem, query in _BROKEN.items():
        if number := db.execute(query).fetchone()[0]:
            problems.append(f"{problem}: {number}")
    rows = db.execute("SELECT s.name, u.url, u.normalized, u.id FROM url u JOIN spider s ON s.id = u.spider")
    keyless = sum(not _has_key(db, *row) for row in rows)
    return [*problems, f"rows without a key: {keyless}"] if keyless else problems


def _has_key(db: sqlite3.Connection, spider: str, url: str, normalized: str | None, number: int) -> bool:
    key = url_key(spider, lengthen(url, normalized))
    found = db.execute("SELECT url FROM known WHERE key = ?", (key,)).fetchone()
    return found is not None and found[0] == number


def profile(db: sqlite3.Connection, spider: int, site: str) -> bytes | None:
    """The body of the site's profile."""
    found = db.execute("SELECT body FROM profile WHERE spider = ? AND site = ?", (spider, site)).fetchone()
    return found[0] if found else None
