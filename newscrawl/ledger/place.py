"""Where a ledger is: a SQLite file, or a PostgreSQL database by its URI; and how it is opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar, cast
from urllib.parse import urlsplit

from newscrawl.ledger.patience import Patience
from newscrawl.ledger.run_locks import FileLocks
from newscrawl.ledger.sqlite.schema import connect
from newscrawl.ledger.types import LedgerError, LostConnectionError
from newscrawl.web.urls import without_password

T = TypeVar("T")

Place = Path | str
"""A SQLite file, or postgresql://..."""
NO_PSYCOPG = "needs psycopg: pip install newscrawl[postgres]"


class HeldRun(Protocol):
    """The proof that a run is alive."""

    def end(self) -> None:
        """Lets go."""


class RunLocks(Protocol):
    """Which runs are alive."""

    def hold(self, run_id: str) -> HeldRun:
        """Proves from now on that the run is alive; ValueError for an id that is malformed or in use, OSError."""

    def is_alive(self, run_id: str) -> bool:
        """Whether a process works as that run."""


@dataclass(frozen=True, slots=True)
class OpenLedger:
    """An open ledger."""

    db: sqlite3.Connection
    """A connection to PostgreSQL answers as SQLite's does, as far as the ledger's statements go."""
    locks: RunLocks
    name: str
    """For messages, without a password."""


def is_there(place: Place) -> bool:
    """Whether there is a ledger; of a database that is known when it is opened."""
    return isinstance(place, str) or place.exists()


def open_ledger(place: Place, patience: Patience | None = None) -> OpenLedger:
    """Opens the ledger, made or upgraded where needed. LedgerError."""
    if isinstance(place, Path):
        return OpenLedger(connect(place, patience=patience), FileLocks(place.parent / "locks"), str(place))
    name = shown(place)
    try:
        from newscrawl.ledger.postgres.postgres_connection import PostgresConnection
        from newscrawl.ledger.postgres.postgres_locks import PostgresLocks
    except ImportError as error:
        raise LedgerError(f"{name}: {NO_PSYCOPG}") from error
    try:
        db = PostgresConnection(place, patience or Patience())
    except (sqlite3.Error, LedgerError) as error:
        raise LedgerError(f"{name}: {error}") from error
    return OpenLedger(cast(sqlite3.Connection, db), PostgresLocks(db), name)


def transact(db: sqlite3.Connection, patience: Patience, work: Callable[[], T]) -> T:
    """Does work in one transaction that writes, again where the connection was lost before the commit."""
    while True:
        try:
            patience.begin(db)
            result = work()
            db.execute("COMMIT")
        except LostConnectionError:
            if not _recovered(db):
                continue
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
        return result


def _recovered(db: sqlite3.Connection) -> bool:
    """Whether the COMMIT took effect that the connection was lost with."""
    recover: Callable[[], bool] = db.recover  # type: ignore[attr-defined]
    return recover()


def confirm(db: sqlite3.Connection) -> None:
    """Gives a sign of life, where the ledger wants one."""
    if tell := getattr(db, "confirm", None):
        tell()


def is_calm(db: sqlite3.Connection) -> bool:
    """Whether the last sign of life is so young that nobody can have taken the run's place."""
    calm: Callable[[], bool] | None = getattr(db, "is_calm", None)
    return calm is None or calm()


def shown(place: Place) -> str:
    """For messages; a URI without its password."""
    if isinstance(place, Path):
        return str(place)
    parts = urlsplit(without_password(place))
    return parts._replace(query="").geturl()
