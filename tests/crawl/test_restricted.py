"""What one run left out, or could not know of, the next one finds."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.outlets import NOW, OutletServer, server, site
from tests.outlets.model import GeneratedSite, target_of

from .crawling import Crawl

pytestmark = pytest.mark.e2e


def run(crawl: Crawl, outlet: GeneratedSite, *arguments: str) -> int:
    """Runs; answers how many records there are then."""
    given = (word for argument in (f"url={outlet.home}", *arguments) for word in ("-a", argument))
    done = crawl.run("news", *given, "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=16")
    assert done.returncode == 0, done.stderr
    return len(crawl.records())


def crawl_of(running: OutletServer, folder: Path) -> Crawl:
    return Crawl(folder, hosts=running.hosts, allowed=running.allow_private_hosts)


def test_a_run_with_since_loses_nothing_for_the_next_without(tmp_path: Path) -> None:
    """Listing pages without dates: some articles queued out to be too old only when they were fetched."""
    outlet = site("numbered-listing", 3)
    day = (NOW - timedelta(days=8)).replace(hour=0)
    with server([outlet]) as running:
        crawl = crawl_of(running, tmp_path)
        assert run(crawl, outlet, f"since={day:%Y-%m-%d}") == len(outlet.since(day))
        asked = len(running.asked(outlet, "article"))
        assert run(crawl, outlet, f"since={day:%Y-%m-%d}") == len(outlet.since(day))
        assert len(running.asked(outlet, "article")) == asked, "what is too old is asked for once"
        run(crawl, outlet)
    judged = outlet.judge(record["url"] for record in crawl.records())
    assert (judged.missed, judged.wrong, judged.doubled) == (frozenset(), (), ())


def test_a_sitemap_that_robots_txt_names_is_asked_although_robots_txt_has_not_changed(tmp_path: Path) -> None:
    """Its newest article is published between the runs; nothing else leads to it."""
    outlet = site("news-sitemap-only", 5)
    target = target_of(outlet.sitemaps[0])
    whole = outlet.routes[target]
    outlet.routes[target] = lambda: replace(whole(), body=re.sub(rb"(?s)<url>.*?</url>", b"", whole().body, count=1))
    with server([outlet]) as running:
        crawl = crawl_of(running, tmp_path)
        assert run(crawl, outlet) == len(outlet.articles) - 1
        outlet.routes[target] = whole
        assert run(crawl, outlet) == len(outlet.articles)
