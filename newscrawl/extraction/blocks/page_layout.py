"""How a page is laid out: paragraphs, runs of them, teasers, cards, headings; sums over its blocks in one walk."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml.html import HtmlElement

from newscrawl.web.document import Document
from newscrawl.web.page_blocks import Block

LONG = 100
"""Characters from which a block with few links is a paragraph."""
DENSE = 2.5
"""What a Chinese, Japanese or Korean character counts for."""
CARD = 600
"""Characters of text up to which an `a` around whole blocks is a card; an `a` that was never closed holds more."""

CJK = re.compile(r"[\u2e80-\ud7a3]")
_REGIONS = frozenset("nav header footer aside".split())
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
"""Tags of headings."""


class Place(NamedTuple):
    """What the elements around a block say, the innermost of each kind."""

    region: HtmlElement | None = None
    """The nav, header, footer or aside around it."""
    link: HtmlElement | None = None
    """The `a` around it."""
    heading: str = ""
    """The tag of the heading around it."""


@dataclass(slots=True)
class Layout:
    """Sums over the blocks of a page that stand outside its nav, header, footer and aside elements, each text once."""

    dense: float = 1.0
    """What a character counts for: DENSE on a Chinese, Japanese or Korean page."""
    chars: float = 0.0
    """Characters of all blocks."""
    long: float = 0.0
    """Characters of the paragraphs."""
    paragraphs: int = 0
    """Their number."""
    teasers: int = 0
    """Blocks of 20 characters or more that are links, or stand in one."""
    longest_run: float = 0.0
    """Characters of the longest row of text (60 characters a block or more) that no teaser interrupts."""
    parents: Counter[HtmlElement | None] = field(default_factory=Counter)
    """Characters of paragraphs by their parent element."""
    short: list[str] = field(default_factory=list)
    """Texts of the blocks that are no paragraphs."""
    headlines: list[str] = field(default_factory=list)
    """Texts in h1 elements, wherever they stand."""
    classes: str = ""
    """Class names of the elements around all blocks, lower case."""
    _run: float = 0.0

    def add(self, block: Block, length: float, link_share: float) -> None:
        """Adds a block of so many characters."""
        self.chars += length
        if link_share > 0.7 and length >= 20:
            self.teasers += 1
            self._run = 0.0
        elif link_share < 0.5 and length >= 0.6 * LONG:
            self._run += length
            self.longest_run = max(self._run, self.longest_run)
        if link_share < 0.3 and length >= LONG:
            self.long += length
            self.paragraphs += 1
            self.parents[block.container.getparent()] += round(length)
        elif length < 2 * LONG:
            self.short.append(block.text)


def lay_out(document: Document) -> Layout:
    """Walks the page's blocks once."""
    known: dict[HtmlElement, Place] = {}
    placed = [(block, _place(block.container, known)) for block in document.blocks if block.text]
    cards, boilerplate = _cards(placed), _boilerplate(placed)
    layout = Layout(dense=_dense(document.blocks), classes=_classes(known))
    seen: set[str] = set()
    for block, place in placed:
        if place.heading == "h1":
            layout.headlines.append(block.text)
        if place.region not in boilerplate and block.text not in seen:
            seen.add(block.text)
            share = 1.0 if place.link in cards else block.link_share if block.links else 0.0
            layout.add(block, len(block.text) * layout.dense, share)
    return layout


def _place(node: HtmlElement, known: dict[HtmlElement, Place]) -> Place:
    place = known.get(node)
    if place is None:
        parent, tag = node.getparent(), node.tag
        place = Place() if parent is None else _place(parent, known)
        if tag == "a":
            place = place._replace(link=node)
        elif tag in _REGIONS:
            place = place._replace(region=node)
        elif tag in HEADINGS:
            place = place._replace(heading=str(tag))
        known[node] = place
    return place


def _cards(placed: Iterable[tuple[Block, Place]]) -> set[HtmlElement]:
    """The `a` elements around whole blocks, but for those that were never closed and hold the rest of the page."""
    sizes: Counter[HtmlElement] = Counter()
    for block, place in placed:
        if place.link is not None:
            sizes[place.link] += len(block.text)
    return {link for link, size in sizes.items() if size <= CARD}


def _boilerplate(placed: Iterable[tuple[Block, Place]]) -> set[HtmlElement]:
    """The regions that stand around a story, but for one that holds most of the page's paragraphs."""
    sizes: Counter[HtmlElement] = Counter()
    total = 0
    for block, place in placed:
        size = len(block.text) if len(block.text) >= LONG and not block.links else 0
        total += size
        if place.region is not None:
            sizes[place.region] += size
    return {region for region, size in sizes.items() if 2 * size <= total}


def _dense(blocks: Iterable[Block]) -> float:
    sample = "".join([block.text[:100] for block in blocks if len(block.text) >= 40])[:3000]
    return DENSE if not sample.isascii() and 2 * len(CJK.findall(sample)) > len(sample) else 1.0


def _classes(nodes: Iterable[HtmlElement]) -> str:
    return " ".join([name[:200] for node in nodes if (name := node.get("class"))]).lower()
