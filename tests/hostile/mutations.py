"""Mutations of a good page, for fuzzing: small damage of the kinds that networks, templates and editors do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random

Mutate = Callable[[bytes, Random], bytes]

TAG = re.compile(rb"<[^<>]{1,2000}>")
ATTRIBUTE = re.compile(rb"""\s[a-zA-Z:-]{1,40}=(?:"[^"<>]{0,500}"|'[^'<>]{0,500}')""")
CHARSETS = (b"utf-8", b"windows-1252", b"windows-1251", b"utf-16", b"shift_jis", b"utf-7", b"zlib", b"", b"klingon")
WRAPS = (b"div", b"span", b"a", b"table", b"p", b"noscript", b"script", b"template", b"svg", b"select", b"article")
TOKENS = (
    b"<!--", b"-->", b"<script>", b"</script>", b"<", b">", b'"', b"'", b"&", b"\x00", b"\xff", b"]]>", b"<![CDATA[",
    b"\\u0000", b"}", b"{", b"[", b"&#0;", b"&lt;", b"</html>", b"\xed\xa0\x80", b"\xe2\x80\xae", b"<plaintext>",
)  # fmt: skip


def _spot(html: bytes, chance: Random) -> int:
    return chance.randrange(len(html) + 1)


def _span(html: bytes, chance: Random, longest: int = 4000) -> tuple[int, int]:
    start = _spot(html, chance)
    return start, min(len(html), start + chance.randrange(1, longest))


def _tag(html: bytes, chance: Random) -> tuple[int, int]:
    """A tag somewhere behind a random place; an empty span at that place where there is none."""
    start = _spot(html, chance)
    found = TAG.search(html, start, start + 20_000)
    return found.span() if found else (start, start)


def flip_bytes(html: bytes, chance: Random) -> bytes:
    """1 to 20 bytes become others."""
    data = bytearray(html)
    for _ in range(chance.randrange(1, 21) if data else 0):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def delete_tags(html: bytes, chance: Random) -> bytes:
    """1 to 10 tags go, opening or closing."""
    for _ in range(chance.randrange(1, 11)):
        start, end = _tag(html, chance)
        html = html[:start] + html[end:]
    return html


def truncate(html: bytes, chance: Random) -> bytes:
    """The end goes."""
    return html[: _spot(html, chance)]


def behead(html: bytes, chance: Random) -> bytes:
    """The beginning goes."""
    return html[_spot(html, chance) :]


def delete_span(html: bytes, chance: Random) -> bytes:
    """Up to 4,000 bytes go."""
    start, end = _span(html, chance)
    return html[:start] + html[end:]


def duplicate_span(html: bytes, chance: Random) -> bytes:
    """Up to 4,000 bytes stand there 2 to 20 times."""
    start, end = _span(html, chance)
    return html[:end] + html[start:end] * chance.randrange(1, 20) + html[end:]


def move_span(html: bytes, chance: Random) -> bytes:
    """Up to 4,000 bytes stand elsewhere."""
    start, end = _span(html, chance)
    rest = html[:start] + html[end:]
    place = _spot(rest, chance)
    return rest[:place] + html[start:end] + rest[place:]


def swap_attributes(html: bytes, chance: Random) -> bytes:
    """Two attributes change places."""
    found = list(ATTRIBUTE.finditer(html))
    if len(found) < 2:
        return html
    one, two = sorted(chance.sample(found, 2), key=lambda match: match.start())
    return html[: one.start()] + two[0] + html[one.end() : two.start()] + one[0] + html[two.end() :]


def empty_attributes(html: bytes, chance: Random) -> bytes:
    """1 to 10 attributes lose their value."""
    for _ in range(chance.randrange(1, 11)):
        start = _spot(html, chance)
        if found := ATTRIBUTE.search(html, start, start + 20_000):
            html = html[: found.start()] + found[0].split(b"=")[0] + b'=""' + html[found.end() :]
    return html


def wrap(html: bytes, chance: Random) -> bytes:
    """Everything from one tag on is wrapped 1 to 300 deep, and closed at the end or not at all."""
    name, depth = chance.choice(WRAPS), chance.choice((1, 3, 30, 300))
    start, _ = _tag(html, chance)
    closing = b"</%s>" % name * depth if chance.random() < 0.5 else b""
    return html[:start] + b"<%s>" % name * depth + html[start:] + closing


def lie_about_charset(html: bytes, chance: Random) -> bytes:
    """The declared charset becomes another, or one is declared at the top."""
    name = chance.choice(CHARSETS)
    changed, number = re.subn(rb"(?i)charset=([\"']?)[a-z0-9_-]{1,40}", rb"charset=\g<1>" + name, html, count=1)
    return changed if number else b'<meta charset="' + name + b'">' + html


def transcode(html: bytes, chance: Random) -> bytes:
    """The bytes are written in another encoding than the page declares."""
    text = html.decode("utf-8", "replace")
    return text.encode(chance.choice(("utf-16", "cp1252", "cp1251", "shift_jis", "utf-8-sig")), "replace")


def insert_tokens(html: bytes, chance: Random) -> bytes:
    """1 to 10 tokens that mean something to a parser stand where they should not."""
    for _ in range(chance.randrange(1, 11)):
        place = _spot(html, chance)
        html = html[:place] + chance.choice(TOKENS) + html[place:]
    return html


def break_json(html: bytes, chance: Random) -> bytes:
    """A byte of a JSON-LD block goes, is doubled, or becomes a quote."""
    begin = html.find(b"ld+json")
    end = html.find(b"</script", begin)
    if begin < 0 or end <= begin:
        return insert_tokens(html, chance)
    place = chance.randrange(begin, end)
    return html[:place] + chance.choice((b"", html[place : place + 1] * 2, b'"', b"\\", b"\n")) + html[place + 1 :]


def rename_tags(html: bytes, chance: Random) -> bytes:
    """Every tag of one kind becomes another kind."""
    old, new = chance.sample((b"p", b"div", b"article", b"h1", b"span", b"a", b"section", b"main", b"script", b"li"), 2)
    return re.sub(rb"(</?)" + old + rb"\b", rb"\g<1>" + new, html)


MUTATIONS: tuple[Mutate, ...] = (
    flip_bytes, delete_tags, truncate, behead, delete_span, duplicate_span, move_span, swap_attributes,
    empty_attributes, wrap, lie_about_charset, transcode, insert_tokens, break_json, rename_tags,
)  # fmt: skip


def mutations(html: bytes, seed: int = 0) -> Iterator[bytes]:
    """Mutants of a page without end (take them by itertools.islice): each has one to four kinds of damage. The same
    page and seed give the same mutants, and none is longer than three pages and 200 KB."""
    chance = Random(f"mutations/{seed}")
    while True:
        mutant = html
        for mutate in chance.sample(MUTATIONS, chance.choice((1, 1, 2, 3, 4))):
            mutant = mutate(mutant, chance)
        yield mutant
