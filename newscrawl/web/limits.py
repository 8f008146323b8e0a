"""Limits of a page, checked on its bytes before any parser or regex sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newscrawl.web.nesting import nesting, without_scripts


@dataclass(frozen=True, slots=True)
class Limits:
    """What a page may be at most. Real pages of the evaluation set stay within a third of each."""

    bytes: int = 10 * 2**20
    """Size of the page."""
    tags: int = 100_000
    """Number of tags."""
    attributes: int = 2_000
    """Attributes of one tag."""
    depth: int = 900
    """Nesting of elements."""


_OPEN_OR_CLOSE = re.compile(
    rb"<(/?)(div|span|section|table|ul|ol|li|blockquote|font|b|i|em|strong|a|p|center|td|tr)\b", re.I
)

_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")


def excess(html: bytes, limits: Limits) -> str | None:
    """The reason why the page is over a limit, None where it is within all. Linear in the page's size.

    The text of scripts holds no tags: a page that seems to be over a limit is asked again without them.
    """
    if len(html) > limits.bytes:
        return "too_large"
    return _excess(without_scripts(html), limits) if _excess(html, limits) else None


def _excess(html: bytes, limits: Limits) -> str | None:
    if html.count(b"<") > limits.tags:
        return "too_many_tags"
    pieces = html.split(b"<")
    least = 4 * limits.attributes  # bytes of so many attributes
    if max(map(len, pieces)) > least and any(
        len(piece) > least and _attributes(piece) > limits.attributes for piece in pieces
    ):
        return "too_many_attributes"
    if html.count(b"<div") + html.count(b"<span") > limits.depth and _depth(html) > limits.depth:
        return "too_deep" if nesting(html) > limits.depth else None
    return None


def _attributes(piece: bytes) -> int:
    """About how many attributes the tag at the start of the piece has; scripts and text have no tag there."""
    if not piece[:1].isalpha() or piece[:6].lower() == b"script":
        return 0
    return len(_QUOTED.sub(b"", piece.partition(b">")[0]).split())


def _depth(html: bytes) -> int:
    """Upper bound of the nesting of elements that need an end tag."""
    depth = deepest = 0
    for match in _OPEN_OR_CLOSE.finditer(html):
        if match[1]:
            depth = max(0, depth - 1)
        else:
            depth += 1
            deepest = max(deepest, depth)
    return deepest
