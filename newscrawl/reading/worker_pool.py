"""The pool of processes beneath `Workers`; outlives killed workers, broken pools and signals to the process group."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from pathlib import Path
from threading import Thread
from typing import Any

from pebble import CONSTS, ProcessExpired, ProcessPool

from newscrawl.items import Rejection
from newscrawl.reading import worker
from newscrawl.reading.large_pages import ReadBytes

TASKS_PER_WORKER = 2_000
"""A worker is replaced after so many pages, since lxml and dictionaries of words never shrink."""
QUEUED = 1
"""Tasks handed to the pool beside those under way. The others wait without their bytes being copied, and can be held
back while a page is read alone."""
ALONE = 2
"""How often a page whose worker was killed is tried again by itself."""
REBUILDS = 3
"""How often a pool is made anew for one task before the task fails."""
CLOSING = 1.0
"""Seconds that `close` waits for the workers' end; they end with their crawl in any case."""
KILLED = (-signal.SIGKILL, -signal.SIGTERM, 255)
"""Exit codes of a worker that somebody else ended: the system for want of memory, a person, a fork server that died."""

CONSTS.term_timeout = 0.1  # seconds from pebble's SIGTERM, which workers do not heed, to its SIGKILL


class WorkerPool:
    """Runs tasks in other processes; a task is answered by a Rejection where it breaks its worker."""

    def __init__(self, *, count: int, cpu_seconds: int, memory_mb: int, phrase_dirs: Sequence[Path], wall: int) -> None:
        self.is_stopped = False
        self._count = count
        self._wall = wall
        self._limits = (cpu_seconds, memory_mb, os.getpid(), tuple(phrase_dirs))
        self._places = count + QUEUED
        self._room = asyncio.Semaphore(self._places)
        self._bytes = ReadBytes()
        self._alone = asyncio.Lock()
        self._pending: set[asyncio.Future[bytes]] = set()
        self._pool = self._made()

    async def call(self, work: Callable[[bytes], bytes], encode: Callable[[], bytes], size: int) -> bytes | Rejection:
        """What the work returns of what is encoded for it, of so many bytes, when its turn has come; InterruptedError
        once the pool is stopped.

        A worker that somebody kills may not be the page's fault: the page is tried again while no other is read, and is
        rejected where that kills workers too.
        """
        async with self._bytes.of(size), self._room:
            try:
                return await self._tried(work, encode())
            except _KilledError:
                pass
        async with self._alone:
            for _ in range(self._places):
                await self._room.acquire()
            try:
                for _ in range(ALONE):
                    try:
                        return await self._tried(work, encode())
                    except _KilledError as error:
                        death = error
                return Rejection(reason="crashed", detail=f"worker ended with {death}, each time")
            finally:
                for _ in range(self._places):
                    self._room.release()

    def stop(self) -> None:
        """Ends what the workers are at: each call under way raises InterruptedError now."""
        self.is_stopped = True
        self._pool.stop()  # type: ignore[no-untyped-call]
        for future in self._pending:  # pebble never ends the futures of a stopped pool
            future.cancel()

    def close(self) -> None:
        """Ends the workers at once; what they were at is not answered."""
        self.stop()
        _ended(self._pool).join(CLOSING)

    def _made(self) -> ProcessPool:
        pool = ProcessPool(
            max_workers=self._count,
            max_tasks=TASKS_PER_WORKER,
            initializer=worker.begin,
            initargs=self._limits,
            context=_context(),
        )
        # Starting the pool takes half a second in which the event loop stands still: now, not under the first page.
        with _signals_blocked(), suppress(BrokenProcessPool):  # the first call makes another
            pool.schedule(worker.ready)
        return pool

    async def _tried(self, work: Callable[[bytes], bytes], task: bytes) -> bytes | Rejection:
        for _ in range(REBUILDS):
            if self.is_stopped:
                raise InterruptedError("the run is stopped")
            pool = self._pool
            try:
                return await self._answer(pool, work, task)
            except _BrokenPoolError as error:
                broken = error
            if pool is self._pool and not self.is_stopped:
                _ended(pool)
                self._pool = self._made()
        raise broken

    async def _answer(self, pool: ProcessPool, work: Callable[[bytes], bytes], task: bytes) -> bytes | Rejection:
        try:
            future = pool.schedule(worker.bounded, args=(work, task), timeout=self._wall)
        except RuntimeError as error:
            raise _BrokenPoolError(str(error)) from error
        answer = asyncio.wrap_future(future)
        self._pending.add(answer)
        try:
            await asyncio.wait((answer,), timeout=3 * self._wall)
        finally:
            self._pending.discard(answer)
        if not answer.done():  # a worker was killed as it held the pool's pipe
            answer.cancel()
            raise _BrokenPoolError("no answer")
        if answer.cancelled():
            raise InterruptedError("the run is stopped")
        return self._verdict(answer)

    def _verdict(self, answer: asyncio.Future[bytes]) -> bytes | Rejection:
        try:
            return answer.result()
        except TimeoutError:
            return Rejection(reason="too_slow", detail=f"over {self._wall} s")
        except BrokenProcessPool as error:
            raise _BrokenPoolError(str(error)) from error
        except ProcessExpired as error:
            return _verdict_on_death(error.exitcode)
        except MemoryError:
            return Rejection(reason="out_of_memory")
        except RecursionError:
            return Rejection(reason="too_deep")


class _KilledError(Exception):
    """A worker was ended from outside while it had the task."""


class _BrokenPoolError(RuntimeError):
    """The pool takes no tasks any more: its workers died without one, or its pipe is broken."""


def _verdict_on_death(exitcode: int) -> Rejection:
    if exitcode in KILLED:
        raise _KilledError(exitcode)
    if exitcode == -signal.SIGXCPU:
        return Rejection(reason="too_slow", detail="CPU limit")
    return Rejection(reason="crashed", detail=f"worker ended with {exitcode}")


def _context() -> Any:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["newscrawl.reading.worker_preload"])
    return context


def _ended(pool: ProcessPool) -> Thread:
    """Ends a pool, in a thread: one that is broken may never come to its end."""
    pool.stop()  # type: ignore[no-untyped-call]
    thread = Thread(target=pool.join, daemon=True)
    thread.start()
    return thread


@contextmanager
def _signals_blocked() -> Iterator[None]:
    """What is started meanwhile, the fork server, its workers and pebble's threads, never gets SIGTERM or SIGINT.

    They are the crawl's to handle, also where a supervisor sends them to all of its processes: workers that obeyed
    would take their pages with them. They end when the crawl does.
    """
    resource_tracker.ensure_running()  # it lets the signals through again, once
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGTERM, signal.SIGINT))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
