"""Who published first, on one story told in many ways: look-alikes and sources that the rules were not written for."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from tests.provenance.test_written import LOW, RATES, rates, scored
from tests.provenance.written import half, plain
from tests.provenance.written_mixed import pages

FLOORS = {"A": (0.86, 0.8, 0.85, 0.09, 0.03, 0.01), "B": (0.9, 0.86, 0.9, 0.06, 0.03, 0.01)}
"""By half, in the order of RATES: floors a page under what is read now, ceilings a page above it."""


@pytest.mark.parametrize("which", ["A", "B"])
def test_origins_are_read_as_well_as_before(which: str) -> None:
    found = rates(counted(which))
    worse = {
        name: (found[name], limit)
        for name, limit in zip(RATES, FLOORS[which], strict=True)
        if (found[name] > limit if name in LOW else found[name] < limit)
    }
    assert worse == {}


def test_the_pages_say_what_their_gold_says() -> None:
    for language, number, _, html, gold in pages():
        shown = plain(html.decode().split("</head>")[1])
        assert gold.stay in shown, (language, number)
        assert [leak for leak in gold.leaks if leak not in shown or leak in gold.stay] == [], (language, number)


@cache
def counted(which: str) -> Counter[str]:
    """What is counted over a half."""
    scores = [scored(html, url, gold) for _, number, url, html, gold in pages() if half(number) == which]
    return sum(scores, Counter[str]())
