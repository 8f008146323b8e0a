"""Sketches: estimates of containment and spread, and their bytes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.stories.sketches import overlap, sketch, unpack

Prose = Callable[..., str]


@given(st.text(max_size=2000))
def test_bytes_hold_what_is_compared(text: str) -> None:
    made = sketch(text)
    kept = unpack(made.size, made.pack())
    assert kept == type(made)(made.size, tuple(shingle & 0xFFFFFF00 for shingle in made.hashes))


def test_the_bytes_never_change() -> None:
    assert sketch("one two three four five six").pack().hex() == "c4a53c3d5edb"


@pytest.mark.parametrize("words", [60, 200, 500, 3000])
def test_a_half_stands_whole_in_its_text(prose: Prose, words: int) -> None:
    text = prose(1, words)
    assert overlap(sketch(text[: len(text) // 2]), sketch(text)) == (1.0, 1.0)
    assert overlap(sketch(text), sketch(text[: len(text) // 2])) == (1.0, 1.0)


def test_strangers_share_nothing(prose: Prose) -> None:
    assert overlap(sketch(prose(1)), sketch(prose(2))) == (0.0, 0.0)
    assert overlap(sketch(prose(1)), sketch("")) == (0.0, 0.0)


def test_containment_is_estimated_across_densities(prose: Prose) -> None:
    """A text of 120 words is sampled whole, one of 2,000 by an eighth."""
    shared = prose(1, 60)
    share, _ = overlap(sketch(f"{shared} {prose(2, 60)}"), sketch(f"{prose(3, 1900)} {shared}"))
    assert 0.3 < share < 0.65


def test_spread_tells_a_block_from_a_text_told_otherwise(prose: Prose) -> None:
    words = prose(1, 600).split()
    block = " ".join(words[:240]) + " " + prose(2, 360)
    strewn = " ".join(" ".join(words[at : at + 24]) + " " + prose(at, 36) for at in range(0, 600, 60))
    (block_share, block_spread), (strewn_share, strewn_spread) = (
        overlap(sketch(copy), sketch(" ".join(words))) for copy in (block, strewn)
    )
    assert 0.25 < block_share < 0.55
    assert 0.25 < strewn_share < 0.55
    assert block_spread <= 0.5
    assert strewn_spread >= 0.8
