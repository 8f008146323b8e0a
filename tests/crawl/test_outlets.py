"""Generated outlets crawled from their home page: every article, nothing else, and no listing page too many.

The short form of benchmarks/discovery.py, which has every URL pattern.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.outlets import NOW, server, site

from .crawling import Crawl

pytestmark = pytest.mark.e2e
TOWN = """
from newscrawl.spider import SiteSpider

class TownSpider(SiteSpider):
    name = "town"
    listings = ({listing!r},)
"""


@pytest.mark.parametrize(("url_pattern", "seed"), [("bare-numbers", 31), ("query-pages", 32), ("rel-next", 51)])
def test_every_article_is_found_from_the_home_page_and_nothing_else(
    url_pattern: str, seed: int, tmp_path: Path
) -> None:
    outlet = site(url_pattern, seed)
    with server([outlet]) as running:
        crawl = Crawl(tmp_path, hosts=running.hosts, allowed=running.allow_private_hosts)
        done = crawl.run("news", "-a", f"url={outlet.home}", timeout=300)
        assert done.returncode == 0, done.stderr
    judged = outlet.judge(record["url"] for record in crawl.records())
    assert (judged.missed, judged.wrong, judged.doubled) == (frozenset(), (), ())


@pytest.mark.parametrize("argument", ["limit", "since"])
def test_a_listing_of_6013_pages_is_read_as_far_as_needed(argument: str, tmp_path: Path) -> None:
    outlet = site("big", 33)
    day = (NOW - timedelta(hours=9)).replace(hour=0)
    wanted = outlet.since(day)
    value = f"{day:%Y-%m-%d}" if argument == "since" else f"{len(wanted)}"
    with server([outlet]) as running:
        crawl = Crawl(tmp_path, hosts=running.hosts, allowed=running.allow_private_hosts)
        done = crawl.run("news", "-a", f"url={outlet.home}", "-a", f"{argument}={value}", timeout=300)
        assert done.returncode == 0, done.stderr
    judged = outlet.judge([record["url"] for record in crawl.records()], wanted)
    assert (judged.missed, judged.wrong, judged.doubled) == (frozenset(), (), ())
    assert len(running.asked(outlet, "listing")) <= outlet.pages_since(day) + 1


def test_an_archive_is_read_beyond_days_whose_articles_the_front_page_named(tmp_path: Path) -> None:
    """Seed 41: the articles of the five newest days stand on the front page, and each day has a page of its own."""
    outlet = site("dated-archives", 41)
    with server([outlet]) as running:
        crawl = Crawl(tmp_path, hosts=running.hosts, allowed=running.allow_private_hosts)
        done = crawl.run("news", "-a", f"url={outlet.home}", timeout=300)
        assert done.returncode == 0, done.stderr
    assert outlet.judge(record["url"] for record in crawl.records()).missed == frozenset()


def test_a_box_of_the_most_read_with_a_new_article_does_not_page_through_what_is_known(tmp_path: Path) -> None:
    outlet = site("numbered-listing", 41)
    (listing,) = outlet.listings
    newest = outlet.article_page(outlet.articles[60]).body.decode()
    new = next(article for article in outlet.articles[:10] if urlsplit(article.url).path in newest)
    with server([outlet]) as running:
        crawl = Crawl(tmp_path, hosts=running.hosts, allowed=running.allow_private_hosts)
        (tmp_path / "town.py").write_text(TOWN.format(listing=listing))
        start = ("town", "-s", "SPIDER_MODULES=town", "-a", "revisit=0")
        assert crawl.run(*start, timeout=300).returncode == 0
        forget(crawl.data / "ledger.db", new.url)
        before = len(running.asked(outlet, "listing"))
        done = crawl.run(*start)
        assert done.returncode == 0, done.stderr
        assert len(running.asked(outlet, "listing")) - before == 2
    assert [record["url"] for record in crawl.records()].count(new.url) == 2


def forget(ledger: Path, url: str) -> None:
    """Makes an article one that was published since: unknown, and listing pages are others than they were."""
    with closing(sqlite3.connect(ledger)) as db, db:
        (row,) = db.execute("SELECT id FROM url WHERE url = ?", (url,)).fetchone()
        db.execute("DELETE FROM known WHERE url = ?", (row,))
        db.execute("DELETE FROM url WHERE id = ?", (row,))
        db.execute("UPDATE listing SET etag = NULL, last_modified = NULL")
