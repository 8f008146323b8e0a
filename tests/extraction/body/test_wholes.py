"""Tables are kept or left as wholes, and no text stands twice."""

from __future__ import annotations

from newscrawl.extraction.body.wholes import each_once, tables_as_wholes
from newscrawl.items import Article, Page, ReadingOptions
from newscrawl.reading.read_page import read_page
from newscrawl.web.document import Document, parse

PARAGRAPHS = [
    f"In parish number {number} the votes for the new ferry were counted by hand until late on Sunday evening, again."
    for number in range(1, 9)
]
ROWS = [("Parish", "Yes", "No")] + [
    (f"Parish {number}", str(100 + number), str(90 - number)) for number in range(1, 60)
]
TABLE = "<table>" + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS) + "</table>"
URL = "https://ystrand.example/2026/03/04/how-the-parishes-voted-on-the-ferry"


def page(middle: str) -> str:
    """A story with something in its middle."""
    texts = [f"<p>{text}</p>" for text in PARAGRAPHS]
    head = (
        "<title>How the parishes voted on the ferry</title><meta property=og:type content=article>"
        '<meta property="article:published_time" content="2026-03-04T08:30:00Z">'
    )
    body = f"<article><h1>How the parishes voted on the ferry</h1>{''.join(texts[:4])}{middle}{''.join(texts[4:])}"
    return f"<html lang=en><head>{head}</head><body>{body}</article></body></html>"


def read(html: str, options: ReadingOptions | None = None) -> Article:
    """The record of the page."""
    found = read_page(
        html.encode(),
        Page(url=URL, requested_url=URL, content_type="text/html; charset=utf-8", fetched_at="2026-03-05T00:00:00Z"),
        options=options or ReadingOptions(),
    )
    assert isinstance(found, Article)
    return found


def document(html: str) -> Document:
    """The parsed page."""
    parsed = parse(html.encode(), URL)
    assert isinstance(parsed, Document)
    return parsed


def test_a_table_in_the_story_is_printed_row_by_row() -> None:
    lines = read(page(TABLE)).body.split("\n\n")
    assert [line for line in lines if " | " in line] == [" | ".join(row) for row in ROWS]


def test_cells_that_hold_paragraphs_are_cells() -> None:
    html = page(TABLE.replace("<td>", "<td><p>").replace("</td>", "</p></td>"))
    assert "Parish 7 | 107 | 83" in read(html).body.split("\n\n")


def test_a_table_is_kept_or_left_whatever_its_cells_say_one_by_one() -> None:
    parsed = document(page(TABLE))
    kept = [block for block in parsed.blocks if block.tag == "p"]
    cells = [block for block in parsed.blocks if block.tag == "td"]
    for likely, whole in ((0.25, True), (0.1, False)):
        judged = dict.fromkeys(kept, 0.9) | dict.fromkeys(cells[:40], likely)
        chosen = tables_as_wholes(parsed.tree, parsed.blocks, [*kept, cells[3]], judged)
        assert {cell in chosen for cell in cells} == {whole}
        assert [block for block in chosen if block.tag == "p"] == kept


def test_a_table_that_lays_out_the_page_is_judged_block_by_block() -> None:
    rows = "".join(f"<tr><td>{text * 2}</td></tr>" for text in PARAGRAPHS)
    parsed = document(f"<html><body><table>{rows}</table></body></html>")
    blocks = parsed.blocks
    assert tables_as_wholes(parsed.tree, blocks, blocks[:3], dict.fromkeys(blocks, 0.1)) == blocks[:3]


def test_a_text_that_is_printed_for_desktop_and_phone_stands_once() -> None:
    html = page("").replace("<article>", f"<article><div class=phone>{PARAGRAPHS[1].join(('<p>', '</p>'))}</div>")
    body = read(html).body
    assert body.count(PARAGRAPHS[1]) == 1


def test_a_short_refrain_stays() -> None:
    blocks = document(page("<p>Yes.</p>" + "<p>The ferry stays.</p>" * 3)).blocks
    assert [block.text for block in each_once(blocks)].count("The ferry stays.") == 3


def test_trafilatura_alone_where_that_is_wanted() -> None:
    found = read(page(""), ReadingOptions(extractor="trafilatura"))
    assert found.extraction.method == "trafilatura"
    assert found.body.split("\n\n") == PARAGRAPHS
