"""Opens the ledger's file and takes it to this version, whichever it has (`versions`)."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from newscrawl.ledger.patience import STEP, Patience
from newscrawl.ledger.sqlite.versions import VERSIONS, Statements
from newscrawl.ledger.types import LedgerError

APPLICATION_ID = 0x6E777363
"""Marks an SQLite file as ours ("nwsc")."""
CACHE_KB = 16384
"""SQLite's own 2 MB lose the upper pages of the trees of a million stories between one article and the next."""

Step = Callable[[sqlite3.Connection], None]


def connect(path: Path, steps: Sequence[Step] | None = None, patience: Patience | None = None) -> sqlite3.Connection:
    """Opens the ledger at `path`, made or upgraded where needed. Transactions are begun and ended by hand."""
    patience = patience or Patience()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, timeout=STEP, isolation_level=None, check_same_thread=False)
    except (sqlite3.Error, OSError) as error:
        raise LedgerError(f"{path}: {error}") from error
    try:
        patience.begin(db, "PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA journal_size_limit = 67108864")
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        upgrade(db, str(path), STEPS if steps is None else steps, patience)
    except sqlite3.Error as error:
        db.close()
        raise LedgerError(f"{path}: {error}") from error
    except LedgerError:
        db.close()
        raise
    return db


def upgrade(db: sqlite3.Connection, name: str, steps: Sequence[Step], patience: Patience) -> None:
    """Takes the file to version len(steps), all steps in one transaction; refuses newer ones and strangers' files."""
    if _version(db, name, len(steps)) == len(steps):
        return
    patience.begin(db)
    try:
        for step in steps[_version(db, name, len(steps)) :]:
            step(db)
        db.execute(f"PRAGMA user_version = {len(steps)}")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def _version(db: sqlite3.Connection, name: str, newest: int) -> int:
    """The file's version, 0 for an empty file."""
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    owner: int = db.execute("PRAGMA application_id").fetchone()[0]
    if owner != APPLICATION_ID and db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
        raise LedgerError(f"{name}: an SQLite file of another program, not a ledger of newscrawl")
    if version > newest:
        raise LedgerError(
            f"{name}: written by a newer newscrawl (ledger version {version}; this one knows up to {newest})."
            " Use that newscrawl again, or another NEWSCRAWL_DATA_DIR"
        )
    return version


def _step(statements: Statements) -> Step:
    def run(db: sqlite3.Connection) -> None:
        for statement in statements:
            db.execute(statement)

    return run


STEPS: tuple[Step, ...] = tuple(map(_step, VERSIONS))
