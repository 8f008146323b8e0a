"""`scrapy ledger backup`, `prune` and `erase`: while runs work, over kills, and everywhere."""

from __future__ import annotations

import gzip
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pyarrow.dataset
import pytest
from warcio.archiveiterator import ArchiveIterator

from newscrawl.archive.blank_records import blank
from newscrawl.demo.server import DemoServer
from newscrawl.ledger.admin import Admin

from .crawling import Crawl


def run(crawl: Crawl, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(
        command, env=crawl.environment | more, cwd=crawl.folder, capture_output=True, text=True, timeout=120
    )


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, demo: DemoServer) -> Iterator[Crawl]:
    crawl = Crawl.of_demo(tmp_path_factory.mktemp("upkeep"), demo)
    crawl.environment["NEWSCRAWL_WARC"] = "1"
    assert crawl.run("harbourledger").returncode == 0
    yield crawl
    crawl.end()


@pytest.mark.e2e
def test_a_backup_taken_while_a_run_writes_is_whole(crawl: Crawl) -> None:
    process = crawl.start("harbourledger", delay=0.05)
    while not list(crawl.data.glob("articles/*/*")) and process.poll() is None:
        time.sleep(0.02)
    done = run(crawl, "ledger", "backup", "copy.db")
    assert done.returncode == 0, done.stderr
    assert process.wait() == 0
    with Admin(crawl.folder / "copy.db") as admin:
        assert admin.check() == []
        assert admin.counts()["harbourledger"]["exported"] > 0
    assert list(crawl.folder.glob(".copy.db*")) == []


@pytest.mark.e2e
def test_prune_takes_out_what_gave_no_record(crawl: Crawl) -> None:
    assert crawl.run("gazettelittoral").returncode == 0
    with closing(sqlite3.connect(crawl.data / "ledger.db")) as db:
        db.execute("UPDATE url SET visited = visited - 40 * 86400")
        db.commit()
    with Admin(crawl.data / "ledger.db") as admin:
        before = admin.counts()["gazettelittoral"]
    assert before["rejected"] > 0
    assert run(crawl, "ledger", "prune").returncode == 2
    done = run(crawl, "ledger", "prune", "--older-than", "30", "--json")
    assert json.loads(done.stdout)["urls"] == before["rejected"]
    with Admin(crawl.data / "ledger.db") as admin:
        after = admin.counts()["gazettelittoral"]
        assert admin.check() == []
    assert (after["exported"], after["rejected"]) == (before["exported"], 0)


TARGETS = {
    "tables": "sqlite:out.db",
    "duck": "duckdb:out.duckdb",
    "pq": "parquet:pq",
    "sheet": "csv:out.csv",
    "lines": "jsonl:lines",
    "feed": "feed:out.rss",
}


def everything(folder: Path) -> bytes:
    """All bytes below a folder, archives and compressed files unpacked."""
    found = []
    for path in sorted(folder.glob("**/*")):
        if path.is_file():
            data = path.read_bytes()
            found.append(gzip.decompress(data) if path.suffix == ".gz" else data)
    return b"\n".join(found)


@pytest.mark.e2e
def test_a_text_is_erased_everywhere_over_kills(crawled: Crawl) -> None:
    for name, uri in TARGETS.items():
        assert run(crawled, "export", "--to", uri, "--name", name).returncode == 0
    victim = max(crawled.records(), key=lambda record: len(record["body"]))
    text = max(victim["body"].split("\n"), key=len)[:60].encode()
    assert text in everything(crawled.folder)
    others = {record["id"]: record for record in crawled.records() if record["id"] != victim["id"]}

    for seconds in (1.0, 1.6, 2.2):
        command = [sys.executable, "-m", "scrapy", "ledger", "erase", victim["url"]]
        process = subprocess.Popen(command, env=crawled.environment, cwd=crawled.folder)
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    done = run(crawled, "ledger", "erase", victim["url"])
    assert done.returncode == 0, done.stderr
    assert run(crawled, "ledger", "erase", victim["url"]).returncode == 0

    assert text not in everything(crawled.folder)
    left = {record["id"]: record for record in crawled.records()}
    assert {key: left[key] for key in others} == others
    assert (left[victim["id"]]["body"], left[victim["id"]]["title"]) == ("", None)
    for path in crawled.data.glob("warc/**/*.warc.gz"):
        with path.open("rb") as file:
            offsets = set()
            archive = ArchiveIterator(file)
            for one in archive:
                one.content_stream().read()
                offsets.add(archive.get_record_offset())
        assert {record["archive"]["offset"] for record in others.values()} <= offsets

    for name, uri in TARGETS.items():  # the tombstone comes by the ordinary way
        assert run(crawled, "export", "--to", uri, "--name", name).returncode == 0
    with closing(sqlite3.connect(crawled.folder / "out.db")) as db:
        rows = db.execute("SELECT body, gone_at IS NOT NULL FROM article WHERE id = ?", (victim["id"],)).fetchall()
        assert rows == [("", 1)]
        assert db.execute("SELECT count(*) FROM tombstone").fetchone() == (1,)
    with duckdb.connect(str(crawled.folder / "out.duckdb")) as duck:
        assert duck.execute("SELECT body FROM revision WHERE id = ?", [victim["id"]]).fetchall() == [("",)]
    table = pyarrow.dataset.dataset(crawled.folder / "pq", partitioning="hive").to_table()
    bodies = dict(zip(table["id"].to_pylist(), table["body"].to_pylist(), strict=True))
    assert bodies[victim["id"]] == ""
    assert len(bodies) == len(others) + 1

    before = len(crawled.records())
    assert crawled.run("harbourledger").returncode == 0
    assert len(crawled.records()) == before  # it is not fetched again
    (tomb,) = [
        json.loads(line)
        for path in crawled.data.glob("tombstones/*/*")
        for line in path.read_text("utf-8").splitlines()
    ]
    assert (tomb["id"], tomb["run_id"]) == (victim["id"], "erased")


@pytest.mark.e2e
def test_erase_needs_a_url_that_is_known(crawled: Crawl) -> None:
    done = run(crawled, "ledger", "erase", "https://nowhere.example/")
    assert done.returncode == 2
    assert "does not know" in done.stderr + done.stdout


@pytest.mark.parametrize("size", [160, 5_000, 65_535, 66_000, 200_000, 5_000_001])
def test_a_blank_record_has_the_size_of_the_one_it_replaces(size: int) -> None:
    assert len(blank(size)) == size
    assert gzip.decompress(blank(size)).startswith(b"WARC/1.1\r\n")
