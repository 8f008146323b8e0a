"""Stories in the crawl: the second copy names the first, record and feed alike; `scrapy stories` shows both."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from newscrawl.demo import expected

from .crawling import Crawl, Record

pytestmark = pytest.mark.e2e

FIRST, SECOND = "harbourledger", "fenmoormonitor"


def copies() -> dict[str, str]:
    """Copies of the second outlet, each with the first outlet's copy of the story."""
    pages = expected()
    return {
        page.url: copy
        for page in pages.values()
        for copy in page.copies
        if page.outlet == SECOND and pages[copy].outlet == FIRST
    }


def stories(crawl: Crawl, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", "stories", *arguments]
    return subprocess.run(command, env=crawl.environment, cwd=crawl.folder, capture_output=True, text=True)


def rows(text: str) -> list[Record]:
    return [json.loads(line) for line in text.splitlines()]


def test_the_second_copy_names_the_first(crawl: Crawl) -> None:
    assert crawl.run(FIRST).returncode == 0
    assert [record["story"] for record in crawl.records(FIRST)] == [None] * len(crawl.records(FIRST))
    done = crawl.run(SECOND, "-O", "out.jsonl")
    assert done.returncode == 0, done.stderr
    records = crawl.records(SECOND)
    assert {r["url"]: r["story"]["first_seen_url"] for r in records if r["story"]} == copies()
    assert all(r["story"]["containment"] >= 0.4 for r in records if r["story"])
    # Harbour Ledger's copies were crawled first; the Monitor, whose stories they are, gets no origin by that.
    own = [record for record in records if record["story"] and record["originally_appeared_on"] is None]
    assert {record["url"] for record in own} == {url for url in copies() if expected()[url].origin is None}
    assert own
    assert shown(rows((crawl.folder / "out.jsonl").read_text("utf-8"))) == shown(records)

    clusters = rows(stories(crawl, "--jsonl").stdout)
    assert {copy["url"] for one in clusters for copy in one["copies"]} == {*copies(), *copies().values()}
    by_id = {one["story"]: one for one in clusters}
    assert all(by_id[r["story"]["id"]]["copies"][0]["url"] == copies()[r["url"]] for r in records if r["story"])

    table = stories(crawl)
    assert table.returncode == 0, table.stderr
    assert all(url in table.stdout for url in copies())
    counted = rows(stories(crawl, "--by", "outlet", "--jsonl").stdout)
    assert sum(one["stories"] for one in counted) > 0
    assert f"{SECOND}.example" in stories(crawl, "--by", "outlet").stdout
    assert stories(crawl, "--until", "2020-01-01").stdout.strip() == "No story with several copies in that time."


def shown(records: list[Record]) -> list[tuple[str, Record | None]]:
    return sorted((record["url"], record["story"]) for record in records)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--since", "soon"), "since=soon: should be a day"),
        (("--by", "colour"), "colour"),
        ((), "there is no ledger yet"),
    ],
)
def test_what_cannot_be_answered_is_said(arguments: tuple[str, ...], says: str, crawl: Crawl) -> None:
    done = stories(crawl, *arguments)
    assert done.returncode == (2 if arguments else 9)
    assert says in done.stderr + done.stdout
