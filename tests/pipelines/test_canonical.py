"""Which canonical URL may name the same article: one of its outlet that is no front page."""

from __future__ import annotations

from dataclasses import replace

import pytest

import newscrawl
from newscrawl.items import Article
from newscrawl.pipelines.store_records import _canonical_of
from newscrawl.web.urls import normalized_url
from tests.extraction.body.test_multipage import page


@pytest.mark.parametrize(
    ("canonical", "counts"),
    [
        ("https://vale.example/local/mill", True),
        ("https://www.vale.example/?p=7", True),
        ("https://other.example/local/mill", False),
        ("https://vale.example/", False),
        ("https://vale.example", False),
        (None, False),
    ],
)
def test_canonical_urls(canonical: str | None, counts: bool) -> None:
    read = newscrawl.read(page("mill"), "https://vale.example/sport/mill", fetched_at="2026-11-30T10:00:00Z")
    assert isinstance(read, Article)
    found = _canonical_of(replace(read, canonical_url=canonical))
    assert found == (normalized_url(canonical) if counts and canonical else None)
