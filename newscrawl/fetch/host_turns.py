"""When each host may be asked next: one file a host, which all commands of one user on one machine share.

Two crawls with data folders of their own, a preview beside a crawl, a feed or a redirect that leads to another run's
host: each request takes the host's next free moment, so none comes sooner after another than the host's delay. Nothing
in the folder must be kept.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import logging
import math
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import NamedTuple

logger = logging.getLogger(__name__)

FARTHEST = 600.0
"""Seconds ahead that a moment may lie; one farther is of a clock before the machine's last start."""
KEPT = 24 * 3600
"""Seconds after which a host's file is taken away."""
LOCKED = 0.005
"""Seconds between two looks at a file that another process has locked, for some microseconds."""


class Turns(NamedTuple):
    """What is known of a host, in seconds since the machine's start."""

    free: float = 0.0
    """The next moment that nobody has taken."""
    asked: float = -math.inf
    """When it was asked last."""


def state_folder() -> Path:
    """Where the files are: XDG_STATE_HOME, or ~/.local/state. RuntimeError where the user has no home."""
    home = os.environ.get("XDG_STATE_HOME", "")
    return (Path(home) if home.startswith("/") else Path.home() / ".local" / "state") / "newscrawl" / "hosts"


class HostTurns:
    """The turns of one process. Where the folder cannot be written, the delays are kept within the process alone."""

    def __init__(self) -> None:
        self._own: dict[str, Turns] = {}
        self._folder: Path | None = None
        self._has_begun = False

    def _begin(self) -> None:
        self._has_begun = True
        try:
            folder = state_folder()
            folder.mkdir(parents=True, exist_ok=True)
            _clear(folder)
            self._folder = folder
        except (OSError, RuntimeError) as error:
            self._go_alone(error)

    async def wait(self, host: str, delay: float) -> None:
        """Waits for the host's next free moment and takes it: the one after lies `delay` seconds later.

        A process that comes late to its moment, on a busy machine, shifts those after it.
        """
        if delay <= 0:
            return
        now = time.monotonic()
        async with self._locked(host) as file:
            turns = self._read(host, file, now)
            moment = max(now, turns.free)
            self._write(host, file, turns._replace(free=moment + delay))
        while True:
            await asyncio.sleep(moment - time.monotonic())
            async with self._locked(host) as file:
                now = time.monotonic()
                turns = self._read(host, file, now)
                if (moment := turns.asked + delay) <= now:
                    self._write(host, file, Turns(max(turns.free, now + delay), now))
                    return

    async def hold(self, host: str, seconds: float) -> None:
        """Leaves the host alone for so long: it asked for a pause."""
        now = time.monotonic()
        async with self._locked(host) as file:
            turns = self._read(host, file, now)
            self._write(host, file, turns._replace(free=max(now + min(seconds, FARTHEST), turns.free)))

    @asynccontextmanager
    async def _locked(self, host: str) -> AsyncIterator[int]:
        """The host's file, locked; -1 where there is none."""
        file = self._open(host)
        try:
            while file >= 0:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    await asyncio.sleep(LOCKED)
                except OSError as error:  # a file system without locks
                    self._go_alone(error)
                    break
            yield file
        finally:
            if file >= 0:
                os.close(file)

    def _open(self, host: str) -> int:
        if not self._has_begun:
            self._begin()
        if self._folder is None:
            return -1
        path = self._folder / hashlib.sha256(host.encode("utf-8", "replace")).hexdigest()[:24]
        try:
            return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            self._go_alone(error)
            return -1

    def _read(self, host: str, file: int, now: float) -> Turns:
        """The host's turns, on the machine's clock since its start."""
        try:
            turns = Turns(*map(float, os.pread(file, 64, 0).split())) if file >= 0 else self._own[host]
        except (OSError, ValueError, TypeError, KeyError):  # new, or damaged
            turns = self._own.get(host, Turns())
        is_sound = turns.asked <= now and turns.free <= now + FARTHEST
        return turns if is_sound else Turns()

    def _write(self, host: str, file: int, turns: Turns) -> None:
        self._own[host] = turns
        if file >= 0:
            try:
                os.pwrite(file, f"{turns.free:<31.6f} {turns.asked:<31.6f}\n".encode(), 0)
            except OSError as error:
                self._go_alone(error)

    def _go_alone(self, error: Exception) -> None:
        self._folder = None
        logger.warning("delays are not shared with other commands: %s", error)


def _clear(folder: Path) -> None:
    """Takes away what nobody can need."""
    oldest = time.time() - KEPT
    for path in folder.iterdir():
        with suppress(OSError):
            if path.stat().st_mtime < oldest:
                path.unlink()
