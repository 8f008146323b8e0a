"""Where a meta refresh leads; and that only a page without a story of its own is left for it."""

from __future__ import annotations

import pytest

from newscrawl.extraction.metadata.refresh import refresh_of
from newscrawl.items import Page, Rejection
from newscrawl.reading.read_page import read_page
from newscrawl.web.document import Document, parse
from tests.faults import articles

URL = "https://a.example/news/1"
TAG = '<meta http-equiv="{}" content="{}">'


def found(head: str) -> str | None:
    document = parse(f"<html><head>{head}<title>x</title></head><body></body></html>".encode(), URL)
    assert isinstance(document, Document)
    return refresh_of(document)


@pytest.mark.parametrize(
    ("content", "target"),
    [
        ("0; url=https://a.example/2", "https://a.example/2"),
        ("0;URL='/2'", "https://a.example/2"),
        ("5; url=&quot;2&quot; and more", "https://a.example/news/2"),
        ("0 , //b.example/2", "https://b.example/2"),
        ("0.5; url = 2", "https://a.example/news/2"),
        ("0; url=file:///etc/passwd", "file:///etc/passwd"),
        ("0; url=http://[x", "http://[x"),
        ("300; url=/2", None),
        ("0; url=https://a.example/news/1#top", None),
        ("0", None),
        ("0;", None),
        ("soon; url=/2", None),
    ],
)
def test_targets(content: str, target: str | None) -> None:
    assert found(TAG.format("Refresh", content)) == target


def test_a_base_counts_and_a_noscript_does_not() -> None:
    tag = TAG.format("refresh", "0; url=2")
    assert found(f'<base href="/old/">{tag}') == "https://a.example/old/2"
    assert found(f"<noscript>{tag}</noscript>") is None


@pytest.mark.parametrize(("body", "refresh"), [([], "https://a.example/2"), (articles.paragraphs("calm"), None)])
def test_only_a_page_without_a_story_is_left(body: list[str], refresh: str | None) -> None:
    head = TAG.format("refresh", "0; url=/2")
    page = articles.article("calm", head=head, body=body) if body else f"<html><head>{head}</head><body></body></html>"
    verdict = read_page(page.encode(), Page(url=URL, requested_url=URL, fetched_at="2026-11-25T00:00:00Z"))
    assert (verdict.refresh if isinstance(verdict, Rejection) else None) == refresh
