"""`scrapy ledger`: each subcommand, for people and as JSON."""

from __future__ import annotations

import argparse
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from newscrawl.commands.ledger import Command
from newscrawl.ledger import Ledger
from tests.ledger.rig import found
from tests.ledger.settling import article, end

Run = Callable[..., tuple[int, list[Any]]]


@pytest.fixture
def path(file: Path) -> Path:
    """These tests look into the file."""
    return file


@pytest.fixture
def run(begin: Callable[..., Ledger], path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command on a ledger with one URL of each: exported, rejected, dead, pending. Answers code and lines."""
    ledger = begin(max_failures=1)
    ledger.discover(
        found(*(f"https://a.example/{name}" for name in ("good", "no-article", "broken", "later")))
    ).result()
    good, rejected, dead = ledger.take(3).result()
    article(ledger, good)
    ledger.settle(rejected, "rejected", reason="listing", http_status=200).result()
    ledger.settle(dead, "failed", reason="http_500\nforged line", http_status=500).result()
    end(ledger)

    def run_command(*words: str) -> tuple[int, list[Any]]:
        command = Command()
        command.settings = Settings({"NEWSCRAWL_DATA_DIR": str(path.parent)})
        parser = argparse.ArgumentParser()
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--state", action="append")
        parser.add_argument("--limit", type=int, default=1000)
        for name in ("--reason", "--site", "--near", "--since"):
            parser.add_argument(name)
        parser.add_argument("--near-border", action="store_true")
        options, rest = parser.parse_known_args(words)
        command.run(rest, options)
        lines = capsys.readouterr().out.splitlines()
        return command.exitcode, [json.loads(line) for line in lines] if options.json else lines

    return run_command


COUNTS = {"spider": "s", "pending": 1, "exported": 1, "rejected": 1, "dead": 1, "gone": 0, "alias": 0}


def test_counts(run: Run) -> None:
    assert run("counts", "--json") == (0, [COUNTS])
    assert run() == run("counts")
    assert run() == (0, ["s  1 pending  1 exported  1 rejected  1 dead  0 gone  0 alias"])


def test_dead_lists_each_with_its_reason_on_a_line_of_its_own(run: Run) -> None:
    code, letters = run("dead", "s", "--json")
    assert code == 0
    assert {(letter["url"], letter["state"], letter["reason"]) for letter in letters} == {
        ("https://a.example/broken", "dead", "http_500\nforged line"),
        ("https://a.example/no-article", "rejected", "listing"),
    }
    assert len(run("dead")[1]) == 2
    assert len(run("dead", "--limit", "1")[1]) == 1
    assert [letter["state"] for letter in run("dead", "--json", "--state", "rejected")[1]] == ["rejected"]


def test_requeue_some(run: Run) -> None:
    assert run("requeue", "s", "https://a.example/broken", "https://a.example/good", "--json") == (0, [{"requeued": 2}])
    assert run("counts", "--json")[1] == [COUNTS | {"pending": 3, "exported": 0, "dead": 0}]


def test_requeue_all_or_those_of_a_state(run: Run) -> None:
    assert run("requeue", "s", "--state", "dead", "--json") == (0, [{"requeued": 1}])
    assert run("requeue", "s", "--json") == (0, [{"requeued": 1}])
    assert run("counts", "--json")[1] == [COUNTS | {"pending": 3, "rejected": 0, "dead": 0}]


def test_urls_and_requeue_by_filter(run: Run) -> None:
    code, rows = run("urls", "s", "--state", "rejected", "--json")
    assert (code, len(rows)) == (0, 1)
    assert run("requeue", "s", "--reason", "nothing of the kind") == (0, ["0 URLs are pending again"])
    assert run("requeue", "s", "--reason", rows[0]["reason"]) == (0, ["1 URLs are pending again"])


def test_forget(run: Run) -> None:
    assert run("forget", "s", "--json") == (0, [{"forgotten": 4}])
    assert sum(value for value in run("counts", "--json")[1][0].values() if isinstance(value, int)) == 0


def test_vacuum_and_check(run: Run, path: Path) -> None:
    code, [sizes] = run("vacuum", "--json")
    assert code == 0
    assert sizes["bytes_after"] == path.stat().st_size
    assert run("check", "--json") == (0, [{"wrong": None}])


def test_check_tells_what_is_wrong(run: Run, path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DELETE FROM known")
    code, wrong = run("check", "--json")
    assert code == 1
    assert wrong[0]["wrong"]


def test_what_was_done_is_told_in_words(run: Run) -> None:
    assert run("requeue", "s", "--state", "dead") == (0, ["1 URLs are pending again"])
    assert run("check") == (0, ["nothing is wrong"])
    assert " bytes before, " in run("vacuum")[1][0]
    assert run("forget", "s") == (0, ["4 URLs are forgotten"])


@pytest.mark.parametrize("words", [["explode"], ["requeue"], ["forget"], ["dead", "nobody"], ["requeue", "nobody"]])
def test_what_cannot_be_meant_is_a_usage_error(words: list[str], run: Run) -> None:
    with pytest.raises(UsageError):
        run(*words)


def test_a_missing_ledger_is_code_9(run: Run, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.unlink()
    assert run("counts") == (9, [])
