"""What the latest runs saw of each site, and all runs of a day, as JSON that the ledger does not read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from newscrawl.ledger.sqlite.encoding import Run
from newscrawl.ledger.types import SiteDay, SiteFigures, SitePast

KEPT = 60
"""Runs of a site that are kept, each by itself."""
DAYS = 400
"""Days of a site that are kept: a year and a month, so that a season can be seen beside the one before."""


def site_past(db: sqlite3.Connection, spider: int, sites: Sequence[str], day: int) -> dict[str, SitePast]:
    """By site, the runs that are kept, and the days from that one on, the oldest first; as far as they are usual."""
    runs = "SELECT figures FROM site_run WHERE spider = ? AND site = ? ORDER BY run"
    days = "SELECT day, figures FROM site_day WHERE spider = ? AND site = ? AND day >= ? AND usual = 1 ORDER BY day"
    found = {
        site: SitePast(
            [row[0] for row in db.execute(runs, (spider, site))], dict(db.execute(days, (spider, site, day)))
        )
        for site in sites
    }
    return {site: past for site, past in found.items() if past.runs or past.days}


def put_site_runs(db: sqlite3.Connection, run: Run, figures: Mapping[str, SiteFigures]) -> None:
    """Stores what this run saw; the oldest runs and days of its sites go."""
    for site, seen in figures.items():
        db.execute("INSERT OR REPLACE INTO site_run VALUES (?, ?, ?, ?)", (run.spider, site, run.number, seen.run))
        db.execute(
            "DELETE FROM site_run WHERE spider = ? AND site = ? AND run <= (SELECT run FROM site_run"
            " WHERE spider = ? AND site = ? ORDER BY run DESC LIMIT 1 OFFSET ?)",
            (run.spider, site, run.spider, site, KEPT),
        )
        if seen.day is not None:
            _put_day(db, run.spider, site, seen.day)


def _put_day(db: sqlite3.Connection, spider: int, site: str, seen: SiteDay) -> None:
    db.execute(
        "INSERT OR REPLACE INTO site_day (spider, site, day, runs, articles, records, rejected, failed, figures, usual)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        (spider, site, *seen),
    )
    oldest = seen.day - DAYS
    db.execute("DELETE FROM site_day WHERE spider = ? AND site = ? AND day <= ?", (spider, site, oldest))


def runs_by_site(db: sqlite3.Connection, spider: int) -> dict[str, list[bytes]]:
    """The runs that are kept of each site, the oldest first."""
    found: dict[str, list[bytes]] = {}
    for site, figures in db.execute(
        "SELECT site, figures FROM site_run WHERE spider = ? ORDER BY site, run", (spider,)
    ):
        found.setdefault(site, []).append(figures)
    return found


def first_run(db: sqlite3.Connection, since: int) -> int:
    """Number of the first run that ended since then (seconds since 1970)."""
    query = "SELECT coalesce(min(id), 1 << 60) FROM run WHERE coalesce(finished, started) >= ?"
    return int(db.execute(query, (since,)).fetchone()[0])


def latest(db: sqlite3.Connection, spider: int, first: int) -> dict[str, list[bytes]]:
    """By site, the runs from that number on, and the last one before them; the oldest first."""
    one = (
        "SELECT figures FROM site_run WHERE spider = ? AND site = ? AND run >= coalesce((SELECT max(run)"
        " FROM site_run WHERE spider = ? AND site = ? AND run < ?), ?) ORDER BY run"
    )
    return {
        site: [row[0] for row in db.execute(one, (spider, site) * 2 + (first, first))] for site in sites(db, spider)
    }


def since(db: sqlite3.Connection, spider: int, day: int) -> Iterator[tuple[str, SiteDay]]:
    """The days of all sites from that one on, by site, the oldest first."""
    query = (
        "SELECT site, day, runs, articles, records, rejected, failed, figures FROM site_day"
        " WHERE spider = ? AND day >= ? ORDER BY site, day"
    )
    return ((site, SiteDay(*row)) for site, *row in db.execute(query, (spider, day)))


def counts_by_day(db: sqlite3.Connection, spider: int, day: int) -> list[tuple[str, int, int, int, int]]:
    """Site, day, new articles, pages rejected and failed, from that day on."""
    query = (
        "SELECT site, day, articles, rejected, failed FROM site_day WHERE spider = ? AND day >= ? ORDER BY site, day"
    )
    return db.execute(query, (spider, day)).fetchall()


def sites(db: sqlite3.Connection, spider: int) -> list[str]:
    """The sites of a spider that have runs."""
    query = "SELECT DISTINCT site FROM site_run WHERE spider = ? ORDER BY site"
    return [row[0] for row in db.execute(query, (spider,))]


def accept(db: sqlite3.Connection, spider: int, site: str | None) -> int:
    """Forgets what is usual for a site, or for all sites; returns the number of sites."""
    chosen = [(spider, name) for name in sites(db, spider) if site in (None, name)]
    db.executemany("DELETE FROM site_run WHERE spider = ? AND site = ?", chosen)
    db.executemany("UPDATE site_day SET usual = 0 WHERE spider = ? AND site = ?", chosen)
    return len(chosen)


def mute(db: sqlite3.Connection, spider: int, site: str, problem: str, until: int) -> None:
    """Says nothing of a site's problem until then (seconds since 1970); a time that has passed says it again."""
    db.execute("INSERT OR REPLACE INTO site_mute VALUES (?, ?, ?, ?)", (spider, site, problem, until))


def muted(db: sqlite3.Connection, spider: int, now: int) -> set[tuple[str, str]]:
    """Sites and problems of which nothing is said now."""
    found = db.execute("SELECT site, problem FROM site_mute WHERE spider = ? AND until > ?", (spider, now))
    return {(site, problem) for site, problem in found}
