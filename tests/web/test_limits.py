"""A page just over each limit is refused by its name, a page just within is not; limits are set low here."""

from __future__ import annotations

import pytest

from newscrawl.web.document import Document, parse
from newscrawl.web.limits import Limits, excess

LOW = Limits(bytes=2_000, tags=60, attributes=10, depth=5)


def page(inside: str) -> bytes:
    return f"<html><body>{inside}</body></html>".encode()


OVER = {
    "too_large": page("x" * 2_000),
    "too_many_tags": page("<br>" * 60),
    "too_many_attributes": page(f"<p {' '.join(f'data-a{n}=1' for n in range(11))}>x</p>"),
    "too_deep": page("<div>" * 6 + "x" + "</div>" * 6),
}
WITHIN = (
    page("x" * 1_900),
    page("<br>" * 50),
    page(f"<p {' '.join(f'data-a{n}=1' for n in range(9))}>x</p>"),
    page("<div>" * 5 + "x" + "</div>" * 5),
)


@pytest.mark.parametrize("reason", OVER)
def test_a_page_over_a_limit_is_refused_unparsed(reason: str) -> None:
    assert excess(OVER[reason], LOW) == reason
    assert parse(OVER[reason], "https://a.example/", limits=LOW) == reason


@pytest.mark.parametrize("html", WITHIN)
def test_a_page_within_them_is_parsed(html: bytes) -> None:
    assert isinstance(parse(html, "https://a.example/", limits=LOW), Document)


def test_the_limit_of_depth_is_one_that_the_parser_keeps() -> None:
    """A page of the greatest depth allowed keeps its innermost text."""
    depth = Limits().depth - 10
    document = parse(page("<div>" * depth + "innermost" + "</div>" * depth), "https://a.example/")
    assert isinstance(document, Document)
    assert "innermost" in document.tree.text_content()
    assert parse(page("<div>" * (depth + 20) + "x"), "https://a.example/") == "too_deep"
