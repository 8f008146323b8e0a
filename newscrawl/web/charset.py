"""Bytes of a page to its text, whatever charset its server and its own `meta` claim."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes
from w3lib.encoding import html_body_declared_encoding, html_to_unicode, http_content_type_encoding, resolve_encoding

CHARSETS = re.compile(
    r"utf|iso|windows|cp\d|koi8|euc|gb|big5|shift|mac|johab|latin|ascii|tis|hz$|kz|ptcp|hp.?roman|us-ascii",
    re.IGNORECASE,
)
"""How the names of charsets begin. Python's other text codecs raise even with errors="replace" (idna, zlib) or are
quadratic (punycode), and a page can declare any."""

_GUESSES = (
    "cp1252 cp1251 cp1250 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874 koi8_r koi8_u cp866 iso8859_2 iso8859_5"
    " iso8859_7 gb18030 big5 shift_jis euc_jp euc_kr"
).split()
"""What an undeclared page may be in: charsets that browsers know (WHATWG Encoding Standard). Asked without this list,
charset-normalizer takes a French headline for DOS's cp775."""

_WESTERN = frozenset(
    "English French German Spanish Portuguese Italian Dutch Danish Swedish Norwegian Finnish Indonesian".split()
)
"""Languages, as charset-normalizer names them, that are written in windows-1252 and hardly ever in a relative of it."""


def decode(body: bytes, content_type: str | None) -> tuple[str, set[str]]:
    """The page's text and what is uncertain about it.

    Declared charsets win (WHATWG order: BOM, header, meta), but not where another is declared than UTF-8 and the bytes
    are that, nor where UTF-8 is declared and they are not.
    """
    if body.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(body, None), set()
    declared = _charset(http_content_type_encoding(content_type)) or _charset(html_body_declared_encoding(body[:4096]))
    if declared is None:
        return _guess(body)
    text = _decoded(body, declared)
    if declared == "utf-8" and not _was_utf8(text):
        return _not_utf8(body), {"charset_wrong"}
    if declared != "utf-8" and _is_utf8(body, text):
        return body.decode("utf-8", "replace"), {"charset_wrong"}
    return text, {"charset_wrong"} if text.count("\ufffd") > 5 else set()


def _charset(label: str | None) -> str | None:
    return resolve_encoding(label) if label and CHARSETS.match(label) else None


def _decoded(body: bytes, charset: str | None) -> str:
    return html_to_unicode(f"text/html; charset={charset}" if charset else None, body)[1]


def _was_utf8(text: str) -> bool:
    """Whether most of what is not ASCII could be decoded: a damaged byte in a footer makes no other charset."""
    lost = text.count("\ufffd")
    return lost <= 5 or 2 * lost < sum(not char.isascii() for char in text)


def _not_utf8(body: bytes) -> str:
    """Reads by the page's own meta, which a server's header for all pages overrode, or else by a guess."""
    meta = _charset(html_body_declared_encoding(body[:4096]))
    return _decoded(body, meta) if meta not in (None, "utf-8") else _guess(body)[0]


def _is_utf8(body: bytes, text: str) -> bool:
    """Whether bytes that were declared to be of another charset, and read as `text`, are UTF-8: a template from before
    the site's change says windows-1252 or gb18030 on 6 of 1,065 real pages.

    One in seven Chinese characters of GB 18030 is UTF-8 by chance, so a few are not enough to judge by.
    """
    if body.isascii():
        return False
    other = body.decode("utf-8", "replace")
    lost = other.count("\ufffd")
    whole = sum(not char.isascii() for char in other) - lost
    has_one_byte_each = len(text) == len(body)
    return whole > 50 * lost and (has_one_byte_each or len(body) - len(other) > 5)


def _fits_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _guess(body: bytes) -> tuple[str, set[str]]:
    if _fits_utf8(body):
        return body.decode("utf-8"), set()
    return _decoded(body, _likeliest(body[:65536])), {"charset_guessed"}


def _likeliest(body: bytes) -> str:
    """The best guess. Its relatives differ from windows-1252 in a few letters, and a short text of a Western language
    holds none that tell: "£3" is "Ł3" in windows-1250, and as good."""
    matches = from_bytes(body, cp_isolation=_GUESSES)
    best = matches.best()
    if best is None:
        return "cp1252"
    as_good = {match.encoding for match in matches if match.chaos <= best.chaos}
    return "cp1252" if best.language in _WESTERN and "cp1252" in as_good else best.encoding
