"""The JSON Schema of the record, made from its dataclass: `python -m newscrawl.schema > docs/article.schema.json`."""

from __future__ import annotations

import json
import sys
from typing import Any

from itemadapter import ItemAdapter

from newscrawl.items import SCHEMA_VERSION, Article

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def article_schema() -> dict[str, Any]:
    """The schema: every key required, no other allowed, the values of enumerations listed."""
    schema = _strict(ItemAdapter.get_json_schema(Article))
    schema["properties"]["schema_version"]["const"] = SCHEMA_VERSION
    return {"$schema": DIALECT, "title": "Article", **schema}


def text() -> str:
    """The schema as it is published."""
    return json.dumps(article_schema(), indent=2, ensure_ascii=False) + "\n"


def _strict(node: Any) -> Any:
    """The same with every object closed, without defaults (all keys are always there) and without empty texts for what
    is missing."""
    if isinstance(node, list):
        return [_strict(part) for part in node]
    if not isinstance(node, dict):
        return node
    node = {key: _strict(part) for key, part in node.items() if key != "default"}
    if node.get("type") == ["null", "string"]:
        node["minLength"] = 1
    if "properties" in node:
        node["required"] = list(node["properties"])
        node["additionalProperties"] = False
    return node


if __name__ == "__main__":
    sys.stdout.write(text())
