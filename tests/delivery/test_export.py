"""`scrapy export`: what a consumer gets, when it is named late, paused, dropped or begun anew."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import UsageError

from newscrawl.delivery import Delivery
from newscrawl.delivery.targets import csv as table
from newscrawl.delivery.targets.csv import COLUMNS
from newscrawl.delivery.targets.uris import default_name, public
from newscrawl.ledger import Ledger
from tests.chaos.kills import read
from tests.delivery.export_reading import read_back
from tests.delivery.export_rig import SPIDER, Crawls, Folder, expected, three_days


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path, three_days(tmp_path / "data", 40))


def found(uri: str) -> list[Any]:
    return sorted(read_back(uri), key=str)


@pytest.mark.parametrize("compression", ["none", "gzip", "zstd"])
def test_a_consumer_named_after_three_days_gets_all_once_and_then_what_comes(tmp_path: Path, compression: str) -> None:
    folder = Folder(tmp_path, three_days(tmp_path / "data", 40, compression))
    delivered = [line for path in (folder.data / "articles" / SPIDER).iterdir() for line in read(path)]
    assert 0 < len(delivered) < len(folder.wanted())
    uri = f"jsonl:{tmp_path}/all.jsonl"
    folder.export(uri)
    assert found(uri) == folder.wanted()
    folder.crawls.day(100, 101)  # delivers what the export has taken from the outbox
    folder.export(uri)
    assert found(uri) == folder.wanted()
    folder.export(uri)
    assert found(uri) == folder.wanted()


def test_records_come_in_order(folder: Folder, tmp_path: Path) -> None:
    uri = f"jsonl:{tmp_path}/all.jsonl"
    folder.export(uri)
    revisions: dict[str, int] = {}
    for line in (tmp_path / "all.jsonl").read_text().splitlines():
        record = json.loads(line)
        assert record["revision"] >= revisions.get(record["id"], 0)
        revisions[record["id"]] = record["revision"]


def test_the_outbox_is_kept_for_a_consumer_and_pruned_when_it_is_paused(folder: Folder, tmp_path: Path) -> None:
    uri = f"sqlite:{tmp_path}/out.db"
    folder.export(uri, "--name", "notebook")
    folder.crawls.day(200, 201)
    folder.crawls.day(202)
    assert days_kept(folder.data) == 2
    assert folder.command("--pause", "notebook") == 0
    folder.crawls.day(203)
    assert days_kept(folder.data) == 1
    folder.export(uri, "--name", "notebook")
    assert found(uri) == folder.wanted()


def test_a_consumer_that_holds_the_outbox_back_is_a_problem_of_the_next_run(folder: Folder, tmp_path: Path) -> None:
    folder.export(f"sqlite:{tmp_path}/out.db", "--name", "notebook")
    assert problems(folder) == []
    folder.crawls.day(600)
    (problem,) = problems(folder)
    assert "the export consumer notebook has yet to take " in problem
    assert "scrapy export --pause notebook" in problem
    folder.command("--pause", "notebook")
    assert problems(folder) == []


def problems(folder: Folder) -> list[str]:
    """What a run would say at its start."""
    ledger = Ledger(folder.data / "ledger.db", spider=SPIDER, run_id="asks", now=folder.crawls.clock)
    try:
        return Delivery(ledger, folder.data, folder.crawls.options).held_back()
    finally:
        ledger.close()
        with closing(sqlite3.connect(folder.data / "ledger.db")) as db:
            db.execute("DELETE FROM run WHERE run_id = 'asks'")
            db.commit()


def days_kept(data: Path) -> int:
    """Days of which the outbox holds messages; each run prunes those of earlier days that nobody needs."""
    with closing(sqlite3.connect(data / "ledger.db")) as db:
        return int(db.execute("SELECT count(DISTINCT made) FROM outbox").fetchone()[0])


@pytest.mark.parametrize("uri", ["jsonl:{}/lines", "sqlite:{}/out.db", "csv:{}/table.csv"])
def test_a_consumer_that_was_dropped_goes_on_after_its_last_line(folder: Folder, tmp_path: Path, uri: str) -> None:
    uri = uri.format(tmp_path)
    folder.export(uri, "--name", "n")
    assert folder.command("--drop", "n") == 0
    folder.crawls.day(300)
    folder.crawls.day(301)
    folder.export(uri, "--name", "n")
    assert found(uri) == folder.wanted()


def test_a_line_that_is_in_no_file_any_more_asks_for_a_replay(folder: Folder, tmp_path: Path) -> None:
    uri = f"jsonl:{tmp_path}/lines"
    folder.crawls.day(400)
    folder.export(uri, "--name", "n")
    folder.command("--pause", "n")
    for path in (folder.data / "articles" / SPIDER).iterdir():
        path.unlink()
    folder.crawls.day(401)
    before = found(uri)
    assert folder.command("--to", uri, "--name", "n") == 5
    assert folder.command("--to", uri, "--name", "n") == 5
    assert found(uri) == before
    folder.export(uri, "--name", "n", "--replay")
    assert found(uri) == folder.wanted()


@pytest.mark.parametrize("uri", ["jsonl:{}/lines", "jsonl:{}/all.jsonl", "sqlite:{}/out.db", "csv:{}/table.csv"])
def test_replay_begins_anew(folder: Folder, tmp_path: Path, uri: str) -> None:
    uri = uri.format(tmp_path)
    folder.export(uri)
    folder.export(uri, "--replay")
    assert found(uri) == folder.wanted()


def test_since_and_spider_choose(folder: Folder, tmp_path: Path) -> None:
    uri = f"jsonl:{tmp_path}/new.jsonl"
    folder.export(uri, "--since", "2026-03-06", "--spider", SPIDER)
    records = [json.loads(line) for line in (tmp_path / "new.jsonl").read_text().splitlines()]
    made = {(record.get("gone_at") or record["fetched_at"])[:10] for record in records}
    assert made == {"2026-03-07"}
    with pytest.raises(UsageError, match="knows no spider nobody"):
        folder.command("--to", uri, "--spider", "nobody")


def test_sql_tables_hold_the_newest_revision_and_what_is_gone(folder: Folder, tmp_path: Path) -> None:
    folder.export(f"sqlite:{tmp_path}/out.db")
    records = expected(folder.data)
    articles = [record for record in records if "gone_at" not in record]
    with closing(sqlite3.connect(tmp_path / "out.db")) as db:
        newest = dict(db.execute("SELECT id, revision FROM article"))
        assert newest == {r["id"]: max(o["revision"] for o in articles if o["id"] == r["id"]) for r in articles}
        gone = {row[0] for row in db.execute("SELECT id FROM article WHERE gone_at IS NOT NULL")}
        assert gone == {record["id"] for record in records if "gone_at" in record}
        query = "SELECT e.text FROM origin o JOIN evidence e USING (id, revision) WHERE o.domain = 'wire.example'"
        assert len(db.execute(query).fetchall()) == sum(bool(r["originally_appeared_on"]) for r in articles)
        query = "SELECT count(*) FROM article_fts WHERE article_fts MATCH 'uberfahrt'"
        assert db.execute(query).fetchone()[0] == len(newest)
        (tags,) = db.execute("SELECT tags FROM article LIMIT 1").fetchone()
        assert json.loads(tags)[0] == "ferry"


def test_a_table_for_spreadsheets_computes_nothing(folder: Folder, tmp_path: Path) -> None:
    folder.export(f"csv:{tmp_path}/table.csv")
    with (tmp_path / "table.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == [column.name for column in COLUMNS]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    records = [dict(zip(header, row, strict=True)) for row in rows]
    assert {record["authors"] for record in records if not record["gone_at"]} == {"", "Ann Ode; Bo Li"}
    assert any(record["title"].startswith("'=Ferry") for record in records)


def test_a_table_that_an_older_newscrawl_began_keeps_its_columns(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(table, "COLUMNS", [column for column in COLUMNS if column.name != "title"])
        folder.export(f"csv:{tmp_path}/table.csv")
    folder.crawls.day(700)
    folder.export(f"csv:{tmp_path}/table.csv")
    with (tmp_path / "table.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert "title" not in rows[0]
    assert {row["spider"] for row in rows} == {SPIDER}
    folder.export(f"csv:{tmp_path}/table.csv", "--replay")
    with (tmp_path / "table.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == [column.name for column in COLUMNS]


def test_list_tells_what_waits(folder: Folder, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder.export(f"csv:{tmp_path}/table.csv", "--name", "sheet")
    folder.crawls.day(500)
    folder.command("--list")
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1].startswith(f"sheet  csv:{tmp_path}/table.csv  ")
    assert " waiting (" in lines[-1]


def test_what_cannot_be_meant_is_refused(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("a,b\n")
    for args, said in [
        (["--to", "nowhere:x"], "should be parquet:DIR"),
        (["--to", f"csv:{tmp_path}/mine.csv"], "no export has written it"),
        (["--to", "csv:x", "--name", "../x"], "letters, digits"),
        (["--pause", "nobody"], "no consumer nobody"),
        ([], "takes one of"),
    ]:
        with pytest.raises(UsageError, match=said):
            folder.command(*args)
    assert (tmp_path / "mine.csv").read_text() == "a,b\n"
    folder.export(f"csv:{tmp_path}/a.csv", "--name", "n")
    with pytest.raises(UsageError, match="give it another --name"):
        folder.command("--to", f"csv:{tmp_path}/b.csv", "--name", "n")
    with pytest.raises(UsageError, match="holds what n has exported"):
        folder.command("--to", f"csv:{tmp_path}/a.csv", "--name", "m")


def test_no_ledger_is_ledger_trouble(tmp_path: Path) -> None:
    assert Folder(tmp_path, Crawls(tmp_path / "data")).command("--to", f"csv:{tmp_path}/a.csv") == 9


def test_a_password_stands_nowhere() -> None:
    uri = "postgresql://ann:geheim@db.example:5433/news?sslmode=require&sslpassword=geheim"
    assert public(uri) == "postgresql://ann@db.example:5433/news?sslmode=require&sslpassword=..."
    assert "geheim" not in default_name(uri)
    assert public("jsonl:s3://bucket/a/b") == "jsonl:s3://bucket/a/b"
