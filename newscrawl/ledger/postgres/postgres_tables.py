"""Makes the ledger's tables in PostgreSQL, or takes them to this version: the steps of ../sqlite/versions.py."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg

from newscrawl.ledger.postgres.dialect import Dialect, definition
from newscrawl.ledger.sqlite.versions import VERSIONS
from newscrawl.ledger.types import LedgerError

SCHEMA = "newscrawl_ledger"
MAKING = 0x6E777364
"""Number of the lock under which tables are made and each transaction writes: one writer at a time."""

# What SQLite has, and PostgreSQL calls otherwise; and what proves that a run is alive, see `postgres_locks`.
_OURS = (
    "CREATE TABLE ledger_version (version bigint NOT NULL)",
    "INSERT INTO ledger_version VALUES (0)",
    "CREATE FUNCTION max(bigint, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE RETURN greatest($1, $2)",
    "CREATE FUNCTION max(text, text) RETURNS text LANGUAGE sql IMMUTABLE RETURN greatest($1, $2)",
    "CREATE FUNCTION min(bigint, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE RETURN least($1, $2)",
    """CREATE TABLE run_proof (
        run_id text PRIMARY KEY,
        epoch bigint NOT NULL,
        backend bigint NOT NULL,
        seen timestamptz NOT NULL
    )""",
)


def upgrade(db: psycopg.Connection[tuple[object, ...]], steps: Sequence[Sequence[str]] = VERSIONS) -> Dialect:
    """Takes the tables to the newest version, in one transaction; returns how to speak with them."""
    with db.transaction():
        db.execute("SELECT pg_advisory_xact_lock(%s)", (MAKING,))
        db.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        db.execute(f"SET search_path TO {SCHEMA}")
        if not _has_tables(db):
            for statement in _OURS:
                db.execute(_static(statement))
        version = _number(db, "SELECT version FROM ledger_version")
        if version > len(steps):
            raise LedgerError(
                f"written by a newer newscrawl (ledger version {version}; this one knows up to {len(steps)})"
            )
        for step in steps[version:]:
            for statement in step:
                db.execute(_static(definition(statement)))
        if version < len(steps):
            db.execute("UPDATE ledger_version SET version = %s", (len(steps),))
    return dialect(db)


def dialect(db: psycopg.Connection[tuple[object, ...]]) -> Dialect:
    """Knows the tables as they are."""
    columns: dict[str, list[str]] = {}
    query = """SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = %s
        ORDER BY table_name, ordinal_position"""
    for table, column in db.execute(query, (SCHEMA,)):
        columns.setdefault(str(table), []).append(_quoted(str(column)))
    keys: dict[str, list[str]] = {}
    query = """SELECT c.relname, a.attname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        CROSS JOIN unnest(i.indkey::int[]) WITH ORDINALITY AS k (number, place)
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number
        WHERE i.indisprimary AND n.nspname = %s ORDER BY c.relname, k.place"""
    for table, column in db.execute(query, (SCHEMA,)):
        keys.setdefault(str(table), []).append(str(column))
    return Dialect(columns, keys)


def _has_tables(db: psycopg.Connection[tuple[object, ...]]) -> bool:
    query = "SELECT to_regclass(%s)"
    return db.execute(query, (f"{SCHEMA}.ledger_version",)).fetchone() != (None,)


def _number(db: psycopg.Connection[tuple[object, ...]], query: str) -> int:
    found = db.execute(_static(query)).fetchone()
    assert found is not None
    return int(str(found[0]))


def _quoted(name: str) -> str:
    return f'"{name}"' if name == "offset" else name


def _static(statement: str) -> bytes:
    """Statements hold our own names only; psycopg's types want literals."""
    return statement.encode()
