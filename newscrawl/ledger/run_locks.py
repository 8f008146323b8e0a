"""Which runs are alive: each holds a lock on a file of its own, which the kernel lets go when the process dies.

So a killed run blocks nobody, no clock or process number is trusted, and a stopped process (SIGSTOP) keeps its hosts.
"""

from __future__ import annotations

import fcntl
import os
import re
import weakref
from pathlib import Path

_RUN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,127}")

_living: weakref.WeakSet[RunLock] = weakref.WeakSet()


class RunLock:
    """The proof that a run is alive, from construction to `end`."""

    def __init__(self, folder: Path, run_id: str) -> None:
        if not _RUN_ID.fullmatch(run_id):
            raise ValueError(f"run id {run_id!r}: letters, digits, '.', '_', '+' and '-' only, 128 at most")
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"{run_id}.run"
        self._file = os.open(self.path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._file)
            raise ValueError(f"run id {run_id!r} is in use") from None
        _living.add(self)

    def end(self) -> None:
        """Lets go. The file goes first, so that nobody finds it unlocked and still there."""
        if self._file >= 0:
            self.path.unlink(missing_ok=True)
            self._drop()

    def _drop(self) -> None:
        os.close(self._file)
        self._file = -1


class FileLocks:
    """The runs of one data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def hold(self, run_id: str) -> RunLock:
        """Proves from now on that the run is alive; ValueError for an id that is malformed or in use, OSError."""
        return RunLock(self._folder, run_id)

    def is_alive(self, run_id: str) -> bool:
        """Whether a process works as that run."""
        return is_alive(self._folder, run_id)


def is_alive(folder: Path, run_id: str) -> bool:
    """Whether a process holds that run. What a dead run left is cleared away."""
    path = folder / f"{run_id}.run"
    try:
        file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)  # shared: two who ask at once must not see each other
        path.unlink(missing_ok=True)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def _let_go_in_child() -> None:
    """A forked worker shares the lock with its parent: one that outlives a killed crawl would block the next run."""
    for run_lock in list(_living):
        if run_lock._file >= 0:
            run_lock._drop()


os.register_at_fork(after_in_child=_let_go_in_child)
