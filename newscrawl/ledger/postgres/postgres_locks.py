"""Which runs are alive, by PostgreSQL: each holds an advisory lock on its ledger's own connection.

The lock is free as soon as the server sees the connection end: at once after a kill, within half a minute where the
machine is gone. A process that stands still (SIGSTOP) keeps its connection. After `LEASE` without a sign of life its
session is ended by who wants its place, and the run's epoch rises: should it wake up, none of its writes fits.
"""

from __future__ import annotations

import re

from newscrawl.ledger.postgres.postgres_connection import KEY, PostgresConnection

LEASE = 20
"""Seconds without a sign of life after which a run has lost its place."""
_RUN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,127}")


class PostgresLock:
    """The proof that a run is alive, from construction to `end`."""

    def __init__(self, db: PostgresConnection, run_id: str) -> None:
        self._db = db
        if not _RUN_ID.fullmatch(run_id):
            raise ValueError(f"run id {run_id!r}: letters, digits, '.', '_', '+' and '-' only, 128 at most")
        if not db.take(run_id):
            raise ValueError(f"run id {run_id!r} is in use")
        db.execute(
            "INSERT OR REPLACE INTO run_proof (run_id, epoch, backend, seen) VALUES (?, 1, ?, clock_timestamp())",
            (run_id, db.backend),
        )
        db.held = run_id, 1

    def end(self) -> None:
        """The lock ends with the connection."""


class PostgresLocks:
    """Asks about other runs on the connection of one."""

    def __init__(self, db: PostgresConnection) -> None:
        self._db = db

    def hold(self, run_id: str) -> PostgresLock:
        """Proves from now on that the run is alive; ValueError for an id that is malformed or in use."""
        return PostgresLock(self._db, run_id)

    def is_alive(self, run_id: str) -> bool:
        """Whether a process works as that run. One that gave no sign for long is not, and cannot go on."""
        if self._db.held and self._db.held[0] == run_id:
            return True
        proof = self._db.execute(_PROOF, (LEASE, LEASE, run_id)).fetchone()
        if proof is None:
            return False
        epoch, backend, is_late, is_returning = proof
        if not self._db.take(run_id):
            if not is_late:
                return True
            self._db.execute("SELECT pg_terminate_backend(?::int, 5000)", (backend,))
            if not self._db.take(run_id):
                return True  # somebody else was faster, or may not end that session
        elif is_returning:
            self._let_go(run_id)
            return True
        self._db.execute("UPDATE run_proof SET epoch = ? WHERE run_id = ?", (epoch + 1, run_id))
        self._let_go(run_id)
        return False

    def _let_go(self, run_id: str) -> None:
        self._db.execute(f"SELECT pg_advisory_unlock({KEY})", (run_id,))


# A run that lived when the server was stopped has a lease from its start on to come back.
_PROOF = """SELECT epoch, backend, seen < clock_timestamp() - make_interval(secs => ?),
    seen < pg_postmaster_start_time() AND clock_timestamp() < pg_postmaster_start_time() + make_interval(secs => ?)
    FROM run_proof WHERE run_id = ?"""
