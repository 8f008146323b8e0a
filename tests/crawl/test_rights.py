"""Statements on the use of pages in crawls: tdmrep.json fills `rights`; NEWSCRAWL_RIGHTS skips, drops and marks."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from .paper import Answer, Pages, Paper, article, listing

pytestmark = pytest.mark.e2e

HOST = "mill.example"
OPEN, RESERVED, SAID = "/news/the-open-story-told", "/tdm/the-reserved-story-told", "/news/the-story-that-says-so"
FILE = f"{HOST}/.well-known/tdmrep.json"
RULES = [{"location": "/tdm/", "tdm-reservation": 1, "tdm-policy": "/terms"}]


def site() -> Pages:
    said = article("other").body.replace(b"<head>", b'<head><meta name="tdm-reservation" content="1">')
    return {
        f"{HOST}/": listing((OPEN, RESERVED, SAID)),
        f"{HOST}{OPEN}": article("open"),
        f"{HOST}{RESERVED}": article("reserved"),
        f"{HOST}{SAID}": Answer(said),
        FILE: Answer(json.dumps(RULES).encode(), kind="application/json"),
    }


def test_the_file_is_asked_once_a_host_and_fills_what_page_and_headers_leave_open(tmp_path: Path) -> None:
    pages = site()
    overruled = pages[f"{HOST}{RESERVED}"].body.replace(b"<head>", b'<head><meta name="tdm-reservation" content="0">')
    pages |= {f"{HOST}/tdm/the-overruled-story-told": Answer(overruled)}
    pages[f"{HOST}/"] = listing((OPEN, RESERVED, SAID, "/tdm/the-overruled-story-told"))
    with Paper(pages) as paper:
        crawl = paper.crawl(tmp_path)
        assert crawl.run("news", "-a", f"url=http://{HOST}/").returncode == 0
        assert [one.path for one in paper.asked].count("/.well-known/tdmrep.json") == 1
    stated = {record["url"].partition(HOST)[2]: record["rights"] for record in crawl.records()}
    assert {path: rights["tdm"] for path, rights in stated.items()} == {
        OPEN: None,
        RESERVED: "1",
        SAID: "1",
        "/tdm/the-overruled-story-told": "0",
    }
    assert stated[RESERVED]["tdm_policy"] == f"http://{HOST}/terms"


@pytest.mark.parametrize(
    ("action", "fetched", "exported"),
    [("skip", {OPEN, SAID}, {OPEN}), ("drop", {OPEN, SAID, RESERVED}, {OPEN}), ("mark", None, {OPEN, SAID, RESERVED})],
)
def test_what_a_rule_does(action: str, fetched: set[str] | None, exported: set[str], tmp_path: Path) -> None:
    with Paper(site()) as paper:
        crawl = paper.crawl(tmp_path)
        done = crawl.run("news", "-a", f"url=http://{HOST}/", "-s", f"NEWSCRAWL_RIGHTS=tdm:{action}")
        asked = {one.path for one in paper.asked} & {OPEN, RESERVED, SAID}
    assert done.returncode == 0, done.stderr
    assert asked == (fetched or {OPEN, SAID, RESERVED})
    found = {record["url"].partition(HOST)[2]: record["extraction"]["warnings"] for record in crawl.records()}
    assert found.keys() == exported
    marked = {path for path, warnings in found.items() if "rights_reserved" in warnings}
    assert marked == ({SAID, RESERVED} if action == "mark" else set())
    with closing(sqlite3.connect(crawl.data / "ledger.db")) as ledger:
        due = ledger.execute("SELECT due IS NOT NULL FROM url WHERE state = 2").fetchall()
    assert due == [(1,)] * (3 - len(exported)), "what is rejected is tried again"


def test_a_bad_rule_stops_the_run(tmp_path: Path) -> None:
    with Paper(site()) as paper:
        done = paper.crawl(tmp_path).run("news", "-a", f"url=http://{HOST}/", "-s", "NEWSCRAWL_RIGHTS=tdm")
    assert done.returncode == 2
    assert "NEWSCRAWL_RIGHTS: 'tdm' should be STATEMENT:ACTION" in done.stderr
