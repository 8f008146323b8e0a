"""Reads the responses of WARC files (ISO 28500), damaged ones as far as they go."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from newscrawl.archive.http_payload import decode_payload

_NEXT_RECORD = (b"\x1f\x8b\x08", b"WARC/1.", b"\x28\xb5\x2f\xfd")  # gzip member, plain record, zstd frame
_GZIP = b"\x1f\x8b"
_CHUNK = 2**20


@dataclass(frozen=True, slots=True)
class ArchivedResponse:
    """One HTTP response of an archive."""

    url: str
    """WARC-Target-URI, unchanged."""
    body: bytes
    """The payload without transfer and content encodings, at most `max_bytes` + 1 of it."""
    status: int
    headers: dict[str, str]
    """HTTP headers by lower-case name."""
    date: str | None
    """WARC-Date, ISO 8601, UTC."""
    digest: str | None
    """WARC-Payload-Digest."""
    file: str
    offset: int
    problem: str | None = None
    """Why the payload could not be decoded; then the body is what could."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A place in an archive that cannot be read."""

    file: str
    offset: int
    problem: str


def read_warc(path: Path, *, max_bytes: int) -> Iterator[ArchivedResponse | Damage]:
    """The responses of a file in order; behind a damaged place it goes on with the next record that can be found.

    OSError where the file cannot be opened.
    """
    with path.open("rb") as stream:
        start: int | None = 0
        while start is not None:
            end = start
            try:
                for record in _records(stream, start):
                    end = start + record.stream_pos
                    if found := _response(record, str(path), end, max_bytes):
                        yield found
                if (broken := _broken_member(stream, end)) is not None:
                    yield Damage(str(path), broken, "truncated: the last record's compressed data have no end")
                return
            except OSError as error:
                # Both errors and truncation leave the position of the last record that could be begun.
                yield Damage(str(path), end, str(error))
                start = _resync(stream, end + 1)


def _records(stream: BinaryIO, start: int) -> Iterator[WarcRecord]:
    stream.seek(start)
    return iter(ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True, auto_decode="none"))


def _response(record: WarcRecord, file: str, offset: int, max_bytes: int) -> ArchivedResponse | None:
    if record.http_headers is None:
        return None
    raw = record.reader.read(4 * max_bytes)
    if len(raw) < min(record.content_length, 4 * max_bytes):
        raise OSError(f"truncated record: {len(raw)} of {record.content_length} bytes")
    headers = {name.lower(): value for name, value in record.http_headers.asdict().items()}
    body, problem = decode_payload(raw, headers, max_bytes=max_bytes)
    return ArchivedResponse(
        url=(record.headers.get("WARC-Target-URI") or "").strip("<>"),
        body=body,
        status=record.http_headers.status_code or 0,
        headers=headers,
        date=record.headers.get("WARC-Date"),
        digest=record.headers.get("WARC-Payload-Digest"),
        file=file,
        offset=offset,
        problem=problem,
    )


def _broken_member(stream: BinaryIO, start: int) -> int | None:
    """Offset of a gzip member at or behind `start` that the file ends in; the reader takes that for a regular end."""
    stream.seek(start)
    member, rest = start, b""
    decoder = None
    while chunk := rest or stream.read(_CHUNK):
        if decoder is None:
            member = stream.tell() - len(chunk)
            if not chunk.startswith(_GZIP):
                return member if _GZIP.startswith(chunk) else None
            decoder = zlib.decompressobj(wbits=31)
        try:
            decoder.decompress(chunk, _CHUNK)
            while decoder.unconsumed_tail:
                decoder.decompress(decoder.unconsumed_tail, _CHUNK)
        except zlib.error:
            return member
        rest = decoder.unused_data
        decoder = None if decoder.eof else decoder
    return member if decoder is not None else None


def _resync(stream: BinaryIO, start: int) -> int | None:
    """Offset of the next place at or behind `start` that looks like the beginning of a record."""
    stream.seek(start)
    kept = b""
    while chunk := stream.read(_CHUNK):
        window = kept + chunk
        found = [at for mark in _NEXT_RECORD if (at := window.find(mark)) >= 0]
        if found:
            return start - len(kept) + min(found)
        start += len(chunk)
        kept = window[-8:]
    return None
