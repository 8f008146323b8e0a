"""`newscrawl.crawl(...)` and `newscrawl.crawl_async(...)`: articles as they come, a process that ends, errors told."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

import newscrawl
from newscrawl.crawl import from_python
from newscrawl.crawl.from_python import Setting
from newscrawl.demo.server import DemoServer

pytestmark = pytest.mark.e2e

HOME = "http://harbourledger.example/"
ARTICLE = f"{HOME}council/pupils-stranded-by-bus-timetable/"


@pytest.fixture
def settings(demo: DemoServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Setting]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    return {
        "NEWSCRAWL_HOSTS": demo.hosts,
        "NEWSCRAWL_ALLOW_PRIVATE_HOSTS": demo.allow_private_hosts,
        "DOWNLOAD_DELAY": 0,
        "NEWSCRAWL_WORKERS": 1,
    }


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that a test starts."""
    found: list[subprocess.Popen[bytes]] = []
    start = from_python._Run.start

    def noting(run: from_python._Run, settings: dict[str, Setting]) -> None:
        start(run, settings)
        assert run._process is not None
        found.append(run._process)

    monkeypatch.setattr(from_python._Run, "start", noting)
    return found


def test_a_site_gives_its_articles_and_leaves_nothing_behind(
    settings: dict[str, Setting], started: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    found = list(newscrawl.crawl(HOME, limit=3, settings=settings))
    assert len(found) == 3
    assert all(article.source.domain == "harbourledger.example" and article.title for article in found)
    assert [process.returncode for process in started] == [0]
    assert not (tmp_path / "data").exists()


def test_exactly_these_articles(settings: dict[str, Setting]) -> None:
    found = list(newscrawl.crawl(articles=[ARTICLE], settings=settings))
    assert [article.url for article in found] == [ARTICLE]
    assert found[0].originally_appeared_on is not None


def test_with_a_data_folder_only_what_is_new_comes_again(settings: dict[str, Setting], tmp_path: Path) -> None:
    data = tmp_path / "kept"
    first = list(newscrawl.crawl(articles=ARTICLE, data_dir=data, settings=settings))
    again = list(newscrawl.crawl(articles=ARTICLE, data_dir="kept", settings=settings))
    assert (len(first), len(again)) == (1, 0)


def test_who_stops_early_ends_the_process(settings: dict[str, Setting], started: list[subprocess.Popen[bytes]]) -> None:
    for article in newscrawl.crawl(HOME, settings=settings):
        assert article.title
        break
    [process] = started
    assert process.wait(20) is not None


def test_articles_come_to_an_event_loop(settings: dict[str, Setting], started: list[subprocess.Popen[bytes]]) -> None:
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.01)
            ticks += 1

    async def titles() -> list[str]:
        clock = asyncio.ensure_future(tick())
        found = [article.title or "" async for article in newscrawl.crawl_async(HOME, limit=2, settings=settings)]
        clock.cancel()
        return found

    assert len(asyncio.run(titles())) == 2
    assert ticks > 1
    assert started[0].returncode == 0


def test_a_task_that_is_cancelled_ends_the_process(
    settings: dict[str, Setting], started: list[subprocess.Popen[bytes]]
) -> None:
    async def first() -> None:
        async for _ in newscrawl.crawl_async(HOME, settings=settings):
            await asyncio.sleep(60)

    async def cancelled() -> None:
        task = asyncio.ensure_future(first())
        await asyncio.sleep(2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
    assert started[0].returncode is not None


def test_a_crawl_that_fails_raises_with_its_code_and_log(settings: dict[str, Setting]) -> None:
    with pytest.raises(newscrawl.CrawlError, match="not an http or https URL") as error:
        list(newscrawl.crawl("ftp://harbourledger.example/", settings=settings))
    assert error.value.exit_code == 2
    with pytest.raises(newscrawl.CrawlError, match="NEWSCRAWL_EXTRACTOR"):
        list(newscrawl.crawl(HOME, settings=settings | {"NEWSCRAWL_EXTRACTOR": "nothing"}))


@pytest.mark.parametrize("urls", ["", [], ["https://a.example/", "two\nlines"]])
def test_what_is_no_list_of_urls_is_refused(urls: list[str]) -> None:
    with pytest.raises(ValueError, match="URL"):
        next(iter(newscrawl.crawl(urls)))


def test_importing_it_imports_no_scrapy() -> None:
    told = "import sys, newscrawl; newscrawl.crawl_async; print(newscrawl.crawl.__name__, 'scrapy' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["newscrawl.crawl", "False"]
