"""Takes content codings off a body (RFC 9110, 8.4.1), bounded, and says what is wrong with it."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Problem = Literal["truncated_body", "corrupt_body", "too_large", "unsupported_encoding"]
Decoder = Callable[[bytes, int], tuple[bytes, bool]]
"""(encoded, most bytes) -> the bytes decoded, and whether the stream had its end."""

MAX_CODINGS = 3
"""Codings of one body. Fifty of them are an attack; two occur where a proxy compresses again."""
MAX_MEMBERS = 1000
"""Gzip members or zstd frames of one body. A server that compresses each block by itself sends some dozens."""
_PIECE = 2**16
_WINDOW = 2**23  # 8 MiB: what RFC 9659 lets a server of zstd ask for


class _TooManyError(Exception):
    """More members than any honest body has."""


class Decoded(NamedTuple):
    """A body without its codings."""

    body: bytes
    problem: Problem | None


def decode(body: bytes, codings: Sequence[str], *, max_bytes: int) -> Decoded:
    """Takes the codings off, the last applied first. With a problem the body is what could be decoded.

    A body that is no such stream but looks like text is taken as it is: servers and archives label bodies wrongly.
    """
    names = [name for name in codings if name not in ("", "identity")]
    if len(names) > MAX_CODINGS or any(name not in _DECODERS for name in names):
        return Decoded(body, "unsupported_encoding")
    for name in reversed(names):
        if not body:
            break
        try:
            decoded, ended = _DECODERS[name](body, max_bytes)
        except _TooManyError:
            return Decoded(b"", "too_large")
        except (zlib.error, brotli.error, zstd.ZstdError, EOFError, MemoryError):
            if not _is_text(body):
                return Decoded(b"", "corrupt_body")
            continue
        if len(decoded) > max_bytes:
            return Decoded(decoded[:max_bytes], "too_large")
        body = decoded
        if not ended:
            return Decoded(body, "truncated_body")
    return Decoded(body, None)


def split_codings(header: str) -> list[str]:
    """The codings of a Content-Encoding header, in the order in which they were applied."""
    return [name.strip() for name in header.lower().split(",")]


def _is_text(body: bytes) -> bool:
    return body.lstrip()[:1] in (b"<", b"{", b"[")


def _gunzip(body: bytes, most: int) -> tuple[bytes, bool]:
    """All members; what follows the last one is padding."""
    return _members(body, most, lambda: zlib.decompressobj(wbits=31), b"\x1f\x8b", padding=b"\0")


def _members(
    body: bytes, most: int, begin: Callable[[], Any], magic: bytes, padding: bytes = b""
) -> tuple[bytes, bool]:
    """A body of several streams. Each byte is copied a few times at most: handed the whole rest for each stream, the
    decoders would copy a body of many small ones over and over, for minutes."""
    parts: list[bytes] = []
    size = at = 0
    for _ in range(MAX_MEMBERS):
        stream = begin()
        while not stream.eof and at < len(body):
            parts.append(stream.decompress(body[at : at + _PIECE], most + 1 - size))
            size, at = size + len(parts[-1]), at + _PIECE
            if size > most:
                return b"".join(parts), False
        if not stream.eof:
            return b"".join(parts), False
        at = min(at, len(body)) - len(stream.unused_data)
        following = body[at : at + _PIECE]
        at += len(following) - len(following.lstrip(padding)) if padding else 0
        if not body.startswith(magic, at):
            return b"".join(parts), True
    raise _TooManyError


def _inflate(body: bytes, most: int) -> tuple[bytes, bool]:
    """zlib's format, and bare deflate, which some servers send under the same name."""
    try:
        stream = zlib.decompressobj(wbits=15)
        return stream.decompress(body, most + 1), stream.eof
    except zlib.error:
        stream = zlib.decompressobj(wbits=-15)
        return stream.decompress(body, most + 1), stream.eof


def _unbrotli(body: bytes, most: int) -> tuple[bytes, bool]:
    stream = brotli.Decompressor()
    parts = [stream.process(body, output_buffer_limit=most + 1)]
    size = len(parts[0])
    while not stream.is_finished() and size <= most:
        part = stream.process(b"", output_buffer_limit=most + 1 - size)
        if not part:
            break
        parts.append(part)
        size += len(part)
    return b"".join(parts), stream.is_finished()


def _unzstd(body: bytes, most: int) -> tuple[bytes, bool]:
    """All frames."""
    window = {int(zstd.DecompressionParameter.window_log_max): _WINDOW.bit_length() - 1}
    return _members(body, most, lambda: zstd.ZstdDecompressor(options=window), b"\x28\xb5\x2f\xfd")


_DECODERS: dict[str, Decoder] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
