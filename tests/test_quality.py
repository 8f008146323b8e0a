"""A crawl of the pages in ../shared is not below tests/quality_floor.toml; benchmarks/quality.py scores as score.py."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality_measures import Gold, Read, body_shares, f1, is_right
from tests.crawl.crawling import Crawl

BOUNDS: dict[str, dict[str, dict[str, dict[str, float]]]] = tomllib.loads(
    Path(__file__).with_name("quality_floor.toml").read_text(encoding="utf-8")
)
Figures = dict[str, dict[str, Any]]


def lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as found:
        return [json.loads(line) for line in found]


def crawled(warc: Path, folder: Path) -> Path:
    """The export of all pages."""
    done = Crawl(folder).run("warc", "-a", f"path={warc}", "-O", "records.jsonl", workers=2, timeout=1500)
    assert done.returncode == 0, done.stderr[-2000:]
    return folder / "records.jsonl"


def plain(shared: Path, warc: Path, folder: Path) -> Path:
    """What trafilatura says of the same pages by itself: a page that is much worse is a catastrophe."""
    records = folder / "plain.jsonl"
    with records.open("wb") as out:
        subprocess.run([sys.executable, shared / "eval" / "baseline.py", warc], check=True, stdout=out)
    return records


def scored(shared: Path, gold: Path, records: Path, baseline: Path) -> Figures:
    """What score.py says of the records, by set; the measures of provenance beside the others."""
    told = records.with_suffix(".score")
    script = shared / "eval" / "score.py"
    arguments = [gold, records, "--baseline", baseline, "--json", told]
    subprocess.run([sys.executable, script, *arguments], check=True, capture_output=True)
    figures: Figures = json.loads(told.read_text(encoding="utf-8"))
    return {
        name: figure | (figure.get("origin") or {}) | (figure.get("segments") or {}) for name, figure in figures.items()
    }


def measured(gold: Iterable[Gold], records: Iterable[dict[str, Any]]) -> Figures:
    """What the measures of the benchmark say of them."""
    reads = {r["requested_url"]: Read(r["body"], r["title"], r["authors"], r["date_published"]) for r in records}
    sets: dict[str, list[tuple[Gold, Read]]] = defaultdict(list)
    for row in gold:
        sets[row["set"]].append((row, reads.get(row["url"], Read())))
    figures: Figures = defaultdict(dict)
    for name, pairs in sets.items():
        if bodies := [body_shares(row, read.body) for row, read in pairs if row.get("body")]:
            figures[name]["body_f1"] = f1(bodies)
        for field in ("title", "authors", "date"):
            if having := [is_right(field, row, read) for row, read in pairs if row.get(field)]:
                figures[name][field] = sum(having) / len(having)
    return figures


@pytest.mark.shared
@pytest.mark.e2e
@pytest.mark.parametrize("collection", BOUNDS)
def test_no_figure_falls(shared: Path, tmp_path: Path, collection: str) -> None:
    folder = shared / "eval" / collection
    gold, warc = folder / "gold.jsonl", folder / "pages.warc.gz"
    records = crawled(warc, tmp_path)
    figures = scored(shared, gold, records, plain(shared, warc, tmp_path))
    for name, own in measured(lines(gold), lines(records)).items():
        assert own == pytest.approx({measure: figures[name][measure] for measure in own}), name
    fallen = [
        f"{name}.{measure} {figures[name][measure]}, {kind} {bound}"
        for kind, sets in BOUNDS[collection].items()
        for name, bounds in sets.items()
        for measure, bound in bounds.items()
        if (figures[name][measure] < bound if kind == "floor" else figures[name][measure] > bound)
    ]
    assert not fallen, f"{fallen}; all figures: {json.dumps(figures, indent=1)}"
