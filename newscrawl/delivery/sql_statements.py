"""Statements for the tables of SQL targets, as SQLite and PostgreSQL share them."""

from __future__ import annotations

from collections.abc import Mapping

from newscrawl.delivery.flat import Type
from newscrawl.delivery.sql_tables import ARTICLES, REVISIONS, TOMBSTONES, Table

NEWER = (
    "(excluded.fetched_at > article.fetched_at"
    " OR (excluded.fetched_at = article.fetched_at AND excluded.revision >= article.revision))"
)
"""A text fetched later is the newer one: after `-a full=1` revisions count from 1 again."""

INDEXES = (
    "CREATE INDEX IF NOT EXISTS article_source ON article (source_domain, first_seen_at)",
    "CREATE INDEX IF NOT EXISTS article_published ON article (date_published)",
    "CREATE INDEX IF NOT EXISTS article_story ON article (story_id)",
    "CREATE INDEX IF NOT EXISTS revision_fetched ON revision (fetched_at)",
    "CREATE INDEX IF NOT EXISTS origin_domain ON origin (domain)",
)


def create(table: Table, types: Mapping[Type, str], first: str = "") -> str:
    """Makes the table, where it is not there; `first` is a column before ours."""
    columns = ", ".join(f"{_quoted(column.name)} {types[column.type]}" for column in table.columns)
    kind = "UNIQUE" if first else "PRIMARY KEY"
    return f"CREATE TABLE IF NOT EXISTS {table.name} ({first}{columns}, {kind} ({', '.join(table.key)}))"


def lacking(table: Table, there: set[str], types: Mapping[Type, str]) -> list[str]:
    """Adds the columns that an older newscrawl did not have; new keys of the record come after the others."""
    return [
        f"ALTER TABLE {table.name} ADD COLUMN {_quoted(column.name)} {types[column.type]}"
        for column in table.columns
        if column.name not in there
    ]


def upsert(table: Table, sign: str) -> str:
    """Puts a row in place of the one with its key; `sign` stands for a value, "?" or "%s"."""
    changes = ", ".join(f"{_quoted(name)} = excluded.{_quoted(name)}" for name in table.names if name not in table.key)
    return f"{insert(table, sign)} ON CONFLICT ({', '.join(table.key)}) DO UPDATE SET {changes}"


def insert(table: Table, sign: str) -> str:
    """Puts a new row."""
    signs = ", ".join([sign] * len(table.columns))
    return f"INSERT INTO {table.name} ({', '.join(map(_quoted, table.names))}) VALUES ({signs})"


def upsert_article(sign: str) -> str:
    """Puts a revision in place of an older one of its article, which is no longer gone."""
    newest = Table(ARTICLES.name, REVISIONS.columns, ARTICLES.key)
    return f"{upsert(newest, sign)}, gone_at = NULL, gone_status = NULL WHERE {NEWER}"


def mark_gone(sign: str) -> str:
    """Marks an article that was not fetched again after it was gone; takes what `gone_values` returns."""
    return (
        f"UPDATE article SET gone_at = {sign}, gone_status = {sign}"
        f" WHERE id = {sign} AND fetched_at <= {sign} AND revision <= {sign}"
    )


def gone_values(tombstone: tuple[object, ...]) -> tuple[object, ...]:
    """The values of `mark_gone`."""
    row = dict(zip(TOMBSTONES.names, tombstone, strict=True))
    return row["gone_at"], row["http_status"], row["id"], row["gone_at"], row["revision"]


def delete_part(table: Table, sign: str) -> str:
    """Takes out what a part says of a revision."""
    return f"DELETE FROM {table.name} WHERE id = {sign} AND revision = {sign}"


def _quoted(name: str) -> str:
    return f'"{name}"'
