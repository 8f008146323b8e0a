"""A connection to PostgreSQL that answers as the part of sqlite3.Connection that the ledger uses, errors included."""

from __future__ import annotations

import os
import sqlite3
import time
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import psycopg
from psycopg.types.numeric import Int8Dumper

from newscrawl.ledger.patience import BUSY_SECONDS, STEP, Patience
from newscrawl.ledger.postgres.postgres_tables import MAKING, SCHEMA, upgrade
from newscrawl.ledger.types import LostConnectionError

IDLE_IN_TRANSACTION = 10
"""Seconds after which the server ends the session of a process that stands still within a transaction (SIGSTOP, a
machine that is gone): all others wait for it."""
OPTIONS = f"-c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION}s -c client_min_messages=warning"
KEEPALIVE = "keepalives_idle=10 keepalives_interval=5 keepalives_count=3 tcp_user_timeout=30000"
"""A machine that is gone loses its locks within half a minute."""
KEY = "hashtextextended('newscrawl run ' || ?, 0)"
"""Number of a run's advisory lock."""
CALM = 12
"""Seconds after its last sign of life for which a run may make requests: well below the lease (`postgres_locks`)."""
PAUSE = 0.3
"""Seconds between two tries to connect."""


_living: weakref.WeakSet[PostgresConnection] = weakref.WeakSet()


class FoundRows:
    """What a statement found, as sqlite3.Cursor gives it."""

    def __init__(self, cursor: psycopg.Cursor[Any], *, has_number: bool = False) -> None:
        self.rowcount = cursor.rowcount
        self._rows: list[Any] = cursor.fetchall() if cursor.description else []
        self._next = 0
        self.lastrowid = self._rows.pop()[0] if has_number and self._rows else None

    def fetchone(self) -> Any:
        """The next row, or None."""
        if self._next >= len(self._rows):
            return None
        self._next += 1
        return self._rows[self._next - 1]

    def fetchall(self) -> list[Any]:
        """All that are left."""
        return list(self)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.fetchone, None)


class PostgresConnection:
    """One connection: statements are SQLite's, translated; autocommit, transactions are begun and ended by hand.

    A connection that is lost outside a transaction is made anew, and the statement repeated. Within one,
    LostConnectionError says so, and `recover` tells what became of the COMMIT.
    """

    def __init__(self, uri: str, patience: Patience) -> None:
        """sqlite3.OperationalError where the server cannot be reached."""
        self._uri, self._patience = uri, patience
        self._committing: int | None = None
        self.held: tuple[str, int] | None = None
        """Run id and epoch of the run whose connection it is: it writes only as long as nobody took its place."""
        self.seen = time.monotonic()
        """When the server said last that the run has its place."""
        self._db = self._connected(0)
        _living.add(self)
        try:
            self._dialect = upgrade(self._db)
        except psycopg.Error as error:
            raise _told(error) from error

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        status = self._db.info.transaction_status
        return status in (psycopg.pq.TransactionStatus.INTRANS, psycopg.pq.TransactionStatus.INERROR)

    @property
    def backend(self) -> int:
        """The server's number for this session."""
        return self._db.info.backend_pid

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> FoundRows:
        """Runs a statement."""
        if sql.startswith("PRAGMA"):
            return self._run("SELECT 1 WHERE false", (), has_number=False)
        statement = self._dialect.statement(sql)
        outside = not self.in_transaction
        while True:
            try:
                if sql == "COMMIT":
                    return self._commit()
                found = self._run(statement.text, parameters, has_number=statement.has_number)
                if sql.startswith("BEGIN IMMEDIATE"):
                    self._become_writer()
                return found
            except LostConnectionError:
                if not outside or sql.startswith("BEGIN"):
                    raise
                self.recover()

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> FoundRows:
        """Runs a statement for each of these."""
        statement = self._dialect.statement(sql).text.removesuffix(" RETURNING id")
        try:
            with self._db.cursor() as cursor:
                cursor.executemany(statement.encode(), [_stored(values) for values in parameters])
                return FoundRows(cursor)
        except psycopg.Error as error:
            raise self._translated(error) from error

    def recover(self) -> bool:
        """Connects anew, once the server is there again; whether the last COMMIT took effect. OperationalError where it
        does not come back in time, or where another run took this one's place."""
        number, self._committing = self._committing, None
        self._db.close()
        self._db = self._connected(BUSY_SECONDS)
        self.execute(f"SET search_path TO {SCHEMA}")
        if self.held is not None:
            self._hold_again(*self.held)
        if number is None:
            return False
        (status,) = self._db.execute("SELECT pg_xact_status(%s::text::xid8)", (str(number),)).fetchone() or (None,)
        return status == "committed"

    def take(self, run_id: str) -> bool:
        """Takes the run's lock for this connection, where it is free."""
        return bool(self.execute(f"SELECT pg_try_advisory_lock({KEY})", (run_id,)).fetchone()[0])

    def confirm(self) -> None:
        """Asks the server whether the run still has its place, and tells that it lives. OperationalError if not."""
        if self.held is None:
            return
        asked = time.monotonic()
        found = self.execute("UPDATE run_proof SET seen = clock_timestamp() WHERE run_id = ? AND epoch = ?", self.held)
        if found.rowcount != 1:
            raise sqlite3.OperationalError(f"another run took the place of {self.held[0]}")
        self.seen = asked

    def is_calm(self) -> bool:
        """Whether the last sign of life is young."""
        return time.monotonic() - self.seen < CALM and not self._db.closed

    def let_go(self) -> None:
        """In a forked child: leaves the connection to the parent, whose lock must end with it."""
        if not self._db.closed:
            os.close(self._db.fileno())

    def close(self) -> None:
        """Closes it."""
        self._db.close()

    def _become_writer(self) -> None:
        self._run("SELECT set_config('lock_timeout', %s, true)", (f"{int(STEP * 1000)}ms",), has_number=False)
        try:
            self._run("SELECT pg_advisory_xact_lock(%s)", (MAKING,), has_number=False)
            self.confirm()
        except sqlite3.Error:
            if not self._db.closed:
                self._db.execute("ROLLBACK")
            raise

    def _commit(self) -> FoundRows:
        """Notes the transaction's number first: a server that dies now may have committed it or not."""
        number = self._run("SELECT pg_current_xact_id_if_assigned()::text", (), has_number=False).fetchone()[0]
        self._committing = None if number is None else int(number)
        found = self._run("COMMIT", (), has_number=False)
        self._committing = None
        return found

    def _hold_again(self, run_id: str, epoch: int) -> None:
        """Takes the run's lock again, unless somebody else took its place meanwhile."""
        deadline = self._patience.deadline(BUSY_SECONDS)
        while not self.take(run_id):
            if time.monotonic() > deadline:
                raise sqlite3.OperationalError(f"the lock of {run_id} could not be taken again")
            time.sleep(PAUSE)
        self.execute("UPDATE run_proof SET backend = ? WHERE run_id = ? AND epoch = ?", (self.backend, run_id, epoch))
        self.confirm()

    def _run(self, text: str, parameters: Sequence[Any] | Mapping[str, Any], *, has_number: bool) -> FoundRows:
        try:
            values = _stored(parameters) if parameters else None
            return FoundRows(self._db.execute(text.encode(), values), has_number=has_number)
        except psycopg.Error as error:
            raise self._translated(error) from error

    def _translated(self, error: psycopg.Error) -> sqlite3.Error:
        return LostConnectionError(_text(error)) if self._db.closed or self._db.broken else _told(error)

    def _connected(self, seconds: float) -> psycopg.Connection[Any]:
        deadline = self._patience.deadline(seconds)
        while True:
            try:
                db = psycopg.connect(
                    self._uri,
                    autocommit=True,
                    application_name="newscrawl",
                    connect_timeout=10,
                    options=OPTIONS,
                    **dict(pair.split("=") for pair in KEEPALIVE.split()),  # type: ignore[arg-type]
                )
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline:
                    raise _told(error) from error
                time.sleep(PAUSE)
            else:
                db.adapters.register_dumper(int, Int8Dumper)
                return db


def _stored(parameters: Sequence[Any] | Mapping[str, Any]) -> Any:
    """PostgreSQL's texts cannot hold the character U+0000, and numbers are no booleans."""
    if isinstance(parameters, Mapping):
        return parameters
    return [_stored_value(value) for value in parameters]


def _stored_value(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value


def _told(error: psycopg.Error) -> sqlite3.OperationalError:
    told = sqlite3.OperationalError(_text(error))
    is_busy = isinstance(error, psycopg.errors.LockNotAvailable)
    told.sqlite_errorcode = sqlite3.SQLITE_BUSY if is_busy else sqlite3.SQLITE_ERROR
    return told


def _text(error: psycopg.Error) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _let_go_in_child() -> None:
    for connection in list(_living):
        connection.let_go()


os.register_at_fork(after_in_child=_let_go_in_child)
