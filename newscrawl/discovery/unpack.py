"""From the bytes that were fetched to the text of a feed or sitemap: gzip within bounds, charset, hostile prologs."""

from __future__ import annotations

import codecs
import re
import zlib
from gzip import BadGzipFile, GzipFile
from io import BytesIO

from w3lib.encoding import http_content_type_encoding, resolve_encoding

from newscrawl.web.charset import CHARSETS

MAX_BYTES = 50 * 2**20
"""Size of a document, unpacked: sitemaps.org's limit for a sitemap."""

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(rb"<\?xml[^>]{0,100}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})")
_GZIP = b"\x1f\x8b"


def unpacked(body: bytes, problems: list[str], most: int = MAX_BYTES) -> bytes:
    """The bytes out of gzip, also where packed twice (a .gz file sent with Content-Encoding); at most `most` bytes.

    What is readable of a truncated or corrupt file is kept, with a problem.
    """
    for _ in range(2):
        if not body.startswith(_GZIP):
            break
        body = _gunzip(body, problems, most)
    if len(body) > most:
        problems.append(f"cut at {most // 2**20} MB")
    return body[:most]


def _gunzip(body: bytes, problems: list[str], most: int) -> bytes:
    found = bytearray()
    try:
        with GzipFile(fileobj=BytesIO(body)) as file:
            while len(found) <= most and (piece := file.read(2**18)):
                found += piece
    except (EOFError, BadGzipFile, zlib.error) as error:
        problems.append(f"gzip: {error} after {len(found)} bytes")
    return bytes(found)


def text_of(body: bytes, content_type: str | None, problems: list[str]) -> str:
    """The text by BOM, else as UTF-8 where it fits (nothing else passes its check by chance), else by the charset that
    the document or the header declares, else as Windows-1252 with a problem."""
    for bom, codec in _BOMS:
        if body.startswith(bom):
            return _without_nul(body.decode(codec, "replace"))
    if body[:4] in (b"<\0?\0", b"\0<\0?"):
        return _without_nul(body.decode("utf-16-le" if body[1:2] == b"\0" else "utf-16-be", "replace"))
    declared = _DECLARED.match(body.lstrip()[:300])
    named = declared[1].decode("ascii", "replace") if declared else None
    for name in ("utf-8", named, http_content_type_encoding(content_type)):
        text = _decoded(body, name) if name else None
        if text is not None:
            return _without_nul(text)
    problems.append("charset: the bytes are not in the charset declared; read as Windows-1252")
    return _without_nul(body.decode("cp1252", "replace"))


def _decoded(body: bytes, name: str) -> str | None:
    """The text if it is in that charset; Python's codecs that are no charsets, some quadratic (punycode), left out."""
    codec = resolve_encoding(name)
    try:
        return body.decode(codec) if codec and CHARSETS.match(codec) else None
    except (UnicodeDecodeError, LookupError):
        return None


def _without_nul(text: str) -> str:
    return text.replace("\0", "")
