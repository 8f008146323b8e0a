"""Ledgers of every version, as the code of their day left them (`versions/vN.db.gz`), each with a killed run."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from newscrawl.ledger import Ledger
from newscrawl.ledger.admin import Admin
from newscrawl.ledger.sqlite.schema import STEPS, connect
from newscrawl.ledger.sqlite.versions import VERSIONS
from newscrawl.stories.index import StoryIndex
from newscrawl.stories.tables import create_tables
from newscrawl.watch.site_run import decoded
from tests.ledger.rig import Clock, found
from tests.ledger.settling import end, messages

STORED = Path(__file__).parent / "versions"
HELD = {"pending": 5, "exported": 0, "rejected": 1, "dead": 1, "gone": 1, "alias": 2}
"""By state, of each; the three articles are due again, and one URL is the killed run's own."""


@pytest.fixture
def path(file: Path) -> Path:
    """These tests look into the file."""
    return file


@pytest.fixture(params=sorted(STORED.glob("v*.db.gz")), ids=lambda file: file.name.partition(".")[0])
def stored(request: pytest.FixtureRequest, path: Path) -> Path:
    path.parent.mkdir(parents=True)
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def schema(db: sqlite3.Connection, like: str = "%") -> dict[str, list[tuple[object, ...]]]:
    """Columns of each table and view, columns of each index."""
    names = db.execute("SELECT type, name FROM sqlite_master WHERE name LIKE ? AND sql IS NOT NULL", (like,)).fetchall()
    pragma = {"table": "table_info", "view": "table_info", "index": "index_info"}
    return {f"{kind} {name}": db.execute(f"PRAGMA {pragma[kind]}({name})").fetchall() for kind, name in names}


def test_there_is_a_file_of_each_version_before_this_one() -> None:
    assert len(list(STORED.glob("v*.db.gz"))) == len(VERSIONS) - 1


def test_an_old_ledger_keeps_what_it_knows_and_goes_on(stored: Path, clock: Clock) -> None:
    clock.move(days=11)
    with Admin(stored) as admin:
        assert admin.counts() == {"paper": HELD}
        assert admin.check() == []
        assert admin.profile("paper", "paper.example") == b'{"pages": []}'
    ledger = Ledger(stored, spider="paper", run_id="after", now=clock)
    assert ledger.validators("https://paper.example/feed").result().etag == '"e1"'
    known = ledger.discover(found("https://paper.example/gone", "https://paper.example/pending")).result()
    assert (known.new, known.known) == (0, 2)
    urls = {entry.url.rpartition("/")[2] for entry in ledger.take(20).result()}
    assert urls == {"exported", "copy", "where-it-landed", "again", "pending"}
    assert [message["revision"] for message in messages(ledger)] == [1, 1, 1, 1]
    assert len(messages(ledger, "tombstones")) == 1
    assert end(ledger).returned == len(urls)


def test_an_old_ledger_comes_to_the_schema_of_a_new_one(stored: Path, tmp_path: Path) -> None:
    with closing(connect(stored)) as old, closing(connect(tmp_path / "new.db")) as new:
        assert schema(old) == schema(new)
        assert old.execute("PRAGMA user_version").fetchone() == (len(STEPS),)


def test_the_tables_of_stories_are_those_of_their_index(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "new.db")) as ledger, closing(sqlite3.connect(":memory:")) as index:
        create_tables(index)
        assert schema(ledger, "stor%") == schema(index, "stor%")


def test_stories_of_an_old_ledger_are_known(stored: Path) -> None:
    with closing(connect(stored)) as db:
        copies = dict(db.execute("SELECT url, story FROM story_copies"))
        StoryIndex(db, 30).prune("2026-02-01T00:00:00Z")
        assert dict(db.execute("SELECT url, story FROM story_copies")) == copies
        if copies:  # from version 2
            assert copies["https://paper.example/exported"] == copies["https://paper.example/copy"]


def test_states_are_words_to_who_looks_into_the_file(stored: Path) -> None:
    with closing(connect(stored)) as db:
        assert set(db.execute("SELECT DISTINCT state FROM urls")) == {(name,) for name, n in HELD.items() if n}


def test_what_runs_saw_of_a_site_is_known_from_version_6_on(stored: Path, clock: Clock) -> None:
    ledger = Ledger(stored, spider="paper", run_id="after", now=clock)
    past = ledger.site_past(["paper.example"]).result()
    assert {site: [decoded(run).new for run in seen.runs] for site, seen in past.items()} in (
        {},
        {"paper.example": [4]},
    )
    end(ledger)
