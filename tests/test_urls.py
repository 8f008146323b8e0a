"""One key for the variants of a URL, and another for what only looks like one."""

from __future__ import annotations

import pytest

from newscrawl.urls import normalized_url

KEY = "https://gull.example/news/pier?id=7"


@pytest.mark.parametrize(
    "url",
    [
        "http://www.gull.example/news/pier/?id=7#top",
        "https://m.gull.example/news/pier?id=7&utm_source=feed",
        "https://gull.example/news/pier/amp/?id=7",
        "https://gull.example/news/pier?amp=1&id=7",
        "https://gull.example/news/pier?id=7&outputType=amp",
        "https://gull.example/news/pier?print=1&id=7",
        "https://gull.example/news/pier?id=7&view=print",
        "https://gull.example/news/pier?id=7&sid=444ff3c394e8dd17",
    ],
)
def test_variants_have_one_key(url: str) -> None:
    assert normalized_url(url) == KEY


@pytest.mark.parametrize("query", ["id=8", "id=7&print=12", "id=7&blueprint=1", "id=7&sid=1234", "id=7&view=printer"])
def test_what_names_another_page_has_another(query: str) -> None:
    assert normalized_url(f"https://gull.example/news/pier?{query}") != KEY
