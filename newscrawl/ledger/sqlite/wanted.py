"""The URLs of a run that fetches exactly those: a table of this connection alone, beside the queue."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from newscrawl.items import DiscoveredUrl
from newscrawl.ledger.sqlite.encoding import Run, UrlState
from newscrawl.ledger.types import WantedUrl
from newscrawl.web.urls import url_key

_AGAIN = f"""UPDATE url SET state = {UrlState.PENDING}, due = NULL, attempts = 0, reason = NULL, alias_of = NULL
    WHERE id IN temp.wanted AND run IS NULL"""
_NOW = f"UPDATE url SET due = NULL WHERE id IN temp.wanted AND run IS NULL AND state = {UrlState.PENDING}"


def want(db: sqlite3.Connection, run: Run, urls: Sequence[DiscoveredUrl], *, again: bool) -> None:
    """Notes URLs that the ledger knows. What failed before is tried now; where `again`, all are."""
    db.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (url INTEGER PRIMARY KEY)")
    keys = ((url_key(run.spider_name, found.normalized_url),) for found in urls)
    db.executemany("INSERT OR IGNORE INTO temp.wanted SELECT url FROM known WHERE key = ?", keys)
    db.execute(_AGAIN if again else _NOW)


def wanted(db: sqlite3.Connection) -> list[WantedUrl]:
    """Where each stands, in the order in which the ledger got to know them."""
    query = """SELECT u.url, u.state, u.reason, u.status, a.url FROM temp.wanted w JOIN url u ON u.id = w.url
        LEFT JOIN url a ON a.id = u.alias_of ORDER BY u.id"""
    return [
        WantedUrl(url=url, state=UrlState(state).name.lower(), reason=reason, http_status=status, leads_to=target)
        for url, state, reason, status, target in db.execute(query)
    ]
