"""The short form of benchmarks/kills.py: kill -9 with stories on several outlets and two runs, by a seed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos.copies import trial
from tests.crawl.processes import HAS_PROC

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(not HAS_PROC, reason="reads /proc")]

NONE = dict.fromkeys(("lost", "doubled", "torn", "strange", "wrong story", "crashed"), 0)


@pytest.mark.parametrize("seed", [3, 7])
def test_records_and_stories_are_right_after_kills(seed: int, tmp_path: Path) -> None:
    made = trial(tmp_path, seed)
    assert made["last"] == [0, 0], made
    assert {what: made[what] for what in NONE} == NONE, made
