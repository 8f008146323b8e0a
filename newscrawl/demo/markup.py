"""The small text markup of the stories, as HTML and as plain text."""

from __future__ import annotations

import re
from html import escape

_LINK = re.compile(r"\[([^\]\[]{1,200})\]\(([^()\s]{1,300})\)")


def inline(text: str) -> str:
    """A line as HTML: characters escaped, [text](url) a link."""
    return _LINK.sub(r'<a href="\2">\1</a>', escape(text, quote=False))


def plain(block: str) -> str:
    """A block as the record's body has it: links are their text, sub-headings and quotes lose their marks."""
    return _LINK.sub(r"\1", block.removeprefix("## ").removeprefix("> "))


def block_html(block: str) -> str:
    """A block of a story as the element that most publishing systems make of it."""
    if block.startswith("## "):
        return f"<h2>{inline(block[3:])}</h2>"
    if block.startswith("> "):
        return f"<blockquote><p>{inline(block[2:])}</p></blockquote>"
    if block.startswith("- "):
        return "<ul>" + "".join(f"<li>{inline(line[2:])}</li>" for line in block.splitlines()) + "</ul>"
    return f"<p>{inline(block)}</p>"
