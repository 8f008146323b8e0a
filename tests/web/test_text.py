"""A text on one line, and as letters and digits alone."""

from __future__ import annotations

import re

import pytest

from newscrawl.web.text import fold, squash


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (None, ""),
        (" Storm \n\t warning\xa0today ", "Storm warning today"),
        ("har\xadbour\u200bmaster\ufeff", "harbour master"),
        ("\u202aGale\u202c  \u2060", "Gale"),
        ("Größe\x01", "Größe\x01"),
    ],
)
def test_white_space_and_unseen_signs_are_folded(text: str | None, line: str) -> None:
    assert fold(text) == line


@pytest.mark.parametrize(
    "text", ["", "Gale_force 9: “Straße” — 強風２級", "İzmir's ½ m² ١٢٣", "ﬁve \U0001f3f4 \U00010400"]
)
def test_letters_and_digits_alone_are_what_a_regex_finds(text: str) -> None:
    assert squash(text) == re.sub(r"[\W_]+", "", text.casefold())
