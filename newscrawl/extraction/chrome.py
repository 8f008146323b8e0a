"""Chrome: what stands around a story on its page. Taken out of the tree before its blocks are judged."""

from __future__ import annotations

from collections.abc import Iterable

from newscrawl.document import Block, Document
from newscrawl.extraction.boxes import HEADINGS
from newscrawl.extraction.features import key
from newscrawl.extraction.metadata import Metadata
from newscrawl.extraction.wording import wording

LONG = 80
"""Characters from which a block with few links counts as text of a story."""

REST = 0.15
"""Share of the story's length that may follow an appeal for donations which ends it. A Related box stands in mid-story
as often as below it: ending the story there cost .008 of news F1 on dev."""


def take_out_chrome(document: Document, metadata: Metadata, provenance_blocks: Iterable[Block]) -> None:
    """Takes out the printed headline, share rows, the lines about republication, and what follows a line that ends
    the story."""
    blocks = document.blocks
    for block in provenance_blocks:
        _take_out_after(blocks, block)
        block.take_out("provenance")
    section = key(metadata.section or "")
    for index, block in enumerate(blocks):
        if block.taken is None and len(block.text) < LONG:
            said = wording(block.text, metadata.language)
            if said is not None and said.category == "share":
                block.take_out("share")
            elif section and key(block.text) == section and block.tag not in HEADINGS:
                block.take_out("section")
            elif said is not None and said.category == "donation" and _is_over(blocks, index, REST):
                _take_out_all(blocks[index:], "after_appeal")
    if metadata.title_block is not None:
        metadata.title_block.take_out("title")


def _take_out_after(blocks: list[Block], line: Block) -> None:
    """Where most of the page's long text stands before the line, the story is over and the rest is chrome."""
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
