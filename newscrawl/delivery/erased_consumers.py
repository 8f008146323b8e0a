"""Takes the texts of some articles out of what named consumers have got."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from newscrawl.delivery.consumers import Consumer, consumers
from newscrawl.delivery.export_run import Export
from newscrawl.delivery.reader import Entry
from newscrawl.delivery.record_lines import record_lines
from newscrawl.delivery.redaction import redacted
from newscrawl.delivery.target import ExportTarget
from newscrawl.delivery.targets.uris import kind_of, open_target
from newscrawl.ledger import Erased
from newscrawl.ledger.exports import Exports

TABLES = ("sqlite", "duckdb", "postgresql")


def erase_from_consumers(root: Path, exports: Exports, erased: Sequence[Erased]) -> list[str]:
    """Tables get the records without their text; other targets are written anew. Returns the consumers' names, those
    that are paused included; DeliveryError or OSError where a target cannot be written: call it again."""
    lines = _lines_of(root, erased)
    return [consumer.name for consumer in consumers(root) if _erase_from(root, exports, consumer, lines)]


def _erase_from(root: Path, exports: Exports, consumer: Consumer, lines: Mapping[str, list[bytes]]) -> bool:
    with consumer.lock():
        target = open_target(consumer.uri, consumer.name)
        try:
            if kind_of(consumer.uri) in TABLES:
                _write_over(target, lines)
            else:
                export = Export(exports, root, consumer, target, spiders=consumer.spiders, since=consumer.since)
                export.replay()
                export.catch_up()
        finally:
            target.close()
    if kind_of(consumer.uri) == "sqlite":
        _sweep(Path(consumer.uri.partition(":")[2]))
    return True


def _write_over(target: ExportTarget, lines: Mapping[str, list[bytes]]) -> None:
    """The rows, without their text; the consumer's position stays as it is."""
    positions = target.positions()
    for spider, of_spider in lines.items():
        if of_spider and spider in positions:
            target.write(spider, [Entry("articles", line) for line in of_spider], positions[spider])
    target.finish()


def _sweep(path: Path) -> None:
    """Writes an SQLite file anew, and its index of words: what was taken out stands in neither."""
    with closing(sqlite3.connect(path, timeout=60, isolation_level=None)) as db:
        db.execute("INSERT INTO article_fts (article_fts) VALUES ('rebuild')")
        db.execute("INSERT INTO article_fts (article_fts) VALUES ('optimize')")
        db.execute("VACUUM")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _lines_of(root: Path, erased: Sequence[Erased]) -> dict[str, list[bytes]]:
    """By spider the records without text, one a revision; of those that are in no file any more, made anew."""
    made = {(one.id, number): _empty(one, number) for one in erased for number in range(1, one.revision + 1)}
    ids = {one.id for one in erased}
    for spider in {one.spider for one in erased}:
        folder = root / "articles" / spider
        for line in record_lines(folder) if any(folder.glob("*.jsonl*")) else ():
            if any(one.encode() in line for one in ids):
                record = msgspec.json.decode(line)
                if record["id"] in ids:
                    made[record["id"], record["revision"]] = redacted(line)
    return {
        spider: [line for (one, _), line in made.items() if one in {e.id for e in erased if e.spider == spider}]
        for spider in {one.spider for one in erased}
    }


def _empty(one: Erased, revision: int) -> bytes:
    return msgspec.json.encode(
        {
            "id": one.id,
            "url": one.url,
            "normalized_url": one.normalized_url,
            "spider": one.spider,
            "revision": revision,
            "body": "",
        }
    )
