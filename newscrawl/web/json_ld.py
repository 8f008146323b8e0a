"""The structured data of a page: JSON-LD, malformed scripts included."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml.html import HtmlElement

from newscrawl.web.control_characters import printable
from newscrawl.web.text import fold

_JSON = json.JSONDecoder(strict=False)


_JSON_OPENING = re.compile(r"\s{0,9}(?://|/\*)?\s{0,9}(?:<!\[CDATA\[|<!--)?\s{0,9}(?:\*/)?")


ARTICLE_TYPES = frozenset(
    "Article NewsArticle AnalysisNewsArticle AskPublicNewsArticle BackgroundNewsArticle OpinionNewsArticle"
    " ReportageNewsArticle ReviewNewsArticle AdvertiserContentArticle SatiricalArticle Report BlogPosting"
    " LiveBlogPosting SocialMediaPosting TechArticle ScholarlyArticle MedicalScholarlyArticle VideoObject"
    " PodcastEpisode Review CriticReview Recipe".split()
) - {"VideoObject", "PodcastEpisode", "Recipe", "SocialMediaPosting"}
"""schema.org types of a piece of journalism (schema.org 29, Article and its subtypes that news sites use)."""


def types_of(node: dict[str, Any]) -> list[str]:
    """The @type of a JSON-LD node as a list of bare names."""
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rpartition("/")[2] for kind in kinds if isinstance(kind, str)]


def _json_ld(tree: HtmlElement) -> tuple[list[dict[str, Any]], bool]:
    nodes: list[dict[str, Any]] = []
    malformed = False
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        try:
            nodes += _flat(_loads(script.text))
        except (ValueError, RecursionError):
            malformed = True
    return nodes, malformed


def _loads(text: str) -> Any:
    """The value of a JSON script, out of its CDATA or comment wrapping; control characters in strings pass, and so does
    what stands behind the value (the rest of the wrapping, a stray brace, a second value)."""
    start = _JSON_OPENING.match(text)
    value, _ = _JSON.raw_decode(text[start.end() if start else 0 :].lstrip())
    return printable(whole_characters(value) if "\\ud" in text.lower() else value, text)


def whole_characters(value: Any) -> Any:
    """A JSON value without halves of surrogate pairs, which JSON may escape and UTF-8 cannot hold."""
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def _flat(value: Any) -> Iterator[dict[str, Any]]:
    """The nodes of a JSON-LD value: lists and @graphs opened."""
    queue: list[Any] = [value]
    while queue:
        item = queue.pop(0)
        if isinstance(item, list):
            queue = item + queue
        elif isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            queue = (graph if isinstance(graph, list) else [graph] if isinstance(graph, dict) else []) + queue


def strings(value: Any) -> Iterable[str]:
    """The strings of a JSON-LD value: itself, the members of a list, `name` or `@id` of a node."""
    if isinstance(value, str):
        yield from [text] if (text := fold(value)) else []
    elif isinstance(value, list):
        for member in value:
            yield from strings(member)
    elif isinstance(value, dict):
        yield from strings(value.get("name") or value.get("@id") or value.get("url") or value.get("@value"))
