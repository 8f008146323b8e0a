"""What the latest runs saw of each site, as JSON that the ledger does not read."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from newscrawl.ledger.sqlite.encoding import Run

KEPT = 60
"""Runs of a site that are kept."""


def site_runs(db: sqlite3.Connection, spider: int, sites: Sequence[str]) -> dict[str, list[bytes]]:
    """By site, the runs that are kept, the oldest first; sites without any are left out."""
    query = "SELECT figures FROM site_run WHERE spider = ? AND site = ? ORDER BY run"
    found = {site: [row[0] for row in db.execute(query, (spider, site))] for site in sites}
    return {site: runs for site, runs in found.items() if runs}


def put_site_runs(db: sqlite3.Connection, run: Run, figures: Mapping[str, bytes]) -> None:
    """Stores what this run saw; the oldest runs of its sites go."""
    for site, seen in figures.items():
        db.execute("INSERT OR REPLACE INTO site_run VALUES (?, ?, ?, ?)", (run.spider, site, run.number, seen))
        db.execute(
            "DELETE FROM site_run WHERE spider = ? AND site = ? AND run <= (SELECT run FROM site_run"
            " WHERE spider = ? AND site = ? ORDER BY run DESC LIMIT 1 OFFSET ?)",
            (run.spider, site, run.spider, site, KEPT),
        )


def sites(db: sqlite3.Connection, spider: int) -> list[str]:
    """The sites of a spider that have runs."""
    query = "SELECT DISTINCT site FROM site_run WHERE spider = ? ORDER BY site"
    return [row[0] for row in db.execute(query, (spider,))]


def accept(db: sqlite3.Connection, spider: int, site: str | None) -> int:
    """Forgets the runs of a site, or of all sites; returns the number of sites."""
    chosen = [name for name in sites(db, spider) if site in (None, name)]
    db.executemany("DELETE FROM site_run WHERE spider = ? AND site = ?", [(spider, name) for name in chosen])
    return len(chosen)
