"""Many sites in one process: `scrapy crawl news -a urls_file=FILE`."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path

import pytest

from newscrawl.crawl.arguments import ArgumentError
from newscrawl.demo import expected, outlets
from newscrawl.demo.server import DemoServer
from newscrawl.spiders.news import NewsSpider
from newscrawl.web.urls import domain_of

from .crawling import Crawl

GONE = "http://closed-down.example/"
LINES = ["# towns", "", *(outlet.home for outlet in outlets()), GONE, "  http://harbourledger.example/latest/ "]


def written(folder: Path, *lines: str) -> str:
    file = folder / "sites.txt"
    file.write_text("\ufeff" + "\r\n".join(lines), encoding="utf-8")
    return str(file)


@pytest.mark.e2e
def test_each_site_of_a_file_is_crawled_as_if_it_were_alone(tmp_path: Path, demo: DemoServer) -> None:
    story = next(page.url for page in expected().values() if page.outlet == "fenmoormonitor")
    crawl = Crawl(
        tmp_path, hosts=f"{demo.hosts},closed-down.example=127.0.0.1:1", allowed=f"{demo.allow_private_hosts},127.0.0.1"
    )
    arguments = ("news", "-a", f"urls_file={written(tmp_path, *LINES, story)}", "-a", "revisit=0")
    first = crawl.run(*arguments)
    assert first.returncode == 0, first.stderr
    assert f"{GONE}" in "".join(line for line in first.stderr.splitlines() if "discovery failed" in line), first.stderr
    records = {record["url"]: record for record in crawl.records("news")}  # found by links with ?utm_source=, too
    assert len(records) == len(crawl.records("news"))
    # A page about the outlet is prose under a headline: it may pass for an article where a site is crawled unseen.
    assert records.keys() - expected().keys() <= {"http://www.gazette-littoral.example/a-propos"}
    records = {url: record for url, record in records.items() if url in expected()}
    assert records.keys() == expected().keys()
    assert {url: record["source"]["domain"] for url, record in records.items()} == {
        url: domain_of(url) for url in records
    }
    origins = {url: page.origin and page.origin.domain for url, page in expected().items()}
    assert {url: (record["originally_appeared_on"] or {}).get("domain") for url, record in records.items()} == origins
    assert records[story]["discovered_via"]["kind"] in ("given", "feed", "listing", "news_sitemap", "sitemap")
    profiles = {(record["source"]["domain"], record["extraction"]["profile"]) for record in records.values()}
    assert len(profiles) == len({profile for _, profile in profiles if profile}) == len(outlets())

    second = crawl.run(*arguments)
    assert second.returncode == 0, second.stderr
    assert sum(crawl.summaries()[-1]["visits"].values()) == 0


def test_the_sites_are_asked_in_turn(tmp_path: Path) -> None:
    spider = NewsSpider(urls_file=written(tmp_path, "a.example", "https://b.example/news", "a.example/sport"))
    urls = [link.url for link in spider.starts()]
    given = ["https://a.example/", "https://b.example/news", "https://a.example/sport"]
    assert urls[:3] == given
    assert urls[3:5] == ["https://a.example/robots.txt", "https://b.example/robots.txt"]
    assert len(urls) == len(set(urls))
    assert [link.kind for link in takewhile(lambda link: link.kind == "listing", spider.starts())] == ["listing"] * 3


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (("a.example", "ftp://b.example/", "#", "two words", "http://d:p/"), (":2: ftp", ":4: two", ":5: http")),
        (("# nothing",), ("holds no URL",)),
        (("http://[",) * 30, (":1: ", ":20: ", "and 10 more bad lines")),
    ],
)  # fmt: skip
def test_bad_lines_are_named(lines: tuple[str, ...], says: tuple[str, ...], tmp_path: Path) -> None:
    with pytest.raises(ArgumentError) as error:
        NewsSpider(urls_file=written(tmp_path, *lines))
    assert [word for word in says if word not in str(error.value)] == []


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=r"urls_file=.*none.txt: .*No such file"):
        NewsSpider(urls_file=str(tmp_path / "none.txt"))
    with pytest.raises(ArgumentError, match="one of them"):
        NewsSpider(url="a.example", urls_file=str(tmp_path / "none.txt"))
