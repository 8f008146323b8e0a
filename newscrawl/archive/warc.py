"""Reads the responses of WARC files (ISO 28500), damaged ones as far as they go."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord

from newscrawl.archive.http_message import MAX_HEAD, HttpMessage, parse_http
from newscrawl.archive.http_payload import decode_payload

_NEXT_RECORD = (b"\x1f\x8b\x08", b"WARC/1.", b"\x28\xb5\x2f\xfd")  # gzip member, plain record, zstd frame
_GZIP = b"\x1f\x8b"
_READ = ("response", "resource")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_CHUNK = 2**20
_ABOUT = b"newscrawl: "
PROFILE = "newscrawl-profile:"
"""Begins the URI of a record that holds a site's learned profile."""
_OWN_NAME = re.compile(r"(?:[\w-][\w.-]*/)?[\w-][\w.-]*\.warc\.gz")


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
    is_truncated: bool = False
    """Whether the body lacks its end: WARC-Truncated, or shorter than its head says."""
    record_id: str = ""
    """WARC-Record-ID."""
    about: bytes | None = None
    """JSON of what newscrawl knew when it fetched the page (`NEWSCRAWL_WARC=1`); None in archives of others."""


@dataclass(frozen=True, slots=True)
class ArchivedProfile:
    """What one run of newscrawl had learned of a site; of site "" the run's end."""

    site: str
    about: bytes


@dataclass(frozen=True, slots=True)
class _About:
    """A metadata record of newscrawl's."""

    url: str
    answer: str
    """WARC-Record-ID of the response that it tells of."""
    about: bytes


@dataclass(frozen=True, slots=True)
class Damage:
    """A place in an archive that cannot be read."""

    file: str
    offset: int
    problem: str


Archived = ArchivedResponse | ArchivedProfile | Damage


def read_warc(path: Path, *, max_bytes: int) -> Iterator[ArchivedResponse | Damage]:
    """The responses of a file in order; behind a damaged place it goes on with the next record that can be found.

    OSError where the file cannot be opened.
    """
    return (found for found in read_records(path, max_bytes=max_bytes) if not isinstance(found, ArchivedProfile))


def read_records(path: Path | str, *, max_bytes: int, start: int = 0) -> Iterator[Archived]:
    """The same of a file or an URI, with what newscrawl had learned of sites. A repeat has the payload that it refers
    to. From the offset `start` on.

    OSError where the file cannot be opened.
    """
    about: tuple[str, bytes] = ("", b"")
    for found in _read(path, max_bytes, start):
        if isinstance(found, _About):
            if found.url.startswith(PROFILE):
                yield ArchivedProfile(found.url.removeprefix(PROFILE), found.about)
            about = found.answer, found.about
        elif isinstance(found, ArchivedResponse):
            yield replace(found, about=about[1]) if about[0] and found.record_id == about[0] else found
        else:
            yield found


def _read(path: Path | str, max_bytes: int, begin: int) -> Iterator[ArchivedResponse | _About | Damage]:
    with opened(path) as stream, opened(path) as second:
        start: int | None = begin
        while start is not None:
            end = start
            try:
                for record in _records(stream, start):
                    end = record.stream_pos
                    if record.content_length == 0 and (head := _lower_case_head(record)):
                        block, start = _reread(second, end, int(head["content-length"]), max_bytes)
                        if response := _response(head, block, str(path), end, max_bytes):
                            yield response
                        break
                    if found := _of_record(record, path, max_bytes):
                        yield found
                else:
                    if (broken := _broken_member(stream, end)) is not None:
                        yield Damage(str(path), broken, "truncated: the last record's compressed data have no end")
                    return
            except OSError as error:
                # Both errors and truncation leave the position of the last record that could be begun.
                yield Damage(str(path), end, str(error))
                start = _resync(stream, end + 1)


def _records(stream: BinaryIO, start: int) -> Iterator[WarcRecord]:
    """The records from an offset on; their positions are the file's."""
    stream.seek(start)
    return iter(ArchiveIterator(stream, parse_http=False, auto_decode="none"))


def _of_record(record: WarcRecord, path: Path | str, max_bytes: int) -> ArchivedResponse | _About | None:
    head = {name.lower(): value for name, value in record.headers.asdict().items()}
    kind = head.get("warc-type", "").lower()
    if kind not in _READ and kind not in ("metadata", "revisit"):
        return None
    most = 4 * max_bytes + MAX_HEAD
    block = record.reader.read(most)
    if len(block) < min(record.content_length, most):
        raise OSError(f"truncated record: {len(block)} of {record.content_length} bytes")
    if kind == "metadata":
        said = block.partition(_ABOUT)[2]
        url = head.get("warc-target-uri", "").strip("<>")
        return _About(url, head.get("warc-concurrent-to", ""), said.strip()) if said else None
    if kind == "revisit":
        block += _referred(head, path, most)
    return _response(head, block, str(path), record.stream_pos, max_bytes)


def _referred(head: dict[str, str], path: Path | str, most: int) -> bytes:
    """The payload, with encodings, that a repeat refers to in one of newscrawl's files; OSError without it."""
    name, offset = head.get("warc-refers-to-filename", ""), head.get("warc-refers-to-file-offset", "")
    if not _OWN_NAME.fullmatch(name) or not offset.isdigit():
        return b""
    folder = str(path).rsplit("/", 2)[0] if "/" in str(path) else ".."
    with opened(f"{folder}/{name}" if isinstance(path, str) else Path(path).parent.parent / name) as stream:
        for record in _records(stream, int(offset)):
            message = parse_http(record.reader.read(most))
            return message.payload if message else b""
    return b""


def opened(path: Path | str) -> AbstractContextManager[BinaryIO]:
    """The file, or what an URI names that fsspec knows; OSError where there is none."""
    if isinstance(path, Path):
        return path.open("rb")
    import fsspec  # an extra

    return fsspec.open(path, "rb")  # type: ignore[no-any-return]


def _lower_case_head(record: WarcRecord) -> dict[str, str] | None:
    """The fields of a record that writes them in lower case, as ISO 28500 allows; the reader finds no length there."""
    head = {name.lower(): value for name, value in record.headers.asdict().items()}
    return head if head.get("content-length", "").isdigit() and int(head["content-length"]) else None


def _reread(stream: BinaryIO, offset: int, length: int, max_bytes: int) -> tuple[bytes, int | None]:
    """The block of the record at an offset, and where the next one begins."""
    stream.seek(offset)
    most = 4 * max_bytes + 2 * MAX_HEAD
    raw = stream.read(most)
    if raw.startswith(_GZIP):
        decoder = zlib.decompressobj(wbits=31)
        data = decoder.decompress(raw, most)
        behind = offset + len(raw) - len(decoder.unused_data) if decoder.eof else offset + 1
    else:
        data, behind = raw, None
    end = _HEAD_END.search(data, 0, MAX_HEAD)
    at = end.end() if end else len(data)
    behind = offset + at + length if behind is None else behind
    return data[at : at + min(length, 4 * max_bytes + MAX_HEAD)], _resync(stream, behind)


def _response(head: dict[str, str], block: bytes, file: str, offset: int, max_bytes: int) -> ArchivedResponse | None:
    """The page of a `response` record, or of a `resource`, which keeps what it holds without an HTTP head."""
    kind = head.get("warc-type", "").lower()
    if kind == "resource":
        if not head.get("warc-target-uri", "").strip("<").lower().startswith(("http:", "https:")):
            return None  # a writer's own log
        message: HttpMessage | None = HttpMessage(200, {"content-type": head.get("content-type", "")}, block)
    else:
        message = parse_http(block) if kind in ("response", "revisit") else None
    if message is None:
        return None
    body, problem = decode_payload(message.payload, message.headers, max_bytes=max_bytes)
    return ArchivedResponse(
        url=head.get("warc-target-uri", "").strip("<>"),
        body=body,
        status=message.status,
        headers=message.headers,
        date=head.get("warc-date"),
        digest=head.get("warc-payload-digest"),
        file=file,
        offset=offset,
        problem=problem,
        record_id=head.get("warc-record-id", ""),
        is_truncated="warc-truncated" in head or message.is_cut or problem is not None,
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
