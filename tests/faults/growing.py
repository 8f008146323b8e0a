"""Small bodies that grow over a low limit: a page's text again and again, in every encoding a client accepts."""

from __future__ import annotations

import functools
import gzip
import struct
import zlib

import brotli

MIB = 1 << 20
SIZE = 3 * MIB
"""What each grows to: over DOWNLOAD_MAXSIZE as the tests set it, and harmless."""
LINE = b"<p>The tide came in and went out again.</p>\n"
BLOCK = (LINE * (MIB // len(LINE) + 1))[:MIB]


@functools.cache
def deflate_stream(size: int = SIZE) -> bytes:
    """Raw deflate of BLOCK again and again; full flushes make every block's code the same bytes."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = squeeze.compress(BLOCK) + squeeze.flush(zlib.Z_FULL_FLUSH)
    return block * (size // MIB) + squeeze.flush(zlib.Z_FINISH)


@functools.cache
def gzip_body(size: int = SIZE) -> bytes:
    """One gzip member, checksum and length right."""
    checksum = 0
    for _ in range(size // MIB):
        checksum = zlib.crc32(BLOCK, checksum)
    return (
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03" + deflate_stream(size) + struct.pack("<II", checksum, size % 2**32)
    )


def nested_gzip(data: bytes, layers: int) -> bytes:
    """gzip of gzip of ..."""
    for _ in range(layers):
        data = gzip.compress(data, 9, mtime=0)
    return data


def zlib_body(size: int = SIZE) -> bytes:
    """The same for "Content-Encoding: deflate"; the checksum at the end is missing, nobody should come that far."""
    return b"\x78\xda" + deflate_stream(size)


def zstd_body(size: int = SIZE) -> bytes:
    """One zstd frame of run-length blocks: 4 bytes for every 128 KiB of "a" (RFC 8878, 3.1.1.2)."""
    step = 128 * 1024
    head = b"\x28\xb5\x2f\xfd" + b"\x00" + b"\x68"  # magic, no content size, window of 8 MiB
    block = struct.pack("<I", (step << 3) | (1 << 1))[:3] + b"a"
    last = struct.pack("<I", (step << 3) | (1 << 1) | 1)[:3] + b"a"
    return head + block * (size // step - 1) + last


def brotli_body(size: int = SIZE) -> bytes:
    """The same by brotli."""
    return brotli.compress(BLOCK * (size // MIB), quality=5)
