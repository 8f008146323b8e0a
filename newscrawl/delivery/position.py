"""Where an export stands in one spider's records: first the files that were delivered, then the outbox.

A new consumer begins with a snapshot: the files under articles/ and tombstones/, each with the bytes that count, and
the number of the last message in them. It is taken in one transaction of the ledger. The delivery moves its cursor in
such transactions, so that files and number belong together, and the outbox goes on exactly where the files end.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import msgspec

from newscrawl.delivery.delivered_files import lines_of, paths_of
from newscrawl.delivery.jsonlines import DeliveryError, spider_folder
from newscrawl.ledger import STREAMS, Cursor, Stream

T = TypeVar("T")

_NAME = re.compile(r"-(\d{8}T\d{6}Z)-(\d+)(?:\.(\d+))?\.jsonl(?:\.gz|\.zst)?$")
"""Files of ours: when they were begun, the number of the first message, a turn where the name was taken."""


@dataclass(slots=True, kw_only=True)
class StreamPosition:
    """Where the export stands in the articles or the tombstones."""

    files: list[tuple[str, int]] = field(default_factory=list)
    """Delivered files still to be read, with the bytes of each that count; the first may be read in part."""
    lines: int = 0
    """Lines of the first one that were taken."""
    last: int = 0
    """Number of the last message taken, or of the last one in the files."""
    mark: str | None = None
    """Digest of the last line taken: it is found again where the outbox was not kept for this consumer."""


@dataclass(slots=True, kw_only=True)
class Position:
    """Where the export stands in one spider's records. The target keeps it beside what it has of them."""

    token: str
    """Of the consumer, as the data folder registered it."""
    articles: StreamPosition
    tombstones: StreamPosition

    def of(self, stream: str) -> StreamPosition:
        """The position in one stream."""
        return self.articles if stream == "articles" else self.tombstones

    def last(self) -> dict[str, int]:
        """The numbers for the ledger."""
        return {stream: self.of(stream).last for stream in STREAMS}

    def dump(self) -> str:
        """As the target keeps it."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def load(cls, text: str) -> Position:
        """The position again; DeliveryError for what is none."""
        try:
            return msgspec.json.decode(text, type=Position)
        except msgspec.MsgspecError as error:
            raise DeliveryError(f"the target's position cannot be read: {error}") from error


def mark_of(line: bytes) -> str:
    """What a line is found by again."""
    return hashlib.sha256(line.rstrip(b"\n")).hexdigest()[:32]


def snapshot(root: Path, spider: str, token: str, ends: dict[str, Cursor]) -> Position:
    """The beginning: all files that `ends` counts as delivered. Call it in the transaction that read `ends`."""
    articles, tombstones = (
        StreamPosition(files=_files(spider_folder(root, stream, spider), ends[stream]), last=ends[stream].last)
        for stream in STREAMS
    )
    return Position(token=token, articles=articles, tombstones=tombstones)


def _files(folder: Path, end: Cursor) -> list[tuple[str, int]]:
    """Names in the order in which they were begun. A `.part` that the cursor does not name is nobody's."""
    found = {path.name: path.stat().st_size for path in folder.glob("*.jsonl*") if _NAME.search(path.name)}
    if end.file is not None:
        found.pop(end.file, None)
        if end.offset:
            found[end.file] = end.offset
    return sorted(found.items(), key=lambda file: _begun(file[0]))


def _begun(name: str) -> tuple[str, int, int]:
    match = _NAME.search(name)
    assert match is not None
    return match[1], int(match[2]), int(match[3] or 0)


def resumed(root: Path, spider: str, before: Position, now: Position) -> Position:
    """Where a consumer goes on for which the outbox was not kept: after the last line that it has, in the files.

    `now` is a fresh snapshot. DeliveryError where that line is not in its files.
    """
    for stream in STREAMS:
        if mark := before.of(stream).mark:
            _skip(root, spider, stream, now.of(stream), mark)
            now.of(stream).mark = mark
    return now


def _skip(root: Path, spider: str, stream: Stream, position: StreamPosition, mark: str) -> None:
    folder = spider_folder(root, stream, spider)
    for turn, (name, size) in reversed(list(enumerate(position.files))):
        places = [number for number, line in _numbered(folder, name, size) if mark_of(line) == mark]
        if places:
            position.files, position.lines = position.files[turn:], places[-1]
            return
    raise DeliveryError(
        f"{stream} of {spider}: the outbox was not kept for this consumer, and the last line that it has is in no file"
        f" of {folder} any more; --replay begins anew"
    )


def _numbered(folder: Path, name: str, size: int) -> Iterator[tuple[int, bytes]]:
    return enumerate(lines_of(paths_of(folder, name), size), 1)
