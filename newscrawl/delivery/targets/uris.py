"""What a URI of `scrapy export --to` means: the target, and how it is called where no password may stand."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from newscrawl.delivery.consumers import ConsumerError
from newscrawl.delivery.target import ExportTarget, require

NEEDED: dict[str, tuple[str, ...]] = {
    "parquet": ("pyarrow",),
    "sqlite": (),
    "duckdb": ("duckdb", "pyarrow"),
    "csv": (),
    "jsonl": (),
    "feed": (),
    "postgresql": ("psycopg",),
}
"""Kinds of targets, and the libraries of each; those of an extra of the kind's name."""


def kind_of(uri: str) -> str:
    """The kind of the target; ConsumerError for another one, or where its libraries are not installed."""
    kind, _, address = uri.partition(":")
    kind = "postgresql" if kind == "postgres" else kind
    if kind not in NEEDED or not address:
        raise ConsumerError(
            f"{public(uri)}: should be parquet:DIR, sqlite:FILE, duckdb:FILE, csv:FILE, jsonl:URI, feed:FILE or postgresql://..."
        )
    require(kind, *NEEDED[kind])
    return kind


def public(uri: str) -> str:
    """The URI without a password, with absolute paths: the same from wherever it is called."""
    kind, _, address = uri.partition(":")
    if "://" in uri:
        scheme = "" if address.startswith("//") else f"{kind}:"
        parts = urlsplit(uri.removeprefix(scheme))
        user = f"{parts.username}@" if parts.username else ""
        host = parts.netloc.rpartition("@")[2]
        query = re.sub(r"(?i)(password|secret|token|key)=[^&]*", r"\1=...", parts.query)
        return scheme + urlunsplit((parts.scheme, user + host, parts.path, query, ""))
    path, mark, query = address.partition("?")
    return f"{kind}:{Path(path).absolute()}{mark}{query}" if address else uri


def default_name(uri: str) -> str:
    """A name for the consumer that writes there, the same each time: parquet-news-3f2a."""
    shown = public(uri)
    last = re.sub(r"[^A-Za-z0-9_.-]+", "-", shown.rstrip("/").rpartition("/")[2])[:60]
    return f"{kind_of(uri)}-{last}-{hashlib.sha256(shown.encode()).hexdigest()[:4]}"


def open_target(uri: str, consumer: str) -> ExportTarget:
    """Opens it, made where it is new. ConsumerError for what cannot be meant, DeliveryError where it cannot be."""
    kind, address = kind_of(uri), uri.partition(":")[2]
    match kind:
        case "sqlite":
            from newscrawl.delivery.targets.sqlite import SqliteTarget

            return SqliteTarget(Path(address), consumer)
        case "parquet":
            from newscrawl.delivery.targets.parquet import ParquetTarget

            return ParquetTarget(Path(address), consumer)
        case "duckdb":
            from newscrawl.delivery.targets.duckdb import DuckdbTarget

            return DuckdbTarget(Path(address), consumer)
        case "postgresql":
            from newscrawl.delivery.targets.postgresql import PostgresTarget

            return PostgresTarget(uri, public(uri), consumer)
        case "csv":
            from newscrawl.delivery.targets.csv import CsvFile

            return CsvFile(Path(address), consumer)
        case "feed":
            from newscrawl.delivery.targets.feed import FeedTarget

            return FeedTarget(address, consumer)
        case _:
            from newscrawl.delivery.targets.jsonl import open_jsonl

            return open_jsonl(address, consumer)
