"""Live blogs: what stands between the headline and the first entry is the article's, too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from newscrawl.extraction.metadata.fields import Metadata
from newscrawl.extraction.wording import wording
from newscrawl.web.page_blocks import Block

LEAST = 40
"""Characters of a line of the intro."""
MOST = 8
"""Lines of an intro."""
_ENTRY = re.compile(
    r"live[-_]?(?:blog)?[-_]*(?:post|entry|item|update|event|card|message)|ticker[-_]*(?:entry|item|post|event|meldung)"
    r"|timeline[-_]*(?:item|entry|post)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\W*\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?(?:Uhr|h|am|pm|a\.m\.|p\.m\.|[A-Z]{2,4}))?\W*", re.IGNORECASE)


def with_intro(chosen: list[Block], judged: Sequence[Block], metadata: Metadata) -> list[Block]:
    """The chosen blocks with those between the headline and the first entry of a live blog."""
    if metadata.kind != "live" or not chosen:
        return chosen
    first = next((number for number, block in enumerate(judged) if _opens_entry(block)), len(judged))
    known = set(map(id, chosen))
    above = [block for block in judged[max(0, first - MOST) : first] if _is_prose(block, metadata)]
    return [block for block in above if id(block) not in known] + chosen


def _is_prose(block: Block, metadata: Metadata) -> bool:
    text = block.text
    is_line = len(text) >= LEAST and block.link_share < 0.5 and text not in (metadata.byline, metadata.title)
    return is_line and text[-1] in '.!?…:。"”»' and wording(text, metadata.language) is None


def _opens_entry(block: Block) -> bool:
    """Whether a block stands in an entry: by the name of an element around it, or as the time that opens one."""
    if len(block.text) <= 20 and _CLOCK.fullmatch(block.text):
        return True
    node: HtmlElement | None = block.container
    for _ in range(5):
        if node is None:
            return False
        if _ENTRY.search(node.get("class") or ""):
            return True
        node = node.getparent()
    return False
