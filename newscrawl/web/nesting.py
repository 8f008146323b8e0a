"""How deep a page's elements nest, told on its bytes as the parser will nest them; what is too deep can be cut out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

TEXT_WITHIN = 500
"""Bytes of text that have to stand within the limit for a page to be read without what is deeper."""

_SCRIPT = re.compile(rb"<(script|style|textarea)\b|<!--", re.IGNORECASE)
_TAGS = re.compile(
    rb"<(/?)(div|span|section|article|aside|details|table|ul|ol|li|dl|dd|dt|blockquote|font|b|i|em|strong|a|p|center"
    rb"|td|tr)\b[^<>]{0,5000}>",
    re.IGNORECASE,
)
_CLOSED_BY = {
    b"p": (b"p",), b"div": (b"p",), b"section": (b"p",), b"article": (b"p",), b"aside": (b"p",), b"table": (b"p",),
    b"ul": (b"p",), b"ol": (b"p",), b"dl": (b"p",), b"blockquote": (b"p",), b"center": (b"p",),
    b"li": (b"p", b"li"), b"dd": (b"p", b"dd", b"dt"), b"dt": (b"p", b"dd", b"dt"),
    b"td": (b"p", b"td"), b"tr": (b"p", b"td", b"tr"),
}  # fmt: skip
"""Which open elements an element ends, whose end tags HTML lets pages leave out."""


def without_scripts(html: bytes) -> bytes:
    """The page without scripts, styles and comments, whose text holds no tags; from one without an end on, nothing."""
    lower = html.lower()
    kept: list[bytes] = []
    at = 0
    while found := _SCRIPT.search(html, at):
        kept.append(html[at : found.start()])
        end = b"</" + found[1].lower() if found[1] else b"-->"
        if (at := lower.find(end, found.end())) < 0:
            return b"".join(kept)
        at += len(end)
    return b"".join([*kept, html[at:]])


def nesting(html: bytes) -> int:
    """The deepest nesting of elements."""
    return max((depth for depth, _, _ in _walk(html)), default=0)


def cut_to(html: bytes, limit: int) -> bytes | None:
    """The page without what nests deeper; None where too little text stands within the limit."""
    kept: list[bytes] = []
    at = text = 0
    is_within, last = True, 0
    for depth, start, end in _walk(html):
        if is_within:
            text += len(html[last:start].strip())
        last = end
        if is_within and depth > limit:
            kept.append(html[at:start])
            is_within = False
        elif not is_within and depth <= limit:
            at, is_within = end, True
    kept.append(html[at:] if is_within else b"")
    return b"".join(kept) if text >= TEXT_WITHIN else None


def _walk(html: bytes) -> Iterator[tuple[int, int, int]]:
    """The depth behind each tag, and where it stands."""
    open_elements: list[bytes] = []
    number: Counter[bytes] = Counter()
    for tag in _TAGS.finditer(html):
        name = tag[2].lower()
        if not tag[1]:
            while open_elements and open_elements[-1] in _CLOSED_BY.get(name, ()):
                number[open_elements.pop()] -= 1
            open_elements.append(name)
            number[name] += 1
        elif number[name]:
            while (closed := open_elements.pop()) != name:
                number[closed] -= 1
            number[name] -= 1
        yield len(open_elements), tag.start(), tag.end()
