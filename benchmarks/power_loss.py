"""Crawls whose disk loses its power: what is then lost, doubled, torn after the next run.

    python -m benchmarks.power_loss [TRIALS] [ARTICLES] [SEED]    200 trials of 60 articles by default

A crawl that is killed and one to the end write to a file system that logs what is written and synced. Each trial takes
a part of that log from its start, drops or reorders what was not synced, and lets a run go to the end. Needs /dev/fuse,
Debian's fuse3 and mfusepy.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.chaos.crawls import Newscrawl
from tests.chaos.recording import Disk, Operation, read_log
from tests.chaos.site import Site

WHAT = ("lost", "doubled", "torn", "strange", "open")


def recorded(folder: Path, site: Site) -> list[Operation]:
    """What two runs, one of them killed in the midst, write and sync."""
    crawl, log = Newscrawl(folder, site), folder / "log.jsonl"
    (folder / "data").mkdir()
    server = subprocess.Popen([sys.executable, "-m", "tests.chaos.recording", str(folder / "data"), str(log)])
    try:
        while not (folder / "data").is_mount():
            time.sleep(0.1)
        first = crawl.start()
        while first.poll() is None and not site.wait_for(len(site.paths) // 2, 0.05):
            pass
        first.send_signal(signal.SIGKILL)
        first.wait()
        code = crawl.start().wait()
        outcome = crawl.outcome()
    finally:
        subprocess.run(["umount", str(folder / "data")], check=True)
        server.wait(30)
    assert (code, outcome["lost"]) == (0, 0), (code, outcome)
    return read_log(log)


def trial(operations: list[Operation], site: Site, seed: int) -> dict[str, int]:
    """What a run makes of what a loss of power leaves."""
    chance = Random(seed)
    disk = Disk()
    for operation in operations[: chance.randint(1, len(operations))]:
        disk.take(operation)
    disk.lose_power(chance)
    with TemporaryDirectory() as folder:
        crawl = Newscrawl(Path(folder), site)
        disk.write_to(Path(folder) / "data")
        code = crawl.start().wait(300)
        outcome = crawl.outcome()
        if code or any(outcome.values()):
            print(f"seed {seed}: exit code {code}, {outcome}\n{(Path(folder) / 'log').read_text()[-3000:]}", flush=True)
    return {**outcome, "not 0": bool(code)}


def main(trials: int, articles: int, seed: int) -> None:
    """Prints the sums."""
    sums: Counter[str] = Counter()
    with Site(articles) as site, TemporaryDirectory() as folder:
        operations = recorded(Path(folder), site)
        kinds = Counter(operation["kind"] for operation in operations)
        print(f"{len(operations)} operations: {dict(kinds)}; seeds {seed} to {seed + trials - 1}", flush=True)
        for number in range(trials):
            sums.update(trial(operations, site, seed + number))
            if number % 10 == 9 or number == trials - 1:
                print(f"{number + 1} trials of {articles} articles: {dict(sums)}", flush=True)


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    main(*(numbers + [200, 60, 1][len(numbers) :]))
