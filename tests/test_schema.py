"""The published JSON Schema is the record's, and is strict."""

from __future__ import annotations

from pathlib import Path

from newscrawl.schema import article_schema, text

PUBLISHED = Path(__file__).resolve().parent.parent / "docs" / "article.schema.json"


def test_the_published_schema_is_up_to_date() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == text(), "python -m newscrawl.schema > docs/article.schema.json"


def test_every_key_is_required_and_no_other_allowed() -> None:
    schema = article_schema()
    assert schema["required"] == list(schema["properties"])
    assert schema["additionalProperties"] is False
    assert schema["properties"]["source"]["required"] == ["name", "domain", "url"]
    assert schema["properties"]["kind"]["enum"][0] == "news"
