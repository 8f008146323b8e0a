"""The verdict on pages written from a list of signals and traps, in fourteen languages: floors that only rise."""

from __future__ import annotations

from tests.provenance.blind_pages import cases, tally

# First measured before anything was mended for them: precision .861, recall .567, 8 of 190 look-alikes, links 17 of 19.
PRECISION, RECALL, FALSE, URLS = 0.99, 0.98, 0, 17


def test_the_figures_do_not_fall() -> None:
    count = tally(cases("*.toml"))
    assert (count.positives, count.negatives, count.urls) == (208, 190, 19)
    assert count.precision >= PRECISION, count.wrong
    assert count.recall >= RECALL, count.wrong
    assert count.false <= FALSE, count.wrong
    assert count.urls_right >= URLS, count.wrong
