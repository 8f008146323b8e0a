"""Commands of `scrapy`: thin glue, one job a file. SIGTERM while they are imported is an interrupted run."""

from __future__ import annotations

import os
import signal
import sys
import threading

INTERRUPTED = 7
"""`ExitCode.INTERRUPTED`, which takes half a second to import."""


def _interrupted(*_: object) -> None:
    os._exit(INTERRUPTED)  # nothing is begun: the run's own handler is set before its ledger is opened


if (
    sys.argv[1:2] == ["crawl"]
    and threading.current_thread() is threading.main_thread()
    and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
):
    signal.signal(signal.SIGTERM, _interrupted)
