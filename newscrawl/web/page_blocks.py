"""The blocks of a page: runs of text as a reader sees them, with their links."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml.html import HtmlElement

from newscrawl.web.text import INVISIBLE, fold, squash

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q rb rp rt ruby s samp small span"
    " strike strong sub sup time tt u var wbr label nobr o-topic amp-link".split()
)
"""Elements that do not end a run of text (HTML Living Standard, phrasing content without media and controls)."""


UNSEEN = frozenset(
    "script style noscript template head iframe svg math object embed audio video canvas textarea select option"
    " datalist map area source track param input".split()
)
"""Elements whose content is no text of the page."""


_WORD = re.compile(r"[^\s\u200b\ufeff]+")


class Link(NamedTuple):
    """A link as it stands in a block."""

    href: str
    """As written."""
    text: str
    """Its text, white space folded; "" for an image."""
    node: HtmlElement
    """The `a` element."""


@dataclass(slots=True, eq=False)
class Block:
    """A run of inline text: what stands between two ends of block elements (or line breaks)."""

    container: HtmlElement
    """The innermost block element around the run."""
    text: str
    """Its text, white space folded; never empty, except for a block that holds only linked images."""
    links: list[Link]
    """The links in it."""
    pieces: list[tuple[HtmlElement, bool]]
    """Where its text stands in the tree: (element, False) for its text, (element, True) for its tail."""
    taken: str | None = None
    """Who took the block out of the page: the name of the rule."""
    _squashed: str = field(default="", init=False, repr=False)
    _squashed_of: str = field(default="", init=False, repr=False)

    @property
    def squashed(self) -> str:
        """Its text's letters and digits alone, case folded."""
        if self._squashed_of is not self.text:
            self._squashed_of, self._squashed = self.text, squash(self.text)
        return self._squashed

    @property
    def tag(self) -> str:
        """Tag of the container."""
        return str(self.container.tag)

    @property
    def link_share(self) -> float:
        """Share of the text's characters that stand in links, 0 to 1."""
        if not self.text:
            return 1.0
        return min(1.0, sum([len(link.text) for link in self.links]) / len(self.text)) if self.links else 0.0

    def take_out(self, rule: str) -> None:
        """Removes the block's text from the tree and notes which rule did so."""
        for node, is_tail in self.pieces:
            if is_tail:
                node.tail = None
            else:
                node.text = None
        self.taken = rule

    def cut(self, start: int, end: int) -> str:
        """Takes part of the block's text out of the tree; returns it. `start` and `end` count characters of `text`."""
        gone = self.text[start:end].strip()
        raw = [(node.tail if is_tail else node.text) or "" for node, is_tail in self.pieces]
        places = _places("".join(raw))
        first, after = places[start], places[end - 1] + 1
        for (node, is_tail), text in zip(self.pieces, raw, strict=True):
            left = text[: max(0, first)] + text[max(0, after) :]
            if is_tail:
                node.tail = left
            else:
                node.text = left
            first, after = first - len(text), after - len(text)
        self.text = fold(f"{self.text[:start]} {self.text[end:]}")
        self.links = [link for link in self.links if not link.text or fold("".join(link.node.itertext()))]
        return gone


def _places(raw: str) -> list[int]:
    """Where in the raw text each character of its folded form stands."""
    places: list[int] = []
    for word in _WORD.finditer(raw):
        seen = [at for at in range(*word.span()) if not INVISIBLE.match(raw[at])]
        if places and seen:
            places.append(places[-1] + 1)  # the blank between two words
        places += seen
    return places


@dataclass(slots=True)
class _Walk:
    """The state of one pass over the tree that cuts it into blocks."""

    blocks: list[Block] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    pieces: list[tuple[HtmlElement, bool]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def add(self, node: HtmlElement, text: str, *, is_tail: bool) -> None:
        self.text.append(text)
        self.pieces.append((node, is_tail))

    def end_run(self, container: HtmlElement) -> None:
        if not self.text and not self.links:
            return
        text = fold("".join(self.text))
        if text and not self.links and not any(map(str.isalnum, text)):
            text = ""  # "* * *", "|": signs between the texts
        if text or self.links:
            self.blocks.append(Block(container, text, self.links, self.pieces))
            self.links = []
        self.text, self.pieces = [], []

    def visit(self, node: HtmlElement, container: HtmlElement) -> None:
        """Cuts the subtree of `node` (nesting is limited, so recursion is safe)."""
        tag = node.tag
        if tag in UNSEEN or not isinstance(tag, str):
            return
        inline = tag in INLINE
        if not inline:
            self.end_run(container)
            container = node
        start = len(self.text)
        if node.text:
            self.add(node, node.text, is_tail=False)
        for child in node:
            self.visit(child, container)
            if child.tail:
                self.add(child, child.tail, is_tail=True)
        if tag == "a" and (href := node.get("href")):
            self.links.append(Link(href, fold("".join(self.text[start:])), node))
        if not inline:
            self.end_run(container)
