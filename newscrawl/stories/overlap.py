"""How two texts overlap: containment both ways, what of it is no quotation, how it is spread, what else they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newscrawl.stories.figures import common
from newscrawl.stories.sketches import SPACE, Sketch

ONCE, QUOTED = 0.4, 0.05
"""What a shingle counts as evidence that one text is made of the other: 1 outside quotations, 0.4 where it is
quoted in one of the two alone (a long excerpt, or a statement whose marks were lost), 0.05 where it is quoted in both,
or quoted and not shared. From a fifth to a half, and from 0.02 to 0.1, the read pairs of eval/reprints fall apart."""
LEAST = 0.1
"""The share of the shorter text below which two texts are nothing to each other."""
TOUCHED = 0.2
"""Share of a tenth of a text that must stand in another for the tenth to count as shared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """What two texts have in common, estimated on the sampled shingles; each share 0 to 1."""

    size: int
    """Shingles of the shorter text, without those that are no evidence."""
    contained: float
    """How much of the first text stands in the second."""
    contains: float
    """How much of the second text stands in the first."""
    outside: float
    """How much of the shorter text both have outside quotations."""
    evidence: float
    """How much of the shorter text stands in the other, quotations counting little (see ONCE)."""
    spread: float
    """Share of the shorter text's tenths that have something of the other: a copy told otherwise shares a little
    everywhere, what both print under their texts is a block."""
    figures: float | None
    """Share of the figures of the text with fewer that the other has too; None where there are hardly any."""

    @property
    def share(self) -> float:
        """How much of the shorter text stands in the other. Not Jaccard: a copy with an introduction of its own and a
        copy cut to half are both whole in one another."""
        return max(self.contained, self.contains)


def overlap(one: Sketch, other: Sketch, ignored: frozenset[int] = frozenset()) -> Overlap | None:
    """Compares two stored sketches, some shingles being no evidence; None where they share less than LEAST."""
    every = max(one.every, other.every)
    mine, theirs = _sampled(one, every, ignored), _sampled(other, every, ignored)
    shorter, longer, sketch = (mine, theirs, one) if len(mine) <= len(theirs) else (theirs, mine, other)
    shared = frozenset(longer).intersection(shorter)
    if len(shared) < max(1, LEAST * len(shorter)):
        return None
    both = len(one.quoted & other.quoted & shared)
    outside = len(shared) - both - len((one.quoted ^ other.quoted) & shared)
    quoted = len(sketch.quoted.intersection(shorter) - shared)
    weight = outside + ONCE * (len(shared) - outside - both) + QUOTED * both
    against = len(shorter) - len(shared) - (1 - QUOTED) * quoted
    return Overlap(
        size=len(shorter) * every,
        contained=len(shared) / len(mine),
        contains=len(shared) / len(theirs),
        outside=outside / len(shorter),
        evidence=weight / (weight + against),
        spread=_spread(shorter, shared),
        figures=common(one.figures, other.figures),
    )


def _sampled(sketch: Sketch, every: int, ignored: frozenset[int]) -> Sequence[int]:
    sampled = sketch.hashes if sketch.every == every else sketch.below(SPACE // every)
    return [shingle for shingle in sampled if shingle not in ignored] if ignored else sampled


def _spread(shorter: Sequence[int], shared: frozenset[int]) -> float:
    marks = [shingle in shared for shingle in shorter]
    parts = min(10, len(marks))
    tenths = (marks[len(marks) * at // parts : len(marks) * (at + 1) // parts] for at in range(parts))
    return sum(sum(tenth) >= len(tenth) * TOUCHED for tenth in tenths) / parts
