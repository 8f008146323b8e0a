"""newscrawl against every fault of tests/faults, in a few crawls."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults import FAULTS, FaultServer

from .crawling import Crawl
from .faulty import Report, crawl_faults, host
from .table import page
from .verdicts import ELSEWHERE, shortcomings, shortcomings_again

PLAIN = [name for name in FAULTS if name not in ELSEWHERE]
AGAIN = [name for name in PLAIN if FAULTS[name].again]
MEMORY = 300 * 1024
"""KiB that the Scrapy process may take."""


@dataclass
class Runs:
    """A crawl of all faults, and the next one, for which every URL is due."""

    first: Report
    second: Report


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    with FaultServer() as server:
        crawl = Crawl(tmp_path_factory.mktemp("faults"))
        first = crawl_faults(crawl, server, PLAIN)
        intruders, errors = list(server.intruders), list(server.errors)
        with closing(sqlite3.connect(crawl.data / "ledger.db")) as ledger, ledger:
            ledger.execute("UPDATE url SET due = 1 WHERE due IS NOT NULL")
        yield Runs(first, crawl_faults(crawl, server, PLAIN))
        assert [*intruders, *server.intruders] == []
        assert [*errors, *server.errors] == []


@pytest.fixture
def report(runs: Runs) -> Report:
    return runs.first


@pytest.mark.e2e
class TestOneCrawlOfAll:
    """One crawl, so that each fault is met beside all others."""

    @pytest.mark.parametrize("name", PLAIN)
    def test_fault(self, name: str, report: Report) -> None:
        assert shortcomings(FAULTS[name], report.outcomes[name]) == [], report.outcomes[name].letters

    @pytest.mark.parametrize("name", [name for name in PLAIN if FAULTS[name].ends == "nothing" and FAULTS[name].reason])
    def test_the_log_tells_why_a_document_gave_nothing(self, name: str, report: Report) -> None:
        assert f"discovery failed: {FAULTS[name].reason} http://{host(name)}/" in report.log

    @pytest.mark.parametrize("name", AGAIN)
    def test_a_second_run(self, name: str, runs: Runs) -> None:
        assert shortcomings_again(FAULTS[name], runs.second.outcomes[name]) == []

    def test_nothing_is_logged_as_an_error(self, report: Report) -> None:
        assert [line for line in report.log.splitlines() if " ERROR: " in line] == []

    def test_each_url_has_a_state_and_the_balance_adds_up(self, report: Report) -> None:
        assert report.code in (0, 4), report.log
        assert report.summary["visits"]["failed"] > 10
        assert report.summary["problems"] == []

    def test_what_is_malformed_is_counted_and_logged(self, report: Report) -> None:
        assert report.summary["discovery"]["problems"] > 10
        assert report.summary["discovery"]["failed"] > 5
        assert "discovery failed: bad_feed http://feed-html.faults.example/" in report.log
        assert re.search(r"http://feed-malformed\S+: line \d+: ", report.log)

    def test_the_scrapy_process_stays_small(self, report: Report) -> None:
        """By the kernel's own mark of this program: Scrapy's `memusage/max` begins at what its parent took, here
        the whole test suite's process."""
        peak = re.search(r"peak of memory: VmHWM:\s+(\d+) kB", report.log)
        assert peak is not None
        assert int(peak[1]) < MEMORY

    def test_no_line_of_the_log_is_forged(self, report: Report) -> None:
        assert not re.search(r"^(?!\d{4}-\d\d-\d\d |[ {'\[]|$).*forged", report.log, re.MULTILINE)


@pytest.mark.e2e
def test_a_crawl_delay_of_2_seconds_holds_between_any_two_requests(tmp_path: Path) -> None:
    """In a crawl of its own: beside all faults the server itself is seconds late. Without the delay the gaps are a
    tenth of a second, so one second is proof enough on a busy machine. AutoThrottle, left to itself, halves the delay
    at each answer."""
    throttle = ("-s", "AUTOTHROTTLE_ENABLED=1", "-s", "AUTOTHROTTLE_START_DELAY=0")
    with FaultServer() as server:
        report = crawl_faults(Crawl(tmp_path), server, ["robots-crawl-delay"], *throttle)
    gaps = report.outcomes["robots-crawl-delay"].gaps
    assert len(gaps) == 4  # robots.txt, the feed, three articles
    assert min(gaps) > 1


@pytest.mark.e2e
def test_an_index_of_50000_sitemaps_ends_where_the_setting_says(tmp_path: Path) -> None:
    wide = ("-s", "NEWSCRAWL_DISCOVERY_PAGES=30", "-s", f"DOWNLOAD_MAXSIZE={10 * 2**20}")  # the index has 2.5 MB
    with FaultServer() as server:
        report = crawl_faults(Crawl(tmp_path), server, ["sitemap-wide-index"], *wide)
    # The index, with the feed of the test 29 more, and 28 articles of those.
    assert report.code == 0, report.log
    assert len(report.outcomes["sitemap-wide-index"].records) == 28
    assert report.outcomes["sitemap-wide-index"].requests == 57
    assert report.log.count("discovery of faults.example ends after 30 pages") == 1


def test_the_docs_have_each_fault() -> None:
    docs = Path(__file__).resolve().parent.parent.parent / "docs" / "faults.md"
    assert docs.read_text(encoding="utf-8") == page(), "python -m tests.crawl.table > docs/faults.md"
