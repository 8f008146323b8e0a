"""Generated outlets crawled from their home page: every article, nothing else, and no listing page too many.

The short form of benchmarks/discovery.py, which has every shape.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.outlets import NOW, server, site

from .crawling import Crawl

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize(("shape", "seed"), [("bare-numbers", 31), ("query-pages", 32)])
def test_every_article_is_found_from_the_home_page_and_nothing_else(shape: str, seed: int, tmp_path: Path) -> None:
    outlet = site(shape, seed)
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
