"""URL patterns and what is learned from them."""

from __future__ import annotations

import pytest

from newscrawl.discovery import UrlPatterns, url_pattern
from newscrawl.discovery.url_patterns import MAX_SHAPES


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.k.example/news/2024/05/06/ferry-strike-enters-week", "k.example/news/{year}/{n}/{n}/{slug}"),
        ("https://m.k.example/news/ferry-strike-enters-week-123456.html?utm_source=x", "k.example/news/{slug-id}.html"),
        ("https://k.example/sport/", "k.example/sport"),
        ("https://k.example/climate-change", "k.example/climate-change"),
        ("https://sport.k.example/p/32", "sport.k.example/p/{n}"),
        ("https://k.example/story.php?id=77&lang=en", "k.example/story.php?id={n}&lang"),
        ("https://k.example/2024-05-06/x", "k.example/{date}/x"),
        ("https://k.example/news/c4gk2jz3nl7o", "k.example/news/{id}"),
        ("https://k.example/entry-89", "k.example/entry-{n}"),
        ("https://k.example/a-120.html", "k.example/a-{n}.html"),
        ("https://k.example/", "k.example/"),
        ("https://k.example/%D0%BD%D0%BE%D0%B2-%D0%BE-%D0%B3%D0%BE", "k.example/{slug}"),
        ("http://[", "/"),
    ],
)
def test_shape(url: str, expected: str) -> None:
    assert url_pattern(url) == expected


def test_two_articles_make_a_shape_one_of_articles_and_three_other_pages_one_of_others() -> None:
    url_patterns = UrlPatterns()
    assert url_patterns.is_article("k.example/news/{slug}") is None
    url_patterns.add("k.example/news/{slug}", 1)
    url_patterns.add("k.example/x?id={n}", no=2)
    assert url_patterns.is_article("k.example/news/{slug}") is None
    assert url_patterns.is_article("k.example/x?id={n}") is None
    url_patterns.add("k.example/news/{slug}", 1)
    url_patterns.add("k.example/x?id={n}", no=1)
    assert url_patterns.is_article("k.example/news/{slug}") is True
    assert url_patterns.is_article("k.example/x?id={n}") is False


def test_a_page_of_terms_does_not_make_articles_other_pages() -> None:
    url_patterns = UrlPatterns({"k.example/{slug}": (40, 4)})
    assert url_patterns.is_article("k.example/{slug}") is True
    url_patterns = UrlPatterns({"k.example/{slug}": (1, 11)})
    assert url_patterns.is_article("k.example/{slug}") is False


def test_unseen_sections_follow_the_others_only_where_they_agree() -> None:
    agreed = UrlPatterns({"k.example/news/{slug}": (4, 0), "k.example/city/{slug}": (1, 0)})
    assert agreed.is_article("k.example/sport/{slug}") is True
    divided = UrlPatterns({"k.example/news/{slug}": (4, 0), "k.example/tag/{slug}": (0, 4)})
    assert divided.is_article("k.example/sport/{slug}") is None
    assert divided.is_article("k.example/tag/{slug}") is False
    tags = UrlPatterns({f"k.example/tag/{word}": (0, 1) for word in ("schools", "harbour", "ferry")})
    assert tags.is_article("k.example/tag/unseen") is False


def test_a_site_that_makes_up_paths_fills_no_memory() -> None:
    url_patterns = UrlPatterns()
    for number in range(2 * MAX_SHAPES):
        url_patterns.add(f"k.example/{number}x/{{slug}}", no=1)
    assert len(url_patterns.counts) == MAX_SHAPES
    assert UrlPatterns(url_patterns.counts).counts == url_patterns.counts
