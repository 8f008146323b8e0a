"""Each exit code of `scrapy crawl`, by a real run that earns it. Codes 0 and 4 come up in the other files, too."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from newscrawl.demo import expected
from tests.faults import FaultServer

from .crawling import Crawl
from .processes import HAS_PROC, awaited, below, is_alive
from .test_warc import HTML, page, url, warc

pytestmark = pytest.mark.e2e

HOME = "url=http://harbourledger.example/"


def test_1_a_spiders_file_that_cannot_be_loaded(crawl: Crawl) -> None:
    (crawl.folder / "probe.py").write_text("import no_such_module\n")
    done = crawl.run("harbourledger", "-s", "SPIDER_MODULES=probe")
    assert done.returncode == 1
    assert "no_such_module" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("harbourledger", "-a", "colour=red"), "unknown argument: colour; there are since, until"),
        (
            ("news", "-a", HOME, "-a", "limt=1"),
            "unknown argument: limt; there are url, urls_file, article, ",
        ),
        (("news",), "needs -a url=URL"),
        (("news", "-a", "url=ftp://x/"), "not an http or https URL"),
        (("news", "-a", "urls_file=none.txt"), "urls_file=none.txt: "),
        (("warc", "-a", "path=nowhere/*.warc"), "path=nowhere/*.warc: no such file"),
        (("warc", "-a", f"path={__file__}"), "-O FILE"),
        (("nobody",), "no spider is named 'nobody'"),
    ],
)
def test_2_bad_arguments_are_named(arguments: tuple[str, ...], says: str, crawl: Crawl) -> None:
    done = crawl.run(*arguments)
    assert done.returncode == 2
    assert says in done.stderr + done.stdout
    assert not (crawl.data / "ledger.db").exists()


def test_2_what_a_spider_declares_wrong_is_named(crawl: Crawl) -> None:
    (crawl.folder / "probe.py").write_text(
        "from newscrawl.spider import SiteSpider\n"
        "class MyTown(SiteSpider):\n    name = 'mytown'\n    feeds = 'http://harbourledger.example/feed/rss.xml'\n"
        "    drop = ('.ad', '.donate[')\n    title = 'h1'\n"
    )
    done = crawl.run("mytown", "-s", "SPIDER_MODULES=probe")
    assert done.returncode == 2
    assert "mytown: drop[1]: '.donate[': " in done.stderr
    assert "mytown: title: 'h1' is one string" in done.stderr
    assert "mytown: feeds: 'http://harbourledger.example/feed/rss.xml' is one string" in done.stderr
    assert not (crawl.data / "ledger.db").exists()


def test_3_no_article(crawl: Crawl) -> None:
    """A page about the outlet, and none of the outlet's feeds."""
    spider = (
        "from newscrawl.spider import SiteSpider\n"
        "class Empty(SiteSpider):\n"
        "    name = 'empty'\n"
        "    feeds = ('http://feed-no-entries.example/feed.xml',)\n"
    )
    (crawl.folder / "probe.py").write_text(spider)
    with FaultServer() as server:
        crawl.environment["NEWSCRAWL_HOSTS"] = server.hosts("feed-no-entries.example")
        done = crawl.run("empty", "-s", "SPIDER_MODULES=probe")
    assert done.returncode == 3, done.stderr


def test_4_too_many_failures(crawl: Crawl) -> None:
    crawl.environment["NEWSCRAWL_HOSTS"] = "harbourledger.example=127.0.0.1:9"  # the port "discard": nobody listens
    done = crawl.run("harbourledger", "-s", "RETRY_TIMES=0")
    assert done.returncode == 4, done.stderr
    assert "discovery failed" in done.stderr


def test_0_a_page_that_answers_304_makes_up_for_a_feed_that_fails_as_a_whole_one_does(crawl: Crawl) -> None:
    (crawl.folder / "probe.py").write_text(
        "from newscrawl.spider import SiteSpider\n"
        "class Probe(SiteSpider):\n    name = 'probe'\n"
        "    feeds = ('http://harbourledger.example/feed/rss.xml', 'http://harbourledger.example/no-feed')\n"
    )
    codes = [crawl.run("probe", "-s", "SPIDER_MODULES=probe").returncode for _ in range(3)]
    assert codes == [0, 0, 0]
    discovery = crawl.summaries()[-1]["discovery"]
    assert (discovery["unchanged"], discovery["failed"]) == (1, 1)


@pytest.mark.parametrize("output", ["articles", "feed"])
def test_5_output_that_cannot_be_written(output: str, crawl: Crawl) -> None:
    """A file where a folder must be. The records wait in the ledger; the next run delivers them."""
    crawl.data.mkdir()
    in_the_way = crawl.folder / "file" if output == "feed" else crawl.data / "articles"
    in_the_way.write_text("")
    arguments = ("-O", "file/out.jsonl") if output == "feed" else ()
    done = crawl.run("harbourledger", *arguments)
    assert done.returncode == 5, done.stderr
    in_the_way.unlink()
    assert crawl.run("harbourledger").returncode == 0
    assert len(crawl.records()) == sum(page.outlet == "harbourledger" for page in expected().values())


@pytest.mark.parametrize(
    ("method", "says"),
    [
        ("def start_requests(self):\n        yield Request('http://harbourledger.example/')", "async def start(self)"),
        ("async def start(self):\n        raise OSError('no such luck')\n        yield", "no such luck"),
    ],
)
def test_6_a_start_that_fails_is_loud(method: str, says: str, crawl: Crawl) -> None:
    (crawl.folder / "probe.py").write_text(
        "from scrapy import Request\nfrom newscrawl.spider import SiteSpider\n"
        f"class Probe(SiteSpider):\n    name = 'probe'\n    {method}\n"
    )
    done = crawl.run("probe", "-s", "SPIDER_MODULES=probe")
    assert done.returncode == 6, done.stderr
    assert says in done.stderr


def wait_for(crawl: Crawl, text: str) -> None:
    deadline = time.monotonic() + 60
    while text not in crawl.log():
        assert time.monotonic() < deadline, crawl.log()
        time.sleep(0.05)


def test_7_interrupted_ends_within_8_seconds_and_loses_nothing(crawl: Crawl) -> None:
    """One article of the listing hangs; the rest have come in, or are left to the next run."""
    spider = (
        "from newscrawl.spider import SiteSpider\n"
        "class Probe(SiteSpider):\n    name = 'probe'\n"
        "    feeds = ('http://harbourledger.example/feed/rss.xml',)\n"
        "    listings = ('http://harbourledger.example/latest/',)\n"
    )
    (crawl.folder / "probe.py").write_text(spider)
    with FaultServer() as server:
        hanging = f"hanging-before-headers.harbourledger.example=127.0.0.1:{server.port}"
        crawl.environment["NEWSCRAWL_HOSTS"] += f",{hanging}"
        source = spider.replace(
            "listings = (", "listings = ('http://hanging-before-headers.harbourledger.example/article', "
        )
        (crawl.folder / "probe.py").write_text(source)
        process = crawl.start("probe", "-s", "SPIDER_MODULES=probe", "-s", "LOG_LEVEL=DEBUG", delay=0.5)
        wait_for(crawl, "Crawled (200) <GET http://harbourledger.example/")
        wait_for(crawl, "/feed/rss.xml>")
        while not server.asked("hanging-before-headers"):
            time.sleep(0.05)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        code = process.wait(30)
        took = time.monotonic() - began
    assert code == 7, crawl.log()
    assert took < 8
    assert crawl.summaries()[-1]["exit_code"] == 7
    (crawl.folder / "probe.py").write_text(spider)
    assert crawl.run("probe", "-s", "SPIDER_MODULES=probe").returncode == 0
    wanted = sorted(page.url for page in expected().values() if page.outlet == "harbourledger")
    assert sorted(record["url"] for record in crawl.records()) == wanted


def test_7_an_archive_is_interrupted_while_its_pages_are_read(crawl: Crawl) -> None:
    """Scrapy itself would wait for ever for items that start() yielded. The tenth page tells that pages are read."""
    pages = [(url(f"{n}"), HTML, page(f"{n}") if n != 10 else b"<p>Nothing.") for n in range(400)]
    (crawl.folder / "pages.warc.gz").write_bytes(warc(*pages))
    process = crawl.start("warc", "-a", "path=pages.warc.gz", "-O", "out.jsonl")
    try:
        wait_for(crawl, "rejected ")
        process.send_signal(signal.SIGTERM)
        code = process.wait(30)
    finally:
        process.kill()
        process.wait()
    assert code == 7, crawl.log()
    lines = (crawl.folder / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert 0 < len(lines) < len(pages) - 1


@pytest.mark.skipif(not HAS_PROC, reason="reads /proc")
def test_workers_do_not_outlive_a_killed_crawl_and_the_next_run_has_all(crawl: Crawl) -> None:
    process = crawl.start("harbourledger", "-s", "LOG_LEVEL=DEBUG", delay=0.3, workers=2)
    wait_for(crawl, "/latest/page/2/>")
    workers = below(process.pid)
    assert len(workers) >= 2
    process.kill()
    process.wait()
    deadline = time.monotonic() + 20
    while any(map(is_alive, workers)):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert crawl.run("harbourledger").returncode == 0
    wanted = sorted(page.url for page in expected().values() if page.outlet == "harbourledger")
    assert sorted(record["url"] for record in crawl.records()) == wanted


def test_8_another_run_holds_the_site(crawl: Crawl) -> None:
    first = crawl.start("harbourledger", "-s", "LOG_LEVEL=DEBUG", delay=1)
    wait_for(crawl, "Crawled (200)")
    second = crawl.run("news", "-a", HOME)
    first.terminate()
    first.wait(30)
    assert second.returncode == 8, second.stderr
    assert "is being crawled by run" in second.stderr


@pytest.mark.parametrize("trouble", ["no database", "newer"])
def test_9_ledger_trouble(trouble: str, crawl: Crawl) -> None:
    crawl.data.mkdir()
    path = crawl.data / "ledger.db"
    if trouble == "newer":
        with sqlite3.connect(path) as database:
            database.execute("PRAGMA user_version = 9999")
        database.close()
    else:
        path.write_bytes(b"no database " * 1000)
    done = crawl.run("harbourledger")
    assert done.returncode == 9, done.stderr
    assert "ledger" in done.stderr
    shutil.rmtree(crawl.data)


def test_5_a_summary_that_cannot_be_written_is_told_by_code_and_last_line(crawl: Crawl) -> None:
    crawl.data.mkdir()
    (crawl.data / "runs").touch()
    done = crawl.run("harbourledger", "-a", "limit=1")
    assert done.returncode == 5
    assert done.stderr.splitlines()[-1].endswith("exit code 5 (output not written)")


@pytest.mark.skipif(not HAS_PROC, reason="reads /proc")
def test_sigterm_before_anything_is_loaded_ends_the_process_and_leaves_nothing(crawl: Crawl) -> None:
    """Python is not yet at newscrawl's first line: there is nobody who could give exit code 7."""
    process = crawl.start("harbourledger")
    process.terminate()
    assert process.wait(10) == -signal.SIGTERM
    assert not crawl.data.exists()


def test_7_also_while_the_command_is_imported(crawl: Crawl) -> None:
    process = crawl.start("harbourledger")
    awaited(lambda: heeds_sigterm(process.pid))
    process.terminate()
    assert process.wait(8) == 7, crawl.log()
    assert not (crawl.data / "ledger.db").exists()


def heeds_sigterm(process: int) -> bool:
    status = Path(f"/proc/{process}/status").read_text()
    (caught,) = [line.split()[1] for line in status.splitlines() if line.startswith("SigCgt:")]
    return bool(int(caught, 16) >> (signal.SIGTERM - 1) & 1)
