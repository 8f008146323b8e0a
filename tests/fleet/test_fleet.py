"""`scrapy fleet`: whole fleets of loopback sites, undisturbed, stopped and killed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from tests.crawl.processes import HAS_PROC, awaited, is_alive
from tests.fleet.fleets import WHOLE, Fleets, runs_below
from tests.fleet.towns import Towns

pytestmark = pytest.mark.e2e

SPIDERS = """
from newscrawl.spider import SiteSpider

class One(SiteSpider):
    name = "one"
    feeds = ("http://town0000.example/feed.xml",)

class Two(SiteSpider):
    name = "two"
    feeds = ("http://town0001.example/none.xml",)
"""


@pytest.fixture
def towns() -> Iterator[Towns]:
    with Towns(6, 4) as towns:
        yield towns


def test_each_site_of_a_file_is_crawled_once(towns: Towns, tmp_path: Path) -> None:
    fleets = Fleets(tmp_path, towns)
    assert fleets.run() == 0, fleets.log()
    assert fleets.verdict() == WHOLE
    assert {url: towns.asked[url].count("/feed.xml") for url in towns.names} == dict.fromkeys(towns.names, 1)
    (summary,) = fleets.summaries()
    assert {site["name"]: site["exit_code"] for site in summary["sites"]} == dict.fromkeys(towns.homes, 0)
    assert sum(site["visits"]["new"] for site in summary["sites"]) == summary["delivered"] == len(towns.urls)
    assert [len(site["runs"]) for site in summary["sites"]] == [1] * len(towns.names)
    assert all((fleets.data / "runs" / f"{site['runs'][0]}.json").exists() for site in summary["sites"])
    assert not (fleets.data / "logs").exists()

    (_file,) = (fleets.data / "articles" / "news").iterdir()  # one process writes for all runs
    before = {name: list(asked) for name, asked in towns.asked.items()}
    assert fleets.run("-a", "revisit=0") == 0, fleets.log()
    assert fleets.verdict() == WHOLE
    assert [path for name in towns.names for path in towns.asked[name][len(before[name]) :] if "/news/" in path] == []


def test_all_spiders_and_the_worst_exit_code(towns: Towns, tmp_path: Path) -> None:
    (tmp_path / "spiders.py").write_text(SPIDERS)
    fleets = Fleets(tmp_path, towns)
    assert fleets.run("-s", "SPIDER_MODULES=spiders,newscrawl.spiders", file="") == 4, fleets.log()
    (summary,) = fleets.summaries()
    results = {site["name"]: site for site in summary["sites"]}
    assert {name: result["exit_code"] for name, result in results.items()} == {"one": 0, "two": 4}
    assert "discovery failed" in Path(results["two"]["log"]).read_text()
    assert "two: exit code 4" in fleets.log()
    assert len(list((fleets.data / "articles" / "one").glob("*.jsonl"))) == 1


def test_2_bad_lines_and_bad_arguments(towns: Towns, tmp_path: Path) -> None:
    fleets = Fleets(tmp_path, towns)
    (tmp_path / "sites.txt").write_text("a.example\nftp://b.example/\n")
    assert fleets.run() == 2
    assert "sites.txt:2: ftp://b.example/" in fleets.log()
    (tmp_path / "sites.txt").write_text(towns.homes[0])
    assert fleets.run("-a", "colour=red") == 2
    assert fleets.summaries()[-1]["sites"][0]["exit_code"] == 2


def test_a_long_run_makes_room_and_goes_on(towns: Towns, tmp_path: Path) -> None:
    """One place, and sites that take longer than a slice."""
    fleets = Fleets(tmp_path, towns)
    (tmp_path / "sites.txt").write_text("\n".join(towns.homes[:2]))
    process = fleets.start("-n", "1", "--slice", "0.05", delay=0.5)
    assert process.wait(300) == 0, fleets.log()
    (summary,) = fleets.summaries()
    first = summary["sites"][-1]
    assert first["codes"][0] == 7
    assert first["codes"][-1] == 0
    assert {**fleets.verdict(), "lost": 0} == WHOLE
    assert summary["delivered"] == 2 * len(towns.paths)


@pytest.mark.skipif(not HAS_PROC, reason="looks into /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_7_a_signal_ends_all_runs_in_order(number: signal.Signals, towns: Towns, tmp_path: Path) -> None:
    fleets = Fleets(tmp_path, towns)
    process = fleets.start(delay=5)
    runs = awaited(lambda: len(runs_below(process.pid)) == 4 and runs_below(process.pid))
    awaited(lambda: len(towns.asked) >= 4)
    process.send_signal(number)
    assert process.wait(60) == 7, fleets.log()
    assert [run for run in runs if is_alive(run)] == []
    (summary,) = fleets.summaries()
    assert len(summary["sites"]) + len(summary["not_started"]) == len(towns.names)
    assert {code for site in summary["sites"] for code in site["codes"]} == {7}
    assert fleets.run() == 0, fleets.log()
    assert fleets.verdict() == WHOLE


@pytest.mark.skipif(not HAS_PROC, reason="looks into /proc")
def test_no_run_outlives_the_fleet(towns: Towns, tmp_path: Path) -> None:
    fleets = Fleets(tmp_path, towns)
    process = fleets.start(delay=5)
    runs = awaited(lambda: len(runs_below(process.pid)) == 4 and runs_below(process.pid))
    process.kill()
    process.wait(60)
    awaited(lambda: not [run for run in runs if is_alive(run)])


@pytest.mark.skipif(not HAS_PROC, reason="looks into /proc")
def test_kills_of_runs_and_of_the_fleet_lose_and_double_nothing(tmp_path: Path) -> None:
    """20 sites; runs killed at random, then the fleet, thrice; the fleet after them repeats what is left."""
    dice = Random(20)
    with Towns(20, 5) as towns:
        fleets = Fleets(tmp_path, towns)
        for _ in range(3):
            process = fleets.start()
            for _ in range(dice.randint(1, 3)):
                time.sleep(dice.uniform(0.5, 3))
                for run in runs_below(process.pid)[: dice.randint(0, 2)]:
                    with suppress(ProcessLookupError):
                        os.kill(run, signal.SIGKILL)
            process.kill()
            process.wait(60)
        assert fleets.run() == 0, fleets.log()
        assert fleets.verdict() == WHOLE
