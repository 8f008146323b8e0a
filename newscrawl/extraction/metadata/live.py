"""Live blogs, told without JSON-LD: by what their entries are called, or by a headline that says so above times."""

from __future__ import annotations

import re

from newscrawl.web.document import Document
from newscrawl.web.text import fold

ENTRIES = 3
"""Entries from which a page is a live blog; a box beside an article shows one or two."""

_CALLED = (
    "live-post liveblog-post live-blog-post liveblog-entry live-blog-entry liveticker-entry ticker-entry live-update"
    " live-entry liveblog-item live-blog-item ticker-item liveblog__post live__post"
).split()
_HOLDERS = frozenset("div article section li".split())
_TITLES = (
    "as it happened|live updates|live:|- live|live blog|liveblog|live-blog|liveticker|live-ticker|newsblog|im ticker"
    "|en direct|minuto a minuto|en directo|última hora|in diretta|la diretta|ao vivo|na żywo|relacja live"
    "|онлайн-трансляция|прямой эфир|canlı anlatım|実況|文字直播"
).split("|")
_CLOCK = re.compile(r"\W*\d{1,2}[:.h]\d\d(?:\s?(?:Uhr|h|[ap]\.?m\.?|[A-Z]{2,4}))?\W*", re.IGNORECASE)


def is_live_blog(document: Document) -> bool:
    """Whether the page is a live blog by what it prints."""
    title = fold((document.first_meta("og:title") or document.tree.findtext(".//title") or "")[:500]).casefold()
    says_so = any(phrase in title for phrase in _TITLES)
    if sum(node.tag in _HOLDERS for node in document.elements.having("class", _is_entry)) >= ENTRIES:
        return True
    times = sum(len(block.text) <= 20 and _CLOCK.fullmatch(block.text) is not None for block in document.blocks)
    return says_so and times >= ENTRIES


def _is_entry(classes: str) -> bool:
    return ("live" in classes or "ticker" in classes) and any(name in classes for name in _CALLED)
