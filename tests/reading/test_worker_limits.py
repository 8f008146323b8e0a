"""The limits that a worker sets itself, in a process of its own: the kernel keeps them, whatever the pool does."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

SPIN = """
from newscrawl.reading import worker
worker._cpu_seconds = 0
worker.bounded(lambda task: {}, b"")
"""


@pytest.mark.e2e
def test_a_task_that_spins_is_ended_by_the_limit_of_cpu_time() -> None:
    """No wall limit stands in for it here: without RLIMIT_CPU the loop ends by itself, and the exit code is 0."""
    bounded_by_itself = "[n for n in iter(int, 1) if __import__('time').process_time() > 30 and exit(0)]"
    done = subprocess.run([sys.executable, "-c", SPIN.format(bounded_by_itself)], capture_output=True)
    assert done.returncode == -signal.SIGXCPU, done.stderr
