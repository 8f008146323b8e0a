"""Signals to a run in the midst of it: it ends in time and nothing is lost; what kills a worker costs no page."""

from __future__ import annotations

import os
import signal
import subprocess

import pytest

from newscrawl.demo import expected

from .crawling import Crawl
from .processes import HAS_PROC, awaited, is_alive, workers_of

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(not HAS_PROC, reason="reads /proc")]

SPIDER = "harbourledger"
SECONDS = 8
"""In which a run ends after SIGTERM (G8)."""


def delivered(crawl: Crawl) -> int:
    return sum(file.read_bytes().count(b"\n") for file in (crawl.data / "articles").glob(f"{SPIDER}/*.jsonl*"))


def started(crawl: Crawl, *, workers: int = 1) -> subprocess.Popen[bytes]:
    """A run that has delivered some of its articles, in a process group of its own."""
    process = crawl.start(SPIDER, delay=0.25, workers=workers, start_new_session=True)
    awaited(lambda: delivered(crawl) >= 2)
    return process


def is_whole_after_another_run(crawl: Crawl) -> bool:
    assert crawl.run(SPIDER).returncode == 0
    wanted = sorted(page.url for page in expected().values() if page.outlet == SPIDER)
    assert sum(summary["rejected"].get("crashed", 0) for summary in crawl.summaries()) == 0
    return sorted(record["url"] for record in crawl.records()) == wanted


def test_sigterm_ends_a_run_whose_worker_is_busy(crawl: Crawl) -> None:
    """A worker that is stopped is a worker with a page that takes for ever."""
    process = started(crawl)
    for worker in workers_of(process.pid):
        os.kill(worker, signal.SIGSTOP)
    lines = crawl.log().count("\n")
    awaited(lambda: delivered(crawl) or crawl.log().count("\n") > lines)
    process.terminate()
    assert process.wait(SECONDS) == 7, crawl.log()
    assert is_whole_after_another_run(crawl)


def test_sigterm_to_the_process_group_costs_no_page(crawl: Crawl) -> None:
    """As `timeout` and systemd send it; the workers do not heed it, and end with their run."""
    process = started(crawl, workers=2)
    workers = workers_of(process.pid)
    os.killpg(process.pid, signal.SIGTERM)
    assert process.wait(SECONDS) == 7, crawl.log()
    awaited(lambda: not any(map(is_alive, workers)))
    assert is_whole_after_another_run(crawl)


def test_workers_that_are_killed_cost_no_page(crawl: Crawl) -> None:
    """Busy or idle, all of them at once, again and again."""
    process = started(crawl, workers=2)
    done = delivered(crawl)
    while process.poll() is None and delivered(crawl) < done + 5:
        for worker in workers_of(process.pid):
            os.kill(worker, signal.SIGKILL)
        before = delivered(crawl)
        awaited(lambda seen=before: delivered(crawl) > seen or process.poll() is not None)  # type: ignore[misc]
    assert process.wait(60) == 0, crawl.log()
    wanted = sorted(page.url for page in expected().values() if page.outlet == SPIDER)
    assert sorted(record["url"] for record in crawl.records()) == wanted
