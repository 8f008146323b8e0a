"""Small bodies that grow large: the same page text repeated to a stated size, in every encoding a client may accept."""

from __future__ import annotations

import base64
import functools
import gzip
import struct
import zlib

MIB = 1 << 20
SIZE = 256 * MIB
"""What each bomb grows to: near to what the whole crawl may use, so that one body kept in memory shows."""
LINE = b"<p>The tide came in and went out again.</p>\n"
BLOCK = (LINE * (MIB // len(LINE) + 1))[:MIB]


@functools.cache
def deflate_stream(size: int = SIZE) -> bytes:
    """Raw deflate of BLOCK again and again; full flushes make every block's code the same bytes."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = squeeze.compress(BLOCK) + squeeze.flush(zlib.Z_FULL_FLUSH)
    return block * (size // MIB) + squeeze.flush(zlib.Z_FINISH)


@functools.cache
def gzip_bomb(size: int = SIZE) -> bytes:
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


def zlib_bomb(size: int = SIZE) -> bytes:
    """The same for "Content-Encoding: deflate"; the checksum at the end is missing, nobody should come that far."""
    return b"\x78\xda" + deflate_stream(size)


def zstd_bomb(size: int = SIZE) -> bytes:
    """One zstd frame of run-length blocks: 4 bytes for every 128 KiB of "a" (RFC 8878, 3.1.1.2)."""
    step = 128 * 1024
    head = b"\x28\xb5\x2f\xfd" + b"\x00" + b"\x68"  # magic, no content size, window of 8 MiB
    block = struct.pack("<I", (step << 3) | (1 << 1))[:3] + b"a"
    last = struct.pack("<I", (step << 3) | (1 << 1) | 1)[:3] + b"a"
    return head + block * (size // step - 1) + last


# 256 MiB of "a" by brotli 1.2 at quality 11, window 24; the standard library has no brotli.
BROTLI_BOMB = base64.b64decode(
    "z///f/glwuKxQCD3/p/////wSwDEYQGA7v0/////4ZcAiMMiAN37f/7//8MvARCHBQC69//8//+HXwIgDgsAdO//+f//D78EQBwW"
    "AOje//P//x9+CYA4LADQvf/n//8//BIAcVgAoHv/z///f/glAOKwAED3/p/////wSwDEYQGA7v0/////4ZcAiMMCAN37f/7//8Mv"
    "ARCHBQC69//8//+HXwIgDgsAdO//+f//D78EQBwWAOje//P//x9+CYA4LADQvf/n//8//BIAcVgAoHv/Pw=="
)
