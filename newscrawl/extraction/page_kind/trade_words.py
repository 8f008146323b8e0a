"""The words of trade_words.toml, by which signs of a page are told."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words() -> dict[str, frozenset[str]]:
    """Segments, host labels, class names, labels and schema.org types, by name."""
    return {name: frozenset(text.split()) for name, text in _stored()["words"].items()}


@cache
def phrases(name: str) -> tuple[str, ...]:
    """Labels as they stand, lower case."""
    return tuple(_stored()["phrases"][name])


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Any of the expressions of that name."""
    return re.compile("|".join(_stored()["patterns"][name]), re.IGNORECASE)


@cache
def _stored() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("newscrawl.extraction.page_kind") / "trade_words.toml").read_text("utf-8"))
