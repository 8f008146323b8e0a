"""Signals to a run in the midst of it: it ends in time and nothing is lost; what kills a worker costs no page."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime

import pytest

from newscrawl.demo import expected
from newscrawl.ledger import Ledger

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


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_sigterm_ends_a_run_whose_worker_is_busy(sent: signal.Signals, crawl: Crawl) -> None:
    """A worker that is stopped is a worker with a page that takes for ever."""
    process = started(crawl)
    for worker in workers_of(process.pid):
        os.kill(worker, signal.SIGSTOP)
    lines = crawl.log().count("\n")
    awaited(lambda: delivered(crawl) or crawl.log().count("\n") > lines)
    process.send_signal(sent)
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
    """Busy or idle, all of them at once, again and again: so far apart that no page is hit twice, which would be called
    the page's fault."""
    process = started(crawl, workers=2)
    while process.poll() is None:
        for worker in workers_of(process.pid):
            os.kill(worker, signal.SIGKILL)
        before = delivered(crawl)
        awaited(lambda seen=before: delivered(crawl) > seen + 5 or process.poll() is not None)  # type: ignore[misc]
    assert process.wait(60) == 0, crawl.log()
    wanted = sorted(page.url for page in expected().values() if page.outlet == SPIDER)
    assert sorted(record["url"] for record in crawl.records()) == wanted


def test_sigterm_ends_a_run_that_waits_for_the_ledger(crawl: Crawl) -> None:
    """Another process writes and does not end: a vacuum of a large ledger, say."""
    process = started(crawl)
    with closing(sqlite3.connect(crawl.data / "ledger.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        process.terminate()
        assert process.wait(SECONDS) in (7, 9), crawl.log()
        other.execute("ROLLBACK")
    assert is_whole_after_another_run(crawl)


def test_sigterm_ends_a_run_whose_resolver_is_silent(crawl: Crawl) -> None:
    """Names are resolved in threads, which nobody can end."""
    (crawl.folder / "sitecustomize.py").write_text(
        "import pathlib, socket, time\n"
        "def silent(*args, **how):\n    pathlib.Path('asked').touch()\n    time.sleep(60)\n"
        "socket.getaddrinfo = silent\n"
    )
    process = crawl.start("news", "-a", "url=http://silent.example/")
    awaited((crawl.folder / "asked").exists)
    process.terminate()
    assert process.wait(SECONDS) == 7, crawl.log()


def test_sigterm_ends_a_run_while_another_one_holds_delivery(crawl: Crawl) -> None:
    ledger = Ledger(crawl.data / "ledger.db", spider=SPIDER, run_id="other", now=lambda: datetime.now(UTC))
    outbox = ledger.outbox()
    assert outbox.do(lambda: outbox.lock(f"delivery/{SPIDER}")).result() is None
    process = crawl.start(SPIDER, delay=0.25)
    awaited(lambda: outbox.do(lambda: outbox.newest("articles")).result() >= 2)
    process.terminate()
    assert process.wait(SECONDS) == 7, crawl.log()
    ledger.finish().result()
    ledger.close()
    assert is_whole_after_another_run(crawl)
