"""One stream of the outbox, appended to files of JSON lines: STREAM/SPIDER/SPIDER-TIME-NUMBER.jsonl, .part while open.

Why no kill loses, doubles or tears a line. The cursor (last message, file, offset) is committed in the ledger; a
message counts as delivered by that commit alone, and what lies beyond the offset counts as never written.
- Write, then fsync, then the commit. Killed before the commit: the next start cuts the file at the old offset and
  writes the messages again. Killed after it: they stand whole below the new offset, and are not read again.
- A new file's name is committed with offset 0 before the file is made. So each `.part` that this code has made is
  named by the cursor; killed between the two, the start makes the file. Files of other origin are never touched, and
  names that exist are passed over.
- A file is renamed only when all of it is committed. Killed between the rename and the commit that forgets the name:
  the start finds the final name and no `.part`, and only commits. Nothing is ever written to a final name.
- A `.part` that lost what is committed (a disk that told no truth, a hand) is written again: its name tells its first
  message, and messages stay in the outbox until their file is closed.
- One process delivers for a spider (a lock in the ledger that dies with it), so nobody else appends or cuts.
Where a name changes, the folder is synced too, so the same holds for a power loss, as far as the disk tells the truth;
that is not tested.
"""

from __future__ import annotations

import gzip
import logging
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Literal

from newscrawl.ledger import Cursor, Message, Outbox, Stream

logger = logging.getLogger(__name__)

BATCH = 50
"""Messages written at once: one fsync, one member of a gzip file or frame of a zstd file."""

Compression = Literal["none", "gzip", "zstd"]
_SUFFIX: dict[Compression, str] = {"none": ".jsonl", "gzip": ".jsonl.gz", "zstd": ".jsonl.zst"}
_NUMBER = re.compile(r"-(\d+)(?:\.\d+)?\.jsonl")
"""In the name of a file: the number of its first message."""
_SPIDER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")


class DeliveryError(Exception):
    """The output cannot be written. What was not delivered waits in the outbox for the next run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How the files are cut."""

    rotate_bytes: int = 256 * 2**20
    """A file is closed when it has that size; the last batch may exceed it."""
    rotate_after: timedelta = timedelta(days=1)
    """A file is closed when it is that old."""
    compression: Compression = "none"
    """One gzip member or zstd frame for each batch, so that what is committed can always be read."""
    keep: timedelta = timedelta(days=1)
    """How long delivered messages stay in the outbox."""


def spider_folder(root: Path, stream: str, spider: str) -> Path:
    """The folder of a spider's files; ValueError for a name that could lead elsewhere, "../x" or "a/b"."""
    if not _SPIDER.fullmatch(spider):
        raise ValueError(
            f"spider name {spider!r}: letters, digits, '_', '-' and '.' only, no '.' or '-' first, 100 at most"
        )
    return root / stream / spider


class JsonLines:
    """Writes one stream of one spider. All of it runs in the ledger's writer thread."""

    def __init__(self, outbox: Outbox, root: Path, stream: Stream, spider: str, options: Options) -> None:
        self._outbox = outbox
        self._stream = stream
        self._consumer = f"jsonlines/{stream}"
        self._folder = spider_folder(root, stream, spider)
        self._spider = spider
        self._options = options
        self._encode = _encoder(options.compression)
        self._cursor = Cursor()
        self._file = -1
        self.delivered = 0
        """Messages written by this object."""
        self.closed: list[Path] = []
        """Files finished by this object."""

    @property
    def last(self) -> int:
        """The last message delivered, by whomever."""
        return self._outbox.cursor(self._consumer).last

    def recover(self) -> None:
        """Brings the open file to what is committed, whatever the run before did last."""
        self._cursor = cursor = self._outbox.cursor(self._consumer)
        if cursor.file is None:
            return
        part, final = self._paths(cursor.file)
        if part.exists() and part.stat().st_size >= cursor.offset:
            self._open(part)
            if not cursor.file.endswith(_SUFFIX[self._options.compression]):
                self.close()
        elif final.exists():
            self._move(replace(cursor, file=None, offset=0))
        elif cursor.offset == 0:
            self._make(part)
        else:
            self._mend(part)

    def _mend(self, part: Path) -> None:
        """Has the open file written again, where it lost what is committed; the outbox holds all of it, but for what
        an earlier run should have closed."""
        assert self._cursor.file is not None
        first = int(_NUMBER.findall(self._cursor.file)[0])
        if [message.id for message in self._outbox.read(self._stream, first - 1, 1)] == [first]:
            logger.warning("%s was cut or deleted by someone else; it is written again from the ledger", part)
            self._move(replace(self._cursor, last=first - 1, offset=0))
            self._make(part)
        else:
            logger.error(
                "%s was cut or deleted by someone else, and the ledger has no copy; going on in a new file", part
            )
            self._move(replace(self._cursor, file=None, offset=0))

    def advance(self) -> None:
        """Writes all that waits."""
        while messages := self._outbox.read(self._stream, self._cursor.last, BATCH):
            if self._cursor.file is None:
                self._begin(messages[0].id)
            self._append(messages)
            if self._is_full():
                self.close()

    def close(self) -> None:
        """Gives the open file, if there is one, its final name."""
        if self._cursor.file is None:
            return
        part, final = self._paths(self._cursor.file)
        os.close(self._file)
        self._file = -1
        if final.exists():
            raise DeliveryError(f"{final}: someone else made a file of this name; {part} is complete")
        os.rename(part, final)  # noqa: PTH104  the tests put their kills around the calls of os
        sync_folder(self._folder)
        self._move(replace(self._cursor, file=None, offset=0))
        self.closed.append(final)

    def abandon(self) -> None:
        """After an error: cuts the file back to what is committed, if the disk still allows it."""
        if self._file >= 0:
            os.ftruncate(self._file, self._cursor.offset)
            os.close(self._file)
            self._file = -1

    def _append(self, messages: list[Message]) -> None:
        data = self._encode(b"".join(message.body + b"\n" for message in messages))
        _write(self._file, data, self._cursor.offset)
        os.fsync(self._file)
        self._move(replace(self._cursor, last=messages[-1].id, offset=self._cursor.offset + len(data)))
        self.delivered += len(messages)

    def _begin(self, number: int) -> None:
        now = self._outbox.now()
        stem = f"{self._spider}-{datetime.fromtimestamp(now, UTC):%Y%m%dT%H%M%SZ}-{number}"
        suffix = _SUFFIX[self._options.compression]
        names = (f"{stem}{f'.{turn}' if turn else ''}{suffix}" for turn in count())
        name = next(name for name in names if not any(path.exists() for path in self._paths(name)))
        self._move(replace(self._cursor, file=name, offset=0, opened=now))
        self._make(self._paths(name)[0])

    def _make(self, part: Path) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        for folder in (self._folder.parent.parent, self._folder.parent):
            sync_folder(folder)
        self._open(part)
        sync_folder(self._folder)

    def _open(self, part: Path) -> None:
        self._file = os.open(part, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        os.ftruncate(self._file, self._cursor.offset)
        os.fsync(self._file)

    def _move(self, to: Cursor) -> None:
        self._outbox.move(self._consumer, self._stream, to)
        self._cursor = to

    def _paths(self, name: str) -> tuple[Path, Path]:
        return self._folder / f"{name}.part", self._folder / name

    def _is_full(self) -> bool:
        age = self._outbox.now() - self._cursor.opened
        return self._cursor.offset >= self._options.rotate_bytes or age >= self._options.rotate_after.total_seconds()


def _write(file: int, data: bytes, offset: int) -> None:
    """All of the data at that offset; a write may take only a part."""
    rest = memoryview(data)
    while rest:
        done = os.pwrite(file, rest, offset)
        rest, offset = rest[done:], offset + done


def sync_folder(folder: Path) -> None:
    """Makes new names in the folder last through a power loss."""
    file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _encoder(compression: Compression) -> Callable[[bytes], bytes]:
    if compression == "gzip":
        return lambda data: gzip.compress(data, compresslevel=6, mtime=0)
    if compression == "zstd":
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd  # comes with Scrapy
        return zstd.compress
    return lambda data: data
