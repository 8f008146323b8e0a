"""The one thread of a run that touches the disk: it gathers changes and commits them in groups."""

from __future__ import annotations

import math
import os
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from newscrawl.ledger.patience import Patience
from newscrawl.ledger.place import confirm, transact
from newscrawl.ledger.types import LedgerError, NotTakenError

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

GROUP = 50
"""Changes after which a group is committed; one commit is one fsync."""
SECONDS = 1.0
"""Time after which it is committed anyway."""
SIGN = 3.0
"""Seconds between two signs of life of a run that has nothing to write, where the ledger is in PostgreSQL."""
REST = 20
"""It is committed earlier, when the thread has rested this many times as long as the last commit took: a disk that
syncs in 2 ms does not keep a crawl of one host waiting, and a slow one is busy for a twentieth of the time."""


@dataclass(slots=True)
class _Task:
    work: Work[Any]
    changes: int
    """How many changes it makes; 0 for a question, which is answered at once."""
    future: Future[Any] = field(default_factory=Future)


class Writer:
    """Runs work on the connection, in a thread of its own. The connection is this thread's from here on."""

    def __init__(self, db: sqlite3.Connection, name: str, patience: Patience) -> None:
        self.patience = patience
        self._db = db
        self._name = name
        self._queue: SimpleQueue[_Task | None] = SimpleQueue()
        self._door = threading.Lock()
        self._failure: LedgerError | None = None
        self._stopping = False
        self._wait = SECONDS
        self._inode = _inode(name)
        self.after_commit: list[Callable[[], None]] = []
        """Called in the thread after each group that was committed; for the deliveries."""
        self._thread = threading.Thread(target=self._live, name="ledger", daemon=True)
        self._thread.start()

    def submit(self, work: Work[T], *, changes: int = 1) -> Future[T]:
        """Queues work; its future is done when the work is on disk.

        `changes` is how many changes it makes: 0 for a question, GROUP or more for what shall not wait for others.
        """
        task = _Task(work, changes)
        task.future.set_running_or_notify_cancel()  # it cannot be cancelled any more
        with self._door:
            if self._failure or self._stopping:
                raise self._failure or LedgerError(f"{self._name}: the ledger is closed")
            self._queue.put(task)
        return task.future

    def close(self) -> None:
        """Commits what is queued and ends the thread. Raises what went wrong in the ledger's life."""
        with self._door:
            if not self._stopping:
                self._stopping = True
                self._queue.put(None)
        self._thread.join()
        if self._failure:
            raise self._failure

    def _live(self) -> None:
        group: list[_Task] = []
        ended = False
        try:
            while self._gather(group):
                begun = time.monotonic()
                self._commit(group)
                self._wait = min(SECONDS, REST * (time.monotonic() - begun))
                group.clear()
            ended = True
        except (sqlite3.Error, OSError, MemoryError) as error:
            self._fail(group, LedgerError(f"{self._name}: {error}"), error)
        finally:  # whatever else it is: nobody may wait for a dead thread
            if not ended and not self._failure:
                self._fail(group, LedgerError(f"{self._name}: the writer thread died"), None)
            self._db.close()

    def _gather(self, group: list[_Task]) -> bool:
        """Fills the group; False when there will be no more."""
        deadline: float | None = None
        while sum(task.changes for task in group) < GROUP:
            try:
                task = self._queue.get(timeout=SIGN if deadline is None else max(0.0, deadline - time.monotonic()))
            except Empty:
                if deadline is None:
                    confirm(self._db)
                    continue
                return True
            if task is None:
                self._queue.put(None)
                return bool(group)
            if task.changes:
                group.append(task)
                deadline = deadline or time.monotonic() + self._wait
            else:
                _answer(task, self._db)
                if time.monotonic() - getattr(self._db, "seen", math.inf) > SIGN:  # questions alone are no sign of life
                    confirm(self._db)
        return True

    def _commit(self, group: list[_Task]) -> None:
        if _inode(self._name) != self._inode:  # SQLite would go on, in a file that nobody finds again
            raise OSError("removed or replaced while the run worked")
        results = transact(self._db, self.patience, lambda: [(task, *_guarded(task, self._db)) for task in group])
        for task, result, error in results:
            _tell(task, result, error)
        for hook in self.after_commit:
            hook()

    def _fail(self, group: list[_Task], failure: LedgerError, cause: Exception | None) -> None:
        failure.__cause__ = cause
        with self._door:
            self._failure = failure
            while not self._queue.empty():
                if task := self._queue.get():
                    group.append(task)
        for task in group:
            if not task.future.done():
                task.future.set_exception(failure)


def _inode(name: str) -> int | None:
    try:
        return os.stat(name).st_ino  # noqa: PTH116  a name in messages, and a path
    except FileNotFoundError:
        return None


def _guarded(task: _Task, db: sqlite3.Connection) -> tuple[Any, Exception | None]:
    """Runs the task so that a mistake of its caller undoes this task only."""
    db.execute("SAVEPOINT task")
    try:
        result, mistake = task.work(db), None
    except (NotTakenError, ValueError, TypeError, sqlite3.ProgrammingError) as error:
        result, mistake = None, error
        db.execute("ROLLBACK TO task")
    db.execute("RELEASE task")
    return result, mistake


def _answer(task: _Task, db: sqlite3.Connection) -> None:
    try:
        _tell(task, task.work(db), None)
    except (ValueError, TypeError) as error:
        _tell(task, None, error)
    except BaseException as error:
        task.future.set_exception(LedgerError(str(error)))
        raise


def _tell(task: _Task, result: Any, error: Exception | None) -> None:
    if error is None:
        task.future.set_result(result)
    else:
        task.future.set_exception(error)
