"""Overlap: estimates of containment and spread, and what quotations count."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from newscrawl.stories.overlap import Overlap, overlap
from newscrawl.stories.sketches import sketch

Prose = Callable[..., str]


def compare(one: str, other: str) -> Overlap:
    found = overlap(sketch(one).stored(), sketch(other).stored())
    assert found is not None
    return found


@pytest.mark.parametrize("words", [60, 200, 500, 3000])
def test_a_half_stands_whole_in_its_text(prose: Prose, words: int) -> None:
    text = prose(1, words)
    found = compare(text[: len(text) // 2], text)
    assert (found.share, found.contained, found.spread, found.evidence, found.outside) == (1, 1, 1, 1, 1)
    assert 0.35 < found.contains < 0.65
    turned = compare(text, text[: len(text) // 2])
    assert (turned.contained, turned.contains) == (found.contains, found.contained)


def test_strangers_share_nothing(prose: Prose) -> None:
    assert overlap(sketch(prose(1)).stored(), sketch(prose(2)).stored()) is None
    assert overlap(sketch(prose(1)).stored(), sketch("").stored()) is None


def test_containment_is_estimated_across_densities(prose: Prose) -> None:
    """A text of 120 words is sampled whole, one of 2,000 by an eighth."""
    shared = prose(1, 60)
    assert 0.3 < compare(f"{shared} {prose(2, 60)}", f"{prose(3, 1900)} {shared}").share < 0.65


def test_spread_tells_a_block_from_a_text_told_otherwise(prose: Prose) -> None:
    words = prose(1, 600).split()
    block = compare(" ".join(words[:240]) + " " + prose(2, 360), " ".join(words))
    pieces = (" ".join(words[at : at + 24]) + " " + prose(at, 36) for at in range(0, 600, 60))
    strewn = compare(" ".join(pieces), " ".join(words))
    assert 0.25 < block.share < 0.55
    assert 0.25 < strewn.share < 0.55
    assert block.spread <= 0.5
    assert strewn.spread >= 0.8


@pytest.mark.parametrize(
    ("mine", "theirs", "least", "most"),
    [("{}", "{}", 0.45, 0.6), ("“{}”", "{}", 0.2, 0.35), ("“{}”", "«{}»", 0.0, 0.1)],
    ids=["outside", "quoted in one", "quoted in both"],
)
def test_quotations_count_little(prose: Prose, mine: str, theirs: str, least: float, most: float) -> None:
    shared = prose(1, 100)
    found = compare(f"{prose(2, 100)} {mine.format(shared)}", f"{prose(3, 100)} {theirs.format(shared)}")
    assert 0.4 < found.share < 0.6
    assert least <= found.evidence <= most


def test_what_is_no_evidence_is_left_out(prose: Prose) -> None:
    box = sketch(prose(9, 100)).stored()
    one, other = (sketch(f"{prose(seed, 100)} {prose(9, 100)}").stored() for seed in (1, 2))
    assert overlap(one, other) is not None
    assert overlap(one, other, frozenset(box.hashes)) is None
