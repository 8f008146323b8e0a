"""Sketches: what is kept of a text, and the bytes of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.stories.figures import figures
from newscrawl.stories.sketches import sketch, unpack


@given(st.text(max_size=2000))
def test_bytes_hold_what_is_compared(text: str) -> None:
    made = sketch(text)
    assert unpack(made.size, made.pack(), made.pack_figures()) == made.stored()


def test_the_bytes_never_change() -> None:
    made = sketch("one “two three four five six” and 7,500")
    assert (made.pack().hex(), made.pack_figures().hex()) == ("c4a53d3d5edb40e5ed28458d", "3e20")


def test_a_sketch_of_an_older_newscrawl_knows_no_quotations() -> None:
    """It used the bit that now marks them."""
    assert unpack(2, bytes.fromhex("c4a53d3d5edb")).quoted == frozenset()


def test_figures_are_those_of_every_house_style() -> None:
    assert figures("12,500 of 3.5 at 7:30") == figures("12.500 and 3.5 and 7:30") == figures("12'500, 3.5; 7:30.")
    assert figures("in 2025") != figures("in 2026")
    assert figures("none") == frozenset()
