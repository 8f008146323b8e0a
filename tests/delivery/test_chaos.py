"""G1 and G3 below the crawl: killed at every named point, or out of disk, then run to the end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
MEMORY = "/dev/shm"
"""A kill takes nothing back that was handed to the system, so the trials may run where fsync costs nothing."""
FAULTS = ("lost", "doubled", "torn", "strange", "open", "last")


def trials(calls: int, without: str = "") -> list[dict[str, Any]]:
    with TemporaryDirectory(dir=MEMORY if Path(MEMORY).is_dir() else None) as folder:
        return trials_in(folder, calls, without)


def trials_in(folder: str, calls: int, without: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "tests.delivery.chaos", folder, str(calls), without]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_nothing_is_lost_doubled_or_torn() -> None:
    done = trials(3)
    assert [trial for trial in done if any(trial[fault] for fault in FAULTS)] == []
    kills = [trial for trial in done if "aims" in trial]
    single = [trial for trial in kills if len(trial["aims"]) == 1]
    assert all(trial["killed"] == 1 for trial in single)
    assert {(operation, when) for trial in single for operation, when, _ in trial["aims"]} == {
        (operation, when)
        for operation in ("pwrite", "fsync", "ftruncate", "rename", "commit")
        for when in ("before", "half", "after")
        if when != "half" or operation == "pwrite"
    }
    starved = [trial["first"] for trial in done if "size" in trial]
    assert set(starved) == {0, 5}  # the small disks end in an error, which the last run mends


@pytest.mark.parametrize(
    ("without", "fault", "calls"),
    [
        ("cut", "torn", 2),
        ("cursor", "doubled", 2),
        ("free", "lost", 2),
        ("offset", "doubled", 2),
        ("validators", "lost", 20),
    ],
)
def test_trials_find_what_a_missing_protection_does(without: str, fault: str, calls: int) -> None:
    assert any(trial[fault] for trial in trials(calls, without))
