"""Signs of how a page is made: what is near its headline, calls to act, repeated cards, whom it speaks to."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newscrawl.extraction.blocks.page_layout import LONG, Layout
from newscrawl.extraction.metadata import Metadata
from newscrawl.extraction.page_kind.levels import level
from newscrawl.extraction.page_kind.trade_words import pattern, phrases, words
from newscrawl.web.document import Document
from newscrawl.web.json_ld import types_of

NEAR_ABOVE, NEAR_BELOW = 6, 12
"""Blocks before and behind the headline among which an article prints its date."""
LABEL = 90
"""Characters below which a block can be the line with the date."""
LEAST_CARDS = 4
"""Children of one kind from which they are cards."""
USUAL_ITEMS, UNKNOWN_BLOCKS = 8, 20
"""List items among the blocks of an article's page as a rule: a page of few blocks says little of its menus."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LATIN = re.compile(r"[a-z]{3,}")
_CARD_TAGS = frozenset("div li article section a tr".split())
_CARD_PARTS = ("h2", "h3", "h4", "h5", "img")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_COUNTED = (*_HEADINGS, "select", "time", "a", "article")
_TO_AUTHOR = "boolean(//a[contains(concat(' ',@rel,' '),' author ')]|//a[contains(@href,'/author')])"


def structure_signs(document: Document, metadata: Metadata, layout: Layout) -> dict[str, float]:
    """These signs by name, 0 to 1."""
    number = Counter(str(node.tag) for node in document.tree.iter(*_COUNTED))
    return {
        **_of_words(document),
        **_of_layout(document, layout, number),
        **_of_markup(document, layout),
        "cards": level(_cards(document.tree), LEAST_CARDS - 1, 40),
        "date_near": _has_date_near(document, metadata.title or ""),
        "author_link": float(document.tree.xpath(_TO_AUTHOR)),
        "story_share": _share_in_article(document, layout) if number["article"] == 1 else 0.0,
        "slug_title": _of_slug(document.url, metadata.title or ""),
    }


def _of_words(document: Document) -> dict[str, float]:
    """Whom the page speaks to, and of whom: the share of such words in its paragraphs, full at what stands below."""
    texts = [block.text for block in document.blocks if len(block.text) >= LONG and block.link_share < 0.3]
    text = "\n".join(dict.fromkeys(texts))
    total = max(100, len(text.split()))
    full = {"ours": 0.03, "yours": 0.04, "mine": 0.04, "offering": 0.05}
    return {name: min(1.0, len(pattern(name).findall(text)) / total / most) for name, most in full.items()}


def _of_layout(document: Document, layout: Layout, number: Counter[str]) -> dict[str, float]:
    labels = "\n".join(layout.short).lower()
    calls = sum(map(labels.count, phrases("calls")))
    each = 1 + layout.paragraphs
    texts = [block for block in document.blocks if block.text]
    return {
        "calls": level(calls, 0, 15),
        "calls_share": level(calls / each, 0, 3),
        "replies": level(sum(_is_of_thread(label.strip().lower()) for label in layout.short), 1, 40),
        "selects": level(number["select"], 0, 8),
        "headings": level(sum(number[tag] for tag in _HEADINGS) / each, 0.3, 6),
        "mean_paragraph": level(layout.long / max(1, layout.paragraphs), 150, 600),
        "short_share": 1 - layout.long / max(1000.0, layout.chars),
        "times": level(number["time"], 2, 40),
        "items": (sum(block.tag == "li" for block in texts) + USUAL_ITEMS) / (len(texts) + UNKNOWN_BLOCKS),
        "links": level(number["a"] / each, 3, 100),
    }


@cache
def _thread_labels() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    labels = words()["thread_labels"]
    return labels, tuple(f"{label} " for label in labels), tuple(f" {label}" for label in labels)


def _is_of_thread(label: str) -> bool:
    same, begins, ends = _thread_labels()
    return label in same or label.startswith(begins) or label.endswith(ends)


def _of_markup(document: Document, layout: Layout) -> dict[str, float]:
    types = {kind for node in document.json_ld for kind in types_of(node)}
    body = " ".join(f"{node.get('class') or ''} {node.get('id') or ''}" for node in document.tree.iter("html", "body"))
    is_post = pattern("post_page").search(body.lower()) is not None
    promoted = sum(map(layout.classes.count, words()["promotion_classes"]))
    return {
        "org_only": bool(types) and types <= words()["organization_types"],
        "price_markup": _has_price(document),
        "promotion_classes": level(promoted / (1 + layout.paragraphs), 0, 10),
        "review_classes": level(sum(map(layout.classes.count, words()["review_classes"])), 0, 60),
        "post_page": is_post,
        "plain_page": not is_post and pattern("plain_page").search(body.lower()) is not None,
    }


def _has_price(document: Document) -> bool:
    """Whether microdata or meta elements state a price."""
    if document.first_meta("product:price:amount", "og:price:amount") is not None:
        return True
    return any("price" in name.lower() for name in document.tree.xpath("//@itemprop"))


def _cards(tree: HtmlElement) -> int:
    """The most children of one element that have one tag and class and hold a heading or a picture each."""
    most = 0
    for parent in tree.iter("div", "ul", "ol", "section", "main", "article", "tbody", "body", "form", "nav", "table"):
        if len(parent) <= max(most, LEAST_CARDS - 1):
            continue
        kinds = Counter((node.tag, (node.get("class") or "")[:40]) for node in parent if node.tag in _CARD_TAGS)
        if not kinds:
            continue
        kind, count = kinds.most_common(1)[0]
        if count > max(most, LEAST_CARDS - 1):
            alike = [node for node in parent if (node.tag, (node.get("class") or "")[:40]) == kind]
            most = max(most, sum(next(node.iter(*_CARD_PARTS), None) is not None for node in alike))
    return most


def _has_date_near(document: Document, title: str) -> bool:
    """Whether a short line with a year stands near the printed headline."""
    texts = [block.text for block in document.blocks if block.text]
    wanted = title.strip().lower()
    place = next((at for at, text in enumerate(texts) if text.strip().lower() == wanted), None) if wanted else None
    if place is None:
        return False
    near = texts[max(0, place - NEAR_ABOVE) : place + NEAR_BELOW]
    return any(len(text) < LABEL and _YEAR.search(text) for text in near)


def _share_in_article(document: Document, layout: Layout) -> float:
    """The share of the page's text that its one article element holds."""
    article = next(document.tree.iter("article"))
    inside = set(article.iter())
    size = sum(len(block.text) for block in document.blocks if len(block.text) >= 60 and block.container in inside)
    return min(1.0, size / max(1000.0, layout.long))


def _of_slug(url: str, title: str) -> float:
    """How many of the title's words the URL's last segment has."""
    slug = set(_LATIN.findall(urlsplit(url).path.rstrip("/").rpartition("/")[2].lower()))
    own = set(_LATIN.findall(title.lower()))
    return len(slug & own) / max(4, len(own))
