"""G9: two runs never hold one host, and a run that was killed holds none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newscrawl.ledger import Ledger
from newscrawl.ledger.admin import Admin
from newscrawl.ledger.place import Place
from tests.ledger.rig import Clock, found

Begin = Callable[..., Ledger]

OTHER_PROCESS = """
import os, sys, time
from datetime import UTC, datetime
from pathlib import Path
from newscrawl.items import DiscoveredUrl
from newscrawl.ledger import Ledger

place = sys.argv[1] if "://" in sys.argv[1] else Path(sys.argv[1])
ledger = Ledger(place, spider="s", run_id="other", now=lambda: datetime.now(UTC))
ledger.lock("a.example").result()
url = "https://a.example/1"
ledger.discover([DiscoveredUrl(url=url, normalized_url=url)]).result()
assert len(ledger.take(5).result()) == 1
if sys.argv[2] != "fork" or os.fork() == 0:  # the child tells when it has let go of what it got from its parent
    print(os.getpid(), flush=True)
time.sleep(60)
"""


@contextmanager
def other_process(path: Place, fork: bool = False) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A process that holds a host and a row; with `fork`, a child of it that outlives it."""
    command = [sys.executable, "-W", "ignore", "-c", OTHER_PROCESS, str(path), "fork" if fork else ""]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        orphan = int(process.stdout.readline())
        try:
            yield process, orphan
        finally:
            process.kill()
            if fork:
                os.kill(orphan, signal.SIGKILL)


def test_the_second_run_is_told_who_holds_the_host(begin: Begin) -> None:
    first, second = begin(), begin()
    assert first.lock("a.example").result() is None
    assert first.lock("a.example").result() is None
    holder = second.lock("a.example").result()
    assert holder
    assert (holder.run_id, holder.pid, holder.since) == ("1", os.getpid(), "2026-03-01T12:00:00Z")
    assert second.lock("b.example").result() is None
    first.finish().result()
    assert second.lock("a.example").result() is None


def test_rows_of_a_locked_host_are_left_to_its_holder(begin: Begin) -> None:
    first, second = begin(), begin()
    first.discover(found("https://a.example/1", "https://b.example/1")).result()
    first.lock("a.example").result()
    assert [row.host for row in second.take(5).result()] == ["b.example"]
    assert [row.host for row in first.take(5).result()] == ["a.example"]


def test_a_run_closed_without_finish_holds_nothing(begin: Begin) -> None:
    first = begin()
    first.lock("a.example").result()
    first.close()
    assert begin().lock("a.example").result() is None


@pytest.mark.parametrize("fork", [False, True])
def test_a_killed_run_holds_nothing(begin: Begin, path: Place, fork: bool) -> None:
    with other_process(path, fork) as (process, _):
        ledger = begin()
        holder = ledger.lock("a.example").result()
        assert holder
        assert (holder.run_id, holder.pid) == ("other", process.pid)
        assert ledger.take(5).result() == []
        process.kill()
        process.wait()
        assert ledger.lock("a.example").result() is None
        assert [row.url for row in begin(run_id="later").take(5).result()] == []  # the host is held
        ledger.finish().result()
        assert [row.url for row in begin(run_id="last").take(5).result()] == ["https://a.example/1"]


def test_a_stopped_run_keeps_its_hosts(begin: Begin, path: Place) -> None:
    with other_process(path) as (process, _):
        process.send_signal(signal.SIGSTOP)
        assert begin().lock("a.example").result()


def test_what_a_dead_run_left_is_cleared_away(file: Path, clock: Clock) -> None:
    with other_process(file):
        pass
    Ledger(file, spider="s", run_id="1", now=clock).close()
    assert list((file.parent / "locks").iterdir()) == []


def test_a_spider_at_work_is_not_forgotten(begin: Begin, path: Place) -> None:
    ledger = begin()
    with Admin(path) as admin:
        with pytest.raises(Exception, match="run 1 works on s"):
            admin.forget("s")
        ledger.finish().result()
        assert admin.forget("s") == 0


@pytest.mark.parametrize("run_id", ["", "../x", "a/b", ".hidden", "x" * 200, "a\n"])
def test_run_ids_are_no_paths(path: Place, clock: Clock, run_id: str) -> None:
    with pytest.raises(ValueError, match="run id"):
        Ledger(path, spider="s", run_id=run_id, now=clock)


def test_a_run_id_serves_once(begin: Begin, path: Place, clock: Clock) -> None:
    ledger = begin()
    with pytest.raises(ValueError, match="in use"):
        Ledger(path, spider="s", run_id="1", now=clock)
    ledger.close()
    with pytest.raises(ValueError, match="used before"):
        Ledger(path, spider="s", run_id="1", now=clock)
    assert isinstance(path, str) or list((path.parent / "locks").iterdir()) == []
