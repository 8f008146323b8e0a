"""Rows in and out of the queue: found URLs become rows, rows are handed out to the run."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, zip_longest
from urllib.parse import urlsplit

from newscrawl.items import DiscoveredUrl
from newscrawl.ledger.revisit_policy import brought_forward, try_again_at
from newscrawl.ledger.sqlite.encoding import (
    LONGEST,
    Run,
    UrlState,
    date_of,
    dump_discovery,
    iso,
    lengthen,
    load_discovery,
    number_of,
    shorten,
)
from newscrawl.ledger.types import Discovered, DiscoveryPageState, UrlEntry, Validators, host_of, in_scope
from newscrawl.web.control_characters import one_line_field
from newscrawl.web.urls import url_key

_UNDATED_IS_OLD = frozenset({"sitemap", "archive"})
"""Listing pages and feeds name what is fresh; a sitemap without dates is mostly old."""

_KNOWN = "SELECT url FROM known WHERE key = ?"

_NEXT_HOST = f"""SELECT q.host, h.name FROM url q JOIN host h ON h.id = q.host
    WHERE q.spider = ? AND q.host > ? AND q.state = {UrlState.PENDING} AND q.run IS NULL AND q.due IS NULL
    ORDER BY q.host LIMIT 1"""

_FRESHEST = f"""SELECT u.id, u.url, u.normalized, u.discovery, l.url, u.first_seen, u.revision, u.attempts,
    u.etag, u.last_modified FROM url u LEFT JOIN listing l ON l.id = u.listing
    WHERE u.spider = ? AND u.host = ? AND u.state = {UrlState.PENDING} AND u.run IS NULL AND u.due IS NULL
    ORDER BY u.fresh DESC LIMIT ?"""

_WANTED = "FROM temp.wanted w JOIN url {0} ON {0}.id = w.url"


def discover(
    db: sqlite3.Connection, run: Run, listing: int | None, found: Iterable[DiscoveredUrl], now: int
) -> Discovered:
    """Makes rows of the URLs that are not known; queues known ones that are dated after our last visit."""
    new = due = known = again = malformed = 0
    for entry in found:
        key = _key(run, entry)
        if key is None:
            malformed += 1
        elif row := db.execute(_KNOWN, (key,)).fetchone():
            is_due, is_own = _dated_later(db, row[0], entry, now), row[0] > run.rows_before
            due, again, known = due + is_due, again + is_own, known + (not is_due and not is_own)
        else:
            number = _insert(db, run, listing, entry, now)
            db.execute("INSERT INTO known (key, url) VALUES (?, ?)", (key, number))
            remember(db, key, number)
            new += 1
    db.execute("UPDATE run SET found = found + ? WHERE id = ?", (new, run.number))
    return Discovered(new, due, known, again, malformed)


def remember(db: sqlite3.Connection, key: bytes, number: int) -> None:
    """Gives a row the revision that it had before it was forgotten, if it was."""
    found = db.execute("DELETE FROM forgotten WHERE key = ? RETURNING revision", (key,)).fetchone()
    if found:
        db.execute("UPDATE url SET revision = ? WHERE id = ?", (found[0], number))


def has_unknown(db: sqlite3.Connection, run: Run, urls: Iterable[str]) -> bool:
    """Whether one of these normalized URLs is not known."""
    return any(db.execute(_KNOWN, (url_key(run.spider_name, url),)).fetchone() is None for url in urls)


def try_again(db: sqlite3.Connection, run: Run, reason: str) -> None:
    """Makes pending what was rejected for this reason."""
    db.execute(
        f"UPDATE url SET state = {UrlState.PENDING}, due = NULL, attempts = 0, reason = NULL"
        f" WHERE spider = ? AND state = {UrlState.REJECTED} AND reason = ?",
        (run.spider, reason),
    )


def waiting(db: sqlite3.Connection, run: Run) -> int:
    """How many rows are in the queue."""
    count = f"SELECT count(*) FROM url WHERE spider = ? AND state = {UrlState.PENDING} AND run IS NULL AND due IS NULL"
    return int(db.execute(count, (run.spider,)).fetchone()[0])


def _key(run: Run, entry: DiscoveredUrl) -> bytes | None:
    """The URL's key; None where it is no URL that can be stored."""
    if not host_of(entry.url) or "@" in urlsplit(entry.url).netloc or one_line_field(entry.url) != entry.url:
        return None
    if max(len(entry.url), len(entry.normalized_url)) > LONGEST:
        return None
    try:
        entry.url.encode()
        return url_key(run.spider_name, entry.normalized_url)
    except UnicodeEncodeError:  # "http://x/\ud800": half a character, out of JSON
        return None


def _insert(db: sqlite3.Connection, run: Run, listing: int | None, entry: DiscoveredUrl, now: int) -> int:
    made = db.execute(
        "INSERT INTO url (spider, host, fresh, first_seen, listing, discovery, url, normalized)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            run.spider,
            number_of(db, "host", host_of(entry.url)),
            _freshness(entry, now),
            now,
            listing,
            dump_discovery(entry.discovery),
            entry.url,
            shorten(entry.url, entry.normalized_url),
        ),
    )
    return int(made.lastrowid or 0)


def _freshness(entry: DiscoveredUrl, now: int) -> int:
    """The date given; dates to come count as now, for some sites keep a story on top with the year 2099."""
    if entry.is_uncertain:
        return -1
    date = date_of(entry.discovery.date)
    if date is None:
        return 0 if entry.discovery.kind in _UNDATED_IS_OLD else now
    return min(date, now)


def _dated_later(db: sqlite3.Connection, row: int, entry: DiscoveredUrl, now: int) -> bool:
    """Whether an exported row was queued again, since the page dates it after our last visit."""
    date = date_of(entry.discovery.date)
    if date is None:
        return False
    visit = db.execute(
        f"SELECT visited, quiet FROM url WHERE id = ? AND state = {UrlState.EXPORTED} AND due IS NOT NULL", (row,)
    ).fetchone()
    if visit is None or date <= visit[0]:
        return False
    due = brought_forward(*visit)
    if due <= now:
        db.execute(f"UPDATE url SET state = {UrlState.PENDING}, due = NULL WHERE id = ?", (row,))
    else:
        db.execute("UPDATE url SET due = min(due, ?) WHERE id = ?", (due, row))
    return due <= now


def put_page_state(db: sqlite3.Connection, run: Run, listing: DiscoveryPageState, now: int) -> int:
    """Number of the discovery page; its validators are stored."""
    found = db.execute(
        "INSERT INTO listing (spider, url, etag, last_modified, visited) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (spider, url) DO UPDATE SET"
        " etag = excluded.etag, last_modified = excluded.last_modified, visited = excluded.visited RETURNING id",
        (run.spider, listing.url, *listing.validators, now),
    ).fetchone()
    return int(found[0])


def listing_number(db: sqlite3.Connection, run: Run, url: str, now: int) -> int:
    """Number of the discovery page; its validators stay as they were, until all its URLs are stored."""
    db.execute("INSERT OR IGNORE INTO listing (spider, url, visited) VALUES (?, ?, ?)", (run.spider, url, now))
    found = db.execute("SELECT id FROM listing WHERE spider = ? AND url = ?", (run.spider, url)).fetchone()
    return int(found[0])


def validators(db: sqlite3.Connection, run: Run, url: str) -> Validators:
    """Validators of a discovery page; both None where it is not known."""
    query = "SELECT etag, last_modified FROM listing WHERE spider = ? AND url = ?"
    found = db.execute(query, (run.spider, url)).fetchone()
    return Validators(*found) if found else Validators()


def queue_due(db: sqlite3.Connection, run: Run, now: int, *, revisit: bool) -> None:
    """Queues what failed or was rejected in earlier runs and may be tried again and, where `revisit`, the articles to
    look at again."""
    always = (UrlState.PENDING, UrlState.REJECTED)
    for state in (*always, UrlState.EXPORTED) if revisit else always:
        db.execute(
            f"UPDATE url SET state = {UrlState.PENDING}, due = NULL WHERE spider = ? AND due <= ? AND state = ?",
            (run.spider, now, state),
        )


def queue_fresh(db: sqlite3.Connection, run: Run, since: int, scope: Collection[str]) -> None:
    """Queues the articles of these domains that were published since then."""
    for host in _hosts_in(db, scope):
        db.execute(
            f"UPDATE url SET state = {UrlState.PENDING}, due = NULL"
            f" WHERE spider = ? AND host = ? AND state = {UrlState.EXPORTED} AND fresh >= ? AND run IS NULL",
            (run.spider, host, since),
        )


def try_rejected_again(db: sqlite3.Connection, run: Run, site: str, since: int, now: int) -> int:
    """Has what was rejected of a site since then tried again; returns how many URLs."""
    count = 0
    for host in _hosts_in(db, {site}):
        count += db.execute(
            "UPDATE url SET due = ?, attempts = 1"
            f" WHERE spider = ? AND host = ? AND state = {UrlState.REJECTED} AND visited > ? AND attempts = 0",
            (try_again_at(1, now), run.spider, host, since),
        ).rowcount
    return count


def _hosts_in(db: sqlite3.Connection, scope: Collection[str]) -> list[int]:
    return [number for number, name in db.execute("SELECT id, name FROM host").fetchall() if in_scope(name, scope)]


def hosts_from(db: sqlite3.Connection, run: Run, last: int, *, wanted: bool = False) -> Iterator[tuple[int, str]]:
    """Hosts that have queued rows, in the order of their numbers, from the one after `last` round to it; `wanted`: rows
    of the table of `wanted` only."""
    query = _NEXT_HOST.replace("FROM url q", _WANTED.format("q")) if wanted else _NEXT_HOST
    for start, stop in ((last, None), (0, last)):
        host = start
        while found := db.execute(query, (run.spider, host)).fetchone():
            host = found[0]
            if stop is not None and host > stop:
                break
            yield found


def take(
    db: sqlite3.Connection, run: Run, n: int, hosts: Sequence[tuple[int, str]], *, wanted: bool = False
) -> list[UrlEntry]:
    """At most n rows of these hosts in turn, freshest first in each; they are the run's until it settles them."""
    quota = -(-n // len(hosts)) if hosts else 0
    query = _FRESHEST.replace("FROM url u", _WANTED.format("u")) if wanted else _FRESHEST
    queues = [[_url_entry(row, name) for row in db.execute(query, (run.spider, host, quota))] for host, name in hosts]
    rows = [row for row in chain.from_iterable(zip_longest(*queues)) if row][:n]
    db.executemany("UPDATE url SET run = ? WHERE id = ?", [(run.number, row.id) for row in rows])
    db.execute("UPDATE run SET taken = taken + ? WHERE id = ?", (len(rows), run.number))
    return rows


def _url_entry(found: tuple[int, str, str | None, str, str, int, int, int, str, str], host: str) -> UrlEntry:
    number, url, normalized, discovery, listing, first_seen, revision, attempts, etag, last_modified = found
    return UrlEntry(
        id=number,
        url=url,
        normalized_url=lengthen(url, normalized),
        host=host,
        discovery=load_discovery(discovery, listing),
        first_seen_at=iso(first_seen),
        revision=revision,
        attempts=attempts,
        validators=Validators(etag, last_modified),
    )
