"""Runs on this machine: a process each, which gets SIGTERM when it is to end, and dies with the fleet."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

STOPPING = 20.0
"""Seconds from SIGTERM to SIGKILL; a run ends within 8."""


class LocalRun:
    """One process of `scrapy crawl`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.started = time.monotonic()
        self.had_slice = False
        """Whether it was ended to make room for others."""

    @classmethod
    async def start(cls, command: Sequence[str], log: Path) -> LocalRun:
        """Starts it in a session of its own: a terminal's Ctrl-C reaches the fleet alone, which passes it on once."""
        words = [sys.executable, "-m", "newscrawl.fleet.run_process", str(os.getpid()), *command]
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            process = await asyncio.create_subprocess_exec(
                *words, stdin=asyncio.subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
            )
        return cls(process)

    async def wait(self) -> int:
        """Its exit code; negative for the signal that killed it."""
        return await self._process.wait()

    def make_room(self) -> None:
        """Has it end in order, to go on later."""
        if not self.had_slice:
            self.had_slice = True
            self.stop()

    def stop(self) -> None:
        """Has it end in order."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """Ends it at once."""
        self._send(signal.SIGKILL)

    def _send(self, number: int) -> None:
        with suppress(ProcessLookupError):
            self._process.send_signal(number)
