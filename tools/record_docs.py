"""Writes docs/record.md from the record's dataclasses: `python tools/record_docs.py > docs/record.md`."""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Iterator
from typing import Any

from newscrawl import items
from newscrawl.schema import article_schema

HEAD = """\
# The record

<!-- Made by tools/record_docs.py from newscrawl/items.py; a test compares them. Edit the docstrings there. -->

One article is one JSON object on one line, in UTF-8. It has all keys, in the order of this page. A missing value
is `null`, a missing list is `[]`. An empty string never means a missing value. Times are ISO 8601; times that
newscrawl takes itself are in UTC and end in `Z`.

[article.schema.json](article.schema.json) is the same as a JSON Schema, for validators.
[Who published first](provenance.md) explains `originally_appeared_on`, `provenance_chain` and `contributors`.
"""
PARTS = (
    items.Source,
    items.Origin,
    items.Evidence,
    items.Party,
    items.Story,
    items.Rights,
    items.Discovery,
    items.Archive,
    items.Extraction,
)
"""The objects inside the record, in the order in which they are met."""


def page() -> str:
    """The whole page."""
    tables = [_table("Article", items.Article)] + [_table(part.__name__, part) for part in PARTS]
    return "\n".join([HEAD, *tables])


def _table(title: str, part: type[Any]) -> str:
    rows = [f"| `{name}` | {kind} | {text} |" for name, kind, text in _rows(part)]
    about = _in_json_words(part.__doc__ or "")
    return "\n".join([f"## {title}", "", about, "", "| field | type | content |", "|---|---|---|", *rows, ""])


def _rows(part: type[Any]) -> Iterator[tuple[str, str, str]]:
    described = _properties(part)
    for field in dataclasses.fields(part):
        shown = described[field.name]
        text = _in_json_words(shown["description"])
        values = shown.get("enum")
        yield field.name, _kind(str(field.type)), text + (f" One of: {', '.join(values)}." if values else "")


def _properties(part: type[Any]) -> dict[str, Any]:
    """The schema's properties of a part, found by its fields."""
    names = [field.name for field in dataclasses.fields(part)]
    waiting: list[Any] = [article_schema()]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict) and list(node.get("properties", ())) == names:
            return dict(node["properties"])
        waiting += node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    raise LookupError(part.__name__)


def _in_json_words(docstring: str) -> str:
    """A docstring as a table's cell that speaks of JSON: null for None."""
    text = " ".join(docstring.split()).replace("|", "\\|")
    return re.sub(r"\bNone\b", "null", text)


def _kind(annotation: str) -> str:
    """The type in JSON's words: "str | None" is "string or null"."""
    words = {"str": "string", "int": "integer", "float": "number", "bool": "true, false", "None": "null"}
    words |= dict.fromkeys(
        ("Kind", "Relation", "StoryRelation", "Confidence", "DomainBasis", "Role", "DiscoveryKind"), "string"
    )
    links = {part.__name__: f"[{part.__name__}](#{part.__name__.lower()})" for part in PARTS}
    kinds = []
    for name in annotation.split(" | "):
        inner = name.removeprefix("list[").removesuffix("]")
        word = words.get(inner) or links[inner]
        kinds.append(word if inner == name else "list of strings" if inner == "str" else f"list of {word}")
    return " or ".join(kinds)


if __name__ == "__main__":
    sys.stdout.write(page())
