"""Lines of the files that were delivered, open or closed, plain or compressed, up to the bytes that count."""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from newscrawl.delivery.jsonlines import DeliveryError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd  # comes with Scrapy


class _Beginning(io.RawIOBase):
    """The first bytes of a file."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._left = file, size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._file.read(min(len(buffer), self._left))
        buffer[: len(data)] = data
        self._left -= len(data)
        return len(data)


def paths_of(folder: Path, name: str) -> tuple[Path, ...]:
    """Where a file may stand: it gets its final name while it is read."""
    return folder / name, folder / f"{name}.part", folder / name


def lines_of(paths: Sequence[Path], size: int, skip: int = 0) -> Iterator[bytes]:
    """Lines without their ends, after the first `skip`. DeliveryError where the file is away or shorter."""
    with _opened(paths) as file:
        beginning = io.BufferedReader(_Beginning(file, size), 1 << 20)
        for number, line in enumerate(_unpacked(paths[0].name, beginning)):
            if number >= skip:
                yield line.rstrip(b"\n")


def _opened(paths: Sequence[Path]) -> BinaryIO:
    for path in paths:
        try:
            return path.open("rb")
        except FileNotFoundError:
            continue
    raise DeliveryError(f"{paths[0]}: was moved or deleted while an export reads it; put it back, or --replay")


def _unpacked(name: str, file: io.BufferedReader[Any]) -> Iterator[bytes]:
    if name.endswith(".gz"):
        return iter(io.BufferedReader(gzip.GzipFile(fileobj=file)))
    if name.endswith(".zst"):
        return iter(io.BufferedReader(zstd.ZstdFile(file)))
    return iter(file)
