"""Cleaning of what markup and JSON give as text."""

from __future__ import annotations

import html
import re

from newscrawl.web.text import fold

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_WORD = re.compile(r"\w+")


def plain(value: str | None, limit: int) -> str:
    """One line of text, at most `limit` characters: entities of double escaping ("Biden&amp;#8217;s") and tags out."""
    text = (value or "")[: 4 * limit]
    for _ in range(2):
        text = html.unescape(text) if "&" in text else text
    if "<" in text:
        text = _TAG.sub(" ", text)
    return fold(text.replace("\u00ad", ""))[:limit].rstrip()


def key(text: str) -> str:
    """The text's words, case folded: by it two sources are held to say the same."""
    return " ".join(_WORD.findall(text.casefold()))
