"""`scrapy diffrecords` and `scrapy changes`: text and pages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from newscrawl.commands.changes import changes_in
from newscrawl.views.change_pages import record_changes_page, revisions_page
from newscrawl.views.record_changes import compare, key_of, lines_of_changes
from newscrawl.views.revisions import change_lines
from newscrawl.views.word_changes import Piece, word_changes


def record(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": f"{number:032x}",
        "url": f"https://paper.example/{number}",
        "normalized_url": f"http://paper.example/{number}",
        "title": f"Weir {number}",
        "body": "The weir was shut on Monday.\n\nIt opens in May.",
        "authors": [],
        "source": {"name": "Paper", "domain": "paper.example"},
        "revision": 1,
        "fetched_at": "2026-11-20T08:00:00Z",
        "run_id": "a",
        "archive": None,
        **more,
    }


def lines(*records: dict[str, Any]) -> list[bytes]:
    return [json.dumps(one).encode() for one in records]


OLD = [record(1), record(2), record(3)]
NEW = [
    record(1, run_id="b", fetched_at="2026-11-21T08:00:00Z", archive={"file": "x", "offset": 1}),
    record(2, authors=["Ann Reed"], source={"name": "The Paper", "domain": "paper.example"}),
    record(4),
]


def test_words_that_went_and_came() -> None:
    assert word_changes("The weir was shut.\nSame.", "The weir was opened.\nSame.") == [
        Piece("same", "The weir was "),
        Piece("removed", "shut"),
        Piece("added", "opened"),
        Piece("same", ".\nSame.\n"),
    ]


def test_both_texts_can_be_put_together_from_the_pieces() -> None:
    old, new = "a b c\nd e f\ng", "a x c\ng\nh i"
    pieces = word_changes(old, new)
    for kind, text in (("removed", old), ("added", new)):
        assert "".join(one.text for one in pieces if one.kind in ("same", kind)).split() == text.split()


def test_fields_are_counted_and_what_tells_of_the_run_is_left_out() -> None:
    found = compare({key_of(one): line for one, line in zip(OLD, lines(*OLD), strict=True)}, lines(*NEW))
    assert (found.same, found.changed) == (1, 1)
    assert (found.only_old, found.only_new) == (["https://paper.example/3"], ["https://paper.example/4"])
    assert {name: (one.changed, one.filled, one.emptied) for name, one in found.fields.items()} == {
        "authors": (1, 1, 0),
        "source.name": (1, 0, 0),
    }
    text = "\n".join(lines_of_changes(found))
    assert "authors: 1 differ, 1 filled, 0 emptied" in text
    assert "+ The Paper" in text


def test_pages_escape_what_comes_from_outside() -> None:
    bad = "</div><script>alert(1)</script>"
    found = compare({key_of(OLD[0]): lines(OLD[0])[0]}, lines(record(1, title=bad)))
    page = record_changes_page(found, "<old>", "new")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "default-src &#39;none&#39;" in page


def revised(folder: Path) -> Path:
    (folder / "articles" / "paper").mkdir(parents=True)
    later = record(
        1,
        revision=2,
        fetched_at="2026-11-22T08:00:00Z",
        body="The weir was shut on Tuesday.\n\nIt <b>opens</b> in May.",
    )
    (folder / "articles" / "paper" / "a.jsonl").write_bytes(b"\n".join(lines(*OLD)) + b"\n")
    (folder / "articles" / "paper" / "b.jsonl.part").write_bytes(b"\n".join(lines(later)) + b'\n{"id": "cut')
    return folder / "articles"


@pytest.mark.parametrize(
    ("url", "since", "count"),
    [
        ("https://paper.example/1", "", 1),
        ("https://paper.example/2", "", 0),
        (None, "2026-11-22T00:00:00Z", 1),
        (None, "2026-11-23T00:00:00Z", 0),
    ],
)
def test_changes_of_a_url_and_since_a_day(url: str | None, since: str, count: int, tmp_path: Path) -> None:
    assert len(changes_in(revised(tmp_path), url, since)) == count


def test_changes_as_text_and_as_a_page(tmp_path: Path) -> None:
    found = changes_in(revised(tmp_path), "https://paper.example/1", "")
    text = "\n".join(change_lines(found))
    assert "[-Monday-]{+Tuesday+}" in text
    page = revisions_page(found)
    assert "<del>Monday</del>" in page
    assert "<ins>Tuesday</ins>" in page
    assert "&lt;" in page
    assert "<b>" not in page


@pytest.mark.e2e
def test_the_commands(tmp_path: Path) -> None:
    revised(tmp_path)
    (tmp_path / "new.jsonl").write_bytes(b"\n".join(lines(*NEW)) + b"\n")
    environment = os.environ | {
        "SCRAPY_SETTINGS_MODULE": "newscrawl.settings",
        "NEWSCRAWL_DATA_DIR": str(tmp_path),
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "scrapy", *arguments]
        return subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True)

    done = run("diffrecords", "articles/paper/a.jsonl", "new.jsonl", "--html", "d.html", "--skip", "authors")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("2 records in both: 1 the same, 1 differ\n1 only in OLD, 1 only in NEW\nsource.name")
    assert "source.name" in (tmp_path / "d.html").read_text("utf-8")
    assert run("diffrecords", "articles/paper/a.jsonl", "articles/paper/a.jsonl").returncode == 0
    assert run("diffrecords", "articles/paper/a.jsonl", "none.jsonl").returncode == 2
    done = run("changes", "https://paper.example/1", "--html", "c.html")
    assert done.returncode == 0, done.stderr
    assert "{+Tuesday+}" in done.stdout
    assert "<ins>Tuesday</ins>" in (tmp_path / "c.html").read_text("utf-8")
    assert run("changes").stdout == "nothing has changed\n"
