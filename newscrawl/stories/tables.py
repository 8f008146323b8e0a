"""The tables of stories in the ledger's database, as they are today."""

from __future__ import annotations

import sqlite3

from newscrawl.stories import postings

SCHEMA = """
CREATE TABLE IF NOT EXISTS stories (
    id INTEGER PRIMARY KEY,
    first_copy INTEGER NOT NULL,
    copies INTEGER NOT NULL,
    last_seen_at TEXT NOT NULL,
    size INTEGER NOT NULL,
    sketch BLOB NOT NULL,
    figures BLOB
) STRICT;
CREATE TABLE IF NOT EXISTS story_texts (
    id INTEGER PRIMARY KEY,
    story INTEGER NOT NULL,
    size INTEGER NOT NULL,
    sketch BLOB NOT NULL,
    figures BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS story_texts_by_story ON story_texts (story);
CREATE TABLE IF NOT EXISTS story_copies (
    key INTEGER PRIMARY KEY,
    story INTEGER NOT NULL,
    url TEXT NOT NULL,
    outlet TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    published_at TEXT,
    containment REAL NOT NULL,
    origin TEXT,
    relation TEXT NOT NULL DEFAULT 'copy',
    contained REAL,
    contains REAL,
    outside_quotes REAL
) STRICT;
CREATE INDEX IF NOT EXISTS story_copies_by_story ON story_copies (story);
CREATE TABLE IF NOT EXISTS story_quotes (
    key INTEGER PRIMARY KEY,
    story INTEGER NOT NULL,
    containment REAL NOT NULL,
    contained REAL NOT NULL,
    contains REAL NOT NULL,
    outside_quotes REAL NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS story_quotes_by_story ON story_quotes (story);
"""
"""`stories` holds the text of a story's first copy, without figures (null) and quotations where it was filed before
version 5 of the ledger; `story_texts` those of later copies that have much beyond it. `story_quotes` tells of an
article that is in `story_copies` with its own story which other one it quotes, by the key of that story's first copy:
it stays when that article's text changes and is filed anew."""


def create_tables(connection: sqlite3.Connection) -> None:
    """Makes the tables of stories where they are missing. Commits nothing, and works inside a transaction."""
    for statement in (SCHEMA + postings.SCHEMA).split(";\n"):
        if statement.strip():
            connection.execute(statement)
