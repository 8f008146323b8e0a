"""Tables of the ledger, the steps from one version to the next, and opening a file at the right one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from newscrawl.ledger.types import LedgerError
from newscrawl.stories.index import create_tables

APPLICATION_ID = 0x6E777363
"""Marks an SQLite file as ours ("nwsc")."""
BUSY_SECONDS = 60
"""How long to wait for another process: a vacuum of a million URLs takes 2 s, a forget 20 s."""
CACHE_KB = 16384
"""SQLite's own 2 MB lose the upper pages of the trees of a million stories between one article and the next."""

Step = Callable[[sqlite3.Connection], None]


def connect(path: Path, steps: Sequence[Step] | None = None) -> sqlite3.Connection:
    """Opens the ledger at `path`, made or upgraded where needed. Transactions are begun and ended by hand."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    except (sqlite3.Error, OSError) as error:
        raise LedgerError(f"{path}: {error}") from error
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA journal_size_limit = 67108864")
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        upgrade(db, str(path), STEPS if steps is None else steps)
    except sqlite3.Error as error:
        db.close()
        raise LedgerError(f"{path}: {error}") from error
    except LedgerError:
        db.close()
        raise
    return db


def upgrade(db: sqlite3.Connection, name: str, steps: Sequence[Step]) -> None:
    """Takes the file to version len(steps), all steps in one transaction; refuses newer ones and strangers' files."""
    if _version(db, name, len(steps)) == len(steps):
        return
    db.execute("BEGIN IMMEDIATE")
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


def first(db: sqlite3.Connection) -> None:
    """Version 1. Times are seconds since 1970; fates are indexes into FATES."""
    for statement in _FIRST:
        db.execute(statement)


_FIRST = (
    "CREATE TABLE spider (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    "CREATE TABLE host (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    # The known-URL check, apart from the rows: 28 MB per million instead of 360, so it stays in memory.
    "CREATE TABLE known (key BLOB PRIMARY KEY, url INTEGER NOT NULL) WITHOUT ROWID",
    """CREATE TABLE url (
        id INTEGER PRIMARY KEY,
        spider INTEGER NOT NULL,
        host INTEGER NOT NULL,
        fate INTEGER NOT NULL DEFAULT 0 CHECK (fate BETWEEN 0 AND 5),
        run INTEGER,                             -- the run that has taken the row and not yet settled it
        due INTEGER,                             -- pending: not before; exported: next revisit
        fresh INTEGER NOT NULL,                  -- date of the article as discovered; later ones are fetched first
        first_seen INTEGER NOT NULL,
        visited INTEGER,
        revision INTEGER NOT NULL DEFAULT 0,     -- of the last exported record
        attempts INTEGER NOT NULL DEFAULT 0,     -- runs that failed in a row
        quiet INTEGER NOT NULL DEFAULT 0,        -- revisits in a row that found nothing changed
        status INTEGER,
        alias_of INTEGER,
        content_hash BLOB,                       -- of the last exported record, its first 16 bytes
        reason TEXT,
        etag TEXT,
        last_modified TEXT,
        listing INTEGER,
        discovery TEXT,                          -- JSON without the listing's URL
        url TEXT NOT NULL,
        normalized TEXT                          -- null where it follows from url, see names.py
    )""",
    # What can be handed out: a small index however many URLs are known.
    "CREATE INDEX url_queue ON url (spider, host, fresh DESC) WHERE fate = 0 AND run IS NULL AND due IS NULL",
    "CREATE INDEX url_due ON url (spider, due) WHERE due IS NOT NULL",
    "CREATE INDEX url_run ON url (run) WHERE run IS NOT NULL",
    "CREATE INDEX url_fate ON url (spider, fate)",
    """CREATE TABLE listing (
        id INTEGER PRIMARY KEY, spider INTEGER NOT NULL, url TEXT NOT NULL, etag TEXT, last_modified TEXT,
        visited INTEGER NOT NULL, UNIQUE (spider, url)
    )""",
    """CREATE TABLE run (
        id INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT NOT NULL UNIQUE, spider INTEGER NOT NULL,
        pid INTEGER NOT NULL, started INTEGER NOT NULL, finished INTEGER,
        found INTEGER NOT NULL DEFAULT 0, taken INTEGER NOT NULL DEFAULT 0, returned INTEGER NOT NULL DEFAULT 0
    )""",
    """CREATE TABLE visit (
        run INTEGER NOT NULL, kind TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (run, kind)
    ) WITHOUT ROWID""",
    "CREATE TABLE hold (name TEXT PRIMARY KEY, run INTEGER NOT NULL) WITHOUT ROWID",
    """CREATE TABLE profile (
        spider INTEGER NOT NULL, site TEXT NOT NULL, id TEXT NOT NULL, body BLOB NOT NULL, made INTEGER NOT NULL,
        PRIMARY KEY (spider, site)
    )""",
    """CREATE TABLE outbox (
        id INTEGER PRIMARY KEY AUTOINCREMENT, spider INTEGER NOT NULL, stream TEXT NOT NULL,
        made INTEGER NOT NULL, body BLOB NOT NULL
    )""",
    "CREATE INDEX outbox_stream ON outbox (spider, stream, id)",
    """CREATE TABLE cursor (
        spider INTEGER NOT NULL, consumer TEXT NOT NULL, stream TEXT NOT NULL, last INTEGER NOT NULL,
        file TEXT, offset INTEGER NOT NULL, opened INTEGER NOT NULL, PRIMARY KEY (spider, consumer)
    )""",
    # For people who look into the file.
    """CREATE VIEW urls AS SELECT s.name AS spider, h.name AS host, u.url,
        CASE u.fate WHEN 0 THEN 'pending' WHEN 1 THEN 'exported' WHEN 2 THEN 'rejected' WHEN 3 THEN 'dead'
            WHEN 4 THEN 'gone' ELSE 'alias' END AS fate,
        u.reason, u.status, u.revision, u.attempts, datetime(u.first_seen, 'unixepoch') AS first_seen,
        datetime(u.visited, 'unixepoch') AS visited, datetime(u.due, 'unixepoch') AS due
        FROM url u JOIN spider s ON s.id = u.spider JOIN host h ON h.id = u.host""",
)


def second(db: sqlite3.Connection) -> None:
    """Version 2: the index of stories, written in the transactions that store the records."""
    create_tables(db)


def third(db: sqlite3.Connection) -> None:
    """Version 3: stories grow, and shingles of many stories are marked."""
    create_tables(db)


STEPS: tuple[Step, ...] = (first, second, third)
