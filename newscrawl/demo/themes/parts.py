"""Pieces that several publishing systems share: page templates, the line about the original, plain pages."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from newscrawl.demo.markup import block_html, inline
from newscrawl.demo.outlets import origin_url
from newscrawl.demo.story import SampleStory

_PICTURE = re.compile(r"!\[([^\]]{1,300})\]\(([a-z0-9-]{1,60})\)")


def page(theme: str, **fields: str) -> str:
    """A whole page: the theme's template with its fields filled, which are HTML."""
    return _template(theme).substitute(fields)


@cache
def _template(theme: str) -> Template:
    return Template((Path(__file__).parent / f"{theme}.html").read_text(encoding="utf-8"))


def origin_line(story: SampleStory, place: str) -> str:
    """The line about the original as inner HTML, where the story has it in this place; else ""."""
    if story.origin is None or story.origin.line is None or story.origin.place != place:
        return ""
    return inline(story.origin.line.replace("{url}", origin_url(story) or ""))


def body_html(story: SampleStory) -> str:
    """The story's text, with the lines that stand in its container above and below."""
    above, below = origin_line(story, "above"), origin_line(story, "below")
    blocks = [f"<p><em>{above}</em></p>"] if above else []
    blocks += map(block_html, story.body)
    blocks += [f"<p>{inline(story.notice)}</p>"] if story.notice else []
    blocks += [f"<p>{below}</p>"] if below else []
    return "\n".join(blocks)


def plain_html(blocks: list[str], search: str) -> str:
    """The blocks of a page that is no story; `search` is the label of the button of its form."""
    return "\n".join(_plain_block(block, search) for block in blocks)


def _plain_block(block: str, search: str) -> str:
    if found := _PICTURE.fullmatch(block):
        caption, name = escape(found[1]), found[2]
        return f'<figure><img src="/media/{name}.svg" alt="{caption}"><figcaption>{caption}</figcaption></figure>'
    if block == "[search]":
        return f'<form action="" method="get"><input type="search" name="q"> <button>{escape(search)}</button></form>'
    return block_html(block)
