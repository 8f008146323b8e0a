"""What befalls one host of a run stays with that host, and what is started over stays with its site."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from newscrawl.demo import OUTLETS
from newscrawl.ledger.admin import Admin

from .crawling import Crawl
from .paper import Answer, Paper, article, listing

pytestmark = pytest.mark.e2e

HOST = "tide-post.example"


def test_an_article_that_leads_to_a_dead_host_costs_its_own_site_nothing(tmp_path: Path) -> None:
    names = [f"/{number}-story-of-the-harbour" for number in range(100, 112)]
    pages = {f"{HOST}{name}": article(name[1:]) for name in names}
    for number in (0, 1, 2):  # among the first that are fetched, and again
        pages[f"{HOST}{names[number]}"] = Answer(status=302, location=f"http://dead.example{names[number]}")
    pages[f"{HOST}/"] = listing(names)
    with Paper(pages) as paper:
        crawl = paper.crawl(tmp_path, dead_example="127.0.0.1:1")
        done = crawl.run("news", "-a", f"url=http://{HOST}/", "-s", "RETRY_ENABLED=False")
    assert len(crawl.records()) == len(names) - 3, done.stderr
    assert crawl.summaries()[-1]["visits"]["failed"] == 3
    with Admin(crawl.data / "ledger.db") as admin:
        waiting = [letter for letter in admin.dead_letters("news", ["pending", "dead"]) if letter.attempts]
    assert sorted(letter.url.partition(".example")[2] for letter in waiting if letter.reason) == names[:3]


def test_full_starts_over_one_site_alone_and_doubles_no_record(crawl: Crawl) -> None:
    harbour, gazette = (f"url={OUTLETS[key].home}" for key in ("harbourledger", "gazettelittoral"))
    for home in (harbour, gazette):
        assert crawl.run("news", "-a", home, "-a", "limit=3").returncode == 0
    with Admin(crawl.data / "ledger.db") as admin:
        before = admin.counts()["news"]
    assert crawl.run("news", "-a", harbour, "-a", "full=1", "-a", "limit=3").returncode == 0
    records = crawl.records()
    assert len({(record["id"], record["revision"]) for record in records}) == len(records) == 9
    assert sorted(record["revision"] for record in records) == [1] * 6 + [2] * 3
    assert crawl.summaries()[-1]["visits"]["revised"] == 3
    assert crawl.run("news", "-a", gazette, "-a", "limit=1", "-a", "revisit=0").returncode == 0
    after = crawl.records()
    assert len({(record["id"], record["revision"]) for record in after}) == len(after) == 10
    with Admin(crawl.data / "ledger.db") as admin:
        assert admin.counts()["news"]["exported"] >= before["exported"]
        assert admin.check() == []


def test_a_password_in_a_url_is_in_no_log(tmp_path: Path) -> None:
    """Of the command line, a link, a redirect and robots.txt."""
    good, bad = "/1-story-of-the-harbour", "/2-story-of-the-harbour"
    secret = f"http://keeper:hunter2@{HOST}"
    pages = {
        f"{HOST}/robots.txt": Answer(f"Sitemap: {secret}/sitemap.xml\n".encode(), kind="text/plain"),
        f"{HOST}/": listing([good, bad, f"{secret}/3-story-of-the-harbour"]),
        f"{HOST}{good}": article("first"),
        f"{HOST}{bad}": Answer(status=302, location=f"{secret}/4-story-of-the-harbour"),
    }
    with Paper(pages) as paper:
        crawl = paper.crawl(tmp_path)
        told = crawl.run("news", "-a", f"url={secret}/")
        done = crawl.run("news", "-a", f"url=http://{HOST}/", "-s", "LOG_LEVEL=DEBUG")
    assert told.returncode == 2
    assert "***@tide-post.example/: holds a name or password" in told.stderr
    assert len(crawl.records()) == 1, done.stderr
    assert "hunter2" not in told.stderr + done.stderr
    assert {asked.path for asked in paper.asked} & {"/3-story-of-the-harbour", "/4-story-of-the-harbour"} == set()


def test_two_crawls_of_one_host_and_a_preview_keep_its_delay_together(tmp_path: Path) -> None:
    """With data folders of their own, so that neither knows of the other's lock."""
    names = [f"/{number}-story-of-the-harbour" for number in range(4)]
    pages = {f"{HOST}{name}": article(name[1:]) for name in names} | {f"{HOST}/": listing(names)}
    with Paper(pages) as paper:
        crawls = [paper.crawl(tmp_path / name) for name in ("first", "second")]
        running = []
        for crawl in crawls:
            crawl.environment["XDG_STATE_HOME"] = str(tmp_path / "state")
            running.append(crawl.start("news", "-a", f"url=http://{HOST}/", delay=0.4))
        preview = (sys.executable, "-m", "scrapy", "preview", f"http://{HOST}{names[0]}", "-s", "DOWNLOAD_DELAY=0.4")
        seen = subprocess.run(preview, env=crawls[0].environment, cwd=tmp_path, capture_output=True, text=True)
        assert [process.wait(120) for process in running] == [0, 0], crawls[0].log() + crawls[1].log()
    assert seen.returncode == 0, seen.stderr
    assert [len(crawl.records()) for crawl in crawls] == [4, 4]
    assert min(paper.gaps(HOST)) > 0.35
    assert len(paper.gaps(HOST)) > 10


def test_a_redirect_keeps_the_crawl_delay_of_the_host_that_it_leads_to(tmp_path: Path) -> None:
    names = [f"/{number}-story-of-the-harbour" for number in range(4)]
    pages = {f"{HOST}{name}": Answer(status=301, location=f"http://gull.example{name}") for name in names}
    pages |= {f"gull.example{name}": article(name[1:]) for name in names}
    pages |= {
        f"{HOST}/": listing(names),
        "gull.example/robots.txt": Answer(b"User-agent: *\nCrawl-delay: 0.5\n", kind="text/plain"),
    }
    with Paper(pages) as paper:
        crawl = paper.crawl(tmp_path)
        assert crawl.run("news", "-a", f"url=http://{HOST}/").returncode == 0
    assert len(crawl.records()) == 4
    articles = [asked.at for asked in paper.asked if asked.host == "gull.example" and asked.path in names]
    assert min(later - earlier for earlier, later in pairwise(sorted(articles))) > 0.45
