"""How long the ledger waits for another process that writes or delivers: a minute, and less once its run is to end."""

from __future__ import annotations

import math
import sqlite3
import time

BUSY_SECONDS = 60
"""How long to wait for another process: a vacuum of a million URLs takes 2 s, a forget 20 s."""
STEP = 0.5
"""Seconds that SQLite waits by itself, in which nobody can hurry it."""


class Patience:
    """Of one run: one for its ledger and its deliveries. `hurry` may be called from any thread."""

    def __init__(self) -> None:
        self._until = math.inf

    def hurry(self, seconds: float) -> None:
        """From now on nothing waits longer than that."""
        self._until = min(self._until, time.monotonic() + seconds)

    def deadline(self, seconds: float) -> float:
        """When to give up what may take that long (`time.monotonic`)."""
        return min(time.monotonic() + seconds, self._until)

    def begin(self, db: sqlite3.Connection, statement: str = "BEGIN IMMEDIATE") -> None:
        """Begins a transaction that writes, once no other process does. sqlite3.OperationalError after too long."""
        longest = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                db.execute(statement)
            except sqlite3.OperationalError as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > min(
                    longest, self._until
                ):
                    raise
            else:
                return
