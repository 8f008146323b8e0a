"""Runs, the hosts they hold, and site profiles."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable

from newscrawl.ledger.sqlite.encoding import Run, UrlState, iso, number_of
from newscrawl.ledger.sqlite.outbox_rows import waiting
from newscrawl.ledger.types import STATES, VISITS, Holder, Report, State, Visit


def begin(db: sqlite3.Connection, run_id: str, spider: str, now: int) -> Run:
    """Makes the run."""
    number = number_of(db, "spider", spider)
    if db.execute("SELECT 1 FROM run WHERE run_id = ?", (run_id,)).fetchone():
        raise ValueError(f"run id {run_id!r} was used before")
    is_first = not db.execute("SELECT 1 FROM run WHERE spider = ?", (number,)).fetchone()
    made = db.execute(
        "INSERT INTO run (run_id, spider, pid, started) VALUES (?, ?, ?, ?)", (run_id, number, os.getpid(), now)
    )
    (rows,) = db.execute("SELECT coalesce(max(id), 0) FROM url").fetchone()
    return Run(
        number=int(made.lastrowid or 0),
        run_id=run_id,
        spider=number,
        spider_name=spider,
        rows_before=rows,
        is_first=is_first,
    )


def free_dead(db: sqlite3.Connection, is_alive: Callable[[str], bool]) -> None:
    """Takes back rows and hosts from runs whose process is gone."""
    for number, run_id in db.execute(
        "SELECT id, run_id FROM run WHERE id IN (SELECT run FROM url WHERE run IS NOT NULL UNION SELECT run FROM lock)"
    ).fetchall():
        if not is_alive(run_id):
            _free(db, number)


def _free(db: sqlite3.Connection, number: int) -> int:
    """Takes back what a run holds; returns how many rows."""
    db.execute("DELETE FROM lock WHERE run = ?", (number,))
    returned = db.execute("UPDATE url SET run = NULL WHERE run = ?", (number,)).rowcount
    db.execute("UPDATE run SET returned = returned + ? WHERE id = ?", (returned, number))
    return returned


def lock(db: sqlite3.Connection, run: Run, name: str, is_alive: Callable[[str], bool]) -> Holder | None:
    """Makes the run the holder of a host; returns the run that is, where that one is alive."""
    query = "SELECT r.id, r.run_id, r.pid, r.started FROM lock h JOIN run r ON r.id = h.run WHERE h.name = ?"
    found = db.execute(query, (name,)).fetchone()
    if found and found[0] == run.number:
        return None
    if found and is_alive(found[1]):
        return Holder(found[1], found[2], iso(found[3]))
    db.execute("INSERT OR REPLACE INTO lock (name, run) VALUES (?, ?)", (name, run.number))
    return None


def finish(db: sqlite3.Connection, run: Run, now: int) -> Report:
    """Ends the run: what it still had goes back, and the balance is drawn."""
    returned = _free(db, run.number)
    db.execute("UPDATE run SET finished = ? WHERE id = ?", (now, run.number))
    started, found, taken = db.execute("SELECT started, found, taken FROM run WHERE id = ?", (run.number,)).fetchone()
    counted = dict(db.execute("SELECT kind, n FROM visit WHERE run = ?", (run.number,)))
    visits: dict[Visit, int] = {kind: counted.get(kind, 0) for kind in VISITS}
    return Report(
        run_id=run.run_id,
        spider=run.spider_name,
        started_at=iso(started),
        finished_at=iso(now),
        found=found,
        taken=taken,
        returned=returned,
        visits=visits,
        states=states(db, run.spider),
        known=db.execute("SELECT count(*) FROM url WHERE spider = ?", (run.spider,)).fetchone()[0],
        outbox=waiting(db, run.spider),
    )


def last_unfinished(db: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Spider, id and start of the last run of each spider, where it has no end."""
    query = (
        "SELECT s.name, r.run_id, r.started FROM run r JOIN spider s ON s.id = r.spider WHERE r.finished IS NULL"
        " AND r.id = (SELECT max(id) FROM run WHERE spider = r.spider) ORDER BY s.name"
    )
    return db.execute(query).fetchall()


def states(db: sqlite3.Connection, spider: int) -> dict[State, int]:
    """How many URLs of the spider stand where."""
    counted = dict(db.execute("SELECT state, count(*) FROM url WHERE spider = ? GROUP BY state", (spider,)))
    return {name: counted.get(UrlState[name.upper()], 0) for name in STATES}


def profile(db: sqlite3.Connection, run: Run, site: str) -> tuple[str, bytes] | None:
    """Id and JSON of the site's profile."""
    query = "SELECT id, body FROM profile WHERE spider = ? AND site = ?"
    found: tuple[str, bytes] | None = db.execute(query, (run.spider, site)).fetchone()
    return found


def put_profile(db: sqlite3.Connection, run: Run, site: str, profile_id: str, body: bytes, now: int) -> None:
    """Stores the site's profile in place of the one before."""
    db.execute(
        "INSERT OR REPLACE INTO profile (spider, site, id, body, made) VALUES (?, ?, ?, ?, ?)",
        (run.spider, site, profile_id, body, now),
    )
