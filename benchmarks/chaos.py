"""Crawls killed, stopped and starved of disk, each followed by one to the end: what is lost, doubled, torn.

    python benchmarks/chaos.py RESULTS [ARTICLES]    default 2,000; takes hours; goes on where it was stopped
    python benchmarks/chaos.py --table RESULTS       what there is so far

RESULTS gets a line of JSON for each trial. Pages of 5 KB, without delay. The peers, plain Scrapy with its JOBDIR and
with FEEDS alone, crawl the same site. Power loss is not tested: a kill takes nothing back that the system was handed.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.chaos.crawls import Feeds, JobDir, Newscrawl
from tests.chaos.site import Site
from tests.chaos.trials import Trial, at_points, at_random, on_small_disk, points

MEMORY = "/dev/shm"
DISKS = (10_000, 50_000, 200_000, 500_000, 1_000_000, 2_000_000, 4_000_000, 8_000_000, 12_000_000, 16_000_000)
"""Bytes. A run of 2,000 articles needs some 20 MB."""


TWICE = (signal.SIGINT, signal.SIGINT)


@dataclass(frozen=True)
class Kind:
    """Trials of one kind: of what, how they are disturbed, how many; `run` takes the trial's number."""

    way: type[Newscrawl]
    name: str
    count: int
    run: Callable[[Newscrawl, int], Trial]


def kinds() -> list[Kind]:
    """All that is tried."""
    named = points()
    return [
        Kind(Newscrawl, "kill -9 at random", 100, lambda crawl, number: at_random(crawl, Random(number))),
        Kind(Newscrawl, "kill -9 at named points", len(named), lambda crawl, number: at_points(crawl, named[number])),
        Kind(Newscrawl, "5 kills -9 in a row", 10, lambda crawl, number: at_random(crawl, Random(number), runs=5)),
        Kind(Newscrawl, "SIGTERM", 20, lambda crawl, number: at_random(crawl, Random(number), [signal.SIGTERM])),
        Kind(Newscrawl, "double SIGINT", 10, lambda crawl, number: at_random(crawl, Random(number), TWICE)),
        Kind(Newscrawl, "full disk", len(DISKS), lambda crawl, number: on_small_disk(crawl, DISKS[number])),
        Kind(JobDir, "kill -9 at random", 10, lambda crawl, number: at_random(crawl, Random(number))),
        Kind(Feeds, "kill -9 at random", 10, lambda crawl, number: at_random(crawl, Random(number))),
    ]


def plan() -> Iterator[tuple[Kind, int]]:
    """Every trial, the kinds mixed, so that the first hour has some of each."""
    trials = [(kind, number) for kind in kinds() for number in range(kind.count)]
    return iter(sorted(trials, key=lambda trial: (trial[1] + 0.5) / trial[0].count))


def done(results: Path) -> list[Trial]:
    """The trials in the file; a line cut short by a kill of this program is none."""
    lines = results.read_bytes().splitlines(keepends=True) if results.exists() else []
    return [json.loads(line) for line in lines if line.endswith(b"}\n")]


def run(results: Path, articles: int) -> None:
    """Runs what is not in the file yet."""
    finished = {(trial["way"], trial["kind"], trial["number"]) for trial in done(results)}
    left = [(kind, number) for kind, number in plan() if (kind.way.name, kind.name, number) not in finished]
    with Site(articles) as site, results.open("a", encoding="utf-8") as file:
        for place, (kind, number) in enumerate(left, 1):
            trial = one(kind, number, site)
            file.write(json.dumps(trial) + "\n")
            file.flush()
            print(f"{place} of {len(left)}: {json.dumps(trial)}", flush=True)


def one(kind: Kind, number: int, site: Site) -> Trial:
    """A trial in a folder of its own, in memory where the system has one."""
    head = {"way": kind.way.name, "kind": kind.name, "number": number, "articles": len(site.paths)}
    with TemporaryDirectory(dir=MEMORY if Path(MEMORY).is_dir() else None) as folder:
        began = time.monotonic()
        trial = kind.run(kind.way(Path(folder), site), number)
    return {**head, **trial, "seconds": round(time.monotonic() - began, 1)}


def table(results: Path) -> None:
    """A line for each kind: trials, and sums over them."""
    trials = done(results)
    print("| crawl | disturbed by | trials | articles | lost | doubled | torn | last run not 0 |")
    print("|---|---|---|---|---|---|---|---|")
    for kind in kinds():
        mine = [trial for trial in trials if (trial["way"], trial["kind"]) == (kind.way.name, kind.name)]
        sums = [sum(trial[what] for trial in mine) for what in ("articles", "lost", "doubled", "torn")]
        cells = [
            kind.way.name,
            kind.name,
            f"{len(mine)} of {kind.count}",
            *sums,
            sum(trial["last"] != 0 for trial in mine),
        ]
        print(f"| {' | '.join(map(str, cells))} |")


if __name__ == "__main__":
    if sys.argv[1] == "--table":
        table(Path(sys.argv[2]))
    else:
        run(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2000)
        table(Path(sys.argv[1]))
