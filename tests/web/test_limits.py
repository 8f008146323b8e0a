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


STORY = "<p>The river rose by forty centimetres, and the weir was shut for a week and a day.</p>" * 12


@pytest.mark.parametrize(
    "script",
    [
        "for(i=0;i<f.length;i++){" + "a b " * 20_000 + "}",
        "if(a<b&&c){" + "x=1; " * 20_000 + "}",
        "'<div>'" * 60_000,
        "'<p " + "a=1 " * 9_000 + ">'",
    ],
)
@pytest.mark.parametrize("tag", ["script", "style", "textarea", "SCRIPT"])
def test_the_text_of_a_script_holds_no_tags(script: str, tag: str) -> None:
    html = f"<html><body>{STORY}<{tag}>{script}</{tag}></body></html>".encode()
    assert excess(html, Limits()) is None


@pytest.mark.parametrize(
    "comments",
    [
        "<div><span>x</span></div>" * 1_000 + "<ul>" + "<li><p>A comment" * 2_000 + "</ul>",
        "<div></div>" * 1_000 + "<dl>" + "<dt>Ann<dd>A comment" * 2_000 + "</dl>",
        "<div></div>" * 1_000 + "<table>" + "<tr><td>A comment" * 2_000 + "</table>",
        "<div></div>" * 1_000 + "<p>A comment" * 2_000,
    ],
)
def test_end_tags_that_may_be_left_out_make_no_page_deep(comments: str) -> None:
    html = f"<html><body>{STORY}{comments}</body></html>".encode()
    assert excess(html, Limits()) is None
    document = parse(html, "https://a.example/")
    assert isinstance(document, Document)
    assert len(document.blocks) > 1_000


@pytest.mark.parametrize(
    "reply", ["<div>{}</div>", "<ul><li><div>{}</div></li></ul>", "<div><p>Reply</p><div>{}</div></div>"]
)
def test_a_deep_tree_of_comments_costs_no_article(reply: str) -> None:
    opened, closed = reply.partition("{}")[::2]
    html = f"<html><body><h1>Weir shut</h1>{STORY}{opened * 1_500}x{closed * 1_500}<footer>End</footer></body></html>"
    document = parse(html.encode(), "https://a.example/")
    assert isinstance(document, Document)
    texts = [block.text for block in document.blocks]
    assert (texts[0], texts[-1]) == ("Weir shut", "End")
