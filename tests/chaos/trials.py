"""Trials: runs that are disturbed one after the other, then one to the end; what was lost, doubled or torn."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from tests.chaos.crawls import Newscrawl
from tests.chaos.kills import WHEN, Aim

LONGEST = 900
"""Seconds that a run may take."""
LOOK = 0.02
"""Seconds between two looks at whether a run has ended by itself."""

Trial = dict[str, Any]


def at_points(crawl: Newscrawl, aims: Sequence[Aim]) -> Trial:
    """Runs that kill themselves at these points, one after the other."""
    return {"aims": aims, **_to_the_end(crawl, [crawl.start(aim).wait(LONGEST) for aim in aims])}


def at_random(crawl: Newscrawl, dice: Random, signals: Sequence[int] = (signal.SIGKILL,), runs: int = 1) -> Trial:
    """Runs that get these signals at random: after a number of articles from none to all of them, and a moment more.

    Of several runs in a row each comes to its share of the articles at most.
    """
    count = len(crawl.site.paths) // runs
    after = [dice.randint(0, count) for _ in range(runs)]
    codes = [_disturbed(crawl, number, dice, signals) for number in after]
    return {"after": after, **_to_the_end(crawl, codes)}


def _disturbed(crawl: Newscrawl, after: int, dice: Random, signals: Sequence[int]) -> int:
    crawl.site.count_anew()
    process = crawl.start()
    while process.poll() is None and not crawl.site.wait_for(after, LOOK):
        pass
    time.sleep(dice.uniform(0, 0.5 if after else 2))  # with none the run has not yet begun
    for number in signals:
        process.send_signal(number)
        time.sleep(dice.uniform(0, 1))
    return process.wait(LONGEST)


def on_small_disk(crawl: Newscrawl, size: int) -> Trial:
    """A run on a disk of so many bytes (a tmpfs, where we may mount one; else no file may grow larger)."""
    data = crawl.folder / "data"
    data.mkdir()
    is_mounted = _mount(data, f"size={size}")
    try:
        code = crawl.start(most_bytes=None if is_mounted else size).wait(LONGEST)
        assert not is_mounted or _mount(data, "remount,size=1g")
        return {"size": size, "tmpfs": is_mounted, **_to_the_end(crawl, [code])}
    finally:
        if is_mounted:
            subprocess.run(["umount", data], check=True)


def _to_the_end(crawl: Newscrawl, codes: list[int]) -> Trial:
    """The run after those that ended with these codes; what its files hold."""
    last = crawl.start().wait(LONGEST)
    return {"codes": codes, "last": last, **crawl.outcome()}


def _mount(folder: Path, options: str) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", options, "newscrawl-chaos", str(folder)]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def points() -> list[list[Aim]]:
    """Every operation before, within and after, at early and late calls. The run after a torn write cuts the file."""
    calls = {"pwrite": (1, 5, 20), "fsync": (1, 6, 20), "ftruncate": (1,), "rename": (1,), "commit": (1, 2, 5, 30)}
    aims = [
        (operation, when, nth)
        for operation, numbers in calls.items()
        for nth in numbers
        for when in WHEN
        if when != "half" or operation == "pwrite"
    ]
    return [[aim] for aim in aims] + [[("pwrite", "half", 2), ("ftruncate", when, 1)] for when in ("before", "after")]
