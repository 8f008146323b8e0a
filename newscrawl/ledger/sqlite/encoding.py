"""Short forms of what repeats in a million rows: normalized URLs, discoveries, times, states, records, hosts."""

from __future__ import annotations

import json
import sqlite3
import zlib
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any

from newscrawl.items import Discovery

LONGEST = 8192
"""Characters of a URL or of a discovery's JSON; titles and URLs of real feeds stay below 2,000."""

_DISCOVERY = frozenset(f.name for f in fields(Discovery))


class UrlState(IntEnum):
    """The states of a URL as the file writes them: what `types.State` names in words."""

    PENDING = 0
    EXPORTED = 1
    REJECTED = 2
    DEAD = 3
    GONE = 4
    ALIAS = 5


@dataclass(frozen=True, slots=True)
class Run:
    """The run that works on the ledger, by numbers."""

    number: int
    run_id: str
    spider: int
    spider_name: str
    rows_before: int
    """Number of the last row when it began: rows beyond are its own."""
    is_first: bool
    """Whether the file knew no run of the spider."""


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
    found = db.execute(f"SELECT id FROM {table} WHERE name = ?", (name,)).fetchone()
    if found is None:
        made = db.execute(f"INSERT INTO {table} (name) VALUES (?)", (name,))
        return int(made.lastrowid or 0)
    return int(found[0])


PLAIN, DEFLATED = 0, 1
"""How a message of the outbox stands in the file: as it is (all before version 4), or deflated with `_RECORD`."""

_RECORD = (
    b'"published originally appeared first on was has been with from that this which have more than their '
    b'would will said and the of to in a for on at by as it is The He She It In"},"originally_appeared_on"'
    b':{"name":"","domain":"","url":null,"relation":"republished","confidence":0.9,"evidence":[{"kind":"se'
    b'ntence","text":"","href":"https://","rule":"","language":"en"}]},"provenance_chain":[{"name":"","dom'
    b'ain":"","role":"originator"},{"role":"distributor"}],{"schema_version":1,"id":"0123456789abcdef","ur'
    b'l":"https://www.","requested_url":"https://www.","canonical_url":"https://www.","normalized_url":"ht'
    b'tps://","kind":"news","title":"","description":"","body":".\\n\\n\\"","authors":[""],"byline":"By ","da'
    b'te_published":"2026-01-01T00:00:00+00:00","date_published_raw":"2026-01-01T00:00:00+00:00","date_mod'
    b'ified":"2026-01-01T00:00:00+00:00","date_modified_raw":"2026-01-01T00:00:00+00:00","language":"en","'
    b'section":"News","tags":[],"main_image":"https://","source":{"name":"","domain":".com","url":"https:/'
    b'/www."},"originally_appeared_on":null,"provenance_chain":[],"contributors":[],"story":null,"accessib'
    b'le_for_free":null,"rights":{"license":null,"robots":null,"tdm":null,"content_signal":null},"discover'
    b'ed_via":{"kind":"feed","url":"https://","title":"","date":"2026-01-01T00:00:00+00:00","language":nul'
    b'l,"keywords":[],"source_name":null,"source_url":null},"fetched_at":"2026-01-01T00:00:00Z","first_see'
    b'n_at":"2026-01-01T00:00:00Z","revision":1,"content_hash":"","spider":"news","run_id":"20260101T00000'
    b'0000000Z-news","http_status":200,"archive":null,"extraction":{"method":"blocks","version":"0.1.0/2.3'
    b'.1","rules":null,"profile":"","warnings":[]}}'
)
"""What stands in nearly every record, for zlib to point at. Never to be changed: files need it to be read."""


def packed(body: bytes) -> tuple[int, bytes]:
    """A message's coding and its bytes in the file: a third of a record (3.5 KB become 1.1; 0.1 ms)."""
    deflater = zlib.compressobj(zdict=_RECORD)
    return DEFLATED, deflater.compress(body) + deflater.flush()


def unpacked(coding: int, stored: bytes) -> bytes:
    """The message again."""
    return zlib.decompressobj(zdict=_RECORD).decompress(stored) if coding == DEFLATED else stored
