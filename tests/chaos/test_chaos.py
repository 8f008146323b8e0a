"""G1 through whole crawls, the short form of benchmarks/chaos.py: kills at random and at every named point."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.chaos.crawls import Newscrawl
from tests.chaos.kills import WHEN, Aim
from tests.chaos.site import Site
from tests.chaos.trials import Trial, at_points, at_random

pytestmark = pytest.mark.e2e

WHOLE = {"last": 0, "lost": 0, "doubled": 0, "torn": 0, "strange": 0, "open": 0}
ROWS: list[list[Aim]] = [
    [("pwrite", "half", 2), ("ftruncate", "before", 1), ("ftruncate", "after", 1), ("pwrite", "before", 1)],
    [("commit", "before", 5), ("commit", "after", 6), ("pwrite", "after", 1), ("fsync", "before", 2),
     ("fsync", "after", 1), ("rename", "before", 1), ("rename", "after", 1)],
]  # fmt: skip
"""Kills in one row after the other, so that the test stays short: each run goes on where the one before was killed."""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site(200) as site:
        yield site


def assert_whole(trial: Trial) -> None:
    assert {name: trial[name] for name in WHOLE} == WHOLE, trial


@pytest.mark.parametrize("number", range(2))
def test_nothing_is_lost_by_kills_at_random(number: int, site: Site, tmp_path: Path) -> None:
    trial = at_random(Newscrawl(tmp_path, site), Random(number), runs=10)
    assert_whole(trial)
    assert trial["codes"].count(-signal.SIGKILL) >= 8  # the last of them may have come to its end before


@pytest.mark.parametrize("aims", ROWS)
def test_nothing_is_lost_by_kills_at_named_points(aims: list[Aim], site: Site, tmp_path: Path) -> None:
    trial = at_points(Newscrawl(tmp_path, site), aims)
    assert_whole(trial)
    assert trial["codes"] == [-signal.SIGKILL] * len(aims)


def test_every_named_point_is_tried() -> None:
    operations = {"pwrite": WHEN} | dict.fromkeys(("fsync", "ftruncate", "rename", "commit"), ("before", "after"))
    wanted = {(operation, when) for operation, moments in operations.items() for when in moments}
    assert {(operation, when) for row in ROWS for operation, when, _ in row} == wanted
