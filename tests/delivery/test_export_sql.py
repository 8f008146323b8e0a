"""The tables in SQLite, DuckDB and PostgreSQL: the same rows as in the lines, field by field."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest

from newscrawl.delivery.flat import ARTICLE, value_at
from newscrawl.ledger.admin import Admin
from tests.delivery.export_rig import SPIDER, Folder, expected, three_days
from tests.delivery.postgres_server import programs, server

Ask = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    if programs() is None and not os.environ.get("CI"):
        pytest.skip("PostgreSQL is not installed")
    with server() as uri:
        yield uri


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path, three_days(tmp_path / "data", 40))


@pytest.fixture(params=["sqlite", "duckdb", "postgresql"])
def uri(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        made: str = request.getfixturevalue("database")
        with psycopg.connect(made, autocommit=True) as db:
            db.execute("DROP SCHEMA public CASCADE")
            db.execute("CREATE SCHEMA public")
        return made
    return f"{request.param}:{tmp_path}/out.db"


def ask(uri: str, query: str) -> list[tuple[Any, ...]]:
    kind, _, path = uri.partition(":")
    if kind == "sqlite":
        with closing(sqlite3.connect(path)) as lite:
            return lite.execute(query).fetchall()
    if kind == "duckdb":
        with duckdb.connect(path) as duck:
            return duck.execute(query).fetchall()
    with psycopg.connect(uri) as post:
        return post.execute(query).fetchall()  # type: ignore[call-overload, no-any-return]


def plain(value: Any) -> Any:
    """A value as the line has it, whatever the database makes of it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, str) and value.startswith("["):
        return json.loads(value)
    return value.replace("\0", "\ufffd") if isinstance(value, str) else bool(value) if value in (0, 1) else value


def test_rows_are_the_records(folder: Folder, uri: str) -> None:
    folder.export(uri)
    records = expected(folder.data)
    names = ", ".join(f'"{column.name}"' for column in ARTICLE)
    rows = {tuple(map(repr, map(plain, row))) for row in ask(uri, f"SELECT {names} FROM revision")}
    lines = [record for record in records if "gone_at" not in record]
    assert rows == {tuple(repr(plain(value_at(line, column.path))) for column in ARTICLE) for line in lines}
    assert len(rows) == len(lines)

    newest = {line["id"]: line["revision"] for line in sorted(lines, key=lambda line: line["revision"])}
    assert dict(ask(uri, "SELECT id, revision FROM article")) == newest
    gone = {(record["id"], record["http_status"]) for record in records if "gone_at" in record}
    assert set(ask(uri, "SELECT id, gone_status FROM article WHERE gone_at IS NOT NULL")) == gone

    origins = [(line["id"], line["revision"], line["originally_appeared_on"]) for line in lines]
    assert set(ask(uri, "SELECT id, revision, name, url FROM origin")) == {
        (number, revision, origin["name"], origin["url"]) for number, revision, origin in origins if origin
    }
    assert len(ask(uri, "SELECT * FROM evidence")) == sum(bool(origin) for *_, origin in origins)
    parties = sum(len(line["provenance_chain"]) + len(line["contributors"]) for line in lines)
    assert len(ask(uri, "SELECT * FROM contributor")) == parties


def test_a_page_that_came_back_is_not_gone(folder: Folder, uri: str) -> None:
    folder.export(uri)
    gone = ask(uri, "SELECT count(*) FROM article WHERE gone_at IS NOT NULL")[0][0]
    with Admin(folder.data / "ledger.db") as admin:
        assert admin.requeue(SPIDER, ("gone",)) == gone
    folder.crawls.day()
    folder.export(uri)
    assert ask(uri, "SELECT count(*) FROM article WHERE gone_at IS NOT NULL") == [(0,)]
    assert len(ask(uri, "SELECT * FROM tombstone")) == gone
    folder.export(uri, "--replay")
    assert ask(uri, "SELECT count(*) FROM article WHERE gone_at IS NOT NULL") == [(0,)]


def test_a_table_of_an_older_newscrawl_gets_the_columns_that_it_lacks(folder: Folder, uri: str) -> None:
    folder.export(uri)
    for statement in ("DROP INDEX IF EXISTS article_story", "ALTER TABLE revision DROP COLUMN extraction_profile"):
        execute(uri, statement)
    folder.crawls.day(100)
    folder.export(uri)
    assert ask(uri, "SELECT count(extraction_profile) FROM revision") == [(0,)]


def execute(uri: str, statement: str) -> None:
    kind, _, path = uri.partition(":")
    if kind == "sqlite":
        with closing(sqlite3.connect(path)) as lite:
            lite.execute(statement)
    elif kind == "duckdb":
        with duckdb.connect(path) as duck:
            duck.execute(statement)
    else:
        with psycopg.connect(uri, autocommit=True) as post:
            post.execute(statement)  # type: ignore[call-overload]


def test_a_database_that_does_not_answer_is_output_not_written(folder: Folder, tmp_path: Path) -> None:
    assert folder.command("--to", f"postgresql://ann:geheim@/postgres?host={tmp_path}") == 5
