"""Users' spider middlewares and settings that drop pages or requests: the run ends, and each URL is settled once."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.chaos.site import Site
from tests.pipelines.test_users_pipelines import PROJECT, crawl

pytestmark = pytest.mark.e2e

PAGES = 12
"""Most of the first eight wait until their site is known and come from start(), the others from their callback."""
SPIDER = """
from newscrawl.fetch.fetched_page import FetchedPage
from newscrawl.spider import SiteSpider


class Town(SiteSpider):
    name = "town"
    feeds = {feeds!r}


def is_page(made):
    return isinstance(made, FetchedPage)


def is_article(made):
    return is_page(made) or "/news/" in getattr(made, "url", "")


class Users:
    {what}
"""
OUTPUT = "async def process_spider_output(self, response, result):\n        "
INPUT = "def process_spider_input(self, response):\n        "
START = "async def process_start(self, start):\n        "
CASES = {
    "a page": OUTPUT + "async for made in result:\n            if not is_page(made): yield made",
    "a page for an item": OUTPUT
    + "async for made in result:\n            yield {'name': 'own'} if is_page(made) else made",
    "nothing, but late": OUTPUT + "every = [made async for made in result]\n        for made in every: yield made",
    "raises": OUTPUT
    + "async for made in result:\n            if is_page(made): raise KeyError('no')\n            yield made",
    "refuses responses": INPUT + "if '/news/' in response.url: raise KeyError('no')",
    "requests of start": START + "async for made in start:\n            if not is_article(made): yield made",
    "discovery pages": START + "async for made in start:\n            if is_article(made): yield made",
}
EXPECTED = {
    "a page": {"new", "rejected"},
    "a page for an item": {"new", "rejected"},
    "nothing, but late": {"new"},
    "raises": {"new", "failed"},
    "refuses responses": {"failed"},
    "requests of start": {"rejected"},
    "discovery pages": set(),
}


@pytest.mark.parametrize("name", CASES)
def test_the_run_ends_and_each_url_is_settled(name: str, tmp_path: Path) -> None:
    with Site(PAGES) as site:
        (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = town_settings\n")
        settings = PROJECT.replace("ITEM_PIPELINES", "SPIDER_MIDDLEWARES").format(priority=543)
        (tmp_path / "town_settings.py").write_text(settings)
        (tmp_path / "town.py").write_text(SPIDER.format(feeds=tuple(site.feeds), what=CASES[name]))
        done = crawl(tmp_path, site)
    (run,) = (json.loads(file.read_bytes()) for file in (tmp_path / "data" / "runs").glob("*.json"))
    visits = {kind: count for kind, count in run["visits"].items() if count}
    assert set(visits) == EXPECTED[name], done.stderr
    assert sum(visits.values()) == (PAGES if visits else 0)
    assert set(run["rejected"]) == ({"dropped_by_middleware"} if "rejected" in visits else set())
    with closing(sqlite3.connect(tmp_path / "data" / "ledger.db")) as ledger:
        assert ledger.execute("SELECT count(*) FROM url WHERE run IS NOT NULL").fetchone() == (0,)
