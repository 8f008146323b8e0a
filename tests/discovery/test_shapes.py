"""Shapes of URLs and what is learned from them."""

from __future__ import annotations

import msgspec
import pytest

from newscrawl.discovery import Shapes, learn_shapes, shape


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
        ("https://k.example/", "k.example/"),
        ("https://k.example/%D0%BD%D0%BE%D0%B2-%D0%BE-%D0%B3%D0%BE", "k.example/{slug}"),
        ("http://[", "/"),
    ],
)
def test_shape(url: str, expected: str) -> None:
    assert shape(url) == expected


def made(path: str, count: int) -> list[str]:
    return [f"https://k.example/{path}".format(slug=f"story-number-{'abcdefghij'[n]}-of-many") for n in range(count)]


def test_what_feeds_name_is_an_article_and_what_they_never_name_is_not() -> None:
    shapes = learn_shapes(made("news/{slug}", 5), made("news/{slug}", 10) + made("tag/{slug}", 4))
    assert shapes.is_article("https://k.example/news/a-new-story-today") is True
    assert shapes.is_article("https://k.example/tag/a-new-tag-today") is False
    assert shapes.is_article("https://k.example/x.php?id=7") is None


def test_unseen_sections_follow_the_rest_only_where_the_rest_agrees() -> None:
    agreed = learn_shapes(made("news/{slug}", 4) + made("city/{slug}", 4), [])
    assert agreed.is_article("https://k.example/sport/a-new-story-today") is True
    divided = learn_shapes(made("news/{slug}", 4), made("tag/{slug}", 4))
    assert divided.is_article("https://k.example/sport/a-new-story-today") is None


def test_one_url_proves_nothing() -> None:
    assert learn_shapes(made("news/{slug}", 1), made("tag/{slug}", 2)) == Shapes({})


def test_order_does_not_matter_and_shapes_travel_as_json() -> None:
    articles, rest = made("news/{slug}", 5) + made("city/{slug}", 3), made("tag/{slug}", 4) + made("shop/{slug}", 4)
    shapes = learn_shapes(articles, rest)
    back = learn_shapes(reversed(articles), reversed(rest))
    assert msgspec.json.encode(shapes) == msgspec.json.encode(back)
    assert msgspec.json.decode(msgspec.json.encode(shapes), type=Shapes) == shapes
