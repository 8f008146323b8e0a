"""The sample outlets crawled: every article once, none twice, each line by the schema, nothing fetched again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from newscrawl.demo import SampleOutlet, expected, outlets
from newscrawl.demo.server import DemoServer
from newscrawl.schema import article_schema

from .crawling import Crawl

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """What `make demo` runs; its folder is the last of `args`."""
    data = tmp_path_factory.mktemp("made") / "data"
    command = [sys.executable, "-m", "newscrawl.demo", "--data", str(data)]
    return subprocess.run(command, cwd=data.parent, capture_output=True, text=True)


@pytest.fixture
def demo_data(made: subprocess.CompletedProcess[str], demo: DemoServer) -> Crawl:
    """Further crawls over what the demo left behind."""
    return Crawl.of_demo(Path(made.args[-1]).parent, demo)


def test_make_demo_shows_what_came_out(made: subprocess.CompletedProcess[str]) -> None:
    assert made.returncode == 0, made.stdout + made.stderr
    assert "One story on several outlets" in made.stdout
    assert all(outlet.name in made.stdout for outlet in outlets())


@pytest.mark.parametrize("outlet", outlets(), ids=lambda outlet: outlet.key)
def test_a_crawl_finds_each_article_once_and_the_next_fetches_none(outlet: SampleOutlet, demo_data: Crawl) -> None:
    """The first is that of the demo."""
    (first,) = [summary for summary in demo_data.summaries() if summary["spider"] == outlet.key]
    assert first["exit_code"] == 0
    records = demo_data.records(outlet.key)
    wanted = sorted(page.url for page in expected().values() if page.outlet == outlet.key)
    assert sorted(record["url"] for record in records) == wanted
    validator = jsonschema.Draft202012Validator(article_schema())
    assert [error.message for record in records for error in validator.iter_errors(record)] == []

    second = demo_data.run(outlet.key, "-O", "second.jsonl")
    assert second.returncode == 0
    assert (demo_data.folder / "second.jsonl").read_bytes() == b""
    assert sum(demo_data.summaries()[-1]["visits"].values()) == 0
    assert demo_data.records(outlet.key) == records


def test_what_repeats_on_an_outlet_is_no_text_of_its_stories_in_the_first_run_too(demo_data: Crawl) -> None:
    records = demo_data.records("harbourledger")
    wanted = {page.url: page for page in expected().values()}
    told = {record["url"]: [line for line in record["body"].split("\n") if line] for record in records}
    assert {url: [line for line in lines if line not in wanted[url].optional] for url, lines in told.items()} == {
        url: [line for line in wanted[url].body if line not in wanted[url].optional] for url in told
    }
    assert len({record["extraction"]["profile"] for record in records} - {None}) == 1


def test_the_demo_throws_no_other_folder_away(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "thesis.txt").write_text("mine")
    done = subprocess.run([sys.executable, "-m", "newscrawl.demo", "--data", "d"], cwd=tmp_path, capture_output=True)
    assert done.returncode == 2
    assert (tmp_path / "d" / "thesis.txt").exists()


@pytest.mark.parametrize(
    ("arguments", "count"),
    [(("section=council",), 3), (("since=2026-11-15",), 4), (("until=2026-11-05",), 7)],
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
    assert sorted(record["revision"] for record in crawl.records()) == [1, 1, 2, 2]


def test_pages_that_wait_for_others_are_read_where_no_others_come(crawl: Crawl) -> None:
    assert crawl.run("lohetalbote", "-a", "limit=1").returncode == 0
    assert len(crawl.records()) == 1
    assert crawl.run("lohetalbote", "-a", "limit=2").returncode == 0
    assert len(crawl.records()) == 3
