"""Reads one spider's records for an export, in order, and knows at each moment where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from newscrawl.delivery.consumers import Consumer
from newscrawl.delivery.delivered_files import lines_of, paths_of
from newscrawl.delivery.jsonlines import spider_folder
from newscrawl.delivery.position import Position, StreamPosition, mark_of, resumed, snapshot
from newscrawl.ledger import STREAMS, Cursor
from newscrawl.ledger.exports import Exports

MESSAGES = 200
"""Messages of the outbox that are read at once."""


class Entry(NamedTuple):
    """A record or a tombstone."""

    stream: str
    body: bytes
    """One JSON object without a line break."""


class Reader:
    """The records of one spider from a position on: files of articles, files of tombstones, then the outbox."""

    def __init__(self, exports: Exports, root: Path, spider: tuple[str, int], position: Position) -> None:
        self._exports, self._root, self._spider = exports, root, spider
        self.position = position
        """After what `take` has returned so far."""
        self._lines: Iterator[bytes] | None = None

    def take(self, records: int, size: int) -> list[Entry]:
        """The next entries, about that many or of that size together; [] where nothing is left."""
        taken: list[Entry] = []
        for entry in self._entries():
            taken.append(entry)
            size -= len(entry.body)
            if len(taken) >= records or size <= 0:
                break
        for stream, body in {entry.stream: entry.body for entry in taken}.items():
            self.position.of(stream).mark = mark_of(body)
        return taken

    def _entries(self) -> Iterator[Entry]:
        for stream in STREAMS:
            yield from self._of_files(stream, self.position.of(stream))
        while messages := self._exports.read(self._spider[1], self.position.last(), MESSAGES):
            for message in messages:
                self.position.of(message.stream).last = message.id
                yield Entry(message.stream, message.body)

    def _of_files(self, stream: str, position: StreamPosition) -> Iterator[Entry]:
        folder = spider_folder(self._root, stream, self._spider[0])
        while position.files:
            name, size = position.files[0]
            if self._lines is None:
                self._lines = lines_of(paths_of(folder, name), size, position.lines)
            for line in self._lines:
                position.lines += 1
                yield Entry(stream, line)
            self._lines, position.lines = None, 0
            del position.files[0]


def begin(exports: Exports, root: Path, spider: tuple[str, int], consumer: Consumer, stored: str | None) -> Reader:
    """A reader that goes on where the target stands (`stored`), or begins with the files that were delivered.

    Where the ledger has not kept what comes next (the consumer was paused or dropped, the ledger is another one), the
    reader finds the target's last line in the files again.
    """
    before = Position.load(stored) if stored else None
    if before is not None and before.token == consumer.token:
        if _is_kept(exports.last(spider[1], consumer.name), before):
            return Reader(exports, root, spider, before)
        consumer.renew()  # first: a kill behind `register` must not make it look kept

    def taken(ends: dict[str, Cursor]) -> Position:
        return snapshot(root, spider[0], consumer.token, ends)

    position = exports.register(spider[1], consumer.name, taken)
    if before is not None:
        position = resumed(root, spider[0], before, position)
    return Reader(exports, root, spider, position)


def _is_kept(cursors: dict[str, int], position: Position) -> bool:
    """The ledger's cursors follow the target, so one that is ahead of it was set for something else."""
    return bool(cursors) and all(cursors[stream] <= position.of(stream).last for stream in STREAMS)
