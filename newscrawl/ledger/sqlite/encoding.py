"""Short forms of what repeats in a million rows: normalized URLs, discoveries, times, spiders, hosts."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from newscrawl.items import Discovery

LONGEST = 8192
"""Characters of a URL or of a discovery's JSON; titles and URLs of real feeds stay below 2,000."""

_DISCOVERY = frozenset(f.name for f in fields(Discovery))


@dataclass(frozen=True, slots=True)
class Run:
    """The run that works on the ledger, by numbers."""

    number: int
    run_id: str
    spider: int
    spider_name: str
    rows_before: int
    """Number of the last row when it began: rows beyond are its own."""


def seconds(moment: datetime) -> int:
    """Seconds since 1970."""
    return int(moment.timestamp())


def iso(moment: int) -> str:
    """UTC, ISO 8601 with "Z"."""
    return datetime.fromtimestamp(moment, UTC).isoformat().replace("+00:00", "Z")


def date_of(text: str | None) -> int | None:
    """Seconds since 1970 of an ISO 8601 date, without a zone read as UTC; None where it is none."""
    try:
        moment = datetime.fromisoformat(text or "")
        return seconds(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None


def _usual(url: str) -> str:
    """The normalized form that most URLs have; cheap, and it need not be right: others are written out."""
    return "https://" + url.partition("://")[2].removeprefix("www.").rstrip("/")


def shorten(url: str, normalized: str) -> str | None:
    """What to store for the normalized URL: 80 MB less per million."""
    return None if normalized == _usual(url) else normalized


def lengthen(url: str, stored: str | None) -> str:
    """The normalized URL again."""
    return _usual(url) if stored is None else stored


def dump_discovery(discovery: Discovery) -> str:
    """JSON of what is stated, without the listing's URL; ASCII, so that odd characters cannot hurt.

    Of what is longer than any real one only kind and date are kept.
    """
    stated = {name: value for name in _DISCOVERY if name != "url" and (value := getattr(discovery, name))}
    text = json.dumps(stated, separators=(",", ":"), sort_keys=True)
    if len(text) <= LONGEST:
        return text
    return json.dumps({"kind": discovery.kind, "date": (discovery.date or "")[:100] or None})


def load_discovery(text: str | None, listing: str | None) -> Discovery:
    """The discovery again; keys of other versions are left out."""
    stated: dict[str, Any] = json.loads(text) if text else {}
    return Discovery(url=listing, **{name: value for name, value in stated.items() if name in _DISCOVERY})


def number_of(db: sqlite3.Connection, table: str, name: str) -> int:
    """The number of a spider or host, made where it is new."""
    if table not in {"spider", "host"}:
        raise ValueError(table)
    found = db.execute(f"SELECT id FROM {table} WHERE name = ?", (name,)).fetchone()  # noqa: S608  two fixed names
    if found is None:
        made = db.execute(f"INSERT INTO {table} (name) VALUES (?)", (name,))  # noqa: S608
        return int(made.lastrowid or 0)
    return int(found[0])
