"""What trafilatura's choice of the text says of each block: whether it took the block, those around it and its
groups."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from newscrawl.extraction.blocks.boxes import Floats
from newscrawl.extraction.blocks.context import moved
from newscrawl.extraction.blocks.groups import Groups
from newscrawl.web.page_blocks import Block

SECOND_OPINION_NAMES: tuple[str, ...] = tuple(
    "taken taken-2 taken-1 taken+1 taken+2 taken_around5 from_first_taken to_last_taken taken_before taken_after"
    " page_taken parent_taken shape_taken shape_mass".split()
)
"""Names of the columns of `second_opinion_columns`."""

_FAR = 30.0


def second_opinion_columns(blocks: Sequence[Block], taken: Sequence[bool]) -> Floats:
    """A row for each block of the page. `taken`: whether trafilatura took it for the text."""
    length, groups = np.array([len(block.text) for block in blocks], float), Groups.of(blocks)
    count, chosen = len(taken), np.array(taken, float)
    at, where = np.arange(count), np.flatnonzero(chosen)
    first, last = (int(where[0]), int(where[-1])) if len(where) else (0, -1)
    text = chosen * length
    mass = np.cumsum(text)
    whole = max(1.0, float(text.sum()))
    columns = [
        chosen,
        *(moved(chosen, step, 0.0) for step in (-2, -1, 1, 2)),
        np.convolve(chosen, np.ones(11))[5 : count + 5] / 11,
        np.clip(at - first, -_FAR, _FAR),
        np.clip(last - at, -_FAR, _FAR),
        (mass - text) / whole,
        1 - mass / whole,
        np.full(count, np.log1p(whole)),
        (np.bincount(groups.parents, text) / whole)[groups.parents],
        (np.bincount(groups.shapes, chosen) / np.bincount(groups.shapes))[groups.shapes],
        (np.bincount(groups.shapes, text) / whole)[groups.shapes],
    ]
    return np.column_stack(columns)
