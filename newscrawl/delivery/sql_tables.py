"""The tables of SQL targets, and the rows of a record in them.

article      one row for each record id: its newest revision; gone_at and gone_status where a tombstone followed
revision     one row for each revision of it, with the same columns
origin       where a revision says that it appeared first
evidence     the signals for that, in order
contributor  the parties of provenance_chain and contributors, in order
tombstone    what went away, and when
newscrawl_position   up to where each consumer has written
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from newscrawl.delivery.flat import ARTICLE, TOMBSTONE, Column, value_at
from newscrawl.delivery.reader import Entry

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of ours."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """What a row is known by."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of its columns."""
        return tuple(column.name for column in self.columns)


def _columns(**types: Any) -> tuple[Column, ...]:
    return tuple(Column(name, kind, (name,)) for name, kind in types.items())


_REVISION_OF = {"id": "text", "revision": "integer"}
ARTICLES = Table("article", (*ARTICLE, *_columns(gone_at="time", gone_status="integer")), ("id",))
REVISIONS = Table("revision", ARTICLE, ("id", "revision"))
ORIGINS = Table(
    "origin",
    _columns(
        **_REVISION_OF,
        name="text",
        domain="text",
        url="text",
        relation="text",
        confidence="text",
        probability="real",
        domain_basis="text",
    ),
    ("id", "revision"),
)
EVIDENCE = Table(
    "evidence",
    _columns(**_REVISION_OF, position="integer", kind="text", text="text", href="text", rule="text", language="text"),
    ("id", "revision", "position"),
)
CONTRIBUTORS = Table(
    "contributor",
    _columns(**_REVISION_OF, field="text", position="integer", name="text", domain="text", role="text"),
    ("id", "revision", "field", "position"),
)
TOMBSTONES = Table("tombstone", TOMBSTONE, ("id", "gone_at"))
POSITIONS = Table(
    "newscrawl_position", _columns(consumer="text", spider="text", position="text"), ("consumer", "spider")
)
TABLES = (ARTICLES, REVISIONS, ORIGINS, EVIDENCE, CONTRIBUTORS, TOMBSTONES, POSITIONS)
PARTS = (ORIGINS, EVIDENCE, CONTRIBUTORS)
"""Tables whose rows belong to a revision and are replaced with it."""


@dataclass(slots=True)
class Rows:
    """The rows of a batch, each known once: what came last counts."""

    revisions: dict[Row, Row] = field(default_factory=dict)
    """By id and revision, in order."""
    parts: dict[str, dict[Row, list[Row]]] = field(default_factory=lambda: {table.name: {} for table in PARTS})
    """Of each of PARTS, by id and revision."""
    tombstones: dict[Row, Row] = field(default_factory=dict)
    """By id and time."""

    def newest(self) -> list[Row]:
        """The rows of `article`, without the columns that tombstones fill: of each id the one fetched last."""
        found: dict[str, Row] = {}
        for row in self.revisions.values():
            if row[_ID] not in found or _age(row) >= _age(found[row[_ID]]):
                found[row[_ID]] = row
        return list(found.values())

    def of_part(self, table: Table) -> list[Row]:
        """All rows of one of PARTS."""
        return [row for rows in self.parts[table.name].values() for row in rows]


_ID, _REVISION, _FETCHED = (REVISIONS.names.index(name) for name in ("id", "revision", "fetched_at"))


def _age(row: Row) -> tuple[str, int]:
    return row[_FETCHED] or "", row[_REVISION] or 0


def rows_of(entries: Iterable[Entry]) -> Rows:
    """The rows of records and tombstones."""
    rows = Rows()
    for entry in entries:
        record = msgspec.json.decode(entry.body)
        if entry.stream == "tombstones":
            row = flat(TOMBSTONES, record)
            rows.tombstones[(record.get("id"), record.get("gone_at"))] = row
            continue
        key = (record.get("id"), record.get("revision"))
        rows.revisions.pop(key, None)
        rows.revisions[key] = flat(REVISIONS, record)
        for table, found in (("origin", _origin), ("evidence", _evidence), ("contributor", _contributors)):
            rows.parts[table][key] = [(*key, *row) for row in found(record)]
    return rows


def flat(table: Table, record: Mapping[str, Any]) -> Row:
    """One row; lists are JSON."""
    return tuple(_stored(column, value_at(record, column.path)) for column in table.columns)


def _stored(column: Column, value: Any) -> Any:
    if column.type == "list":
        return msgspec.json.encode(value or []).decode()
    return value


def _origin(record: Mapping[str, Any]) -> list[Row]:
    origin = record.get("originally_appeared_on")
    return [tuple(origin.get(name) for name in ORIGINS.names[2:])] if origin else []


def _evidence(record: Mapping[str, Any]) -> list[Row]:
    found = (record.get("originally_appeared_on") or {}).get("evidence") or []
    return [(number, *(item.get(name) for name in EVIDENCE.names[3:])) for number, item in enumerate(found, 1)]


def _contributors(record: Mapping[str, Any]) -> list[Row]:
    return [
        (name, number, *(party.get(key) for key in CONTRIBUTORS.names[4:]))
        for name in ("provenance_chain", "contributors")
        for number, party in enumerate(record.get(name) or [], 1)
    ]
