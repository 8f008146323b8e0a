"""What keeps the ledger small, and takes one text out of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

import msgspec

from newscrawl.ledger.sqlite.encoding import UrlState, iso, lengthen, packed, unpacked
from newscrawl.ledger.types import Erased
from newscrawl.web.urls import normalized_url, url_key

ERASED = "erased"
"""Reason of a URL whose text was taken out: it is not fetched again."""


def prune(db: sqlite3.Connection, before: int) -> dict[str, int]:
    """Takes out what was last seen before that moment and gives no record: URLs that were rejected, dead, gone or
    aliases, finished runs, discovery pages that no URL names. Returns how many of each."""
    named = dict[int, str](db.execute("SELECT id, name FROM spider").fetchall())
    count = 0
    for states in ((UrlState.ALIAS,), (UrlState.REJECTED, UrlState.DEAD, UrlState.GONE)):
        marks = ", ".join(str(int(state)) for state in states)
        rows = db.execute(
            f"SELECT id, spider, url, normalized, revision FROM url WHERE state IN ({marks}) AND run IS NULL"
            " AND visited < ? AND reason IS NOT ? AND id NOT IN (SELECT alias_of FROM url WHERE alias_of IS NOT NULL)",
            (before, ERASED),
        ).fetchall()
        for number, spider, url, normalized, revision in rows:
            key = url_key(named[spider], lengthen(url, normalized))
            db.execute("DELETE FROM known WHERE key = ? AND url = ?", (key, number))
            if revision:
                db.execute("INSERT OR REPLACE INTO forgotten VALUES (?, ?)", (key, revision))
            db.execute("DELETE FROM canonical WHERE url = ?", (number,))
            db.execute("DELETE FROM url WHERE id = ?", (number,))
        count += len(rows)
    pages = db.execute(
        "DELETE FROM listing WHERE visited < ? AND id NOT IN (SELECT listing FROM url WHERE listing IS NOT NULL)",
        (before,),
    ).rowcount
    runs = "SELECT id FROM run WHERE finished < ? AND id NOT IN (SELECT max(id) FROM run GROUP BY spider)"
    db.execute(f"DELETE FROM visit WHERE run IN ({runs})", (before,))
    gone = db.execute(f"DELETE FROM run WHERE id IN ({runs})", (before,)).rowcount
    return {"urls": count, "runs": gone, "discovery_pages": pages}


def erase(db: sqlite3.Connection, url: str, now: int) -> list[Erased]:
    """Takes the text of a page out: its messages that wait or are kept, what the feed said of it, its hash. A tombstone
    goes out, once. Returns the articles that it is, of all spiders; [] where the ledger does not know it."""
    found = list(_entries(db, url))
    for number, spider, one in found:
        _drop_messages(db, spider, one.id)
        (reason,) = db.execute("SELECT reason FROM url WHERE id = ?", (number,)).fetchone()
        if reason != ERASED and one.revision:
            _bury(db, spider, one, now)
        db.execute(
            "UPDATE url SET state = ?, reason = ?, due = NULL, content_hash = NULL, etag = NULL, last_modified = NULL,"
            " discovery = NULL, alias_of = NULL WHERE id = ?",
            (int(UrlState.GONE), ERASED, number),
        )
    return [one for _, _, one in found]


def _entries(db: sqlite3.Connection, url: str) -> Iterator[tuple[int, int, Erased]]:
    """The URL's entries, those that lead to it, and those that it leads to."""
    for spider, name in db.execute("SELECT id, name FROM spider").fetchall():
        known = db.execute("SELECT url FROM known WHERE key = ?", (url_key(name, normalized_url(url)),)).fetchone()
        if known is None:
            continue
        query = """SELECT id, url, normalized, revision FROM url WHERE id = ? OR alias_of = ?
            OR id = (SELECT alias_of FROM url WHERE id = ?)"""
        for number, stored, normalized, revision in db.execute(query, (*known, *known, *known)).fetchall():
            key = lengthen(stored, normalized)
            one = Erased(id=url_key(name, key).hex(), url=stored, normalized_url=key, revision=revision, spider=name)
            yield number, spider, one


def _drop_messages(db: sqlite3.Connection, spider: int, article: str) -> None:
    query = "SELECT id, coding, body FROM outbox WHERE spider = ? AND stream = 'articles'"
    for number, coding, body in db.execute(query, (spider,)).fetchall():
        if msgspec.json.decode(unpacked(coding, body)).get("id") == article:
            db.execute("DELETE FROM outbox WHERE id = ?", (number,))


def _bury(db: sqlite3.Connection, spider: int, one: Erased, now: int) -> None:
    tombstone = {
        "id": one.id,
        "url": one.url,
        "normalized_url": one.normalized_url,
        "revision": one.revision,
        "http_status": 410,
        "gone_at": iso(now),
        "spider": one.spider,
        "run_id": ERASED,
    }
    row = (spider, "tombstones", now, *packed(json.dumps(tombstone, ensure_ascii=False).encode()))
    db.execute("INSERT INTO outbox (spider, stream, made, coding, body) VALUES (?, ?, ?, ?, ?)", row)
