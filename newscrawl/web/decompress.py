"""Takes content codings off a body (RFC 9110, 8.4.1), bounded, and says what is wrong with it."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

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
_WINDOW = 2**23  # 8 MiB: what RFC 9659 lets a server of zstd ask for


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
    parts: list[bytes] = []
    size = 0
    while True:
        stream = zlib.decompressobj(wbits=31)
        parts.append(stream.decompress(body, most + 1 - size))
        size += len(parts[-1])
        if not stream.eof or size > most:
            return b"".join(parts), stream.eof
        body = stream.unused_data.lstrip(b"\0")
        if not body.startswith(b"\x1f\x8b"):
            return b"".join(parts), True


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
    parts: list[bytes] = []
    size = 0
    while True:
        stream = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW.bit_length() - 1})
        parts.append(stream.decompress(body, most + 1 - size))
        size += len(parts[-1])
        if not stream.eof or size > most:
            return b"".join(parts), stream.eof
        body = stream.unused_data
        if not body.startswith(b"\x28\xb5\x2f\xfd"):
            return b"".join(parts), True


_DECODERS: dict[str, Decoder] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
