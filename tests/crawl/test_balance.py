"""When failures are too many, and when output counts as written: the exit code, by a run's figures."""

from __future__ import annotations

from typing import Any

import pytest

from newscrawl.crawl.exit_codes import exit_code
from newscrawl.crawl.summary import VISITS, Summary, summarize


def code(*, feeds: int = 0, changes: dict[str, list[str]] | None = None, known: int = 5, **counts: int) -> int:
    stats: dict[str, Any] = {f"newscrawl/visits/{name}": counts.pop(name, 0) for name in VISITS}
    stats |= {f"newscrawl/{name.replace('__', '/')}": number for name, number in counts.items()}
    stats.setdefault("newscrawl/discovery/read", 1)
    stats.setdefault("newscrawl/discovery/known", 1)
    summary = Summary(run_id="r", spider="s", started_at="", finished_at="", reason="finished", changes=changes or {})
    summary.known = {"exported": known}
    return exit_code(summarize(summary, stats), stats, feeds=feeds)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"new": 1, "failed": 1}, 0),
        ({"failed": 2}, 0),
        ({"new": 2, "failed": 3}, 4),
        ({"new": 4, "failed": 3}, 0),
        ({"failed": 9, "failed_again": 9}, 0),
        ({"failed": 9, "failed_again": 4}, 4),
        ({"new": 9, "pipelines__failed_after_record": 1}, 5),
        ({"new": 9, "failed": 1, "failed__pipeline_error": 1}, 5),
        ({"new": 9, "feeds__not_written": 1}, 5),
        ({"new": 9, "feeds": 1}, 5),
        ({"known": 0, "failed": 2}, 3),
    ],
)
def test_failures_and_output(counts: dict[str, int], expected: int) -> None:
    assert code(**counts) == expected


@pytest.mark.parametrize(
    ("name", "counts", "expected"),
    [
        ("silence", {}, 10),
        ("all_rejected", {"rejected": 5, "discovery__known": 0}, 10),
        ("robots_closed", {"discovery__failed": 1, "discovery__read": 0, "discovery__known": 0}, 10),
        ("nothing_named", {"discovery__known": 0}, 3),
        ("authors_empty", {"new": 1, "failed": 5}, 4),
        ("authors_empty", {"new": 1, "feeds": 1}, 5),
    ],
)
def test_other_reasons_win_over_10_but_for_what_it_explains(name: str, counts: dict[str, int], expected: int) -> None:
    assert code(changes={"a.example": [name]}, **counts) == expected
