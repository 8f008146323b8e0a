"""Two runs over outlets that print each other's stories, killed with -9 at random: lost, doubled, torn, wrong story.

    python -m benchmarks.kills RESULTS [TRIALS] [SEED]    100 trials by default; goes on where it was stopped
    python -m benchmarks.kills --table RESULTS            what there is so far

RESULTS gets a line of JSON for each trial, with its seed. What is killed stands in tests/chaos/copies.py.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.chaos.copies import TARGETS, stories, trial

WHAT = ("lost", "doubled", "torn", "wrong story", "crashed")
AT_A_TIME = 3
"""Trials: a run mostly waits."""


def done(results: Path) -> list[dict[str, Any]]:
    """The trials in the file."""
    return [json.loads(line) for line in results.read_text().splitlines()] if results.exists() else []


def main(results: Path, count: int, seed: int) -> None:
    """Runs what is not in the file yet."""
    print(f"seeds {seed} to {seed + count - 1}", flush=True)
    finished = {one["seed"] for one in done(results)}
    left = [number for number in range(seed, seed + count) if number not in finished]
    with ThreadPoolExecutor(AT_A_TIME) as pool, results.open("a", encoding="utf-8") as file:
        for made in pool.map(one_trial, left):
            file.write(json.dumps(made) + "\n")
            file.flush()


def one_trial(seed: int) -> dict[str, Any]:
    """In a folder of its own."""
    with TemporaryDirectory() as folder:
        return trial(Path(folder), seed)


def table(results: Path) -> None:
    """A line for each target; a trial with several counts in each of theirs."""
    trials = done(results)
    records = sum(map(len, stories().values()))
    print(f"{len(trials)} trials of {records} articles; kills: {sum(len(one['killed']) for one in trials)}\n")
    print(f"| killed | trials | {' | '.join(WHAT)} | last run not 0 |\n|---|---|{'---|' * len(WHAT)}---|")
    for target in (*TARGETS, ""):
        mine = [one for one in trials if any(kill.startswith(target) for kill in one["killed"]) or not target]
        sums: Counter[str] = Counter()
        for one in mine:
            sums.update({what: one[what] for what in WHAT})
        cells = [target or "all", len(mine), *(sums[what] for what in WHAT), sum(any(one["last"]) for one in mine)]
        print(f"| {' | '.join(map(str, cells))} |")


if __name__ == "__main__":
    if sys.argv[1] == "--table":
        table(Path(sys.argv[2]))
    else:
        numbers = [int(word) for word in sys.argv[2:]]
        main(Path(sys.argv[1]), *(numbers + [100, 1][len(numbers) :]))
        table(Path(sys.argv[1]))
