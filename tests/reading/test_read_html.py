"""`newscrawl.read`, and how little `import newscrawl` costs."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import fields

import newscrawl
from newscrawl.items import Article, Rejection
from tests.faults import articles


def test_reads_an_article() -> None:
    found = newscrawl.read(articles.article("calm-at-sea").encode(), "https://courier.example/news/calm-at-sea")
    assert isinstance(found, Article)
    assert found.title == articles.title("calm-at-sea")
    assert found.fetched_at.endswith("Z")


def test_says_why_there_is_none() -> None:
    found = newscrawl.read(b"", "https://courier.example/", fetched_at="2026-11-24T00:00:00Z")
    assert isinstance(found, Rejection)


def test_the_import_alone_brings_nothing_along() -> None:
    code = "import sys, newscrawl; print(sorted(m for m in sys.modules if m in ('lxml', 'scrapy', 'trafilatura')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_fields_of_one_line_hold_no_controls_and_turn_no_line_around() -> None:
    page = articles.article("calm-at-sea", headline="Calm\u0085 at \u202esea\u2069\u200f\u2028today").encode()
    found = newscrawl.read(page, "https://courier.example/news/calm-at-sea")
    assert isinstance(found, Article)
    assert found.title == "Calm at sea today"


def test_an_article_as_a_record() -> None:
    """As it is exported: all keys in their order, one line of JSON."""
    article = newscrawl.read(articles.article("calm-at-sea").encode(), "https://courier.example/news/calm-at-sea")
    assert isinstance(article, Article)
    record = article.to_dict()
    assert list(record) == [field.name for field in fields(Article)]
    assert record["source"]["domain"] == "courier.example"
    assert "\n" not in article.to_json()
    assert json.loads(article.to_json()) == record
