"""sqlite:FILE: the tables of sql_tables in an SQLite file, with full-text search; position and rows in one transaction.

SELECT a.title FROM article_fts f JOIN article a ON a.number = f.rowid WHERE article_fts MATCH 'ferry'
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from newscrawl.delivery import sql_statements as sql
from newscrawl.delivery.flat import Type
from newscrawl.delivery.jsonlines import DeliveryError
from newscrawl.delivery.reader import Entry
from newscrawl.delivery.sql_tables import ARTICLES, PARTS, POSITIONS, REVISIONS, TABLES, TOMBSTONES, Rows, rows_of

TYPES: dict[Type, str] = {
    "text": "TEXT",
    "integer": "INTEGER",
    "real": "REAL",
    "boolean": "INTEGER",
    "time": "TEXT",
    "list": "TEXT",
}

_SEARCHED = ("title", "description", "body")
_OLD, _NEW = (", ".join(f"{row}.{name}" for name in _SEARCHED) for row in ("old", "new"))
_TAKE_OUT = (
    f"INSERT INTO article_fts (article_fts, rowid, {', '.join(_SEARCHED)}) VALUES ('delete', old.number, {_OLD});"
)
_PUT_IN = f"INSERT INTO article_fts (rowid, {', '.join(_SEARCHED)}) VALUES (new.number, {_NEW});"
SEARCH = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS article_fts USING fts5 ({', '.join(_SEARCHED)},"
    " content='article', content_rowid='number', tokenize='unicode61 remove_diacritics 2')",
    f"CREATE TRIGGER IF NOT EXISTS article_put AFTER INSERT ON article BEGIN {_PUT_IN} END",
    f"CREATE TRIGGER IF NOT EXISTS article_taken AFTER DELETE ON article BEGIN {_TAKE_OUT} END",
    "CREATE TRIGGER IF NOT EXISTS article_changed AFTER UPDATE OF title, description, body ON article"
    f" BEGIN {_TAKE_OUT} {_PUT_IN} END",
)
"""Kept by triggers, so that whoever changes `article` changes what is found."""


class SqliteTarget:
    """An SQLite file of one or several consumers."""

    records, size = 500, 8 << 20

    def __init__(self, path: Path, consumer: str) -> None:
        self._path, self._consumer = path, consumer
        with self._guarded():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=60, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            self._in_transaction(self._create)

    def positions(self) -> dict[str, str]:
        """Where the file stands, by spider."""
        with self._guarded():
            query = "SELECT spider, position FROM newscrawl_position WHERE consumer = ?"
            return dict(self._db.execute(query, (self._consumer,)))

    def write(self, spider: str, entries: Sequence[Entry], position: str) -> bool:
        """Takes entries and position in one transaction."""
        rows = rows_of(entries)

        def work() -> None:
            self._put(rows)
            self._db.execute(sql.upsert(POSITIONS, "?"), (self._consumer, spider, position))

        with self._guarded():
            self._in_transaction(work)
        return True

    def finish(self) -> None:
        """Puts what the log of changes holds into the file itself, so that it can be copied alone."""
        with self._guarded():
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def reset(self) -> None:
        """Forgets the positions: rows are written over."""
        with self._guarded():
            self._db.execute("DELETE FROM newscrawl_position WHERE consumer = ?", (self._consumer,))

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    def _create(self) -> None:
        for table in TABLES:
            first = "number INTEGER PRIMARY KEY, " if table is ARTICLES else ""
            self._db.execute(sql.create(table, TYPES, first))
            there = {row[1] for row in self._db.execute(f"PRAGMA table_info({table.name})")}
            for statement in sql.lacking(table, there, TYPES):
                self._db.execute(statement)
        for statement in (*sql.INDEXES, *SEARCH):
            self._db.execute(statement)

    def _put(self, rows: Rows) -> None:
        self._db.executemany(sql.upsert(REVISIONS, "?"), rows.revisions.values())
        for table in PARTS:
            self._db.executemany(sql.delete_part(table, "?"), rows.revisions.keys())
            self._db.executemany(sql.insert(table, "?"), rows.of_part(table))
        self._db.executemany(sql.upsert_article("?"), rows.newest())
        self._db.executemany(sql.upsert(TOMBSTONES, "?"), rows.tombstones.values())
        self._db.executemany(sql.mark_gone("?"), map(sql.gone_values, rows.tombstones.values()))

    def _in_transaction(self, work: Callable[[], None]) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            work()
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise DeliveryError(f"{self._path}: {error}") from error
