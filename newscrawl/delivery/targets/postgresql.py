"""postgresql://...: the tables of sql_tables in a PostgreSQL database; position and rows in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
import psycopg

from newscrawl.delivery import sql_statements as sql
from newscrawl.delivery.flat import Type
from newscrawl.delivery.jsonlines import DeliveryError
from newscrawl.delivery.reader import Entry
from newscrawl.delivery.sql_tables import PARTS, POSITIONS, REVISIONS, TABLES, TOMBSTONES, Rows, rows_of

TYPES: dict[Type, str] = {
    "text": "text",
    "integer": "bigint",
    "real": "double precision",
    "boolean": "boolean",
    "time": "timestamptz",
    "list": "jsonb",
}
MAKING = 0x6E777363
"""Number of the lock under which tables are made: two exports that begin at once would make them twice."""


class PostgresTarget:
    """A database of one or several consumers."""

    records, size = 500, 8 << 20

    def __init__(self, uri: str, shown: str, consumer: str) -> None:
        """`shown`: the URI for messages, without a password."""
        self._shown, self._consumer = shown, consumer
        with self._guarded():
            self._db = psycopg.connect(uri, autocommit=True, application_name="newscrawl export")
            with self._db.transaction():
                self._create()

    def positions(self) -> dict[str, str]:
        """Where the database stands, by spider."""
        with self._guarded():
            query = "SELECT spider, position FROM newscrawl_position WHERE consumer = %s"
            return dict(self._db.execute(query, (self._consumer,)).fetchall())

    def write(self, spider: str, entries: Sequence[Entry], position: str) -> bool:
        """Takes entries and position in one transaction."""
        rows = rows_of([_storable(entry) for entry in entries])
        with self._guarded(), self._db.transaction(), self._db.cursor() as cursor:
            _put(cursor, rows)
            cursor.execute(_static(sql.upsert(POSITIONS, "%s")), (self._consumer, spider, position))
        return True

    def finish(self) -> None:
        """Nothing is left to do."""

    def reset(self) -> None:
        """Forgets the positions: rows are written over."""
        with self._guarded():
            self._db.execute("DELETE FROM newscrawl_position WHERE consumer = %s", (self._consumer,))

    def close(self) -> None:
        """Closes the connection."""
        self._db.close()

    def _create(self) -> None:
        self._db.execute("SELECT pg_advisory_xact_lock(%s)", (MAKING,))
        query = """SELECT column_name FROM information_schema.columns
            WHERE table_schema = current_schema() AND table_name = %s"""
        for table in TABLES:
            there = {name for (name,) in self._db.execute(query, (table.name,))}
            if not there:
                self._db.execute(_static(sql.create(table, TYPES)))
                continue
            for statement in sql.lacking(table, there, TYPES):
                self._db.execute(_static(statement))
        for statement in sql.INDEXES:
            self._db.execute(_static(statement))

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise DeliveryError(f"{self._shown}: {error}") from error


def _put(cursor: psycopg.Cursor, rows: Rows) -> None:
    cursor.executemany(_static(sql.upsert(REVISIONS, "%s")), list(rows.revisions.values()))
    for table in PARTS:
        cursor.executemany(_static(sql.delete_part(table, "%s")), list(rows.revisions))
        cursor.executemany(_static(sql.insert(table, "%s")), rows.of_part(table))
    cursor.executemany(_static(sql.upsert_article("%s")), rows.newest())
    cursor.executemany(_static(sql.upsert(TOMBSTONES, "%s")), list(rows.tombstones.values()))
    cursor.executemany(_static(sql.mark_gone("%s")), [sql.gone_values(row) for row in rows.tombstones.values()])


def _static(statement: str) -> Any:
    """Statements hold names of our own tables and columns only; psycopg's types want literals."""
    return statement


def _storable(entry: Entry) -> Entry:
    """PostgreSQL's texts cannot hold the character U+0000; U+FFFD stands in its place."""
    if b"\\u0000" not in entry.body:
        return entry
    return Entry(entry.stream, msgspec.json.encode(_without_null(msgspec.json.decode(entry.body))))


def _without_null(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")
    if isinstance(value, list):
        return [_without_null(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_null(item) for key, item in value.items()}
    return value
