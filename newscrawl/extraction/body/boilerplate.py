"""Boilerplate: what stands around a story on its page. Taken out of the tree before its blocks are judged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml.etree import XPath
from lxml.html import HtmlElement

from newscrawl.extraction.blocks.page_layout import HEADINGS
from newscrawl.extraction.body.biographies import take_out_biographies
from newscrawl.extraction.body.offers import take_out_offers
from newscrawl.extraction.metadata import Metadata
from newscrawl.extraction.wording import wording
from newscrawl.web.document import Document
from newscrawl.web.elements import Elements
from newscrawl.web.page_blocks import Block
from newscrawl.web.text import squash

LONG = 80
"""Characters from which a block with few links counts as text of a story."""

REST = 0.15
"""Share of the story's length that may follow an appeal for donations which ends it. A Related box stands in mid-story
as often as below it: ending the story there cost .008 of news F1 on dev."""


_NAMED = re.compile("comment").search
_HEADLINE = XPath("boolean(.//h1)")
_COMMENTS = re.compile(
    "(?:post-)?comments?(?:[-_]?(?:list|body|content|text|area|section|container|wrapper))?|respond", re.IGNORECASE
)
"""What readers' comments are named in class and id, most of all by WordPress. On the development pages .99 of the
text in such elements is none of the story's."""


def remove_boilerplate(document: Document, metadata: Metadata, provenance_blocks: Iterable[Block]) -> None:
    """Takes out the printed headline, share rows, readers' comments, the lines about republication, and what follows
    a line that ends the story."""
    blocks = document.blocks
    comments = {node for box in _comments(document.elements) for node in box.iter()}
    _take_out_all((block for block in blocks if block.container in comments), "comments")
    for block in provenance_blocks:
        _take_out_after(blocks, block)
        block.take_out("provenance")
    if take_out_offers(blocks, metadata.title_block):
        document.warnings.add("paywall")
    take_out_biographies(blocks)
    section = squash(metadata.section or "")
    for index, block in enumerate(blocks):
        if block.taken is None and len(block.text) < LONG:
            said = wording(block.text, metadata.language)
            if said is not None and said.category == "share":
                block.take_out("share")
            elif section and block.squashed == section and block.tag not in HEADINGS:
                block.take_out("section")
            elif said is not None and said.category == "donation" and _is_over(blocks, index, REST):
                _take_out_all(blocks[index:], "after_appeal")
    if metadata.title_block is not None:
        metadata.title_block.take_out("title")


def _comments(elements: Elements) -> Iterator[HtmlElement]:
    """The elements that hold readers' comments."""
    found = (
        *elements.having("class", _NAMED),
        *elements.having("id", _NAMED),
        *elements.having("id", "respond".__eq__),
    )
    for node in dict.fromkeys(found):
        names = f"{node.get('class', '')} {node.get('id', '')}".split()
        if any(map(_COMMENTS.fullmatch, names)) and not _HEADLINE(node):
            yield node


def _take_out_after(blocks: list[Block], line: Block) -> None:
    """Where most of the page's long text stands before the line, the story is over and the rest is boilerplate."""
    at = next(index for index, block in enumerate(blocks) if block is line)
    if _is_over(blocks, at, 0.5):
        _take_out_all(blocks[at + 1 :], "after_story")


def _is_over(blocks: list[Block], at: int, rest: float) -> bool:
    """Whether what follows has less than this share of the story's length."""
    return _story_length(blocks[at + 1 :]) < rest * _story_length(blocks[:at])


def _take_out_all(blocks: Iterable[Block], rule: str) -> None:
    for block in blocks:
        if block.taken is None:
            block.take_out(rule)


def _story_length(blocks: Iterable[Block]) -> int:
    return sum(len(block.text) for block in blocks if len(block.text) >= LONG and block.link_share < 0.5)
