"""Articles in several parts: which links lead to the next part and which only look so, and the parts as one text."""

from __future__ import annotations

import pytest

from newscrawl.items import Article, Needs, Page, Part, Rejection
from newscrawl.reading.read_page import read_page

FIRST = "https://tide-post.example/series/the-long-ebb"
SENTENCE = (
    "the water left the harbour of Sandrell for the length of a working day, and nobody on the quay had seen it go."
)


def prose(name: str, count: int = 5) -> str:
    return "".join(f"<p>In the {name} chapter, on day {number}, {SENTENCE}</p>" for number in range(count))


def page(name: str = "first", links: str = "", title: str = "The long ebb") -> bytes:
    head = f"<head><title>{title}</title><meta name='description' content='Where the sea went.'></head>"
    article = f"<article><h1>{title}</h1>{prose(name)}</article><div class='pages'>{links}</div>"
    return f"<html>{head}<body>{article}</body></html>".encode()


def read(html: bytes, url: str = FIRST, parts: tuple[tuple[Part, bytes], ...] = (), **known: bool) -> object:
    asked = Page(url=url, requested_url=url, fetched_at="2026-11-23T00:00:00Z", spider="test", **known)
    return read_page(html, asked, parts=parts)


@pytest.mark.parametrize(
    ("first", "href", "label"),
    [
        (FIRST, "/series/the-long-ebb/2", "2"),
        (FIRST, "/series/the-long-ebb/2/", "Next page"),
        (f"{FIRST}/", "2/", "2"),
        (FIRST, "/series/the-long-ebb/page/2/", "»"),
        (FIRST, "?page=2", "2"),
        (f"{FIRST}?id=7", "?id=7&seite=2", "Weiter"),
        (f"{FIRST}.html", "/series/the-long-ebb-2.html", "Seite 2"),
        (f"{FIRST}.html", "/series/the-long-ebb_p2.html", "suivant »"),
        (f"{FIRST}.html", "/series/the-long-ebb,2.html", "2"),
    ],
)
def test_the_next_part_differs_by_its_number_alone(first: str, href: str, label: str) -> None:
    needs = read(page(links=f"<b>1</b> <a href='{href}'>{label}</a> <a href='{href}#c'>3</a>"), first)
    assert isinstance(needs, Needs)
    assert needs.how == "next_part"
    assert needs.url.startswith(first.partition("?")[0].removesuffix(".html").rstrip("/"))


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/series/the-long-ebb/3'>3</a>",
        "<a rel='next' href='/series/the-short-flood'>Next</a>",
        "<a href='/series/the-long-ebb-2'>Two more chapters on where the sea of Sandrell may have gone</a>",
        "<a href='/series/the-long-ebb-2'>Comments</a>",
        "<a href='/series?page=2'>2</a>",
        "<a href='/series/the-long-ebb?commentpage=2'>2</a>",
        "<a href='/series/the-long-ebb/comment-page-2'>2</a>",
        "<a href='?page=2&amp;sort=newest'>2</a>",
        "<a href='https://other.example/series/the-long-ebb/2'>2</a>",
        "<a href='/series/the-long-ebb/2024'>2</a>",
        "<a href='/series/the-long-ebb#2'>2</a>",
    ],
)
def test_other_links_are_no_parts(link: str) -> None:
    article = read(page(links=link))
    assert isinstance(article, Article)
    assert article.extraction.warnings == []


def test_an_article_whose_own_path_ends_in_a_number_is_no_part() -> None:
    assert isinstance(read(page(links="<a href='/news/8'>Next</a> <a href='/news/2'>2</a>"), f"{FIRST}/7"), Article)


@pytest.mark.parametrize("href", ["?page=all", "?singlepage=true", "/series/the-long-ebb/komplettansicht"])
def test_the_whole_on_one_page_goes_before_the_next_part(href: str) -> None:
    needs = read(page(links=f"<a href='{FIRST}/2'>2</a> <a href='{href}'>On one page</a>"))
    assert isinstance(needs, Needs)
    assert needs.how == "single_page"
    assert isinstance(read(page(links=f"<a href='{href}'>On one page</a>")), Article)


def part(number: int, name: str, links: str = "") -> tuple[Part, bytes]:
    return Part(url=f"{FIRST}/{number}", how="next_part"), page(name, links)


def test_parts_are_one_text_with_what_the_last_one_says_of_its_origin() -> None:
    first = page(links=f"<a href='{FIRST}/2'>2</a>")
    second = part(2, "second", f"<a href='{FIRST}'>1</a> <a href='{FIRST}/3'>3</a>")
    assert read(first, parts=(second,)) == Needs(url=f"{FIRST}/3", how="next_part")
    note = "<p>This story originally appeared on <a href='https://gull-times.example/ebb'>Gull Times</a>.</p>"
    third = part(3, "third", f"{note}<a href='{FIRST}/2'>2</a>")
    article = read(first, parts=(second, third))
    assert isinstance(article, Article)
    assert article.url == FIRST
    assert [line.split()[2] for line in article.body.split("\n\n")] == ["first"] * 5 + ["second"] * 5 + ["third"] * 5
    assert article.originally_appeared_on is not None
    assert article.originally_appeared_on.domain == "gull-times.example"


def test_a_part_that_shows_the_same_text_adds_nothing() -> None:
    first = page(links=f"<a href='{FIRST}/2'>2</a>")
    again = read(first, parts=(part(2, "first"),))
    alone = read(page())
    assert isinstance(again, Article)
    assert isinstance(alone, Article)
    assert again.body == alone.body


def test_without_its_parts_an_article_says_so() -> None:
    article = read(page(links=f"<a href='{FIRST}/2'>2</a>"), is_all=True)
    assert isinstance(article, Article)
    assert article.extraction.warnings == ["part_missing"]


def test_a_single_page_that_holds_less_is_left() -> None:
    first = page(links=f"<a href='{FIRST}/2'>2</a><a href='?page=all'>All</a>")
    shop = Part(url=f"{FIRST}?page=all", how="single_page"), b"<html><body><p>Subscribe to read on.</p></body></html>"
    article = read(first, parts=(shop,))
    assert isinstance(article, Article)
    assert "first chapter" in article.body


def test_parts_have_an_end() -> None:
    parts = tuple(
        part(number, f"{number}th", f"<a href='{FIRST}/{number + 1}'>{number + 1}</a>") for number in range(2, 22)
    )
    assert isinstance(read(page(links=f"<a href='{FIRST}/2'>2</a>"), parts=parts[:19]), Needs)
    assert isinstance(read(page(links=f"<a href='{FIRST}/2'>2</a>"), parts=parts), Article)


def test_a_part_that_is_no_page_ends_the_article() -> None:
    broken = Part(url=f"{FIRST}/2", how="next_part"), b""
    article = read(page(links=f"<a href='{FIRST}/2'>2</a>"), parts=(broken,))
    assert not isinstance(article, Rejection)
