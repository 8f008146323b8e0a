"""A worker process from the crawl's side: how it begins, and the limits under which it runs each task.

The crawl names these functions and never imports what they call: numpy, trafilatura and the directory of publishers
are a third of a second, which the fork server spends once for all workers.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from newscrawl.reading.large_pages import LARGE, give_back

LOOK = 2.0
"""Seconds between a worker's looks at whether its crawl still runs."""
GARBAGE = 50_000
"""Objects made beyond those gone, from which the collector looks for circles: a page makes about as many, and with
Python's 700 the collector takes 6 % of reading's CPU."""

_cpu_seconds = 10


def begin(cpu_seconds: int, memory_mb: int, crawl: int, phrase_dirs: tuple[Path, ...]) -> None:
    """Called once in each worker: sets its limits. `crawl`: the process without which it ends."""
    global _cpu_seconds
    _cpu_seconds = cpu_seconds
    from newscrawl.reading import worker_tasks

    worker_tasks.load(phrase_dirs)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the crawl's to handle
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(crawl, os.getppid()), daemon=True).start()
    gc.freeze()  # what was loaded stays
    gc.set_threshold(GARBAGE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 2**20, memory_mb * 2**20))


def _end_with(crawl: int, server: int) -> None:
    """Ends this worker when the crawl is gone, or the fork server that tells the crawl of it: after a kill -9 nobody
    else would."""
    while os.getppid() == server:
        try:
            os.kill(crawl, 0)
        except ProcessLookupError:
            break
        time.sleep(LOOK)
    os._exit(0)


def ready() -> None:
    """Nothing: a worker that returned from it is there."""


def bounded(work: Callable[[bytes], bytes], task: bytes) -> bytes:
    """Runs one task under a CPU limit of its own: the kernel ends the process, whatever C code it is in."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + _cpu_seconds, hard))
    try:
        return work(task)
    finally:
        if len(task) >= LARGE:
            give_back()


def run(encoded: bytes) -> bytes:
    """Does an encoded task; returns what it comes to, encoded."""
    from newscrawl.reading import worker_tasks

    return worker_tasks.run(encoded)
