"""What hands and disks do to the data folder between runs and during one: told, and mended where a copy is left."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.demo import expected

from .crawling import Crawl
from .processes import awaited

pytestmark = pytest.mark.e2e

SPIDER = "harbourledger"
WANTED = sorted(page.url for page in expected().values() if page.outlet == SPIDER)


def files(crawl: Crawl) -> list[Path]:
    return sorted((crawl.data / "articles" / SPIDER).glob("*.jsonl*"))


def urls(crawl: Crawl) -> list[str]:
    return sorted(record["url"] for record in crawl.records())


@pytest.mark.parametrize("deed", ["cut", "delete"])
def test_an_open_file_that_lost_its_tail_is_written_again(deed: str, crawl: Crawl) -> None:
    process = crawl.start(SPIDER, delay=0.25)
    awaited(lambda: sum(file.read_bytes().count(b"\n") for file in files(crawl)) >= 3)
    process.kill()
    process.wait()
    (part,) = files(crawl)
    if deed == "cut":
        part.write_bytes(part.read_bytes()[: part.stat().st_size // 2])
    else:
        part.unlink()
    done = crawl.run(SPIDER)
    assert done.returncode == 0
    assert urls(crawl) == WANTED
    assert "it is written again from the ledger" in done.stderr


def test_files_that_were_lost_are_delivered_again_on_demand(crawl: Crawl) -> None:
    assert crawl.run(SPIDER).returncode == 0
    for file in files(crawl):
        file.unlink()
    assert crawl.run(SPIDER).returncode == 0
    assert urls(crawl) == [], "a closed file is not written again by itself"
    command = [sys.executable, "-m", "scrapy", "ledger", "redeliver", SPIDER, "--since", "2020-01-01"]
    told = subprocess.run(command, env=crawl.environment, cwd=crawl.folder, capture_output=True, text=True, check=True)
    assert told.stdout == f"{len(WANTED)} records and tombstones are delivered again by the next run\n"
    assert crawl.run(SPIDER).returncode == 0
    assert urls(crawl) == WANTED
    assert crawl.run(SPIDER).returncode == 0
    assert urls(crawl) == WANTED


@pytest.mark.parametrize("deed", ["delete", "empty"])
def test_records_beside_a_ledger_that_knows_nothing_are_a_loud_warning(deed: str, crawl: Crawl) -> None:
    assert crawl.run(SPIDER, "-a", "limit=2").returncode == 0
    for file in crawl.data.glob("ledger.db*"):
        file.unlink()
    if deed == "empty":
        (crawl.data / "ledger.db").touch()
    done = crawl.run(SPIDER, "-a", "limit=1")
    assert "ERROR: " in done.stderr
    (problem,) = crawl.summaries()[-1]["problems"]
    assert "ledger.db was missing or empty, but" in problem
    assert crawl.run(SPIDER, "-a", "limit=1").returncode == 0
    assert crawl.summaries()[-1]["problems"] == []


def test_9_a_ledger_that_is_removed_while_a_run_works(crawl: Crawl) -> None:
    process = crawl.start(SPIDER, delay=0.25)
    awaited(lambda: sum(file.read_bytes().count(b"\n") for file in files(crawl)) >= 2)
    (crawl.data / "ledger.db").unlink()
    try:
        assert process.wait(30) == 9, crawl.log()
    finally:
        process.send_signal(signal.SIGKILL)
    assert "ledger.db: removed or replaced while the run worked" in crawl.log()
    assert "exit code 9" in crawl.log().splitlines()[-1]
