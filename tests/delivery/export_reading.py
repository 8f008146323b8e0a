"""What stands in the targets of exports, as their readers find it."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

Key = tuple[Any, ...]


def of_sqlite(path: Path) -> list[Key]:
    """Revisions and tombstones."""
    with closing(sqlite3.connect(path)) as db:
        revisions = db.execute("SELECT id, revision, NULL FROM revision").fetchall()
        return revisions + db.execute("SELECT id, revision, gone_at FROM tombstone").fetchall()


def of_bucket(uri: str) -> list[Key]:
    """Of all objects below an address."""
    import fsspec

    fs, root = fsspec.core.url_to_fs(uri)
    fs.invalidate_cache()
    try:
        names = [name for name in fs.find(root) if name.endswith(".jsonl")]
    except FileNotFoundError:
        return []
    records = [json.loads(line) for name in names for line in fs.cat_file(name).splitlines()]
    return [(record["id"], record["revision"], record.get("gone_at")) for record in records]


def of_lines(path: Path) -> list[Key]:
    """Of a file of JSON lines, or of a folder of them."""
    paths = sorted(path.rglob("*.jsonl")) if path.is_dir() else [path]
    records = [json.loads(line) for file in paths for line in file.read_bytes().splitlines()]
    return [(record["id"], record["revision"], record.get("gone_at")) for record in records]


def of_duckdb(path: Path) -> list[Key]:
    """Revisions and tombstones."""
    import duckdb

    with duckdb.connect(str(path), read_only=True) as db:
        gone = "SELECT id, revision, strftime(gone_at AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ') FROM tombstone"
        tables = [name for (name,) in db.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return db.execute(f"SELECT id, revision, NULL FROM revision UNION ALL {gone}").fetchall() if tables else []


def of_postgresql(uri: str) -> list[Key]:
    """Revisions and tombstones."""
    import psycopg

    with psycopg.connect(uri) as db:
        if not db.execute("SELECT to_regclass('revision')").fetchone()[0]:  # type: ignore[index]
            return []
        gone = (
            """SELECT id, revision, to_char(gone_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') FROM tombstone"""
        )
        return db.execute(f"SELECT id, revision, NULL FROM revision UNION ALL {gone}").fetchall()


def of_parquet(path: Path) -> list[Key]:
    """Of all files that a reader finds, by the names of columns that it finds."""
    import duckdb

    def rows(folder: Path, columns: str) -> list[Key]:
        return duckdb.sql(f"SELECT {columns} FROM '{folder}/**/*.parquet'").fetchall() if any(folder.rglob("*")) else []

    gone = rows(path.with_name(f"{path.name}.tombstones"), "id, revision, strftime(gone_at, '%Y-%m-%dT%H:%M:%SZ')")
    return rows(path, "id, revision, NULL") + gone


def of_csv(path: Path) -> list[Key]:
    """Of a table for spreadsheets."""
    csv.field_size_limit(1 << 24)
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["id"], int(row["revision"]), row["gone_at"] or None) for row in csv.DictReader(file)]


def read_back(uri: str) -> list[Key]:
    """What a target holds; nothing where it is not there yet."""
    kind, _, address = uri.partition(":")
    if address.startswith("s3://"):
        return of_bucket(address)
    if "://" not in uri and not Path(address).exists():
        return []
    return of_postgresql(uri) if kind == "postgresql" else _READERS[kind](Path(address))


_READERS = {"duckdb": of_duckdb, "parquet": of_parquet, "sqlite": of_sqlite, "jsonl": of_lines, "csv": of_csv}
