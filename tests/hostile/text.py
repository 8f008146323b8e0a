"""Odd text: bytes that are no text, entities, controls, charsets that lie."""

from __future__ import annotations

from random import Random

from .table import TEXT, hostile, page


def _paragraph(run: str) -> bytes:
    return page(body=f"<p>{run}</p>").encode()


@hostile("either", article=True)
def many_entities(chance: Random) -> bytes:
    """Entities: known, unknown, without a semicolon, numeric over U+10FFFF, surrogates and NUL."""
    kinds = (
        "&amp;",
        "&nosuch;",
        "&amp",
        "&#99999999999;",
        "&#xD800;",
        "&#0;",
        "&NotEqualTilde;",
        "&#x",
        "&;",
        "&#1114112;",
    )
    return _paragraph("".join(chance.choices(kinds, k=400)))


@hostile("read")
def nul_bytes(chance: Random) -> bytes:
    """A NUL behind every tenth letter of the text: the words have to survive."""
    text = "".join(letter + "\x00" * (place % 10 == 9) for place, letter in enumerate(TEXT[0]))
    return page().replace(TEXT[0], text).encode()


@hostile("read")
def control_characters(chance: Random) -> bytes:
    """Every control character, C0 and C1, noncharacters, and private use, in title, byline and text."""
    odd = "".join(map(chr, (*range(1, 9), 11, 12, *range(14, 32), *range(127, 160), 0xFDD0, 0xFFFE, 0xFFFF, 0xE000)))
    return page(body=f"<p>{odd * 2} and the tide.</p>").replace("</h1>", f"{odd}</h1>").encode()


@hostile("read")
def lone_surrogates(chance: Random) -> bytes:
    """Surrogates as UTF-8 would write them (CESU-8), paired and alone: no UTF-8, so they decode to U+FFFD."""
    return page(body="<p>A pair \ud83d\ude00 and one alone \ud800 here.</p>").encode("utf-8", "surrogatepass")


@hostile("read")
def mixed_encodings(chance: Random) -> bytes:
    """UTF-8, and one paragraph each in windows-1252, windows-1251, Shift_JIS and UTF-16 within it."""
    extra = (("Café “naïve”", "cp1252"), ("Совет города", "cp1251"), ("港の橋の修理", "shift_jis"), ("quay", "utf-16"))
    parts = b"".join(b"<p>" + text.encode(codec) + b"</p>" for text, codec in extra)
    return page().encode().replace(b"</article>", parts + b"</article>")


@hostile("read")
def broken_utf8(chance: Random) -> bytes:
    """Overlong forms, cut sequences, bytes over F4 and stray continuations, between the paragraphs."""
    bad = b"\xc0\xaf \xe0\x80\xaf \xf0\x80\x80\xaf \xf5\x90\x80\x80 \xff\xfe \x80\xbf \xe2\x82 \xf0\x9f\x98"
    return page().encode().replace(b"</p>", bad + b"</p>", 3)


@hostile("either")
def meta_charset_utf7(chance: Random) -> bytes:
    """<meta charset="utf-7"> and +ADw-script+AD4-."""
    return page(body="<p>+ADw-script+AD4-alert(1)+ADw-/script+AD4-</p>").replace('"utf-8"', '"utf-7"').encode()


@hostile("reject")
def png_bytes(chance: Random) -> bytes:
    """The beginning of a PNG, then noise."""
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x04\x00\x00\x00\x03\x00\x08\x02" + chance.randbytes(2000)


@hostile("reject")
def noise(chance: Random) -> bytes:
    """Random bytes."""
    return chance.randbytes(400)


@hostile("either", article=True)
def png_in_the_page(chance: Random) -> bytes:
    """The article, then noise inside a paragraph."""
    return page().encode().replace(b"</article>", b"<p>" + chance.randbytes(20) + b"</article>")


@hostile("reject")
def nothing(chance: Random) -> bytes:
    """No bytes at all."""
    return b""


@hostile("reject")
def blanks(chance: Random) -> bytes:
    """White space of eight kinds."""
    return "".join(chance.choices(" \t\n\r\f\u00a0\u2003\u3000", k=2000)).encode()


@hostile("read")
def bidi_and_zero_width(chance: Random) -> bytes:
    """A zero-width or bidi character behind every letter of one paragraph, and alone in another."""
    odd = "\u200b\u200c\u200d\u2060\ufeff\u202a\u202e\u2066\u2069\u00ad"
    text = "".join(letter + chance.choice(odd) for letter in TEXT[1])
    flood = "".join(chance.choices(odd, k=50))
    return page(body=f"<p>{flood}</p>").replace(TEXT[1], text).encode()
