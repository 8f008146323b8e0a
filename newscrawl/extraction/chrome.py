"""Chrome: what stands around a story on its page. Taken out of the tree before trafilatura's core."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newscrawl.document import Block, Document
from newscrawl.extraction.features import HEADINGS, key
from newscrawl.extraction.metadata import Metadata

LONG = 80
"""Characters from which a block with few links counts as text of a story."""

_SHARE = re.compile(
    r"(?:share|tweet|pin|email|print|teilen|partager|compartir|condividi|delen|partilhar)\b.{0,12}\b"
    r"(?:on|via|by|auf|sur|en|su|op|no)?\s{0,2}(?:facebook|twitter|x|linkedin|pinterest|telegram|e-?mail|reddit|whatsapp|bluesky|mastodon)\W{0,3}$",
    re.IGNORECASE,
)


def take_out_chrome(document: Document, metadata: Metadata, provenance_blocks: Iterable[Block]) -> None:
    """Takes out the printed headline, share rows, the lines about republication, and what follows a line that ends the story."""
    blocks = document.blocks
    lines = list(provenance_blocks)
    for block in lines:
        _take_out_after(blocks, block)
        block.take_out("provenance")
    section = key(metadata.section or "")
    for block in blocks:
        if block.taken is None and len(block.text) < LONG:
            if _SHARE.match(block.text):
                block.take_out("share")
            elif section and key(block.text) == section and block.tag not in HEADINGS:
                block.take_out("section")
    if metadata.title_block is not None:
        metadata.title_block.take_out("title")


def _take_out_after(blocks: list[Block], line: Block) -> None:
    """Where most of the page's long text stands before the line, the story is over and the rest is chrome."""
    at = next(index for index, block in enumerate(blocks) if block is line)
    if _is_over(blocks, at):
        for block in blocks[at + 1 :]:
            block.take_out("after_story")


def _is_over(blocks: list[Block], at: int) -> bool:
    return 2 * _story_length(blocks[at + 1 :]) < _story_length(blocks[:at])


def _story_length(blocks: Iterable[Block]) -> int:
    return sum(len(block.text) for block in blocks if len(block.text) >= LONG and block.link_share < 0.5)
