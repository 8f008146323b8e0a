"""Parts cut out of a block: from its text, its links and the tree, whatever elements the text is spread over."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.web.document import Document, parse
from newscrawl.web.page_blocks import Block
from newscrawl.web.text import fold

HTML = "<p> One  <b>two <a href='/x'>three</a>\n four</b>\u200b five &amp; <i>six</i> </p><p>Next</p>"


def block(html: str = HTML) -> tuple[Document, Block]:
    document = parse(html.encode(), "https://a.example/")
    assert isinstance(document, Document)
    return document, document.blocks[0]


@given(st.integers(0, 27), st.integers(1, 28))
def test_tree_and_text_lose_the_same(start: int, length: int) -> None:
    document, cut = block()
    text = cut.text
    assert text == "One two three four five & six"
    end = min(len(text), start + length)
    assert cut.cut(start, end) == text[start:end].strip()
    without = text[:start] + text[end:]
    in_tree = document.tree.findall(".//p")[0].text_content()
    assert "".join(fold(in_tree).split()) == "".join(cut.text.split()) == "".join(without.split())
    assert document.tree.findall(".//p")[1].text_content() == "Next"


def test_a_link_goes_with_its_text() -> None:
    _, cut = block()
    cut.cut(4, 7)
    assert [link.text for link in cut.links] == ["three"]
    cut.cut(cut.text.index("three"), cut.text.index("four"))
    assert (cut.text, cut.links) == ("One four five & six", [])


def test_parts_of_a_block_are_cut_from_behind() -> None:
    _, cut = block()
    assert [cut.cut(24, 29), cut.cut(4, 7)] == ["& six", "two"]
    assert cut.text == "One three four five"
