"""Takes the texts of some articles out of files of records. Lines keep their number and plain files their size: exports
say by these where they stand."""

from __future__ import annotations

import gzip
import os
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import msgspec

from newscrawl.delivery.record_lines import record_files

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd  # comes with Scrapy

KEPT = frozenset(
    "id url requested_url canonical_url normalized_url kind language fetched_at first_seen_at revision content_hash"
    " spider run_id http_status archive name domain relation confidence date_published date_published_utc"
    " date_modified story extraction rights".split()
)
"""What a record says when its text is out: which page it was, and when."""


def redacted(line: bytes) -> bytes:
    """The record without its text, as long as before."""
    short = msgspec.json.encode(_without_text(msgspec.json.decode(line)))
    return short[:-1].ljust(len(line) - 1) + b"}"


def erase_records(folder: Path, ids: Collection[str]) -> int:
    """The files of a folder, the changed ones written anew; returns how many records were changed."""
    if not folder.exists() or not any(folder.glob("**/*.jsonl*")):
        return 0
    return sum(_erase_in(path, ids) for path in record_files(folder))


def _erase_in(path: Path, ids: Collection[str]) -> int:
    data = path.read_bytes()
    name = path.name.removesuffix(".part")
    plain = gzip.decompress(data) if name.endswith(".gz") else zstd.decompress(data) if name.endswith(".zst") else data
    if not any(one.encode() in plain for one in ids):
        return 0
    lines = list(_lines(plain, ids))
    changed = sum(line != before for line, before in zip(lines, plain.split(b"\n"), strict=True))
    if not changed:
        return 0
    made = b"\n".join(lines)
    packed = gzip.compress(made) if name.endswith(".gz") else zstd.compress(made) if name.endswith(".zst") else made
    part = path.with_name(f".{path.name}.erasing")
    with part.open("wb") as file:
        file.write(packed)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return changed


def _lines(plain: bytes, ids: Collection[str]) -> Iterator[bytes]:
    for line in plain.split(b"\n"):
        try:
            is_meant = bool(line) and msgspec.json.decode(line).get("id") in ids
        except msgspec.MsgspecError:
            is_meant = False  # a last line that is not whole: the next run takes it off
        yield redacted(line) if is_meant else line


def _without_text(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: one if key in KEPT else _without_text(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return []
    if name == "body":
        return ""
    return None if isinstance(value, str) else value
