"""Parquet as DuckDB, polars and pandas read it without options, and what files there are."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from scrapy.exceptions import UsageError

from newscrawl.delivery.arrow_schema import ARTICLES, TIME, table_of
from newscrawl.delivery.targets import parquet
from newscrawl.delivery.targets.parquet import _safe
from newscrawl.items import Article
from tests.delivery.export_rig import Folder, expected, three_days

NAMES = [field.name for field in fields(Article)]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path, three_days(tmp_path / "data", 40))


def records(folder: Folder) -> list[dict[str, Any]]:
    return [record for record in expected(folder.data) if "gone_at" not in record]


def test_readers_need_no_options_and_agree_with_the_lines(folder: Folder, tmp_path: Path) -> None:
    folder.export(f"parquet:{tmp_path}/pq")
    wanted = {(record["id"], record["revision"]): record for record in records(folder)}
    table = duckdb.sql(f"SELECT * FROM '{tmp_path}/pq/**/*.parquet'")
    assert table.columns == [*NAMES, "day", "outlet"]
    found = pq.read_table(tmp_path / "pq").select(NAMES).to_pylist()
    assert len(found) == len(wanted)
    for record in found:
        line = wanted[record["id"], record["revision"]]
        for name in ("fetched_at", "first_seen_at"):
            record[name] = record[name].isoformat().replace("+00:00", "Z")
        if record["story"]:
            record["story"]["first_seen_at"] = record["story"]["first_seen_at"].isoformat().replace("+00:00", "Z")
        assert record == line
    polars, pandas = pl.read_parquet(tmp_path / "pq"), pd.read_parquet(tmp_path / "pq")
    assert len(polars) == len(pandas) == len(wanted)
    assert polars.schema["fetched_at"] == pl.Datetime("us", "UTC")
    assert str(pandas["first_seen_at"].dtype) == "datetime64[us, UTC]"
    gone = pl.read_parquet(tmp_path / "pq.tombstones")
    assert len(gone) == len(expected(folder.data)) - len(wanted)


def test_a_revision_stands_under_its_own_day(folder: Folder, tmp_path: Path) -> None:
    folder.export(f"parquet:{tmp_path}/pq")
    columns = "revision, day, first_seen_at::DATE, fetched_at::DATE, outlet, source.domain"
    rows = duckdb.sql(f"SELECT {columns} FROM '{tmp_path}/pq/**/*.parquet'").fetchall()
    for revision, day, seen, fetched, outlet, domain in rows:
        assert day == (seen if revision == 1 else fetched)
        assert outlet == domain


def test_small_files_become_one(folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet.ParquetTarget, "records", 7)
    folder.export(f"parquet:{tmp_path}/pq")
    by_folder: dict[Path, int] = {}
    for path in (tmp_path / "pq").rglob("*.parquet"):
        by_folder[path.parent] = by_folder.get(path.parent, 0) + 1
    newest = max(path.parent.name for path in by_folder)
    assert {count for path, count in by_folder.items() if path.parent.name != newest} == {1}
    assert pq.read_table(tmp_path / "pq").num_rows == len(records(folder))
    manifest = json.loads((tmp_path / ".pq.newscrawl" / "manifest.json").read_text())
    there = {str(path.relative_to(tmp_path)) for path in tmp_path.glob("pq*/**/*.parquet")}
    assert set(manifest["files"]) == there


def test_files_of_an_older_newscrawl_get_the_columns_of_this_one(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fewer = [field for field in ARTICLES if field.name not in ("rights", "archive")]
    older = pa.schema([*fewer, pa.field("rights", pa.struct([("license", pa.string())]))])
    with monkeypatch.context() as patched:
        patched.setattr(parquet, "ARTICLES", older)
        folder.export(f"parquet:{tmp_path}/pq")
    assert "archive" not in pq.read_schema(next((tmp_path / "pq").rglob("*.parquet"))).names
    folder.crawls.day(100)
    for _ in range(2):
        folder.export(f"parquet:{tmp_path}/pq")
        assert all(pq.read_schema(path).equals(ARTICLES) for path in (tmp_path / "pq").rglob("*.parquet"))
        assert pl.read_parquet(tmp_path / "pq").select("id", "revision").is_unique().sum() == len(records(folder))
    assert {row["rights"]["license"] for row in pq.read_table(tmp_path / "pq").to_pylist()} == {"CC BY"}


def test_the_schema_is_that_of_the_record() -> None:
    assert ARTICLES.names == NAMES
    assert ARTICLES.field("fetched_at").type == TIME
    assert ARTICLES.field("authors").type == pa.list_(pa.string())
    assert (
        ARTICLES.field("originally_appeared_on").type.field("evidence").type.value_type.field("rule").type
        == pa.string()
    )


def test_an_older_record_and_another_zone_are_read() -> None:
    lines = [
        b'{"id":"a","fetched_at":"2026-03-01T13:00:00+01:00","story":{"first_seen_at":"2026-03-01T12:00:00Z"},"later":1}',
        b'{"id":"b","fetched_at":"2026-03-01T12:00:00Z","story":null}',
    ]
    found = table_of(lines, ARTICLES).to_pylist()
    assert found[0]["fetched_at"] == found[1]["fetched_at"] == found[0]["story"]["first_seen_at"]
    assert found[0]["title"] is None


@pytest.mark.parametrize(
    ("outlet", "name"),
    [
        ("a.example", "a.example"),
        ("", "__HIVE_DEFAULT_PARTITION__"),
        ("../x", "..%2Fx"),
        ("zürich.example", "z%C3%BCrich.example"),
    ],
)
def test_an_outlet_is_a_safe_name_of_a_folder(outlet: str, name: str) -> None:
    assert _safe(outlet) == name


def test_a_missing_library_names_what_installs_it(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pyarrow is not installed: pip install 'newscrawl\[parquet\]'"):
        folder.command("--to", f"parquet:{tmp_path}/pq")
    assert not (folder.data / "exports").exists()
