"""benchmarks/quality.py scores a body as ../shared/eval/score.py does."""

from __future__ import annotations

import importlib.util
import json
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from benchmarks.quality_measures import body_shares


def score_of(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "eval" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold_of(shared: Path) -> dict[str, list[dict[str, Any]]]:
    sets: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with (shared / "eval" / "dev" / "gold.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            sets[row["set"]].append(row)
    return sets


@pytest.mark.shared
def test_bodies_are_scored_as_score_py_does(shared: Path) -> None:
    score = score_of(shared)
    for row in [row for rows in gold_of(shared).values() for row in rows if row.get("body")][::10]:
        first = row.get("title") or row.get("first_line")
        for got in (row["body"], row["body"][len(row["body"]) // 3 :], f"{first}\n{row['body']}", "", "Another text."):
            expected = score.overlap(score.without_title(row["body"], first), score.without_title(got, first))
            assert body_shares(row, got) == pytest.approx(expected)
