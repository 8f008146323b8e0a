"""The sample outlets crawled: every article once, none twice, each line by the schema, nothing fetched again."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from newscrawl.demo import Outlet, expected, outlets
from newscrawl.demo.server import DemoServer
from newscrawl.schema import article_schema

from .crawling import Crawl

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("outlet", outlets(), ids=lambda outlet: outlet.key)
def test_a_crawl_finds_each_article_once_and_the_next_fetches_none(
    outlet: Outlet, crawl: Crawl, demo: DemoServer
) -> None:
    first = crawl.run(outlet.key)
    assert first.returncode == 0, first.stderr
    records = crawl.records(outlet.key)
    wanted = sorted(page.url for page in expected().values() if page.outlet == outlet.key)
    assert sorted(record["url"] for record in records) == wanted, first.stderr
    validator = jsonschema.Draft202012Validator(article_schema())
    assert [error.message for record in records for error in validator.iter_errors(record)] == []

    second = crawl.run(outlet.key)
    assert second.returncode == 0
    assert sum(crawl.summaries()[-1]["visits"].values()) == 0
    assert crawl.records(outlet.key) == records


def test_news_finds_the_articles_of_any_site_and_feeds_get_what_the_run_produced(crawl: Crawl) -> None:
    done = crawl.run("news", "-a", "url=http://harbourledger.example/", "-O", "out.jsonl")
    assert done.returncode == 0, done.stderr
    lines = (crawl.folder / "out.jsonl").read_text(encoding="utf-8").splitlines()
    wanted = {page.url for page in expected().values() if page.outlet == "harbourledger"}
    assert sorted(json.loads(line)["url"] for line in lines) == sorted(wanted)


def test_make_demo_shows_what_came_out(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "newscrawl.demo", "--data", "d"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "One story on several outlets" in done.stdout
    assert all(outlet.name in done.stdout for outlet in outlets())


def test_the_demo_throws_no_other_folder_away(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "thesis.txt").write_text("mine")
    done = subprocess.run([sys.executable, "-m", "newscrawl.demo", "--data", "d"], cwd=tmp_path, capture_output=True)
    assert done.returncode == 2
    assert (tmp_path / "d" / "thesis.txt").exists()


@pytest.mark.parametrize(
    ("arguments", "count"),
    [(("limit=3",), 3), (("section=council",), 3), (("since=2026-11-15",), 4), (("until=2026-11-05",), 7)],
)
def test_arguments_bound_a_crawl(arguments: tuple[str, ...], count: int, crawl: Crawl) -> None:
    done = crawl.run("harbourledger", *(part for one in arguments for part in ("-a", one)))
    assert done.returncode == 0, done.stderr
    pages = [page for page in expected().values() if page.outlet == "harbourledger"]
    if arguments[0].startswith("since"):
        count = sum(page.date_published >= "2026-11-15" for page in pages)
    elif arguments[0].startswith("section"):
        count = sum("/council/" in page.url for page in pages)
    assert len(crawl.records()) == count


def test_full_starts_over(crawl: Crawl) -> None:
    assert crawl.run("farodecalizo", "-a", "limit=2").returncode == 0
    assert crawl.run("farodecalizo", "-a", "limit=2", "-a", "full=1").returncode == 0
    assert len(crawl.records()) == 4
    assert {record["revision"] for record in crawl.records()} == {1}


def test_what_repeats_on_an_outlet_is_no_text_of_its_stories_in_the_first_run_too(crawl: Crawl) -> None:
    assert crawl.run("harbourledger").returncode == 0
    records = crawl.records()
    wanted = {page.url: page for page in expected().values()}
    told = {record["url"]: [line for line in record["body"].split("\n") if line] for record in records}
    assert {url: [line for line in lines if line not in wanted[url].optional] for url, lines in told.items()} == {
        url: [line for line in wanted[url].body if line not in wanted[url].optional] for url in told
    }
    assert len({record["extraction"]["profile"] for record in records} - {None}) == 1


def test_pages_that_wait_for_others_are_read_where_no_others_come(crawl: Crawl) -> None:
    assert crawl.run("lohetalbote", "-a", "limit=1").returncode == 0
    assert len(crawl.records()) == 1
    assert crawl.run("lohetalbote", "-a", "limit=2").returncode == 0
    assert len(crawl.records()) == 3
