"""Each consumer gets each record once, killed at named and random points."""

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
FAULTS = ("lost", "doubled", "torn", "strange", "last")
TARGETS = [
    "postgresql:",
    "s3:",
    "duckdb:{}/out.duckdb",
    "parquet:{}/pq",
    "sqlite:{}/out.db",
    "jsonl:{}/lines",
    "jsonl:{}/all.jsonl",
    "csv:{}/table.csv",
]

SLOW = {"s3": 3, "parquet": 6, "duckdb": 4}
"""Trials of targets that take seconds each; others get ten."""


def trials(uri: str, count: int, without: str = "") -> list[dict[str, Any]]:
    with TemporaryDirectory(dir=MEMORY if Path(MEMORY).is_dir() else None) as folder:
        command = [sys.executable, "-m", "tests.delivery.export_chaos", folder, uri, "40", str(count), without]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=ROOT)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.e2e
@pytest.mark.parametrize("uri", TARGETS)
def test_nothing_is_lost_doubled_or_torn(uri: str) -> None:
    done = trials(uri, SLOW.get(uri.partition(":")[0], 10))
    assert [trial for trial in done if any(trial[fault] for fault in FAULTS)] == []
    assert all(trial["killed"] for trial in done)


@pytest.mark.e2e
def test_trials_find_a_position_that_does_not_stand_in_the_target() -> None:
    assert any(trial["doubled"] for trial in trials("jsonl:{}/lines", 8, "position"))
