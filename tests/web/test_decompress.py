"""Content codings: what is whole, cut, corrupt, too large or unknown."""

from __future__ import annotations

import gzip
import zlib
from functools import partial

import brotli
import pytest

from newscrawl.web.decompress import decode, split_codings

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
