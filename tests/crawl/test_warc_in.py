"""`scrapy crawl warc` over newscrawl's own archives: the records of the crawls again."""

from __future__ import annotations

import gzip
import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newscrawl.demo.server import DemoServer

from .crawling import Crawl

pytestmark = pytest.mark.e2e
OUTLETS = ("harbourledger", "fenmoormonitor")
TIMES = ("fetched_at",)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, demo: DemoServer) -> Iterator[Crawl]:
    crawl = Crawl.of_demo(tmp_path_factory.mktemp("warc"), demo)
    crawl.environment["NEWSCRAWL_WARC"] = "1"
    for outlet in OUTLETS:
        assert crawl.run(outlet).returncode == 0
    assert crawl.run(OUTLETS[0], "-a", "full=1").returncode == 0  # the same pages again: nothing of it is new
    yield crawl
    crawl.end()


def again(crawl: Crawl, *arguments: str, path: str = "data/warc/**/*.warc.gz", out: str = "-O") -> list[dict[str, Any]]:
    crawl.environment["NEWSCRAWL_WARC"] = ""
    named = () if any("paths_file" in one for one in arguments) else ("-a", f"path={path}")
    done = crawl.run("warc", *named, out, "out.jsonl", *arguments, workers=2)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in (crawl.folder / "out.jsonl").read_text("utf-8").splitlines()]


def without_times(records: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {one["id"]: {key: value for key, value in one.items() if key not in TIMES} for one in records}


def first_runs(crawl: Crawl) -> list[dict[str, Any]]:
    runs = [one["run_id"] for one in crawl.summaries()][: len(OUTLETS)]
    return [record for record in crawl.records() if record["run_id"] in runs]


def test_an_archive_gives_the_records_of_the_crawls(crawled: Crawl) -> None:
    ledger = (crawled.data / "ledger.db").read_bytes()
    records = again(crawled)
    live = first_runs(crawled)
    assert len(records) == len(live)
    assert without_times(records) == without_times(live)
    assert any(record["story"] for record in records)
    assert (crawled.data / "ledger.db").read_bytes() == ledger


def test_hosts_lists_of_files_uris_and_since(crawled: Crawl) -> None:
    (crawled.folder / "hosts.txt").write_text("# ours\nharbourledger.example\n")
    records = again(crawled, "-a", "hosts=hosts.txt")
    assert {record["spider"] for record in records} == {"harbourledger"}
    files = sorted((crawled.data / "warc").glob("**/*.warc.gz"))
    (crawled.folder / "warc.paths.gz").write_bytes(
        gzip.compress("".join(f"{file.relative_to(crawled.folder)}\n" for file in files).encode())
    )
    assert len(again(crawled, "-a", "paths_file=warc.paths.gz")) == len(first_runs(crawled))
    assert {record["spider"] for record in again(crawled, path=f"file://{files[0]}")} == {"harbourledger"}
    done = crawled.run("warc", "-a", "path=data/warc/**/*.warc.gz", "-a", "since=2999-01-01", "-O", "none.jsonl")
    assert done.returncode == 3


def test_resume_goes_on_behind_a_kill(crawled: Crawl) -> None:
    whole = again(crawled)
    out = crawled.folder / "out.jsonl"
    lines = out.read_bytes().splitlines(keepends=True)
    out.write_bytes(b"".join(lines[3:9]) + lines[0][:100])  # what a kill left, the last line torn
    records = again(crawled, "-a", "resume=1", out="-o")
    assert sorted(record["id"] for record in records) == sorted(record["id"] for record in whole)
    assert without_times(records) == without_times(whole)
    out.unlink()
    process = crawled.start("warc", "-a", "path=data/warc/**/*.warc.gz", "-o", "out.jsonl", "-a", "resume=1")
    while process.poll() is None and (not out.exists() or out.stat().st_size == 0):
        time.sleep(0.005)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    records = again(crawled, "-a", "resume=1", out="-o")
    assert without_times(records) == without_times(whole)
    assert len(records) == len(whole)


def test_resume_needs_a_file_to_add_to(crawled: Crawl) -> None:
    done = crawled.run("warc", "-a", "path=data/warc/**/*.warc.gz", "-O", "x.jsonl", "-a", "resume=1")
    assert done.returncode == 2
    assert "-o FILE" in done.stderr
    assert Path("x.jsonl").exists() is False
