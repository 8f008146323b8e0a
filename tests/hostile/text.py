"""Hostile text: bytes that are no text, one endless line, entities, and runs that make patterns go quadratic."""

from __future__ import annotations

from random import Random

from .table import TEXT, count, hostile, page


def _paragraph(run: str) -> bytes:
    return page(body=f"<p>{run}</p>").encode()


@hostile("either")
def one_line_of_50_mb(chance: Random, scale: float) -> bytes:
    """A paragraph of 50 MB on one line: lxml gives up at 10 MB of text without a word (empty result)."""
    return _paragraph("calm at sea " * count(scale, 4_200_000))


@hostile("either", article=True)
def one_word_of_5_mb(chance: Random, scale: float) -> bytes:
    """A word of 5 MB."""
    return _paragraph("a" * count(scale, 5_000_000))


@hostile("either", article=True)
def many_entities(chance: Random, scale: float) -> bytes:
    """A million entities: known, unknown, without a semicolon, numeric over U+10FFFF, surrogates and NUL."""
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
    return _paragraph("".join(chance.choices(kinds, k=count(scale, 1_000_000))))


@hostile("either", article=True)
def long_entity(chance: Random, scale: float) -> bytes:
    """One entity whose name or number has 1 MB."""
    return _paragraph(f"&{'a' * count(scale, 500_000)}; &#{'1' * count(scale, 500_000)};")


@hostile("either", article=True)
def double_escaped(chance: Random, scale: float) -> bytes:
    """ "&amp;amp;amp;...lt;", 100,000 levels: unescaping until nothing changes is quadratic."""
    return _paragraph(f"&{'amp;' * count(scale, 100_000)}lt;script&gt;")


@hostile("either")
def billion_laughs(chance: Random, scale: float) -> bytes:
    """XHTML with a DOCTYPE of nine nested entities, ten each, used in the title and the text."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "lol">{levels}]>'
    return page(doctype=doctype, body="<p>&l9;</p>" * count(scale, 10)).encode()


@hostile("read")
def external_entity(chance: Random, scale: float) -> bytes:
    """XHTML whose DOCTYPE declares file:///etc/passwd, used in a paragraph: no line of that file may come out."""
    doctype = '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return page(doctype=doctype, body="<p>&x;</p>").encode()


@hostile("read")
def nul_bytes(chance: Random, scale: float) -> bytes:
    """A NUL behind every tenth letter of the text: the words have to survive."""
    text = "".join(letter + "\x00" * (place % 10 == 9) for place, letter in enumerate(TEXT[0]))
    return page().replace(TEXT[0], text).encode()


@hostile("either")
def nul_flood(chance: Random, scale: float) -> bytes:
    """5 MB of NUL before the article."""
    return bytes(count(scale, 5_000_000)) + page().encode()


@hostile("read")
def control_characters(chance: Random, scale: float) -> bytes:
    """Every control character, C0 and C1, noncharacters, and private use, in title, byline and text."""
    odd = "".join(map(chr, (*range(1, 9), 11, 12, *range(14, 32), *range(127, 160), 0xFDD0, 0xFFFE, 0xFFFF, 0xE000)))
    return page(body=f"<p>{odd * count(scale, 100)} and the tide.</p>").replace("</h1>", f"{odd}</h1>").encode()


@hostile("read")
def lone_surrogates(chance: Random, scale: float) -> bytes:
    """Surrogates as UTF-8 would write them (CESU-8), paired and alone: no UTF-8, so they decode to U+FFFD."""
    return page(body="<p>A pair \ud83d\ude00 and one alone \ud800 here.</p>").encode("utf-8", "surrogatepass")


@hostile("read")
def mixed_encodings(chance: Random, scale: float) -> bytes:
    """UTF-8, and one paragraph each in windows-1252, windows-1251, Shift_JIS and UTF-16 within it."""
    extra = (("Café “naïve”", "cp1252"), ("Совет города", "cp1251"), ("港の橋の修理", "shift_jis"), ("quay", "utf-16"))
    parts = b"".join(b"<p>" + text.encode(codec) + b"</p>" for text, codec in extra)
    return page().encode().replace(b"</article>", parts + b"</article>")


@hostile("read")
def broken_utf8(chance: Random, scale: float) -> bytes:
    """Overlong forms, cut sequences, bytes over F4 and stray continuations, between the paragraphs."""
    bad = b"\xc0\xaf \xe0\x80\xaf \xf0\x80\x80\xaf \xf5\x90\x80\x80 \xff\xfe \x80\xbf \xe2\x82 \xf0\x9f\x98"
    return page().encode().replace(b"</p>", bad + b"</p>", 3)


@hostile("either")
def meta_charset_utf7(chance: Random, scale: float) -> bytes:
    """<meta charset="utf-7"> and +ADw-script+AD4-."""
    return page(body="<p>+ADw-script+AD4-alert(1)+ADw-/script+AD4-</p>").replace('"utf-8"', '"utf-7"').encode()


@hostile("either")
def many_charsets(chance: Random, scale: float) -> bytes:
    """10,000 charset declarations that differ."""
    names = ("utf-8", "utf-16", "ebcdic-us", "hex", "rot13", "idna", "punycode", "undefined", "unicode_escape", "mbcs")
    return page(head="".join(f'<meta charset="{chance.choice(names)}">' for _ in range(count(scale, 10_000)))).encode()


@hostile("reject")
def png_bytes(chance: Random, scale: float) -> bytes:
    """The beginning of a PNG, then 500 KB of noise."""
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x04\x00\x00\x00\x03\x00\x08\x02" + chance.randbytes(
        count(scale, 500_000)
    )


@hostile("reject")
def noise(chance: Random, scale: float) -> bytes:
    """1 MB of random bytes."""
    return chance.randbytes(count(scale, 1_000_000))


@hostile("either", article=True)
def png_in_the_page(chance: Random, scale: float) -> bytes:
    """The article, then 300 KB of noise inside a paragraph."""
    return page().encode().replace(b"</article>", b"<p>" + chance.randbytes(count(scale, 300_000)) + b"</article>")


@hostile("reject")
def nothing(chance: Random, scale: float) -> bytes:
    """No bytes at all."""
    return b""


@hostile("reject")
def blanks(chance: Random, scale: float) -> bytes:
    """5 MB of white space of eight kinds."""
    return "".join(chance.choices(" \t\n\r\f\u00a0\u2003\u3000", k=count(scale, 2_500_000))).encode()


BAIT = {
    "spaces": " ", "nbsp": "\u00a0 ", "newlines": " \n", "tabs": "\t ", "mail": "a@", "mail-dots": "a@a.", "dots": ".",
    "hyphens": "-", "hyphens-spaced": " - ", "digits": "1", "digit-dots": "1.", "dates": "01/01/", "colons": "00:",
    "dot-spaces": ". ", "commas": "a, ", "quotes": '"', "apostrophes": "'", "parentheses": "(", "brackets": "[",
    "braces": "{{", "slashes": "/", "urls": "http://", "www": "www.", "capitals": "A ", "initials": "A. ",
    "by": "by By BY ", "and": " and", "underscores": "_", "stars": "*", "hashes": "#", "percent": "%2",
    "copyright": "© ", "dashes": "— ", "agency": "(AP) ", "published": "originally published ", "backslashes": "\\",
    "ampersands": "&", "semicolons": ";", "equals": "=", "pipes": " | ", "guillemets": "» ", "zwj": "\u200d",
}  # fmt: skip
"""What is repeated, by the pattern that it baits: for trimming, addresses, dates, bylines, sentences, URLs, titles."""


@hostile("either", article=True)
def pattern_bait(chance: Random, scale: float) -> bytes:
    """Runs of 60 KB, forty kinds, each in a paragraph of its own and ended by a letter that spoils the match."""
    size = count(scale, 60_000)
    return page(body="".join(f"<p>{(unit * size)[:size]}x</p>" for unit in BAIT.values())).encode()


@hostile("either", article=True)
def pattern_bait_everywhere(chance: Random, scale: float) -> bytes:
    """One run of 200 KB in the byline, the date, the description, the canonical link and a paragraph."""
    size = count(scale, 200_000)
    unit = chance.choice([unit for unit in BAIT.values() if '"' not in unit])
    run = (unit * size)[:size] + "x"
    head = "".join(f'<meta name="{name}" content="{run}">' for name in ("description", "author", "date"))
    made = page(head=f'{head}<link rel="canonical" href="https://news.example/{run}">', body=f"<p>{run}</p>")
    return made.replace("By Ida", f"By {run} Ida").replace("16 November", f"{run} November").encode()


@hostile("either", article=True)
def combining_marks(chance: Random, scale: float) -> bytes:
    """One letter with 300,000 combining marks, out of order: normalisation sorts them."""
    marks = "".join(chance.choices("\u0301\u0323\u0327\u0334\u035c", k=count(scale, 300_000)))
    return _paragraph(f"a{marks}")


@hostile("read")
def bidi_and_zero_width(chance: Random, scale: float) -> bytes:
    """A zero-width or bidi character behind every letter of one paragraph, and 100,000 in another."""
    odd = "\u200b\u200c\u200d\u2060\ufeff\u202a\u202e\u2066\u2069\u00ad"
    text = "".join(letter + chance.choice(odd) for letter in TEXT[1])
    flood = "".join(chance.choices(odd, k=count(scale, 100_000)))
    return page(body=f"<p>{flood}</p>").replace(TEXT[1], text).encode()


@hostile("either", article=True)
def repeated_paragraph(chance: Random, scale: float) -> bytes:
    """The same paragraph 20,000 times: comparing each with each is 2 * 10^8 comparisons."""
    return page(body=f"<p>{TEXT[2]}</p>" * count(scale, 20_000)).encode()


@hostile("either", article=True)
def nearly_repeated_title(chance: Random, scale: float) -> bytes:
    """20,000 blocks that are the title but for one letter: bait for fuzzy comparison with the title."""
    title = "Ferry to Kettlewick sails again after nine weeks"
    place = lambda: chance.randrange(len(title))  # noqa: E731
    blocks = "".join(f"<p>{title[: (at := place())]}x{title[at + 1 :]}</p>" for _ in range(count(scale, 20_000)))
    return page(body=blocks).encode()
