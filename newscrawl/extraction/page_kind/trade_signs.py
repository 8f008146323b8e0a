"""Signs of forums, shops and services, whose pages hold running text as articles do, and of what stories have."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from newscrawl.extraction.blocks.page_layout import Layout
from newscrawl.extraction.blocks.story_text import Body
from newscrawl.extraction.metadata import Metadata
from newscrawl.extraction.page_kind.levels import level, path_of
from newscrawl.web.document import Document
from newscrawl.web.json_ld import types_of

SURE = 0.9
"""Probability from which a kept block counts as certainly the article's."""
SHORT = 120
"""Characters up to which a block can be a label or a button."""
_QUOTES = re.compile("[“”„«»]")


@cache
def words() -> dict[str, frozenset[str]]:
    """The segments, host labels, class names and schema.org types of trade_words.toml, by name."""
    return {name: frozenset(text.split()) for name, text in _stored()["words"].items()}


@cache
def _shop_phrases() -> list[str]:
    return list(_stored()["phrases"]["shop"])


@cache
def _explaining() -> re.Pattern[str]:
    return re.compile("|".join(_stored()["phrases"]["explaining_title"]), re.IGNORECASE)


def _stored() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("newscrawl.extraction.page_kind") / "trade_words.toml").read_text("utf-8"))


def trade_signs(document: Document, metadata: Metadata, body: Body, layout: Layout) -> dict[str, float]:
    """These signs by name, 0 to 1."""
    types = {kind for node in document.json_ld for kind in types_of(node)}
    og_type = (document.first_meta("og:type") or "").lower()
    return {
        **_of_address(document, types),
        **_of_shop(document, metadata, types, og_type),
        **_of_story(metadata, body),
        "og_website": og_type == "website",
        "og_product": "product" in og_type,
        "ld_article": bool(document.json_ld_articles),
        "buttons": level(sum(1 for _ in document.tree.iter("button")) / (1 + layout.paragraphs), 0.2, 10),
        "forum": _forum(document, types, layout),
        "long_title": level(len(metadata.title or "") * layout.dense, 20, 90),
        "title_explains": _explaining().search(metadata.title or "") is not None,
    }


def _of_address(document: Document, types: set[str]) -> dict[str, float]:
    address = urlsplit(document.url)
    path = [part.partition(".")[0] for part in path_of(address)]
    parts, labels = set(path), set((address.hostname or "").split("."))
    return {
        "root": not path and not address.query,
        "section_url": not words()["story_segments"].isdisjoint(path[-1:]),
        "forum_url": _is_forum(parts, labels),
        "service_url": not words()["service_segments"].isdisjoint(parts),
        "shop_url": not words()["shop_segments"].isdisjoint(parts) or not labels.isdisjoint(("shop", "store")),
        "story_url": not words()["story_segments"].isdisjoint(path[:-1]) or (path != [] and "blog" in labels),
        "ld_shop": not words()["shop_types"].isdisjoint(types) and not document.json_ld_articles,
        "ld_other": not words()["other_types"].isdisjoint(types) and not document.json_ld_articles,
    }


def _is_forum(parts: set[str], labels: set[str]) -> bool:
    return not words()["forum_segments"].isdisjoint(parts) or not words()["forum_hosts"].isdisjoint(labels)


def _forum(document: Document, types: set[str], layout: Layout) -> float:
    """How much of what makes a forum the page has: address, software, JSON-LD, class names; two of the four make 1."""
    address = urlsplit(document.url)
    parts = {part.partition(".")[0] for part in path_of(address)}
    made = " ".join(document.meta.get("generator", [])).lower()
    named = " ".join(f"{node.get('class')} {node.get('id')}" for node in document.tree.iter("html", "body")).lower()
    posts = sum(map(layout.classes.count, words()["forum_classes"]))
    return min(
        1.0,
        (
            _is_forum(parts, set((address.hostname or "").split(".")))
            + any(name in made or name in named for name in words()["forum_software"])
            + (not words()["forum_types"].isdisjoint(types))
            + level(posts, 2, 200)
        )
        / 2,
    )


def _of_shop(document: Document, metadata: Metadata, types: set[str], og_type: str) -> dict[str, float]:
    parts = {part.partition(".")[0] for part in path_of(urlsplit(document.url))}
    labels = "\n".join([block.text for block in document.blocks if 0 < len(block.text) < SHORT]).lower()
    goods = bool(words()["shop_types"] & types) or "product" in og_type or bool(words()["shop_segments"] & parts)
    return {
        "shop_words": level(sum(map(labels.count, _shop_phrases())), 0, 15),
        "undated_goods": goods and metadata.date_published is None,
    }


def _of_story(metadata: Metadata, body: Body) -> dict[str, float]:
    sizes = [(len(block.text), body.judged.get(block, 1.0)) for block in body.kept]
    text = sum(size for size, _ in sizes)
    return {
        "kept_sure": sum(size for size, likely in sizes if likely > SURE) / max(1, text),
        "quotes": level(sum(len(_QUOTES.findall(line)) for line in body.blocks), 0, 20),
        "byline": metadata.byline is not None,
        "tagged": bool(metadata.tags),
    }
