"""Writes exchanges as WARC/1.1: a gzip member a record, files that rotate, an index (CDXJ) beside each."""

from __future__ import annotations

import fcntl
import io
import os
import sqlite3
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import msgspec
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from newscrawl.archive.cdxj import cdxj_line, index_what_was_left, write_index
from newscrawl.archive.exchange import Exchange, Headers
from newscrawl.archive.warc import PROFILE
from newscrawl.items import Archive
from newscrawl.version import __version__

SECRET = frozenset(("authorization", "cookie", "proxy-authorization", "set-cookie", "set-cookie2"))
"""Header fields that are left out: a login is nobody else's."""
_SENT_OTHERWISE = frozenset(("transfer-encoding", "content-length"))
SMALLEST_REPEAT = 512
"""Bytes from which a payload that was stored before becomes a revisit record: below, a reference is no shorter."""
FIELDS = "application/warc-fields"


@dataclass(slots=True, kw_only=True)
class Written:
    """What one run has written."""

    files: int = 0
    records: int = 0
    revisits: int = 0
    bytes: int = 0
    cpu_seconds: float = 0.0
    """Of the thread that packs and writes."""


class WarcWriter:
    """One for a run. Its methods block; threads may share it. OSError where the disk has no room.

    A file has its final name from the beginning: a kill leaves the whole records before the last one, which every
    reader reads, and the next run begins files of its own.
    """

    def __init__(self, folder: Path, run_id: str, *, rotate_bytes: int, rotate_after: timedelta) -> None:
        """Makes the folder, and the indexes that runs which were killed have left to do."""
        folder.mkdir(parents=True, exist_ok=True)
        index_what_was_left(folder)
        self._folder, self._run_id = folder, run_id
        self._rotate_bytes, self._rotate_after = rotate_bytes, rotate_after.total_seconds()
        self._file: io.FileIO | None = None
        self._path = folder
        self._begun = 0.0
        self._lock = threading.Lock()
        self._has_ended = False
        self._lines: list[bytes] = []
        self._seen = _Seen(folder / "payloads.db")
        self.written = Written()

    def write(self, exchange: Exchange) -> Archive:
        """Appends request, metadata and response; returns the place of the response."""
        with self._lock:
            begun = time.thread_time()
            try:
                return self._write(exchange)
            finally:
                self.written.cpu_seconds += time.thread_time() - begun

    def _write(self, exchange: Exchange) -> Archive:
        out = self._opened()
        date = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        url = without_login(exchange.url)
        maker = WARCWriter(io.BytesIO(), warc_version="WARC/1.1")
        answer = self._answer(maker, exchange, url, date)
        answer_id = answer.rec_headers.get_header("WARC-Record-ID")
        concurrent = {"WARC-Concurrent-To": answer_id, "WARC-Date": date}
        self._append(out, _request(maker, exchange, url, concurrent))
        about = _fields(exchange.about)
        self._append(
            out,
            maker.create_warc_record(
                url,
                "metadata",
                payload=io.BytesIO(about),
                length=len(about),
                warc_headers_dict=concurrent,
                warc_content_type=FIELDS,
            ),
        )
        offset, size = self._append(out, answer)
        digest = answer.rec_headers.get_header("WARC-Payload-Digest")
        name = self._path.relative_to(self._folder).as_posix()
        kind = _content_type(exchange.headers)
        is_revisit = answer.rec_type == "revisit"
        line = cdxj_line(
            url, date, mime="warc/revisit" if is_revisit else kind, status=exchange.status, digest=digest,
            length=size, offset=offset, filename=self._path.name,
        )  # fmt: skip
        self._lines.append(line)
        if is_revisit:
            self.written.revisits += 1
        elif len(exchange.body) >= SMALLEST_REPEAT and not exchange.is_cut:
            self._seen.add(digest, (url, date, answer_id, name, offset))
        return Archive(file=f"{self._folder.name}/{name}", offset=offset, digest=digest)

    def put_profile(self, site: str, profile: bytes) -> None:
        """Appends the profile by which the pages of a site were read."""
        maker = WARCWriter(io.BytesIO(), warc_version="WARC/1.1")
        about = _fields({"run_id": self._run_id, "profile": profile})
        record = maker.create_warc_record(
            PROFILE + site,
            "metadata",
            payload=io.BytesIO(about),
            length=len(about),
            warc_content_type=FIELDS,
        )
        with self._lock:
            self._append(self._opened(), record)

    def _close(self) -> None:
        """Closes the file and writes its index."""
        if self._file is None:
            return
        os.fsync(self._file.fileno())
        write_index(self._path, self._lines)
        self._file.close()
        self._file = None
        self._lines.clear()

    def end(self) -> None:
        """Closes what is open; nothing may follow."""
        with self._lock:
            self._has_ended = True
            self._close()
            self._seen.close()

    def _answer(self, maker: WARCWriter, exchange: Exchange, url: str, date: str) -> ArcWarcRecord:
        headers = [(name, value) for name, value in exchange.headers if name.lower() not in SECRET | _SENT_OTHERWISE]
        more = {"WARC-Date": date} | ({"WARC-Truncated": "length"} if exchange.is_cut else {})
        if exchange.is_rendered:
            return maker.create_warc_record(
                url,
                "resource",
                payload=io.BytesIO(exchange.body),
                length=len(exchange.body),
                warc_headers_dict=more,
                warc_content_type=_content_type(exchange.headers),
            )
        headers.append(("Content-Length", str(len(exchange.body))))
        http = StatusAndHeaders(str(exchange.status), headers, protocol="HTTP/1.1")
        digest = _digest(exchange.body)
        before = self._seen.find(digest) if len(exchange.body) >= SMALLEST_REPEAT and not exchange.is_cut else None
        if before is None or not (self._folder / before[3]).exists():
            body = io.BytesIO(exchange.body)
            return maker.create_warc_record(
                url, "response", body, len(exchange.body), http_headers=http, warc_headers_dict=more
            )
        record = maker.create_revisit_record(
            url, digest, before[0], before[1], http_headers=http, warc_headers_dict=more
        )
        record.rec_headers.add_header("WARC-Refers-To", before[2])
        # as Heritrix writes them: a reader finds the payload without an index
        record.rec_headers.add_header("WARC-Refers-To-Filename", before[3])
        record.rec_headers.add_header("WARC-Refers-To-File-Offset", str(before[4]))
        return record

    def _opened(self) -> io.FileIO:
        if self._file is not None:
            is_old = time.monotonic() - self._begun > self._rotate_after
            if self._file.tell() < self._rotate_bytes and not is_old:
                return self._file
            self._close()
        if self._has_ended:
            raise OSError("the run has ended")
        folder = self._folder / f"{datetime.now(UTC):%Y-%m-%d}"
        folder.mkdir(parents=True, exist_ok=True)
        self.written.files += 1
        self._path = folder / f"{self._run_id}-{self.written.files:05}.warc.gz"
        self._file = self._path.open("xb", buffering=0)
        fcntl.flock(self._file, fcntl.LOCK_EX)  # held until the index is there
        self._begun = time.monotonic()
        maker = WARCWriter(io.BytesIO(), warc_version="WARC/1.1")
        about = {
            "software": f"newscrawl/{__version__}",
            "format": "WARC File Format 1.1",
            "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "isPartOf": self._run_id,
        }
        self._append(self._file, maker.create_warcinfo_record(self._path.name, about))
        return self._file

    def _append(self, out: io.FileIO, record: ArcWarcRecord) -> tuple[int, int]:
        """Offset and size of the record, written whole or, after an error, not at all."""
        packed = io.BytesIO()
        WARCWriter(packed, warc_version="WARC/1.1").write_record(record)
        offset, data = out.tell(), packed.getvalue()
        try:
            view = memoryview(data)
            while view:
                view = view[out.write(view) :]
        except OSError:
            with suppress(OSError):
                out.truncate(offset)
                out.seek(offset)
            raise
        self.written.records += 1
        self.written.bytes += len(data)
        return offset, len(data)


class _Seen:
    """Payloads by digest, where each is stored. A cache on disk: what is lost of it is stored once more."""

    def __init__(self, path: Path) -> None:
        self._db: sqlite3.Connection | None = None
        with suppress(sqlite3.Error):
            self._db = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
            self._db.executescript(
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
                "CREATE TABLE IF NOT EXISTS payload (digest TEXT PRIMARY KEY, url TEXT NOT NULL, date TEXT NOT NULL,"
                " id TEXT NOT NULL, file TEXT NOT NULL, offset INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
            )

    def find(self, digest: str) -> tuple[str, str, str, str, int] | None:
        if self._db is not None:
            with suppress(sqlite3.Error):
                found = self._db.execute("SELECT url, date, id, file, offset FROM payload WHERE digest = ?", (digest,))
                return found.fetchone()  # type: ignore[no-any-return]
        return None

    def add(self, digest: str, place: tuple[str, str, str, str, int]) -> None:
        if self._db is not None:
            with suppress(sqlite3.Error):
                self._db.execute("INSERT OR REPLACE INTO payload VALUES (?, ?, ?, ?, ?, ?)", (digest, *place))

    def close(self) -> None:
        if self._db is not None:
            self._db.close()


def without_login(url: str) -> str:
    """The URL without user name and password."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])) if "@" in parts.netloc else url


def _request(maker: WARCWriter, exchange: Exchange, url: str, warc_headers: dict[str, str]) -> ArcWarcRecord:
    parts = urlsplit(url)
    target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    headers = [("Host", parts.netloc)]
    headers += [(name, value) for name, value in exchange.sent if name.lower() not in SECRET | {"host"}]
    http = StatusAndHeaders(f"{exchange.method} {target} HTTP/1.1", headers, is_http_request=True)
    return maker.create_warc_record(url, "request", http_headers=http, warc_headers_dict=warc_headers)


def _fields(about: dict[str, Any]) -> bytes:
    return b"newscrawl: " + msgspec.json.encode(about) + b"\r\n"


def _digest(body: bytes) -> str:
    digester = Digester("sha1")
    digester.update(body)
    return str(digester)


def _content_type(headers: Headers) -> str:
    return next((value for name, value in headers if name.lower() == "content-type"), "application/octet-stream")
