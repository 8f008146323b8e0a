"""The recipes of docs/export.md, each run on what the lines above them export."""

from __future__ import annotations

import json
import os
import re
import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import feedparser
import psycopg
import pytest

from newscrawl.delivery.duckdb_schema import sql
from tests.delivery.export_rig import Folder, expected, three_days
from tests.delivery.postgres_server import programs, server

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = BLOCK.findall((DOCS / "export.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    """A folder in which the commands of the page have been run."""
    root = tmp_path_factory.mktemp("recipes")
    folder = Folder(root, three_days(root / "data", 40))
    (root / "docs").symlink_to(DOCS)
    before = Path.cwd()
    os.chdir(root)
    try:
        for line in "".join(text for kind, text in BLOCKS if kind == "sh").splitlines():
            scrapy, export, *args = shlex.split(line)
            assert (scrapy, export) == ("scrapy", "export")
            assert folder.command(*args) == 0
        yield folder
    finally:
        os.chdir(before)


@pytest.mark.parametrize("code", [text for kind, text in BLOCKS if kind == "python"])
def test_python(place: Folder, code: str) -> None:
    names: dict[str, object] = {}
    exec(compile(code, "export.md", "exec"), names)
    if "newest" in names:
        ids = {record["id"] for record in expected(place.data)}
        assert 0 < len(names["newest"]) <= len(ids)  # type: ignore[arg-type]
    if "lines" in names:
        assert len(names["lines"]) == len(names["table"]) > 0  # type: ignore[arg-type]


@pytest.mark.parametrize("query", [text for kind, text in BLOCKS if kind == "sql" and "-- DuckDB" in text])
def test_duckdb(place: Folder, query: str) -> None:
    assert duckdb.sql(query).fetchall()


@pytest.mark.parametrize("query", [text for kind, text in BLOCKS if kind == "sql" and "-- SQLite" in text])
def test_sqlite(place: Folder, query: str) -> None:
    with closing(sqlite3.connect("news.db")) as db:
        found = db.execute(query).fetchall()
    assert found or "-1 day" in query  # the articles of the tests are older


@pytest.mark.parametrize("query", [text for kind, text in BLOCKS if kind == "sql" and "-- PostgreSQL" in text])
def test_postgresql(place: Folder, query: str) -> None:
    if programs() is None and not os.environ.get("CI"):
        pytest.skip("PostgreSQL is not installed")
    with server() as uri:
        place.export(uri, "--name", "post")
        with psycopg.connect(uri) as db:
            assert db.execute(query).fetchall()  # type: ignore[call-overload]


def test_the_feed_has_stories_of_its_topic(place: Folder) -> None:
    assert feedparser.parse(Path("ferries.atom").read_bytes()).entries


def test_the_view_for_duckdb_is_that_of_the_record() -> None:
    assert (DOCS / "article.duckdb.sql").read_text(encoding="utf-8") == sql()


def test_datasettes_metadata_name_what_there_is(place: Folder) -> None:
    tables = json.loads((DOCS / "datasette.json").read_text())["databases"]["news"]["tables"]
    with closing(sqlite3.connect("news.db")) as db:
        there = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
        columns = {row[1] for row in db.execute("PRAGMA table_info(article)")}
    assert set(tables) <= there
    article = tables["article"]
    assert {article["label_column"], article["sort_desc"], article["fts_pk"], *article["facets"]} <= columns
