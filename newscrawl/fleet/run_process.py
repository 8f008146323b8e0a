"""`scrapy` that ends with the process that started it: `python -m newscrawl.fleet.run_process PARENT crawl ...`."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from threading import Thread

PR_SET_PDEATHSIG = 1
LOOK = 1.0
"""Seconds between two looks at the parent, where the system sends no signal at its end."""


def end_with(parent: int) -> None:
    """Has this process killed when its parent dies. A kill loses nothing, and frees the site for the next fleet at
    once; a run that took its time to end would be found in the way."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    else:
        Thread(target=_watch, args=(parent,), daemon=True).start()
    if os.getppid() != parent:  # it died before
        os._exit(1)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    end_with(int(sys.argv[1]))
    from scrapy.cmdline import execute

    execute(["scrapy", *sys.argv[2:]])
