"""Builds the pages of tests/provenance/written_mixed/: the same small story in 13 languages, told in many ways.

`words.toml` has each language's site and its story; `cases.toml` has what differs. A case is one of written/'s (see
there), with its `lang`, without `text`: the paragraphs are the language's `fill`. `opening` stands before the first
paragraph, `inside` between the second and the third. `[[lookalike]]` and `[[positive]]` are each counted from 0; even
numbers are half A, which may be read by those who write rules, odd ones half B, which may not. They were written by one
person before reading the rules that they test.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.provenance.written import Gold, Page, gold

HERE = Path(__file__).parent
CHROME = {
    "nav": ["1", "2", "3"],
    "tags": ["#1", "#2", "#3"],
    "related": "+",
    "teasers": [],
    "discussion": "…",
    "comments": ["A: :-)", "B: ?"],
    "share": "",
    "rights": "",
}
"""A site's furniture, without words."""


def pages() -> Iterator[tuple[str, int, str, bytes, Gold]]:
    """Every page: language, number, URL, HTML and what should be read from it."""
    words = tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))
    cases = tomllib.loads((HERE / "cases.toml").read_text(encoding="utf-8"))
    for kind in ("positive", "lookalike"):
        for number, case in enumerate(cases[kind]):
            language = case["lang"]
            told = {"title": title(words[language]["fill"][0]), **case, "text": text(words[language]["fill"], case)}
            page = Page(language, {**CHROME, **words[language]}, told, number + number // 2)
            yield language, number, page.url, page.html().encode(), gold(kind, told)


def title(paragraph: str) -> str:
    """A headline: what the first paragraph says before its first comma."""
    for comma in (",", "，", "、", " i ", " ve ", " y "):
        if comma in paragraph:
            return paragraph.split(comma)[0]
    return paragraph[:40]


def text(fill: list[str], case: dict[str, Any]) -> str:
    """The story's paragraphs, a line each."""
    first, second, *others = fill
    inside = [case["inside"]] if "inside" in case else []
    return "\n".join([case.get("opening", "") + first, second, *inside, *others])
