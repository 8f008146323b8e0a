"""A site that breaks in one of five ways is named, with exit code 10, in the first run that shows it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from subprocess import CompletedProcess

import msgspec
import pytest

from newscrawl.ledger import Ledger, SiteFigures
from newscrawl.ledger.admin import Admin
from newscrawl.watch.site_run import DAY, FIELDS, SiteRun, decoded
from tests.extraction.body.test_multipage import page

from .crawling import Crawl
from .paper import Answer, Pages, Paper

pytestmark = pytest.mark.e2e

WAYS = {
    "redesign": "all_rejected",
    "wall": "wall",
    "robots": "robots_closed",
    "fields": "authors_empty",
    "silence": "silence",
}
SPIDER = """
from newscrawl.spider import SiteSpider

class ValeSpider(SiteSpider):
    name = "vale"
    feeds = ("http://vale.example/feed.xml",)
"""
HOSTS = [*(f"{way}.example" for way in WAYS), "healthy.example"]
OLD, NEW = range(8), range(8, 13)
WALL = (
    b"<title>Just a moment...</title><h1>Checking your browser before accessing the site</h1><p>Verify you are human."
)
LINKS = b"<title>Vale</title>" + b"<p><a href='/x'>All of the town</a></p>" * 40


def article(number: int, *, signed: bool = True) -> Answer:
    """A page with a headline, a byline and a date."""
    head = b'<meta property="article:published_time" content="2026-11-20T08:00:00Z">'
    byline = b'<meta name="author" content="Ines Calloway">' if signed else b""
    html = page(f"mill{number}", title=f"The story of mill number {number} of the valley")
    return Answer(html.replace(b"<head>", b"<head>" + head + byline))


def site(host: str, way: str | None = None) -> Pages:
    """The site's pages, healthy or broken so; broken ones have new articles, but for silence."""
    numbers = [*OLD, *(NEW if way not in (None, "silence") else ())]
    items = "".join(
        f"<item><title>Mill {number}</title><link>http://{host}/news/mill-{number}</link></item>" for number in numbers
    )
    feed = f"<rss version='2.0'><channel><title>Vale</title><link>/</link>{items}</channel></rss>".encode()
    pages = {f"{host}/news/mill-{number}": article(number) for number in numbers}
    broken = {"redesign": Answer(LINKS), "wall": Answer(WALL)}
    for number in NEW if way in WAYS and way != "silence" else ():
        pages[f"{host}/news/mill-{number}"] = broken.get(way or "", article(number, signed=way != "fields"))
    rules = b"User-agent: *\nDisallow: /" if way == "robots" else b"User-agent: *\nDisallow:"
    front = Answer(b"<link rel='alternate' type='application/rss+xml' href='/feed.xml'><title>Vale</title><p>Welcome.")
    return pages | {
        f"{host}/": front,
        f"{host}/feed.xml": Answer(feed, kind="application/rss+xml"),
        f"{host}/robots.txt": Answer(rules, kind="text/plain"),
    }


def let_days_pass(data: Path, spider: str, host: str) -> None:
    """Gives a site a past of daily news that ended a month ago, in place of its first run."""
    with sqlite3.connect(data / "ledger.db") as database:
        database.execute("DELETE FROM site_run WHERE site = ?", (host,))
    database.close()
    now = int(datetime.now(UTC).timestamp())
    past = SiteRun(is_whole=True, new=3, records=3, pages=1, named=8, filled=dict.fromkeys(FIELDS, 3))
    for day in range(8):
        past.at = now + (day - 40) * DAY
        ledger = Ledger(data / "ledger.db", spider=spider, run_id=f"{spider}{day}", now=lambda: datetime.now(UTC))
        ledger.finish({host: SiteFigures(msgspec.json.encode(past))}).result()
        ledger.close()


def crawled(folder: Path, paper: Paper, *arguments: str) -> tuple[Crawl, CompletedProcess[str]]:
    """One run, in a folder that may hold what runs before have left."""
    folder.mkdir(exist_ok=True)
    (folder / "vale.py").write_text(SPIDER)
    (folder / "sites.txt").write_text("\n".join(f"http://{host}/" for host in HOSTS))
    crawl = paper.crawl(folder)
    return crawl, crawl.run(*arguments, "-a", "revisit=0", "-s", "SPIDER_MODULES=vale,newscrawl.spiders")


@pytest.fixture(scope="module")
def first_runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a site by itself and a file of sites were crawled while all was well."""
    folder = tmp_path_factory.mktemp("first")
    with Paper({key: answer for host in ("vale.example", *HOSTS) for key, answer in site(host).items()}) as paper:
        for arguments in (("vale",), ("news", "-a", "urls_file=sites.txt")):
            crawl, done = crawled(folder, paper, *arguments)
            assert done.returncode == 0, done.stderr
    assert len(crawl.records()) == len(OLD) * (1 + len(HOSTS))
    return folder


@pytest.mark.parametrize("way", WAYS)
def test_a_spiders_site_that_breaks_is_named(way: str, first_runs: Path, tmp_path: Path) -> None:
    shutil.copytree(first_runs, tmp_path / "now")
    if way == "silence":
        let_days_pass(tmp_path / "now" / "data", "vale", "vale.example")
    with Paper(site("vale.example", way)) as paper:
        crawl, done = crawled(tmp_path / "now", paper, "vale")
    assert done.returncode == 10, done.stderr
    assert done.stderr.rstrip().endswith(f"exit code 10 (not as it was); vale.example: {WAYS[way]}")
    summary = crawl.summaries()[-1]
    assert [line for line in summary["problems"] if f"vale.example: {WAYS[way]}: " in line]
    assert summary["changes"] == {"vale.example": [WAYS[way]]}
    if way in ("redesign", "wall", "robots"):
        with closing(sqlite3.connect(crawl.data / "ledger.db")) as ledger:
            lost = ledger.execute("SELECT count(*) FROM url WHERE state = 2 AND due IS NULL").fetchone()
        assert lost == (0,), "what was rejected is tried again"
    assert len(crawl.records("vale")) == len(OLD) + len(NEW) * (way == "fields"), "what was found is delivered"


def test_each_broken_site_of_a_file_is_named(first_runs: Path, tmp_path: Path) -> None:
    """Beside one that is as it was."""
    shutil.copytree(first_runs, tmp_path / "now")
    let_days_pass(tmp_path / "now" / "data", "news", "silence.example")
    pages = {key: answer for way in (*WAYS, None) for key, answer in site(f"{way or 'healthy'}.example", way).items()}
    with Paper(pages) as paper:
        crawl, done = crawled(tmp_path / "now", paper, "news", "-a", "urls_file=sites.txt")
    assert done.returncode == 10, done.stderr
    summary = crawl.summaries()[-1]
    assert summary["changes"] == {f"{way}.example": [name] for way, name in WAYS.items()}
    line = done.stderr.rstrip().splitlines()[-1]
    assert all(f"{way}.example: {name}" in line for way, name in WAYS.items())
    assert summary["sites"]["healthy.example"]["problems"] == []
    with Admin(crawl.data / "ledger.db") as admin:
        days = {site: decoded(day.figures) for site, day in admin.site_days("news", 0)}
    assert {site: day.problems for site, day in days.items() if day.problems} == summary["changes"]
    assert days["healthy.example"].runs == 2
    assert days["healthy.example"].new == len(OLD)
    assert days["wall.example"].wall_hosts == {"wall.example": len(NEW)}
