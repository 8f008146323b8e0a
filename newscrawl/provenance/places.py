"""Where on a page a phrase may stand: labels and notes about the text's edges, lines that close the last paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.provenance.article_extent import beside_picture, is_caption, is_comment
from newscrawl.provenance.closing import closing
from newscrawl.provenance.phrasebook import MAX_NOTE, Phrase
from newscrawl.provenance.signal import Context
from newscrawl.web.page_blocks import Block

LABEL_BEHIND = 5
"""How many blocks behind the text a label such as "Source: X" may stand; behind it come teasers and boxes."""
MAX_LABEL = 140
NOTE_BEHIND = 9
"""The same for a note: the row of buttons that share the story stands between."""
FIRST = 35
"""Characters of a line between headline and text that is no paragraph: date, byline, share row."""
_BOX = re.compile(r"note|callout|infobox|credit|source|republi|syndicat|disclaimer|partner", re.I)


def starts(block: Block, index: int, phrase: Phrase, context: Context) -> Iterator[int]:
    """Where in the block the phrase may begin: at its start, a line or label also where a last paragraph closes."""
    layout = context.layout
    placed = {"label": _is_label_place, "note": _is_note_place, "opening": _is_opening}.get(phrase.position)
    if placed is None or placed(block, index, context):
        yield 0
    last = layout.is_last(index, 2)
    if phrase.position not in ("line", "label") or not last or not (start := closing(block.text)):
        return
    if phrase.position == "label" or block.text[start] in "([（":
        yield start


def _is_opening(_block: Block, index: int, context: Context) -> bool:
    """Whether the block is the story's first paragraph."""
    first = context.layout.headline + 1
    before = context.blocks[first:index]
    return first <= index <= max(first + 8, context.layout.start) and all(len(one.text) < FIRST for one in before)


def _is_label_place(block: Block, index: int, context: Context) -> bool:
    """Whether a label there speaks of the story: beside the headline, or at the text's end, and of no picture."""
    layout = context.layout
    near = layout.headline - 2 <= index <= layout.start + 1 or any(
        end - 2 <= index <= end + LABEL_BEHIND for end in (layout.end, layout.story_end)
    )
    return near and len(block.text) <= MAX_LABEL and not is_caption(block) and not beside_picture(block)


def _is_note_place(block: Block, index: int, context: Context) -> bool:
    """Whether a short block there speaks of the story: about the text's edges, or in a box within the text."""
    layout = context.layout
    if len(block.text) > MAX_NOTE or not layout.headline - 2 <= index <= layout.end + NOTE_BEHIND:
        return False
    if layout.start + 1 < index < min(layout.end, layout.story_end) - 3:
        nodes = [node for node in (block.container, block.container.getparent()) if node is not None]
        if not any(node.tag == "aside" or _BOX.search(node.get("class") or "") for node in nodes):
            return False
    return not is_caption(block) and not is_comment(block)
