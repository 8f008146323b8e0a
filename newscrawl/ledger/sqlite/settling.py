"""What becomes of a row that was handed out: its state, its record in the outbox and the run's balance, together."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from newscrawl.ledger.revisit_policy import MAY_CHANGE, next_visit, retry_at, try_again_at
from newscrawl.ledger.sqlite.encoding import Run, UrlState, date_of, iso, lengthen, number_of, shorten
from newscrawl.ledger.sqlite.outbox_rows import put
from newscrawl.ledger.sqlite.queue import remember
from newscrawl.ledger.types import FinalUrl, NotTakenError, Settlement, Visit, host_of
from newscrawl.web.urls import url_key

_MAX_VALIDATOR = 256
"""Longer ETags are not kept: the page is fetched in full again instead."""

_MAX_REASON = 200


@dataclass(slots=True)
class _Entry:
    """What the row says before the fetch."""

    id: int
    run: int | None
    revision: int
    attempts: int
    quiet: int
    fresh: int
    content_hash: bytes | None
    url: str
    normalized: str


def _load(db: sqlite3.Connection, number: int) -> _Entry | None:
    found = db.execute(
        "SELECT id, run, revision, attempts, quiet, fresh, content_hash, url, normalized FROM url WHERE id = ?",
        (number,),
    ).fetchone()
    if found is None:
        return None
    entry = _Entry(*found)
    entry.normalized = lengthen(entry.url, found[-1])
    return entry


def settle(db: sqlite3.Connection, run: Run, number: int, end: Settlement, now: int, max_failures: int) -> Visit:
    """Ends the run's hold on the row; see `Ledger.settle` for what becomes of it."""
    entry = _load(db, number)
    if entry is None or entry.run != run.number:
        raise NotTakenError(f"row {number} was not handed out to run {run.run_id}, or is settled already")
    if end.outcome == "article":
        visit = _article(db, run, entry, end, now)
    elif end.outcome == "alias":
        visit = _alias(db, run, entry, end, now)
    elif end.outcome == "unchanged" and entry.revision:
        visit = _unchanged(db, entry, end, now)
    elif end.outcome == "rejected":
        visit = _rejected(db, entry, end, now)
    elif end.outcome == "gone" and entry.revision:
        visit = _gone(db, run, entry, end, now)
    else:
        visit = _failed(db, entry, end, now, max_failures)
    db.execute(
        "INSERT INTO visit (run, kind, n) VALUES (?, ?, 1) ON CONFLICT (run, kind) DO UPDATE SET n = visit.n + 1",
        (run.number, visit),
    )
    return visit


def _article(db: sqlite3.Connection, run: Run, entry: _Entry, end: Settlement, now: int) -> Visit:
    if end.final_url is None or end.final_url.normalized_url == entry.normalized:
        if twin := _twin(db, run, entry, end):
            return _to_alias(db, entry.id, twin, end, now)
        return _export(db, run, entry, end, now, run_after=None)
    target = _final_row(db, run, entry, end.final_url)
    if target.revision:  # it has its own record, and its own revisits find its changes
        return _to_alias(db, entry.id, target.id, end, now)
    target.revision, target.content_hash = entry.revision, entry.content_hash
    visit = _export(db, run, target, end, now, run_after=target.run)
    _to_alias(db, entry.id, target.id, end, now)
    return visit


def _twin(db: sqlite3.Connection, run: Run, entry: _Entry, end: Settlement) -> int | None:
    """The exported row of the same article under another URL: one of the two pages names the other as canonical, and
    both have one text. Notes what the page names, for the other page may come later."""
    if entry.revision:
        return None
    own = url_key(run.spider_name, entry.normalized)
    rows = db.execute("SELECT url FROM canonical WHERE key = ?", (own,)).fetchall()
    if end.canonical and end.canonical != entry.normalized:
        named = url_key(run.spider_name, end.canonical)
        rows += db.execute("SELECT url FROM known WHERE key = ?", (named,)).fetchall()
        db.execute("INSERT OR IGNORE INTO canonical VALUES (?, ?)", (named, entry.id))
    digest = bytes.fromhex(end.content_hash or "")[:16]
    others = (_load(db, number) for (number,) in rows)
    return next((row.id for row in others if row and row.revision and row.content_hash == digest), None)


def _export(db: sqlite3.Connection, run: Run, entry: _Entry, end: Settlement, now: int, run_after: int | None) -> Visit:
    digest = bytes.fromhex(end.content_hash or "")[:16]
    if entry.revision and digest == entry.content_hash:
        return _unchanged(db, entry, end, now, run_after)
    put(db, run, "articles", _record(db, end), now)
    _write(
        db, entry.id, end, now, state=UrlState.EXPORTED, run=run_after, revision=entry.revision + 1, content_hash=digest
    )
    _stay_exported(db, entry, end, now, quiet=0)
    return "revised" if entry.revision else "new"


def _record(db: sqlite3.Connection, end: Settlement) -> bytes:
    record = end.record(db) if callable(end.record) else end.record
    if not record or b"\n" in record:
        raise ValueError("a record is one line of JSON")
    return record


def _unchanged(db: sqlite3.Connection, entry: _Entry, end: Settlement, now: int, run_after: int | None = None) -> Visit:
    _write(
        db,
        entry.id,
        end,
        now,
        state=UrlState.EXPORTED,
        run=run_after,
        revision=entry.revision,
        content_hash=entry.content_hash,
    )
    _stay_exported(db, entry, end, now, quiet=entry.quiet + 1)
    return "unchanged"


def _stay_exported(db: sqlite3.Connection, entry: _Entry, end: Settlement, now: int, quiet: int) -> None:
    """Sets the next revisit, by the article's own date; a 304 without validators leaves the old ones in force."""
    kept = [value if value and len(value) <= _MAX_VALIDATOR else None for value in end.validators]
    published = date_of(end.published)
    fresh = entry.fresh if published is None else min(published, now)
    db.execute(
        "UPDATE url SET due = ?, fresh = ?, quiet = ?, etag = coalesce(?, etag),"
        " last_modified = coalesce(?, last_modified) WHERE id = ?",
        (next_visit(fresh, now), fresh, quiet, *kept, entry.id),
    )


def _rejected(db: sqlite3.Connection, entry: _Entry, end: Settlement, now: int) -> Visit:
    if entry.revision:  # an article whose page is a consent wall or a list today is still an article
        _unchanged(db, entry, end, now)
    else:
        attempts = entry.attempts + 1 if entry.attempts or end.reason in MAY_CHANGE else 0
        due = try_again_at(attempts, now)
        _write(db, entry.id, end, now, state=UrlState.REJECTED, due=due, attempts=attempts)
    return "rejected"


def _failed(db: sqlite3.Connection, entry: _Entry, end: Settlement, now: int, max_failures: int) -> Visit:
    attempts = entry.attempts + 1
    if attempts < max_failures and not (end.http_status == 410 and not entry.revision):
        _write(db, entry.id, end, now, state=UrlState.PENDING, attempts=attempts, due=retry_at(attempts, now))
    elif entry.revision:
        _unchanged(db, entry, end, now)
    else:
        _write(db, entry.id, end, now, state=UrlState.DEAD, attempts=attempts)
    return "failed"


def _gone(db: sqlite3.Connection, run: Run, entry: _Entry, end: Settlement, now: int) -> Visit:
    tombstone: dict[str, Any] = {
        "id": url_key(run.spider_name, entry.normalized).hex(),
        "url": entry.url,
        "normalized_url": entry.normalized,
        "revision": entry.revision,
        "http_status": end.http_status,
        "gone_at": iso(now),
        "spider": run.spider_name,
        "run_id": run.run_id,
    }
    put(db, run, "tombstones", json.dumps(tombstone, ensure_ascii=False).encode(), now)
    # Should it come back, a record goes out, though its text be the same.
    _write(db, entry.id, end, now, state=UrlState.GONE, content_hash=b"")
    return "gone"


def _alias(db: sqlite3.Connection, run: Run, entry: _Entry, end: Settlement, now: int) -> Visit:
    if end.final_url is None or end.final_url.normalized_url == entry.normalized:
        raise ValueError("an alias needs a final URL other than itself")
    return _to_alias(db, entry.id, _final_row(db, run, entry, end.final_url).id, end, now)


def _to_alias(db: sqlite3.Connection, number: int, target: int, end: Settlement, now: int) -> Visit:
    _write(db, number, end, now, state=UrlState.ALIAS, alias_of=target)
    return "alias"


def _final_row(db: sqlite3.Connection, run: Run, entry: _Entry, final_url: FinalUrl) -> _Entry:
    """The row of the URL where the request ended, made from this one where it is new."""
    key = url_key(run.spider_name, final_url.normalized_url)
    found = db.execute("SELECT url FROM known WHERE key = ?", (key,)).fetchone()
    if found is None:
        made = db.execute(
            "INSERT INTO url (spider, host, fresh, first_seen, listing, discovery, url, normalized)"
            " SELECT spider, ?, fresh, first_seen, listing, discovery, ?, ? FROM url WHERE id = ?",
            (
                number_of(db, "host", host_of(final_url.url)),
                final_url.url,
                shorten(final_url.url, final_url.normalized_url),
                entry.id,
            ),
        )
        found = (made.lastrowid,)
        db.execute("INSERT INTO known (key, url) VALUES (?, ?)", (key, found[0]))
        remember(db, key, int(made.lastrowid or 0))
        db.execute("UPDATE run SET found = found + 1 WHERE id = ?", (run.number,))
    target = _load(db, int(found[0]))
    if target is None:
        raise sqlite3.IntegrityError(f"known URL without a row: {final_url.normalized_url}")
    return target


def _write(
    db: sqlite3.Connection,
    number: int,
    end: Settlement,
    now: int,
    *,
    state: UrlState,
    run: int | None = None,
    due: int | None = None,
    attempts: int = 0,
    revision: int | None = None,
    content_hash: bytes | None = None,
    alias_of: int | None = None,
) -> None:
    reason = end.reason[:_MAX_REASON] if end.reason else None
    db.execute(
        "UPDATE url SET state = ?, run = ?, due = ?, attempts = ?, revision = coalesce(?, revision),"
        " content_hash = coalesce(?, content_hash),"
        " alias_of = ?, reason = ?, near_border = ?, status = ?, visited = ? WHERE id = ?",
        (
            *(state, run, due, attempts, revision, content_hash, alias_of),
            *(reason, end.near_border, end.http_status, now, number),
        ),
    )
