"""Sketches: a fixed share of a text's shingles, enough to tell how much of one text stands in another (FracMinHash)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from newscrawl.stories.figures import figures
from newscrawl.stories.shingles import marked

SPACE = 2**32
MIN_SIZE = 20
"""Shingles of the shortest text that is compared."""
DENSEST = 144
"""A text of so many shingles is kept whole, of twice as many by half, of four times by a quarter, else by an eighth."""
SPARSEST = 8
DROPPED = 9
"""Lower bits of a hash that are not stored and not compared: a byte, and the bit that marks a quoted shingle."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A sample of a text's shingles: those whose hash is below 2**32 / every, so that any two can be compared."""

    size: int
    """Number of different shingles in the text."""
    hashes: tuple[int, ...]
    """The sampled hashes, in the text's order."""
    quoted: frozenset[int] = frozenset()
    """Those of them, as stored (see kept), that stand in a quotation."""
    figures: frozenset[int] = frozenset()
    """Hashes of the text's figures."""

    @property
    def every(self) -> int:
        """One shingle in so many is sampled."""
        return _every(self.size)

    def below(self, limit: int) -> list[int]:
        """The sampled hashes below a limit."""
        return [shingle for shingle in self.hashes if shingle < limit]

    def stored(self) -> Sketch:
        """The sketch as it comes back from the disk."""
        return Sketch(self.size, tuple(map(kept, self.hashes)), self.quoted, self.figures)

    def pack(self) -> bytes:
        """The upper 23 bits of each hash and whether it is quoted: enough to compare two texts, and less on disk."""
        marks = np.fromiter((kept(shingle) in self.quoted for shingle in self.hashes), np.uint32, len(self.hashes))
        whole = np.array(self.hashes, np.uint32) >> DROPPED << DROPPED | marks << (DROPPED - 1)
        return whole.astype(">u4").view(np.uint8).reshape(-1, 4)[:, :3].tobytes()

    def pack_figures(self) -> bytes:
        """Two bytes a figure."""
        return np.array(sorted(self.figures), ">u2").tobytes()


def sketch(text: str) -> Sketch:
    """The sketch of an article's body; the same for the same text on every machine and in every version of Python."""
    found, quoted = marked(text)
    size = len(set(found))
    limit = SPACE // _every(size)
    sampled = [pair for pair in zip(found, quoted, strict=True) if pair[0] < limit]
    firsts = dict(reversed(sampled))  # a shingle that returns is quoted where it stands first
    inside = frozenset(kept(shingle) for shingle, is_quoted in firsts.items() if is_quoted)
    return Sketch(size, tuple(dict.fromkeys(shingle for shingle, _ in sampled)), inside, figures(text))


def kept(shingle: int) -> int:
    """The shingle's hash as a stored sketch gives it back."""
    return shingle >> DROPPED << DROPPED


def unpack(size: int, packed: bytes, packed_figures: bytes | None = None) -> Sketch:
    """The sketch that `pack` and `pack_figures` made, the lower bits of each hash being 0.

    Without figures it is one of an older newscrawl, which used the bit of the mark for the hash.
    """
    whole = np.zeros((len(packed) // 3, 4), np.uint8)
    whole[:, :3] = np.frombuffer(packed, np.uint8).reshape(-1, 3)
    with_marks = whole.view(">u4")[:, 0].astype(np.uint32)
    hashes = with_marks >> DROPPED << DROPPED
    if packed_figures is None:
        return Sketch(size, tuple(hashes.tolist()))
    quoted = hashes[with_marks & (1 << (DROPPED - 1)) > 0]
    of_text = frozenset(np.frombuffer(packed_figures, ">u2").tolist())
    return Sketch(size, tuple(hashes.tolist()), frozenset(quoted.tolist()), of_text)


def _every(size: int) -> int:
    every = 1
    while every < SPARSEST and size > DENSEST * every:
        every *= 2
    return every
