"""Sketches: a fixed share of a text's shingles, enough to tell how much of one text stands in another (FracMinHash)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from newscrawl.stories.shingles import shingles

SPACE = 2**32
MIN_SIZE = 20
"""Shingles of the shortest text that is compared."""
DENSEST = 144
"""A text of so many shingles is kept whole, of twice as many by half, of four times by a quarter, else by an eighth."""
SPARSEST = 8
DROPPED = 8
"""Lower bits of a hash that are not stored and not compared."""
TOUCHED = 0.2
"""Share of a tenth of a text that must stand in another for the tenth to count as shared."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A sample of a text's shingles: those whose hash is below 2**32 / every, so that any two can be compared."""

    size: int
    """Number of different shingles in the text."""
    hashes: tuple[int, ...]
    """The sampled hashes, in the text's order."""

    @property
    def every(self) -> int:
        """One shingle in so many is sampled."""
        return _every(self.size)

    def below(self, limit: int) -> list[int]:
        """The sampled hashes below a limit."""
        return [shingle for shingle in self.hashes if shingle < limit]

    def stored(self) -> Sketch:
        """The sketch as it comes back from the disk."""
        return Sketch(self.size, tuple(map(kept, self.hashes)))

    def pack(self) -> bytes:
        """The upper three bytes of each hash: enough to compare two texts, and a quarter less on disk."""
        return np.array(self.hashes, ">u4").view(np.uint8).reshape(-1, 4)[:, :3].tobytes()


def sketch(text: str) -> Sketch:
    """The sketch of an article's body; the same for the same text on every machine and in every version of Python."""
    found = shingles(text)
    limit = SPACE // _every(len(found))
    return Sketch(len(found), tuple(shingle for shingle in found if shingle < limit))


def kept(shingle: int) -> int:
    """The shingle's hash as a stored sketch gives it back."""
    return shingle >> DROPPED << DROPPED


def unpack(size: int, packed: bytes) -> Sketch:
    """The sketch that `pack` made, the lowest byte of each hash being 0."""
    whole = np.zeros((len(packed) // 3, 4), np.uint8)
    whole[:, :3] = np.frombuffer(packed, np.uint8).reshape(-1, 3)
    return Sketch(size, tuple(whole.view(">u4")[:, 0].tolist()))


def overlap(one: Sketch, other: Sketch, least: float = 0.0) -> tuple[float, float]:
    """Containment and spread of two texts, each 0 to 1, estimated on the sampled shingles; both sketches stored or new.

    Containment is how much of the shorter text stands in the other. Not Jaccard: a copy with an introduction of its
    own and a copy cut to half are both whole in one another. Spread is the share of the shorter text's tenths that have
    something of it: a copy told otherwise shares a little everywhere, two pieces that quote one speech share a block.
    Below a containment of `least` the spread is not looked at and 0.
    """
    every = max(one.every, other.every)
    shorter, longer = sorted((_sampled(one, every), _sampled(other, every)), key=len)
    known = frozenset(longer)
    share = len(known.intersection(shorter)) / len(shorter) if shorter else 0.0
    return share, _spread(shorter, known) if shorter and share >= least else 0.0


def _sampled(sketch: Sketch, every: int) -> Sequence[int]:
    return sketch.hashes if sketch.every == every else sketch.below(SPACE // every)


def _spread(shorter: Sequence[int], known: frozenset[int]) -> float:
    shared = [shingle in known for shingle in shorter]
    tenths = [shared[len(shared) * at // 10 : len(shared) * (at + 1) // 10] for at in range(10)]
    return sum(sum(tenth) >= len(tenth) * TOUCHED for tenth in tenths if tenth) / 10


def _every(size: int) -> int:
    every = 1
    while every < SPARSEST and size > DENSEST * every:
        every *= 2
    return every
