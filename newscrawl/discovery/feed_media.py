"""Media elements within the entries of a feed, out of its text: feedparser takes their links for the entry's."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TAG = re.compile(
    r"<(?P<end>/?)(?:(?P<entry>(?:[\w.-]{1,40}:)?(?:item|entry))|(?P<name>media:(?:content|group|player)|enclosure|image))"
    r"(?=[\s/>])[^<>]{0,4000}>",
    re.IGNORECASE,
)


def without_media(text: str) -> str:
    """The feed without what media elements hold within its entries; one pass, whatever lacks its end stays."""
    if "media:" not in text and "<image" not in text and "<enclosure" not in text:
        return text
    kept: list[str] = []
    at = 0
    for start, end in _spans(text):
        kept.append(text[at:start])
        at = end
    return "".join([*kept, text[at:]]) if kept else text


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where an element's content stands, tags left out."""
    is_within, opened, start = False, "", 0
    for tag in _TAG.finditer(text):
        name = (tag["name"] or "").lower()
        if tag["entry"]:
            is_within, opened = not tag["end"], ""
        elif not tag["end"] and is_within and not opened and not tag[0].endswith("/>"):
            opened, start = name, tag.end()
        elif tag["end"] and name == opened:
            yield start, tag.start()
            opened = ""
