"""Data folders as released versions left them: each goes on with this one, and nothing is doubled.

`vX.Y.Z.tar.xz` holds `data/` of crawls of the sample outlets: one ended by `limit`, one that came to its end, one that
was killed, with URLs of every state, profiles, stories, a tombstone, a lock, marks of runs and an open file. Each
release adds one.
"""

from __future__ import annotations

import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from newscrawl.ledger.admin import Admin
from tests.crawl.conftest import crawl, demo
from tests.crawl.crawling import Crawl

__all__ = ["crawl", "demo"]

RELEASES = sorted(Path(__file__).parent.glob("v*.tar.xz"))


@pytest.fixture(params=RELEASES, ids=lambda file: file.name.removesuffix(".tar.xz"))
def release(request: pytest.FixtureRequest, crawl: Crawl) -> Crawl:
    with tarfile.open(request.param) as tar:
        tar.extractall(crawl.folder, filter="data")
    return crawl


def lines(crawl: Crawl) -> dict[str, list[bytes]]:
    """What stands in each file of records, whether open or closed."""
    files = (crawl.data / "articles").glob("*/*.jsonl*")
    return {file.name.removesuffix(".part"): file.read_bytes().splitlines() for file in files}


def stories(crawl: Crawl) -> dict[str, int]:
    with closing(sqlite3.connect(crawl.data / "ledger.db")) as db:
        return dict(db.execute("SELECT url, story FROM story_copies"))


def test_a_crawl_goes_on_where_the_release_stopped(release: Crawl) -> None:
    before, copies = lines(release), stories(release)
    for spider, new in (("fenmoormonitor", 1), ("harbourledger", 7)):
        run = release.run(spider)
        assert run.returncode == 0, run.stderr
        assert release.summaries()[-1]["visits"]["new"] >= new
    after = lines(release)
    assert {name: after[name][: len(kept)] for name, kept in before.items()} == before
    names = [(record["id"], record["revision"]) for record in release.records()]
    assert len(set(names)) == len(names)
    assert copies.items() <= stories(release).items()
    assert any(record["story"] for record in release.records())
    with Admin(release.data / "ledger.db") as admin:
        assert admin.check() == []
        counts = admin.counts()
    assert counts["gazettelittoral"]["exported"] == 9
    moved = {state: counts["harbourledger"][state] for state in ("dead", "gone", "alias")}
    assert moved == {"dead": 1, "gone": 1, "alias": 1}
    assert not list((release.data / "articles").glob("*/*.part"))
    assert not list((release.data / "locks").glob("*.run"))


def test_nothing_of_a_release_is_fetched_again(release: Crawl) -> None:
    run = release.run("gazettelittoral", "-a", "revisit=0")
    assert run.returncode == 0, run.stderr
    assert release.summaries()[-1]["visits"]["new"] == 0
