"""The figures in a text: a template's reports share all but these, copies of one story share these too."""

from __future__ import annotations

import re
from zlib import crc32

from newscrawl.stories.shingles import MAX_CHARACTERS

MOST = 24
"""Figures of a text that are kept: those with the smallest hashes, so that two texts keep the same ones."""
FEW = 3
"""Figures that both texts must have for a comparison."""

_FIGURE = re.compile(r"\d+(?:[.,:'’]\d+)*")
_THOUSANDS = re.compile(r"[.,'’](?=\d{3}(?!\d))")


def figures(text: str) -> frozenset[int]:
    """Hashes of 16 bits of a text's figures, thousands separators left out."""
    found = {_THOUSANDS.sub("", figure) for figure in _FIGURE.findall(text[:MAX_CHARACTERS])}
    return frozenset(sorted({crc32(figure.encode()) & 0xFFFF for figure in found})[:MOST])


def common(one: frozenset[int], other: frozenset[int]) -> float | None:
    """Share of the figures of the text with fewer that the other has too; None where there are hardly any."""
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer >= FEW else None
