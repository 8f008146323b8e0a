"""Takes the transfer and content encodings off an HTTP payload, bounded against decompression bombs."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Decoder = Callable[[bytes, int], bytes]


def decode_payload(raw: bytes, headers: dict[str, str], *, max_bytes: int) -> tuple[bytes, str | None]:
    """The payload's bytes, at most `max_bytes` + 1, and what went wrong; a payload that is not encoded as its headers
    say (archives often keep the headers and decode the payload) is taken as it is."""
    if "chunked" in headers.get("transfer-encoding", "").lower():
        raw = _dechunk(raw)
    problem = None
    for coding in reversed(headers.get("content-encoding", "").lower().replace(" ", "").split(",")):
        decoder = _DECODERS.get(coding)
        if decoder is None:
            continue
        try:
            raw = decoder(raw, max_bytes + 1)
        except (zlib.error, brotli.error, zstd.ZstdError, EOFError):
            problem = None if _looks_decoded(raw) else f"corrupt {coding}"
    return raw[: max_bytes + 1], problem


def _looks_decoded(raw: bytes) -> bool:
    return raw.lstrip()[:1] in (b"<", b"{", b"[")


def _dechunk(raw: bytes) -> bytes:
    """The chunks joined (RFC 9112, 7.1); the payload as it is where it is not chunked."""
    parts, at = [], 0
    while (end := raw.find(b"\r\n", at, at + 64)) > 0:
        try:
            size = int(raw[at:end].partition(b";")[0], 16)
        except ValueError:
            return raw if not parts else b"".join(parts)
        if size <= 0:
            break
        parts.append(raw[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
    return b"".join(parts) if parts else raw


def _inflate(raw: bytes, limit: int) -> bytes:
    """gzip or zlib with header, then bare deflate, which some servers send under the same name."""
    try:
        return zlib.decompressobj(wbits=47).decompress(raw, limit)
    except zlib.error:
        return zlib.decompressobj(wbits=-15).decompress(raw, limit)


def _unbrotli(raw: bytes, limit: int) -> bytes:
    return brotli.Decompressor().process(raw, output_buffer_limit=limit)


def _unzstd(raw: bytes, limit: int) -> bytes:
    return zstd.ZstdDecompressor().decompress(raw, limit)


_DECODERS: dict[str, Decoder] = {
    "gzip": _inflate,
    "x-gzip": _inflate,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
