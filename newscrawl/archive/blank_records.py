"""Takes the answers of some URLs out of WARC files. What stands behind them keeps its place: records name offsets."""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from fastwarc.warc import ArchiveIterator

from newscrawl.archive.cdxj import index_of

_KINDS = ("response", "resource", "revisit", "metadata")
_GZIP_HEAD = b"\x1f\x8b\x08\x04\x00\x00\x00\x00\x00\xff"
MAX_EXTRA = 0xFFFF


def erase_in(path: Path, is_erased: Callable[[str], bool]) -> int:
    """Puts an empty record of the same size in the place of each answer, and of what was known of it; the file is
    written anew and takes its name when it is on disk. Returns how many; 0 leaves the file as it is."""
    places = list(_places(path, is_erased))
    if not places:
        return 0
    data = bytearray(path.read_bytes())
    for start, end in places:
        data[start:end] = blank(end - start)
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    index_of(path).unlink(missing_ok=True)  # made anew
    return len(places)


def blank(size: int) -> bytes:
    """A gzip member of that size with a record that says nothing. ValueError for a size that holds none."""
    record = (
        b"WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Date: 1970-01-01T00:00:00Z\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
    )
    filler = max(0, size - MAX_EXTRA // 2 - size // 1000)  # what deflate adds to stored blocks is less
    text = record % (filler, b"0" * filler)
    deflater = zlib.compressobj(0 if filler else 9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflater.compress(text) + deflater.flush()
    extra = size - len(_GZIP_HEAD) - 2 - len(packed) - 8
    if not 0 <= extra <= MAX_EXTRA:
        raise ValueError(f"no record of {size} bytes")
    head = _GZIP_HEAD + struct.pack("<H", extra) + bytes(extra)
    return head + packed + struct.pack("<II", zlib.crc32(text), len(text) & 0xFFFFFFFF)


def _places(path: Path, is_erased: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """From where to where each record to be erased is. The last record of a file that a kill cut ends with the file."""
    start: int | None = None
    with path.open("rb") as file:
        for record in ArchiveIterator(file, parse_http=False, auto_decode="none"):
            if start is not None:
                yield start, record.stream_pos
            head = {name.lower(): value for name, value in record.headers.asdict().items()}
            url = head.get("warc-target-uri", "").strip("<>")
            is_meant = head.get("warc-type", "").lower() in _KINDS and is_erased(url)
            start = record.stream_pos if is_meant else None
    if start is not None:
        yield start, path.stat().st_size
