"""Content codings: what is whole, cut, corrupt, too large or unknown."""

from __future__ import annotations

import gzip
import zlib
from functools import partial
from typing import Any

import brotli
import pytest

from newscrawl.web import decompress
from newscrawl.web.decompress import decode, split_codings, zstd

packed = partial(gzip.compress, mtime=0)  # names of tests hold these bytes: the same in every process
TEXT = b"<p>The ferry sails again.</p>" * 200
RAW = zlib.compressobj(wbits=-15)
BARE = RAW.compress(TEXT) + RAW.flush()


@pytest.mark.parametrize(
    ("body", "codings", "found", "problem"),
    [
        (packed(TEXT), "gzip", TEXT, None),
        (packed(TEXT)[:-8], "gzip", TEXT, "truncated_body"),
        (packed(TEXT)[:-4] + b"\0\0\0\1", "gzip", b"", "corrupt_body"),
        (packed(TEXT) * 2, "gzip", TEXT * 2, None),
        (packed(TEXT) + b"\0" * 512, "gzip", TEXT, None),
        (TEXT, "gzip", TEXT, None),
        (b"\x1f\x8b nonsense", "gzip", b"", "corrupt_body"),
        (zlib.compress(TEXT), "deflate", TEXT, None),
        (BARE, "deflate", TEXT, None),
        (brotli.compress(TEXT), "br", TEXT, None),
        (brotli.compress(TEXT)[:-2], "br", None, "truncated_body"),
        (packed(brotli.compress(TEXT)), "br, gzip", TEXT, None),
        (TEXT, "identity", TEXT, None),
        (TEXT, "rot13", TEXT, "unsupported_encoding"),
        (TEXT, ",".join(["gzip"] * 50), TEXT, "unsupported_encoding"),
        (packed(b"a" * 50_000), "gzip", b"a" * 20_000, "too_large"),
        (brotli.compress(b"a" * 50_000), "br", b"a" * 20_000, "too_large"),
        (b"", "gzip", b"", None),
    ],
)
def test_codings(body: bytes, codings: str, found: bytes | None, problem: str | None) -> None:
    decoded = decode(body, split_codings(codings), max_bytes=20_000)
    assert decoded.problem == problem
    assert found is None or decoded.body == found


class Counted:
    """A decoder that counts what it is handed."""

    bytes = streams = 0

    def __init__(self, made: Any) -> None:
        Counted.streams += 1
        self.made = made

    def decompress(self, data: bytes, most: int) -> bytes:
        Counted.bytes += len(data)
        return self.made.decompress(data, most)  # type: ignore[no-any-return]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.made, name)


MEMBERS = {
    "gzip": (packed(b""), decompress.zlib, "decompressobj"),
    "zstd": (zstd.compress(b""), zstd, "ZstdDecompressor"),
}


@pytest.mark.parametrize("coding", MEMBERS)
def test_work_is_bounded_by_the_body_however_many_streams_it_has(coding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Handed the rest for each of its members, 500 of them would cost 250 times the body."""
    member, module, name = MEMBERS[coding]
    make = getattr(module, name)
    monkeypatch.setattr(module, name, lambda *args, **how: Counted(make(*args, **how)))
    monkeypatch.setattr(decompress, "_PIECE", 64)
    Counted.bytes = Counted.streams = 0
    body = member * 500
    assert decode(body, [coding], max_bytes=20_000) == (b"", None)
    assert Counted.streams == 500
    assert Counted.bytes < 20 * len(body)


@pytest.mark.parametrize("coding", MEMBERS)
def test_a_body_of_too_many_streams_is_given_up(coding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decompress, "MAX_MEMBERS", 3)
    member = MEMBERS[coding][0]
    assert decode(member * 3, [coding], max_bytes=100) == (b"", None)
    assert decode(member * 4, [coding], max_bytes=100) == (b"", "too_large")
