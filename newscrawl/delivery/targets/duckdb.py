"""duckdb:FILE: the tables of sql_tables in a DuckDB file; position and rows in one transaction. Lists are lists.

The tables have no keys: DuckDB joins a batch with a table faster than it keeps an index, and nobody else writes there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pyarrow as pa

from newscrawl.delivery import sql_statements as sql
from newscrawl.delivery.flat import Type
from newscrawl.delivery.jsonlines import DeliveryError
from newscrawl.delivery.reader import Entry
from newscrawl.delivery.sql_tables import PARTS, POSITIONS, REVISIONS, TABLES, TOMBSTONES, Rows, Table, rows_of

TYPES: dict[Type, str] = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "real": "DOUBLE",
    "boolean": "BOOLEAN",
    "time": "TIMESTAMPTZ",
    "list": "VARCHAR[]",
}
_ARROW: dict[Type, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "real": pa.float64(),
    "boolean": pa.bool_(),
    "time": pa.string(),  # DuckDB reads it as it is put into its column
    "list": pa.list_(pa.string()),
}
_KEYS = tuple(column for column in REVISIONS.columns if column.name in REVISIONS.key)
_NEWER = """(batch.fetched_at::TIMESTAMPTZ > article.fetched_at
    OR (batch.fetched_at::TIMESTAMPTZ = article.fetched_at AND batch.revision >= article.revision))"""


class DuckdbTarget:
    """A DuckDB file of one or several consumers. Nobody else can open it to write meanwhile."""

    records, size = 5000, 32 << 20

    def __init__(self, path: Path, consumer: str) -> None:
        self._path, self._consumer = path, consumer
        with self._guarded():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = duckdb.connect(str(path))
            with self._transaction():
                self._create()

    def positions(self) -> dict[str, str]:
        """Where the file stands, by spider."""
        with self._guarded():
            query = "SELECT spider, position FROM newscrawl_position WHERE consumer = ?"
            return dict(self._db.execute(query, [self._consumer]).fetchall())

    def write(self, spider: str, entries: Sequence[Entry], position: str) -> bool:
        """Takes entries and position in one transaction."""
        rows = rows_of(entries)
        with self._guarded(), self._transaction():
            if rows.revisions:
                self._put(rows)
            if rows.tombstones:
                self._mark(rows)
            self._replace(POSITIONS, [(self._consumer, spider, position)])
        return True

    def finish(self) -> None:
        """Puts what the log of changes holds into the file itself, so that it can be copied alone."""
        with self._guarded():
            self._db.execute("CHECKPOINT")

    def reset(self) -> None:
        """Forgets the positions: rows are written over."""
        with self._guarded():
            self._db.execute("DELETE FROM newscrawl_position WHERE consumer = ?", [self._consumer])

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    def _create(self) -> None:
        for table in TABLES:
            columns = ", ".join(f'"{column.name}" {TYPES[column.type]}' for column in table.columns)
            self._db.execute(f"CREATE TABLE IF NOT EXISTS {table.name} ({columns})")
            there = {name for name, *_ in self._db.execute(f"DESCRIBE {table.name}").fetchall()}
            for statement in sql.lacking(table, there, TYPES):
                self._db.execute(statement)

    def _put(self, rows: Rows) -> None:
        for table in PARTS:
            self._replace(Table(table.name, _KEYS, REVISIONS.key), list(rows.revisions), put=False)
            self._replace(table, rows.of_part(table))
        self._replace(REVISIONS, list(rows.revisions.values()))
        with self._batch(REVISIONS, rows.newest()):
            self._db.execute(f"DELETE FROM article USING batch WHERE article.id = batch.id AND {_NEWER}")
            self._db.execute("INSERT INTO article BY NAME SELECT * FROM batch ANTI JOIN article USING (id)")

    def _mark(self, rows: Rows) -> None:
        self._replace(TOMBSTONES, list(rows.tombstones.values()))
        with self._batch(TOMBSTONES, list(rows.tombstones.values())):
            self._db.execute(
                "UPDATE article SET gone_at = batch.gone_at::TIMESTAMPTZ, gone_status = batch.http_status FROM batch"
                " WHERE article.id = batch.id AND article.fetched_at <= batch.gone_at::TIMESTAMPTZ"
                " AND article.revision <= batch.revision"
            )

    def _replace(self, table: Table, rows: Sequence[tuple[Any, ...]], *, put: bool = True) -> None:
        """Deletes the rows with the keys of these, and puts these in their place."""
        with self._batch(table, rows):
            types = {column.name: TYPES[column.type] for column in table.columns}
            same = " AND ".join(f'{table.name}."{key}" = batch."{key}"::{types[key]}' for key in table.key)
            self._db.execute(f"DELETE FROM {table.name} USING batch WHERE {same}")
            if put:
                self._db.execute(f"INSERT INTO {table.name} BY NAME SELECT * FROM batch")

    @contextmanager
    def _batch(self, table: Table, rows: Sequence[tuple[Any, ...]]) -> Iterator[None]:
        """Rows as a table named batch."""
        values = list(zip(*rows, strict=True)) or [()] * len(table.columns)
        arrays = [
            pa.array(
                [msgspec.json.decode(value) for value in found] if column.type == "list" else found,
                type=_ARROW[column.type],
            )
            for column, found in zip(table.columns, values, strict=True)
        ]
        self._db.register("batch", pa.table(arrays, names=list(table.names)))
        try:
            yield
        finally:
            self._db.unregister("batch")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.begin()
        try:
            yield
        except BaseException:
            self._db.rollback()
            raise
        self._db.commit()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as error:
            raise DeliveryError(f"{self._path}: {error}") from error
