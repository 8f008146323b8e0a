"""Users' pipelines before, between and after newscrawl's own: whatever they do, each page is settled once."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.site import HOST, Site

pytestmark = pytest.mark.e2e

DEADLINE = 120
"""Seconds after which a crawl counts as hanging; it takes some five."""
PAGES = 3

PROJECT = """
ADDONS = {{"newscrawl.addon.Addon": 500}}
COMMANDS_MODULE = "newscrawl.commands"
SPIDER_MODULES = ["town"]
USER_AGENT = "town (+https://town.example/contact)"
DOWNLOAD_DELAY = 0
NEWSCRAWL_WORKERS = 1
ITEM_PIPELINES = {{"town.Users": {priority}}}
"""
SPIDER = """
from dataclasses import dataclass, replace

from itemadapter import ItemAdapter
from newscrawl.items import Article
from newscrawl.spider import SiteSpider
from scrapy.exceptions import DropItem


class Town(SiteSpider):
    name = "town"
    feeds = {feeds!r}


@dataclass
class Own:
    name: str


class Users:
    def process_item(self, item):
        {what}
"""
WHAT = {
    "returns a dict": "return {'name': 'own'}",
    "returns another class": "return Own('own')",
    "drops": "raise DropItem('no')",
    "raises": "raise KeyError('no')",
    "changes the article": "return replace(item, title='Changed', body=item.body + '\\n\\nMore.')",
    "returns an adapter": "item.title = 'Changed'; return ItemAdapter(item)",
}
PLACES = {"before": 50, "between": 300, "after": 950}
OWN = [{"name": "own"}] * PAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    visits: dict[str, int]
    code: int
    reasons: dict[str, int] = field(default_factory=dict)
    fed: Any = ()
    """What -O gets; a string is the title of each article."""
    title: str | None = None
    """Of each record; None where no record goes out. "read": as the page has it."""


NEW, REJECTED, FAILED = {"new": PAGES}, {"rejected": PAGES}, {"failed": PAGES}
TAKEN = Expected(visits=REJECTED, code=3, reasons={"taken_by_pipeline": PAGES}, fed=OWN)
DROPPED = Expected(visits=REJECTED, code=3, reasons={"dropped_by_pipeline": PAGES})
BROKEN = Expected(visits=FAILED, code=5)
REPLACED = Expected(visits=NEW, code=0, fed=OWN, title="read")
CASES = {
    ("before", "returns a dict"): TAKEN,
    ("before", "returns another class"): TAKEN,
    ("before", "drops"): DROPPED,
    ("before", "raises"): BROKEN,
    ("between", "returns a dict"): REPLACED,
    ("between", "returns another class"): REPLACED,
    ("between", "drops"): DROPPED,
    ("between", "raises"): BROKEN,
    ("between", "changes the article"): Expected(visits=NEW, code=0, fed="Changed", title="Changed"),
    ("between", "returns an adapter"): Expected(visits=NEW, code=0, fed="Changed", title="Changed"),
    ("after", "returns a dict"): REPLACED,
    ("after", "returns another class"): REPLACED,
    ("after", "drops"): Expected(visits=NEW, code=0, title="read"),
    ("after", "raises"): Expected(visits=NEW, code=5, title="read"),
    ("after", "changes the article"): Expected(visits=NEW, code=0, fed="Changed", title="read"),
}


@pytest.mark.parametrize(("place", "what"), list(CASES))
def test_each_page_is_settled_once(place: str, what: str, tmp_path: Path) -> None:
    expected = CASES[place, what]
    with Site(PAGES) as site:
        (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = town_settings\n")
        (tmp_path / "town_settings.py").write_text(PROJECT.format(priority=PLACES[place]))
        (tmp_path / "town.py").write_text(SPIDER.format(feeds=tuple(site.feeds), what=WHAT[what]))
        done = crawl(tmp_path, site)
    assert done.returncode == expected.code, done.stderr
    (run,) = (json.loads(file.read_bytes()) for file in (tmp_path / "data" / "runs").glob("*.json"))
    assert {kind: count for kind, count in run["visits"].items() if count} == expected.visits
    assert run["rejected"] == expected.reasons
    assert done.stderr.count("INFO: rejected taken_by_pipeline ") == expected.reasons.get("taken_by_pipeline", 0)
    assert fed(tmp_path, expected) == expected.fed or (not expected.fed and not fed(tmp_path, expected))
    records = [line for file in (tmp_path / "data" / "articles").rglob("*.jsonl") for line in lines(file)]
    assert len(records) == (PAGES if expected.title else 0)
    assert {record["title"] == "Changed" for record in records} <= {expected.title == "Changed"}
    ledger = tmp_path / "data" / "ledger.db"
    assert rows(ledger, "url WHERE run IS NOT NULL") == 0, "what a run has taken and not settled"
    assert bool(rows(ledger, "stories")) == bool(records), "whatever is passed on, the article that is stored is filed"


def crawl(folder: Path, site: Site) -> subprocess.CompletedProcess[str]:
    hosts = {"NEWSCRAWL_HOSTS": f"{HOST}={site.address}", "NEWSCRAWL_ALLOW_PRIVATE_HOSTS": site.address}
    path = os.pathsep.join([str(folder), str(Path(__file__).resolve().parent.parent.parent)])
    environment = {name: value for name, value in os.environ.items() if name != "SCRAPY_SETTINGS_MODULE"}
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "town", "-O", "out.jsonl"],
        cwd=folder,
        env=environment | hosts | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=DEADLINE,
    )


def fed(folder: Path, expected: Expected) -> Any:
    """What the feed got: the title where it got articles that all have the same, else its lines."""
    found = lines(folder / "out.jsonl")
    titles = {line.get("title") for line in found}
    return titles.pop() if isinstance(expected.fed, str) and len(found) == PAGES and len(titles) == 1 else found


def lines(file: Path) -> list[Any]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def rows(path: Path, of: str) -> int:
    """How many rows a table of the ledger has."""
    database = sqlite3.connect(path)
    try:
        (count,) = database.execute(f"SELECT count(*) FROM {of}").fetchone()
    except sqlite3.OperationalError:  # made with the first story
        return 0
    finally:
        database.close()
    return int(count)
