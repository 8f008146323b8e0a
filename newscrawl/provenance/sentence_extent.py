"""How much of its block a sentence about republication takes with it: what belongs to it, or the whole block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from newscrawl.provenance.phrasebook import Hit
from newscrawl.web.page_blocks import Block

REAL = 120
"""Characters beside the sentence that make the block a paragraph of the story; what is shorter goes with it."""
SHORT = 40
"""A sentence that short at the block's edge belongs to the notice: "Editor's note.", "Read it here."."""

HEADING = 4
"""Words of a sentence before the notice that is its heading: "Editor's note."."""
LEAST = 20
"""Characters before the notice that are a sentence of the story and stay."""

_END = re.compile(r"[.!?…][\"'”’»)\]]{0,3}\s|[。！？][”」』）]{0,3}")

Span = tuple[int, int]


def extent(block: Block, hit: Hit) -> Span:
    """Start and end of the notice in the block's text; all of it where nothing of the story would be left.

    After the sentence go those with a link or with the publisher's name: "X is a nonprofit newsroom."
    """
    spans = _sentences(block.text)
    first = max(at for at, span in enumerate(spans) if span[0] <= hit.start)
    last = max(at for at, span in enumerate(spans) if span[0] < max(hit.end, hit.start + 1))
    while last + 1 < len(spans) and _belongs(block, spans, last + 1, hit.name):
        last += 1
    if first == 1 and len(block.text[slice(*spans[0])].split()) <= HEADING:
        first = 0
    start, end = spans[first][0], spans[last][1]
    if len(block.text) - end < (REAL if start < LEAST else SHORT):
        end = len(block.text)
    return (0 if start < LEAST else start, end) if end - start < len(block.text) else (0, len(block.text))


def _sentences(text: str) -> list[Span]:
    """The sentences with the blank behind them; an abbreviation cuts one in two."""
    ends = [match.end() for match in _END.finditer(text)]
    borders = [0, *(end for end in ends if end < len(text)), len(text)]
    return list(pairwise(borders))


def _belongs(block: Block, spans: Sequence[Span], at: int, name: str | None) -> bool:
    start, end = spans[at]
    sentence = block.text[start:end]
    is_last_words = at == len(spans) - 1 and end - start < SHORT
    return is_last_words or bool(name and name in sentence) or any(link.text in sentence for link in block.links)
