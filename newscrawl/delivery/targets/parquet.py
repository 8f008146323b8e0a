"""parquet:DIR: files in partitions day=YYYY-MM-DD/outlet=DOMAIN; tombstones by day in DIR.tombstones beside it.

The manifest stands outside of DIR, since readers take all files in it. Small files of a partition become one.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from newscrawl.delivery.arrow_schema import ARTICLES, TOMBSTONES, table_of
from newscrawl.delivery.manifest import Ledgered
from newscrawl.delivery.reader import Entry

SMALL = 32 << 20
"""Files below that are put together."""
MANY = 8
"""So many of them, in a partition that still grows: each record is written a few times at most."""
ROW_GROUP = 32 << 20
"""Bytes in memory of a row group, about."""

_DAY = re.compile(r"day=(\d{4}-\d\d-\d\d)/")


class ParquetTarget:
    """A folder of Parquet files of one consumer."""

    records, size = 50_000, 40 << 20

    def __init__(self, path: Path, consumer: str) -> None:
        self._name = path.name
        self._files = Ledgered(path.parent, path.parent / f".{path.name}.newscrawl", consumer)
        if self._files.manifest.files and self._files.manifest.state.get("schema") != _fingerprint():
            self._renew()

    def positions(self) -> dict[str, str]:
        """Where the folder stands, by spider."""
        return self._files.manifest.positions

    def write(self, spider: str, entries: Sequence[Entry], position: str) -> bool:
        """A file for each partition that the entries touch."""
        self._files.manifest.positions[spider] = position
        self._commit(dict(self._partitions(entries)))
        return True

    def finish(self) -> None:
        """Puts small files together, a partition at a time."""
        by_partition = self._by_partition(SMALL)
        newest = max((_day(name) for name in self._files.manifest.files), default="")
        for partition, names in by_partition.items():
            if len(names) >= (MANY if _day(partition) == newest else 2):
                self._join(partition, names)

    def reset(self) -> None:
        """Deletes the files."""
        self._files.reset()

    def close(self) -> None:
        """Deletes what was not committed."""
        self._files.discard()

    def _renew(self) -> None:
        """Writes what an older newscrawl wrote with the columns of this one: readers want one schema in all files."""
        for partition, names in self._by_partition().items():
            self._join(partition, names)
        self._commit({})

    def _by_partition(self, below: float = math.inf) -> dict[str, list[str]]:
        """The files that are smaller, by their folder."""
        found: dict[str, list[str]] = defaultdict(list)
        for name, size in self._files.manifest.files.items():
            if size < below:
                found[name.rpartition("/")[0]].append(name)
        return found

    def _partitions(self, entries: Sequence[Entry]) -> Iterator[tuple[str, pa.Table]]:
        """Tables by their folder."""
        articles = [entry.body for entry in entries if entry.stream == "articles"]
        tombstones = [entry.body for entry in entries if entry.stream == "tombstones"]
        if articles:
            table = table_of(articles, ARTICLES)
            yield from _parted(table, f"{self._name}/", _article_folders(table))
        if tombstones:
            table = table_of(tombstones, TOMBSTONES)
            yield from _parted(table, f"{self._name}.tombstones/", _days(table["gone_at"]))

    def _commit(self, tables: Mapping[str, pa.Table]) -> None:
        number = self._files.manifest.number + 1
        coming = {}
        for turn, (folder, table) in enumerate(tables.items()):
            staged = f"{number:08}-{turn}.parquet"
            pq.write_table(table, self._files.stage(staged), compression="zstd", row_group_size=_rows(table))
            coming[staged] = f"{folder}/{staged}"
        self._files.manifest.state = {"schema": _fingerprint()}
        self._files.commit(coming, notes=self._sizes(coming))

    def _join(self, partition: str, names: Sequence[str]) -> None:
        """One file in place of several, in their order; memory holds a row group."""
        staged = f"{self._files.manifest.number + 1:08}-0.parquet"
        schema = TOMBSTONES if partition.startswith(f"{self._name}.tombstones/") else ARTICLES
        with pq.ParquetWriter(self._files.stage(staged), schema, compression="zstd") as writer:
            for table in _row_groups([self._files.base / name for name in sorted(names)], schema):
                writer.write_table(table)
        coming = {staged: f"{partition}/{staged}"}
        self._files.commit(coming, names, self._sizes(coming))

    def _sizes(self, coming: Mapping[str, str]) -> dict[str, int]:
        return {final: self._files.stage(staged).stat().st_size for staged, final in coming.items()}


def _fingerprint() -> str:
    """What changes with the columns."""
    return hashlib.sha256(f"{ARTICLES}\n{TOMBSTONES}".encode()).hexdigest()[:16]


def _row_groups(paths: Sequence[Path], schema: pa.Schema) -> Iterator[pa.Table]:
    waiting: list[pa.Table] = []
    for path in paths:
        with pq.ParquetFile(path) as file:
            for group in range(file.num_row_groups):
                waiting.append(_with_columns(file.read_row_group(group), schema))
                if sum(table.nbytes for table in waiting) >= ROW_GROUP:
                    yield pa.concat_tables(waiting)
                    waiting.clear()
    if waiting:
        yield pa.concat_tables(waiting)


def _with_columns(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """A table that an older newscrawl wrote has fewer columns, or objects with fewer keys."""
    if table.schema.equals(schema):
        return table
    return pa.Table.from_pylist(table.to_pylist(), schema=schema)


def _article_folders(table: pa.Table) -> pa.Array:
    """The day on which an article was found, or a revision of it was fetched; and its outlet."""
    is_first = pc.fill_null(pc.less_equal(table["revision"], 1), True)
    days = _days(pc.if_else(is_first, table["first_seen_at"], table["fetched_at"]))
    outlets = pc.fill_null(pc.struct_field(table["source"], "domain"), "").combine_chunks().dictionary_encode()
    safe = pa.array([f"outlet={_safe(outlet)}" for outlet in outlets.dictionary.to_pylist()])
    return pc.binary_join_element_wise(days, safe.take(outlets.indices), "/")


def _safe(outlet: str) -> str:
    """A name of a folder: readers decode it again."""
    return quote(outlet, safe="") or "__HIVE_DEFAULT_PARTITION__"


def _days(moments: pa.ChunkedArray) -> pa.Array:
    days = pc.fill_null(pc.strftime(moments, format="day=%Y-%m-%d"), "day=__HIVE_DEFAULT_PARTITION__")
    return days.combine_chunks() if isinstance(days, pa.ChunkedArray) else days


def _parted(table: pa.Table, parent: str, folders: pa.Array) -> Iterator[tuple[str, pa.Table]]:
    """The rows of each folder, in their order."""
    encoded = folders.dictionary_encode()
    codes = encoded.indices.to_numpy()
    if len(encoded.dictionary) > 1:
        order = np.argsort(codes, kind="stable")
        table, codes = table.take(pa.array(order)), codes[order]
    starts = np.searchsorted(codes, np.arange(len(encoded.dictionary) + 1))
    for code, folder in enumerate(encoded.dictionary.to_pylist()):
        yield f"{parent}{folder}", table.slice(starts[code], starts[code + 1] - starts[code])


def _rows(table: pa.Table) -> int:
    """Rows of a row group."""
    return int(max(1, table.num_rows * ROW_GROUP // max(1, table.nbytes)))


def _day(name: str) -> str:
    match = _DAY.search(name + "/")
    return match[1] if match else ""
