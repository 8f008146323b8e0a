"""Large pages in memory: how much of them is read at a time, and how what they took is handed back to the system."""

from __future__ import annotations

import asyncio
import ctypes
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

LARGE = 2**20
"""Bytes of a page whose memory is handed back after it."""
AT_A_TIME = 12 * 2**20
"""Bytes of all pages that are in workers together. A page of 9 MB takes a worker some 60 MB while it is read."""


class ReadBytes:
    """How much is read at a time; a page that is larger by itself is read alone."""

    def __init__(self, most: int = AT_A_TIME) -> None:
        self._most = self._free = most
        self._changed = asyncio.Condition()

    @asynccontextmanager
    async def of(self, size: int) -> AsyncIterator[None]:
        """Waits until a page of that size may be read; counts it meanwhile."""
        size = min(size, self._most)
        async with self._changed:
            await self._changed.wait_for(lambda: size <= self._free)
            self._free -= size
        try:
            yield
        finally:
            async with self._changed:
                self._free += size
                self._changed.notify_all()


def give_back() -> None:
    """Hands free memory back to the system. The C library keeps it else: 50 MB in a worker after a page of 9 MB."""
    gc.collect()
    with suppress(OSError, AttributeError):  # a system without glibc
        ctypes.CDLL(None).malloc_trim(0)
