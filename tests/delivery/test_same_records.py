"""One crawl in JSON lines, Parquet, SQLite and PostgreSQL: the same records, compared by DuckDB field by field."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import duckdb
import psycopg
import pytest

from newscrawl.demo.server import DemoServer
from newscrawl.items import Article
from tests.crawl.crawling import Crawl
from tests.delivery.postgres_server import programs, server

OUTLETS = ("harbourledger", "lohetalbote")
PLAIN = [
    field.name
    for field in fields(Article)
    if field.type in ("str", "str | None", "int", "bool | None")
    and field.name not in ("fetched_at", "first_seen_at", "date_published_utc")
]
"""Columns that all four write as they are."""
TIMES = ("fetched_at", "first_seen_at", "date_published_utc")
IN_TABLES = {"source_domain": "source.domain", "source_name": "source.name", "rights_license": "rights.license"}
"""Of what is nested: the columns of the tables and what they are in the record."""


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    with DemoServer() as demo:
        crawl = Crawl.of_demo(tmp_path_factory.mktemp("same"), demo)
        for outlet in OUTLETS:
            assert crawl.run(outlet).returncode == 0
        yield crawl
        crawl.end()


def export(crawl: Crawl, uri: str) -> None:
    command = [sys.executable, "-m", "scrapy", "export", "--to", uri]
    done = subprocess.run(command, env=crawl.environment, cwd=crawl.folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def rows_of_lines(db: duckdb.DuckDBPyConnection, folder: Path) -> None:
    schema = (Path(__file__).parents[2] / "docs" / "article.duckdb.sql").read_text("utf-8")
    os.chdir(folder)
    db.execute(schema)
    nested = ", ".join(f"{path} AS {column}" for column, path in IN_TABLES.items())
    db.execute(f"CREATE TABLE lines AS SELECT *, {nested} FROM articles")


def difference(db: duckdb.DuckDBPyConnection, other: str, columns: list[str]) -> list[tuple[object, ...]]:
    """Rows of one that the other lacks, both ways."""
    shown = ", ".join(columns)
    return db.execute(
        f"(SELECT {shown} FROM lines EXCEPT SELECT {shown} FROM {other})"
        f" UNION ALL (SELECT {shown} FROM {other} EXCEPT SELECT {shown} FROM lines)"
    ).fetchall()


@pytest.mark.e2e
def test_one_crawl_is_the_same_in_all_targets(crawled: Crawl, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(crawled.folder)
    export(crawled, "parquet:pq")
    export(crawled, "sqlite:out.db")
    db = duckdb.connect()
    rows_of_lines(db, crawled.folder)
    (count,) = db.execute("SELECT count(*) FROM lines").fetchall()[0]
    assert count == len(crawled.records()) > 20

    db.execute("CREATE TABLE pq AS SELECT * FROM read_parquet('pq/**/*.parquet', hive_partitioning = false)")
    every = [field.name for field in fields(Article)]
    as_text = [f"to_json({name})::VARCHAR" for name in every if name not in TIMES]
    assert difference(db, "pq", as_text + [f"{name}::TIMESTAMPTZ" for name in TIMES]) == []

    import sqlite3

    plain = [*PLAIN, *IN_TABLES]
    with sqlite3.connect(crawled.folder / "out.db") as lite:
        rows = lite.execute(f"SELECT {', '.join([*plain, *TIMES])} FROM revision").fetchall()
    lite.close()
    load(db, "lite", [*plain, *TIMES], rows)
    shown = [f"{name}::VARCHAR" for name in plain if name != "accessible_for_free"]
    shown += [f"{name}::TIMESTAMPTZ" for name in TIMES]
    assert difference(db, "lite", [*shown, "accessible_for_free::INTEGER"]) == []

    if programs() is None and not os.environ.get("CI"):
        pytest.skip("PostgreSQL is not installed")
    with server() as uri:
        export(crawled, uri)
        with psycopg.connect(uri) as post:
            rows = post.execute(f"SELECT {', '.join([*plain, *TIMES])} FROM revision").fetchall()  # type: ignore[call-overload]
        load(db, "post", [*plain, *TIMES], rows)
    assert difference(db, "post", [*shown, "accessible_for_free::BOOLEAN"]) == []


def load(db: duckdb.DuckDBPyConnection, name: str, columns: list[str], rows: list[tuple[object, ...]]) -> None:
    texts = [[None if value is None else str(value) for value in row] for row in rows]
    db.execute(f"CREATE TABLE {name} ({', '.join(f'{column} VARCHAR' for column in columns)})")
    db.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", texts)
