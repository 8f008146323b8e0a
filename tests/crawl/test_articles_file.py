"""Exactly the pages that a user names: `scrapy crawl news -a articles_file=FILE`, `-a article=URL`."""

from __future__ import annotations

from pathlib import Path

import pytest

from .crawling import Crawl
from .paper import Answer, Pages, Paper, article, listing

pytestmark = pytest.mark.e2e

ROBOTS = Answer(b"User-agent: *\nDisallow: /private/", kind="text/plain")


def pages() -> Pages:
    return {
        "a.example/": listing(f"/story-{number}" for number in range(4)),
        **{f"a.example/story-{number}": article(f"quay {number}") for number in range(4)},
        "a.example/private/1": article("vault"),
        "a.example/robots.txt": ROBOTS,
        "b.example/2026/mill": article("mill"),
        "b.example/old": Answer(status=301, location="http://b.example/2026/mill"),
        "c.example/about": Answer(b"<title>About</title><p>We are a paper."),
    }


URLS = {
    "http://a.example/story-1": ("exported", None, 200),
    "http://b.example/2026/mill": ("exported", None, 200),
    "http://b.example/old": ("alias", None, None),
    "http://c.example/about": ("rejected", None, 200),
    "http://c.example/missing": ("pending", "http_404", 404),
    "http://a.example/private/1": ("rejected", "robots_disallowed", None),
}


def outcomes(crawl: Crawl) -> dict[str, dict[str, object]]:
    return {one["url"]: one for one in crawl.summaries()[-1]["articles"]}


def test_exactly_these_pages_are_fetched_and_each_ones_outcome_is_told(tmp_path: Path) -> None:
    with Paper(pages()) as paper:
        crawl = paper.crawl(tmp_path)
        (tmp_path / "articles.txt").write_text("# from a list\n" + "\n".join(URLS))
        done = crawl.run("news", "-a", "articles_file=articles.txt")
        assert done.returncode == 0, done.stderr
        asked = {f"http://{one.host}{one.path}" for one in paper.asked if one.path != "/robots.txt"}
        assert asked == URLS.keys() - {"http://a.example/private/1"}
        found = outcomes(crawl)
        assert found.keys() == URLS.keys()
        for url, (state, reason, status) in URLS.items():
            assert found[url]["state"] == state, url
            assert reason in (None, found[url]["reason"])
            assert status in (None, found[url]["http_status"])
        assert {record["url"] for record in crawl.records()} == {url for url in URLS if URLS[url][0] == "exported"}

        paper.asked.clear()
        again = crawl.run("news", "-a", "articles_file=articles.txt", "-a", "revisit=0")
        assert again.returncode == 0, again.stderr
        assert [one.path for one in paper.asked if one.path != "/robots.txt"] == ["/missing"]
        assert outcomes(crawl).keys() == URLS.keys()


def test_one_article_and_not_its_site_nor_what_waits_of_it(tmp_path: Path) -> None:
    with Paper(pages()) as paper:
        crawl = paper.crawl(tmp_path)
        assert crawl.run("news", "-a", "url=http://a.example/", "-a", "limit=1").returncode == 0
        known = {record["url"] for record in crawl.records()}
        other = next(f"http://a.example/story-{number}" for number in range(4) if f"story-{number}" not in str(known))
        paper.asked.clear()
        done = crawl.run("news", "-a", f"article={other}", "-a", "revisit=0")
        assert done.returncode == 0, done.stderr
        assert [one.path for one in paper.asked] == ["/robots.txt", other.removeprefix("http://a.example")]
        whole = crawl.run("news", "-a", "url=http://a.example/story-3")
        assert "for this page alone: -a article=URL" in whole.stderr
