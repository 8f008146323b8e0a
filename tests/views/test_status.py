"""`scrapy status`: what it says of each site, and its exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from newscrawl.ledger import Ledger, SiteDay, SiteFigures
from newscrawl.watch.site_run import SiteRun, day_of, encoded

NOW = datetime.now(UTC)


def ran(data: Path, days_ago: float, sites: dict[str, SiteRun], *, spider: str = "news", exit_code: int = 0) -> str:
    """One run as it leaves ledger and summary."""
    ended = NOW - timedelta(days=days_ago)
    run_id = f"{ended:%Y%m%dT%H%M%S%f}Z-{spider}"
    ledger = Ledger(data / "ledger.db", spider=spider, run_id=run_id, now=lambda: ended)
    figures = {}
    for site, seen in sites.items():
        seen.at = int(ended.timestamp())
        counts = (seen.runs, seen.new, seen.records, seen.rejected, seen.failures)
        figures[site] = SiteFigures(encoded(seen), SiteDay(day_of(seen.at), *counts, encoded(seen).decode()))
    ledger.finish(figures).result()
    ledger.close()
    summary = {"run_id": run_id, "spider": spider, "exit_code": exit_code, "finished_at": ended.isoformat()}
    (data / "runs").mkdir(exist_ok=True)
    (data / "runs" / f"{run_id}.json").write_bytes(msgspec.json.encode(summary))
    return run_id


def seen(new: int = 5, **more: object) -> SiteRun:
    return SiteRun(is_whole=True, new=new, records=new, pages=1, named=20, **more)  # type: ignore[arg-type]


def status(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", "status", "-s", f"NEWSCRAWL_DATA_DIR={data}", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A week of two sites."""
    for day in range(7, 0, -1):
        ran(tmp_path, day, {"gull.example": seen(6, rejected=2), "tern.example": seen(3)})
    return tmp_path


def shown(data: Path) -> dict[str, dict[str, object]]:
    return {site["site"]: site for site in json.loads(status(data, "--json").stdout)["sites"]}


@pytest.mark.e2e
def test_all_is_well(data: Path) -> None:
    ran(data, 0.01, {"gull.example": seen(7, rejected=2), "tern.example": seen(0)})
    done = status(data)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "2 sites, all is well"
    gull = shown(data)["gull.example"]
    assert (gull["new"], gull["usual"], gull["problems"]) == (7, 6, [])
    assert gull["rejected"] == pytest.approx(14 / 57, abs=0.02)


@pytest.mark.e2e
def test_trouble_stands_first_until_it_is_muted(data: Path) -> None:
    told = {"wall": "8 of 8 pages read are walls, usual 2%"}
    ran(data, 0.01, {"gull.example": seen(), "tern.example": seen(0, problems=["wall"], told=told)}, exit_code=10)
    done = status(data)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0] == "1 of 2 sites in trouble"
    assert lines[2].startswith("! tern.example (news)")
    assert lines[3] == "    wall: 8 of 8 pages read are walls, usual 2%"
    assert status(data, "--mute", "tern.example:wall", "--days", "3").returncode == 0
    assert "wall (muted)" in status(data).stdout
    assert status(data, "--unmute", "tern.example:wall").returncode == 1


@pytest.mark.e2e
@pytest.mark.parametrize(("code", "exit_code"), [(8, 0), (4, 1)])
def test_the_last_exit_code_counts(code: int, exit_code: int, data: Path) -> None:
    run_id = ran(data, 0.01, {"gull.example": seen(), "tern.example": seen()}, exit_code=code)
    done = status(data)
    assert done.returncode == exit_code
    assert (f"exit_code_{code}: run {run_id}" in done.stdout) == bool(exit_code)


@pytest.mark.e2e
def test_a_run_that_was_killed_and_a_schedule_that_stopped(data: Path) -> None:
    Ledger(data / "ledger.db", spider="news", run_id=f"{NOW:%Y%m%dT%H%M%S%f}Z-news", now=lambda: NOW).close()
    assert "killed: run" in status(data).stdout
    for day in range(20, 10, -1):
        ran(data, day, {"owl.example": seen()}, spider="owl")
    assert [problem["name"] for problem in shown(data)["owl.example"]["problems"]] == ["overdue"]  # type: ignore[attr-defined]


@pytest.mark.e2e
@pytest.mark.parametrize(
    "arguments", [("x",), ("--days", "0"), ("--mute", "owl.example:wall"), ("--mute", "gull"), ("--bogus",)]
)
def test_bad_arguments_are_2(arguments: tuple[str, ...], data: Path) -> None:
    assert status(data, *arguments).returncode == 2


@pytest.mark.e2e
def test_without_a_ledger_it_says_so(tmp_path: Path) -> None:
    done = status(tmp_path)
    assert done.returncode == 1
    assert "there is no ledger yet" in done.stderr


@pytest.mark.e2e
def test_many_sites_that_are_well_fit_a_screen(tmp_path: Path) -> None:
    ran(tmp_path, 0.01, {f"gull{number}.example": seen() for number in range(90)})
    assert len(status(tmp_path).stdout.splitlines()) == 43
    assert len(status(tmp_path, "--all").stdout.splitlines()) == 92
