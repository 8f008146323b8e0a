"""The file: versions, strangers' files, full disks, and the writer's groups."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from newscrawl.ledger import Ledger, LedgerError, Visit, writer
from newscrawl.ledger.admin import Admin
from newscrawl.ledger.sqlite.schema import APPLICATION_ID, STEPS, connect
from tests.ledger.rig import Clock, found
from tests.ledger.settling import article, one

Begin = Callable[..., Ledger]


@pytest.fixture
def path(file: Path) -> Path:
    """These tests look into the file."""
    return file


def open_at(path: Path, clock: Clock) -> None:
    Ledger(path, spider="s", run_id="x", now=clock).close()


def test_an_older_ledger_is_upgraded_with_what_is_in_it(begin: Begin, path: Path) -> None:
    ledger = begin()
    ledger.discover(found("https://a.example/1")).result()
    ledger.close()

    def later(db: sqlite3.Connection) -> None:
        db.execute("ALTER TABLE url ADD COLUMN mood TEXT DEFAULT 'fine'")

    db = connect(path, [*STEPS, later])
    assert db.execute("SELECT url, mood FROM url").fetchall() == [("https://a.example/1", "fine")]
    assert db.execute("PRAGMA user_version").fetchone() == (len(STEPS) + 1,)
    db.close()


def test_an_upgrade_that_fails_changes_nothing(begin: Begin, path: Path) -> None:
    begin().close()

    def half(db: sqlite3.Connection) -> None:
        db.execute("DROP TABLE url")
        db.execute("SELECT nonsense")

    with pytest.raises(LedgerError, match="nonsense"):
        connect(path, [*STEPS, half])
    assert begin(run_id="after").take(1).result() == []


def test_a_newer_ledger_is_refused(path: Path, clock: Clock) -> None:
    open_at(path, clock)
    connect(path, [*STEPS, lambda db: None]).close()
    versions = rf"\(ledger version {len(STEPS) + 1}; .* up to {len(STEPS)}\)"
    with pytest.raises(LedgerError, match=rf"ledger\.db: written by a newer newscrawl {versions}"):
        open_at(path, clock)


def test_another_programs_file_is_refused_and_left_alone(path: Path, clock: Clock) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE url (mine TEXT)")
    with pytest.raises(LedgerError, match="another program"):
        open_at(path, clock)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT sql FROM sqlite_master").fetchall() == [("CREATE TABLE url (mine TEXT)",)]


def test_a_file_that_is_no_database_is_refused(path: Path, clock: Clock) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database " * 1000)
    with pytest.raises(LedgerError, match="not a database"):
        open_at(path, clock)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(LedgerError, match="data"):
        open_at(tmp_path / "data" / "ledger.db", clock)


def test_the_file_says_what_it_is_and_how_safe(begin: Begin, path: Path) -> None:
    ledger = begin()
    asked = ("application_id", "journal_mode", "synchronous")
    pragmas = [ledger.outbox()._db.execute(f"PRAGMA {name}").fetchone()[0] for name in asked]
    assert pragmas == [APPLICATION_ID, "wal", 2]


def fill_disk(ledger: Ledger) -> None:
    """The file may not grow from here on: SQLite answers "database or disk is full"."""
    outbox = ledger.outbox()
    outbox.do(lambda: outbox._db.execute("PRAGMA max_page_count = 1")).result()


def test_a_full_disk_surfaces_on_every_later_call_and_at_close(path: Path, clock: Clock) -> None:
    ledger = Ledger(path, spider="s", run_id="1", now=clock)
    ledger.discover(found("https://a.example/1")).result()
    (row,) = ledger.take(1).result()
    fill_disk(ledger)
    many = found(*(f"https://a.example/{number}" for number in range(5000)))
    done: list[Future[Any]] = [ledger.discover(many), ledger.settle(row, "rejected", reason="listing")]
    for future in done:
        with pytest.raises(LedgerError, match="full"):
            future.result()
    with pytest.raises(LedgerError, match="full"):
        ledger.take(1)
    with pytest.raises(LedgerError, match="full"):
        ledger.validators("https://a.example/feed")
    with pytest.raises(LedgerError, match="full"):
        ledger.close()
    with Admin(path) as admin:
        assert admin.counts()["s"]["pending"] == 1
        assert admin.check() == []


def test_a_record_goes_out_with_its_state_or_not_at_all(path: Path, clock: Clock) -> None:
    """One transaction: a record whose URL stayed pending would be made again by the next run, and come twice."""
    ledger = Ledger(path, spider="s", run_id="1", now=clock)
    row = one(ledger)
    with closing(sqlite3.connect(path)) as database:
        database.execute(
            "CREATE TRIGGER broken BEFORE UPDATE OF state ON url WHEN NEW.state = 1"
            " BEGIN SELECT RAISE(ABORT, 'the disk is gone'); END"
        )
        with pytest.raises(LedgerError, match="the disk is gone"):
            article(ledger, row)
        with pytest.raises(LedgerError):
            ledger.close()
        assert database.execute("SELECT count(*) FROM outbox").fetchone() == (0,)


def test_after_close_calls_are_refused(path: Path, clock: Clock) -> None:
    ledger = Ledger(path, spider="s", run_id="1", now=clock)
    ledger.close()
    ledger.close()
    with pytest.raises(LedgerError, match="closed"):
        ledger.take(1)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_nobody_waits_for_a_writer_that_died_of_a_mistake(path: Path, clock: Clock) -> None:
    ledger = Ledger(path, spider="s", run_id="1", now=clock)

    def mistake() -> None:
        raise AssertionError

    ledger.outbox().after_commit(mistake)
    ledger.discover([]).result()
    with pytest.raises(LedgerError, match="died"):
        ledger.close()


def test_changes_are_grouped_and_committed_in_order(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "SECONDS", 60)
    monkeypatch.setattr(writer, "REST", 1_000_000)
    ledger = begin()
    ledger.discover(found(*(f"https://a.example/{number}" for number in range(120)))).result()
    rows = ledger.take(120).result()
    groups: list[int] = []
    commits = threading.Semaphore(0)
    settled: list[Future[Visit]] = []

    def commit() -> None:
        groups.append(sum(future.done() for future in settled))
        commits.release()

    ledger.outbox().after_commit(commit)
    gate = threading.Event()
    ledger.outbox().do(gate.wait)
    settled += [ledger.settle(row, "rejected", reason="listing") for row in rows]
    gate.set()
    assert commits.acquire(timeout=10)
    assert commits.acquire(timeout=10)
    assert groups == [50, 100]
    report = ledger.finish()
    assert report.result().visits["rejected"] == 120
    assert groups[:3] == [50, 100, 120]


def test_a_small_group_does_not_wait_for_more_than_its_time(begin: Begin) -> None:
    ledger = begin()
    ledger.discover(found("https://a.example/1")).result()
    (row,) = ledger.take(1).result()
    assert ledger.settle(row, "rejected", reason="listing").result(timeout=10) == "rejected"
