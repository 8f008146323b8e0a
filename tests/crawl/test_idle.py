"""A run that finds nothing new: 50 feeds of 100 known URLs."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.items import DiscoveredUrl
from newscrawl.ledger import Ledger
from newscrawl.web.urls import normalized_url
from tests.chaos.site import HOST, Site

from .crawling import Crawl

SPIDER = """
from newscrawl.spider import SiteSpider

class Idle(SiteSpider):
    name = "idle"
    feeds = {feeds!r}
"""


@pytest.mark.e2e
def test_an_idle_run_asks_for_feeds_alone(tmp_path: Path) -> None:
    with Site(5000) as site:
        (tmp_path / "probe.py").write_text(SPIDER.format(feeds=tuple(site.feeds)))
        crawl = Crawl(tmp_path, hosts=f"{HOST}={site.address}")
        as_if_exported(crawl.data / "ledger.db", site.urls)
        done = crawl.run("idle", "-s", "SPIDER_MODULES=probe", "-s", "LOG_LEVEL=DEBUG")
        assert done.returncode == 0, done.stderr
        assert (len(site.feeds), site.asked) == (50, 0)
    summary = crawl.summaries()[-1]
    assert (summary["discovery"]["feed"], summary["discovery"]["known"]) == (50, 5000)
    assert sum(summary["visits"].values()) == 0
    assert "'downloader/request_count': 51," in done.stderr, "the feeds and robots.txt"


def as_if_exported(path: Path, urls: list[str]) -> None:
    """A ledger that knows these URLs and has a record of each, to be looked at again in a year."""
    path.parent.mkdir()
    ledger = Ledger(path, spider="idle", run_id="before", now=lambda: datetime.now(UTC))
    ledger.discover([DiscoveredUrl(url=url, normalized_url=normalized_url(url)) for url in urls]).result()
    ledger.finish().result()
    ledger.close()
    database = sqlite3.connect(path)
    year = int(datetime.now(UTC).timestamp()) + 365 * 24 * 3600
    database.execute("UPDATE url SET state = 1, revision = 1, visited = ?, due = ?", (year, year))
    database.commit()
    database.close()
