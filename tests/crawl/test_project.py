"""newscrawl in anyone's project, from a built wheel: sites are brought in, crawled and tested there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newscrawl.demo import SampleOutlet, expected, outlets
from newscrawl.demo.server import DemoServer

from .project import COMMANDS, Project, installed, site_of

pytestmark = pytest.mark.e2e
FAST = ("-s", "DOWNLOAD_DELAY=0", "-s", "NEWSCRAWL_WORKERS=1")
SITE = "from newscrawl.spider import SiteSpider as Base"


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return installed(tmp_path_factory.mktemp("installed"))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, python: Path, demo: DemoServer) -> Project:
    return Project(tmp_path_factory.mktemp("anyones") / "town", python, demo, COMMANDS)


def spider(base: str, name: str, body: str) -> str:
    """A spider's file."""
    return f"{base}\n\n\nclass {name.capitalize()}Spider(Base):\n    name = {name!r}\n    {body}\n"


def confirm(project: Project, spider: str) -> None:
    """What a person does last: nothing is left to confirm."""
    for file in (project.folder / "tests" / "sites" / spider).glob("*/expected.json"):
        expectation = json.loads(file.read_text(encoding="utf-8")) | {"to_confirm": []}
        file.write_text(json.dumps(expectation), encoding="utf-8")


def test_what_runs_is_the_wheel(project: Project) -> None:
    (project.folder / "where.py").write_text("import newscrawl; print(newscrawl.__file__)")
    assert str(site_of(project.python)) in project.run("where").stdout


def test_preview_requests_a_page_as_a_crawl_does(project: Project) -> None:
    """By newscrawl's resolver, guard and delays, which the project itself has for its crawls alone."""
    url = next(page.url for page in expected().values())
    seen = project.scrapy("preview", url, "--json", *FAST)
    assert json.loads(seen.stdout)["article"]["url"] == url, seen.stderr
    refused = project.scrapy("preview", "http://127.0.0.1:9/", "--json", *FAST)
    assert "blocked_address" in refused.stdout


@pytest.mark.parametrize("outlet", outlets(), ids=lambda outlet: outlet.key)
def test_addsite_gives_a_spider_that_finds_every_article_and_no_other_page(
    outlet: SampleOutlet, project: Project
) -> None:
    added = project.scrapy("addsite", outlet.home, "--name", outlet.key, *FAST)
    assert added.returncode == 0, added.stderr
    assert f"  town/spiders/{outlet.key}.py" in added.stdout
    crawled = project.scrapy("crawl", outlet.key, "-O", f"{outlet.key}.jsonl", *FAST)
    assert crawled.returncode == 0, crawled.stderr
    lines = (project.folder / f"{outlet.key}.jsonl").read_text(encoding="utf-8").splitlines()
    wanted = {page.url for page in expected().values() if page.outlet == outlet.key}
    assert sorted(json.loads(line)["url"] for line in lines) == sorted(wanted)


def test_a_known_site_is_compared_with_its_runs(project: Project) -> None:
    """Runs after the crawl above."""
    same = project.scrapy("addsite", "--check", "harbourledger", *FAST)
    assert same.returncode == 0, same.stdout + same.stderr
    assert "usual: 13 articles, 0% of the pages rejected" in same.stdout
    assert "nothing has changed" in same.stdout
    home = "http://harbourledger.example"
    declared = f"feeds, listings = ('{home}/feed/gone.xml',), ('{home}/latest/',)"
    project.write("changed", spider(SITE, "changed", declared))
    changed = project.scrapy("addsite", "--check", "changed", *FAST)
    assert changed.returncode == 1
    assert f"changed: {home}/feed/gone.xml: http_404" in changed.stdout


def test_its_pages_are_tested_by_the_plugin_once_they_are_confirmed(project: Project) -> None:
    """Brought in above."""
    name = "harbourledger"
    url = "http://harbourledger.example/council/slipway-charges-put-back/"
    assert project.scrapy("savepage", url, "--spider", name, *FAST).returncode == 0
    assert name in project.scrapy("list").stdout.split()
    before = project.run("pytest", "-q", "-rN", "tests", "-k", name)
    assert before.returncode == 1
    assert before.stdout.count("take out of to_confirm") == 3, before.stdout
    confirm(project, name)
    after = project.run("pytest", "-q", "tests", "-k", name)
    assert after.returncode == 0, after.stdout
    again = project.scrapy("addsite", "http://harbourledger.example/", "--name", name)
    assert again.returncode == 2
    assert "already" in again.stdout + again.stderr


def test_addsite_brings_in_a_file_of_sites_and_tells_what_it_fetches(
    tmp_path: Path, python: Path, demo: DemoServer
) -> None:
    many = Project(tmp_path / "many", python, demo, COMMANDS)
    first, second = outlets()[0], outlets()[1]
    (many.folder / "sites.txt").write_text(f"{first.home}\n{second.home}\n{second.home}no-such-page/\nnobody.example\n")
    done = many.scrapy("addsite", "--file", "sites.txt", *FAST)
    assert done.returncode == 3, done.stdout + done.stderr
    assert "3 of 4 sites have a spider" in done.stdout
    assert len([path for path in (many.folder / "town" / "spiders").glob("*.py") if path.stem != "__init__"]) == 2
    assert f"fetching {first.home}" in done.stderr
    assert done.stderr.count("nothing written") == 1
    assert many.scrapy("addsite", first.home, "--file", "sites.txt").returncode == 2


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("addsite", "http://harbourledger.example/", "--name", "../evil"), 2),
        (("addsite", "http://169.254.169.254/"), 3),
        (("savepage", "http://nobody.example/a"), 2),
    ],
)
def test_commands_tell_what_is_wrong(arguments: tuple[str, ...], code: int, project: Project) -> None:
    done = project.scrapy(*arguments)
    assert done.returncode == code, done.stdout + done.stderr
    assert not list(project.folder.parent.rglob("evil*"))


def test_without_the_commands_module_the_summary_tells_the_exit_code(
    tmp_path: Path, python: Path, demo: DemoServer
) -> None:
    project = Project(tmp_path / "town", python, demo)
    url = "http://harbourledger.example/feed/rss.xml"
    project.write("gull", spider(SITE, "gull", f"feeds = ('{url}',)"))
    project.write("lost", spider(SITE, "lost", f"feeds = ('{url}.missing',)"))
    project.write("old", spider(SITE, "old", "def start_requests(self): yield"))
    assert project.scrapy("crawl", "gull", "-a", "limit=1", *FAST).returncode == 0
    assert project.scrapy("crawl", "lost", *FAST).returncode == 0  # Scrapy's own command
    runs = sorted((project.folder / "data" / "runs").glob("*.json"))
    assert [json.loads(run.read_text())["exit_code"] for run in runs] == [0, 4]
    old = project.scrapy("crawl", "old")
    assert old.returncode == 1
    assert "defines start_requests(), which Scrapy does not call" in old.stderr


def test_a_name_that_leads_to_a_private_address_is_not_asked(tmp_path: Path, python: Path, demo: DemoServer) -> None:
    project = Project(tmp_path / "town", python, demo, COMMANDS)
    project.write("inside", spider(SITE, "inside", f"feeds = ('http://localhost:{demo.port}/',)"))
    project.environment["NEWSCRAWL_ALLOW_PRIVATE_HOSTS"] = ""
    done = project.scrapy("crawl", "inside", *FAST)
    assert done.returncode == 4
    assert "blocked_address" in done.stderr
