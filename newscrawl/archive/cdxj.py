"""The index beside a WARC file: a line of CDXJ for each answer, sorted."""

from __future__ import annotations

import fcntl
import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from fastwarc.warc import ArchiveIterator

from newscrawl.archive.http_message import MAX_HEAD, parse_http

_ANSWERS = ("response", "resource", "revisit")


def cdxj_line(
    url: str, date: str, *, mime: str, status: int, digest: str | None, length: int, offset: int, filename: str
) -> bytes:
    """One line: key (SURT), time, JSON as pywb reads it."""
    about = {
        "url": url,
        "mime": mime.partition(";")[0].strip().lower(),
        "status": str(status),
        "digest": digest or "",
        "length": str(length),
        "offset": str(offset),
        "filename": filename,
    }
    stamp = re.sub(r"\D", "", date)[:14]
    return f"{surt(url)} {stamp} ".encode() + msgspec.json.encode(about) + b"\n"


def surt(url: str) -> str:
    """The URL with its host turned round, "com,example)/path?query", as indexes sort."""
    parts = urlsplit(url.lower())
    host = (parts.hostname or "").removeprefix("www.")
    turned = host if re.fullmatch(r"[\d.]+|.*:.*", host) else ",".join(reversed(host.split(".")))
    with suppress(ValueError):
        if parts.port and parts.port not in (80, 443):
            turned += f":{parts.port}"
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    path = parts.path if len(parts.path) <= 1 else parts.path.rstrip("/")
    return f"{turned}){path or '/'}{'?' + query if query else ''}".replace(" ", "%20")


def index_what_was_left(folder: Path) -> None:
    """Writes the indexes of files that have none and that nobody is writing."""
    for path in sorted(folder.glob("**/*.warc.gz")):
        if index_of(path).exists():
            continue
        with path.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            write_index(path, _lines_of(path))


def index_of(path: Path) -> Path:
    """The index beside a file."""
    return path.with_name(path.name.removesuffix(".warc.gz") + ".cdxj")


def write_index(path: Path, lines: list[bytes]) -> None:
    """Writes a file's index from its lines, in whatever order they come; it is there whole or not at all."""
    part = index_of(path).with_suffix(".part")
    part.write_bytes(b"".join(sorted(lines)))
    part.replace(index_of(path))


def _lines_of(path: Path) -> list[bytes]:
    lines: list[bytes] = []
    last: tuple[int, dict[str, str], int, str] | None = None
    with path.open("rb") as file, suppress(OSError):
        for record in ArchiveIterator(file, parse_http=False, auto_decode="none"):
            lines += [_line(last, record.stream_pos, path.name)] if last else []
            head = {name.lower(): value for name, value in record.headers.asdict().items()}
            last = None
            if head.get("warc-type") in _ANSWERS:
                message = parse_http(record.reader.read(MAX_HEAD))
                mime = message.headers.get("content-type", "") if message else head.get("content-type", "")
                last = record.stream_pos, head, message.status if message else 200, mime
    return lines + ([_line(last, path.stat().st_size, path.name)] if last else [])


def _line(found: tuple[int, dict[str, str], int, str], end: int, filename: str) -> bytes:
    offset, head, status, mime = found
    return cdxj_line(
        head.get("warc-target-uri", "").strip("<>"), head.get("warc-date", ""), status=status,
        mime="warc/revisit" if head.get("warc-type") == "revisit" else mime,
        digest=head.get("warc-payload-digest"), length=end - offset, offset=offset, filename=filename,
    )  # fmt: skip
