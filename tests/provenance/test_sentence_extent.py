"""A sentence about republication within a paragraph goes alone; a line that says nothing else goes whole."""

from __future__ import annotations

import pytest
from lxml.html import tostring

from newscrawl.items import Article, Page
from newscrawl.reading.read_page import read_page

from .conftest import page

URL = "https://www.port.example/a/storm"
BEFORE = (
    "The stones were laid in 1911 and have been mended twice, the harbour master said, but never has so much of the"
    " pier been carried off in a single night as on that Sunday."
)
AFTER = (
    "The council will hear the engineers on Thursday and expects a bill of several millions, for which no money has"
    " been set aside in the budget of the coming year."
)
LINK = "https://gull.example/2026/11/storm-shuts-northern-pier"
NOTICE = f"This story was originally published by <a href='{LINK}'>The Gull</a>."


def body(paragraph: str) -> list[str]:
    document = page(url=URL, last=f"<p>{paragraph}</p>")
    answer = read_page(tostring(document.tree), Page(url=URL, requested_url=URL, fetched_at="2026-11-23T00:00:00Z"))
    assert isinstance(answer, Article), answer
    assert answer.originally_appeared_on is not None
    assert answer.originally_appeared_on.url == LINK
    return answer.body.split("\n\n")


@pytest.mark.parametrize(
    ("paragraph", "left"),
    [
        (f"{BEFORE} {NOTICE}", BEFORE),
        (f"{NOTICE} {AFTER}", AFTER),
        (f"{BEFORE} {NOTICE} {AFTER}", f"{BEFORE} {AFTER}"),
        (f"{BEFORE}\n  <em>{NOTICE}</em>\n {AFTER}", f"{BEFORE} {AFTER}"),
        (f"{BEFORE} {NOTICE} The Gull is a newsroom that lives on gifts.", BEFORE),
        (f"{BEFORE} {NOTICE} Read it <a href='https://gull.example/'>here</a>.", BEFORE),
    ],
)
def test_the_neighbours_of_the_sentence_stay(paragraph: str, left: str) -> None:
    lines = body(paragraph)
    assert lines[-1] == left
    assert len(lines) == 7


@pytest.mark.parametrize(
    "paragraph", [NOTICE, f"Editor's note. {NOTICE}", f"{NOTICE} Sign up for its letter, free of charge."]
)
def test_a_line_that_says_nothing_else_goes_whole(paragraph: str) -> None:
    assert len(body(paragraph)) == 6
