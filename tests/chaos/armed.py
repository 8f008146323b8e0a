"""`scrapy` that kills itself at a named point: `python -m tests.chaos.armed OPERATION WHEN NTH crawl ...`."""

from __future__ import annotations

import sys

from scrapy.cmdline import execute

from tests.chaos.kills import Killer

if __name__ == "__main__":
    operation, when, nth, *arguments = sys.argv[1:]
    Killer(operation, when, int(nth)).arm()
    execute(["scrapy", *arguments])
