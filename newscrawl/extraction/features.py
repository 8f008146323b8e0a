"""What the model sees of a page's blocks: numbers about each one's text, place, kin and surroundings."""

from __future__ import annotations

import math
import re
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from lxml.html import HtmlElement
from numpy.typing import NDArray

from newscrawl.document import Block
from newscrawl.extraction.metadata import Metadata
from newscrawl.extraction.surroundings import ANCESTORS, HINTS, Surroundings
from newscrawl.extraction.wording import wording

Floats = NDArray[np.floating[Any]]
"""One number for each block."""
Matrix = NDArray[np.float32]
"""A row for each block."""
Numbers = NDArray[np.intp]

LONG = 60
"""Characters from which an unlinked block counts as running text."""
NEAR = 15
"""Blocks before the first and behind the last one that trafilatura took which are still judged."""
FAR = 30.0
"""Distances in blocks are cut off here."""

_TAGS = "p h1 h2 h3 h4 h5 li td div figcaption blockquote section article dd dt header footer body aside".split()
_SAYS = ("line", "start", "heading")
_TAG_ROWS = {tag: [float(tag == other) for other in _TAGS] for tag in _TAGS}
_NO_TAG = [0.0] * len(_TAGS)
_SAYS_ROWS = {kind: [float(kind == other) for other in _SAYS] for kind in _SAYS}
_NO_SAYS = [0.0] * len(_SAYS)
_UPPER = dict.fromkeys(map(ord, string.ascii_uppercase))
_DIGITS = dict.fromkeys(map(ord, string.digits))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
"""Tags of headings."""
_ENDS = tuple(".!?…\"”»’':)。！？」।")
_BULLETS = frozenset("•-–*►▶»→")
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.]\d\d\b")
_NOT_ALNUM = re.compile(r"[\W_]+")


def key(text: str) -> str:
    """Letters and digits alone, case folded: what stays the same when a text is printed twice."""
    return _NOT_ALNUM.sub("", text.casefold())


def taken_by_core(keys: Sequence[str], lines: Sequence[str]) -> list[bool]:
    """Which blocks stand in trafilatura's lines. Both are walked in document order: a short text cannot match afar."""
    core = "".join(key(line) for line in lines)
    at = 0
    taken = []
    for text in keys:
        reach = len(core) if len(text) >= 25 else at + 2 * len(text) + 40
        found = core.find(text, at, reach) if text else -1
        if found < 0 and len(text) >= 40:
            found = core.find(text)
        taken.append(found >= 0)
        if found >= 0:
            at = max(at, found + len(text))
    return taken


@dataclass(slots=True)
class Features:
    """The judged blocks of a page and their numbers."""

    indexes: list[int]
    """Which of the blocks given are judged."""
    matrix: Matrix
    """A row for each of them; the columns are NAMES."""
    taken: list[bool]
    """For each block given, whether trafilatura took it."""


def features(blocks: Sequence[Block], lines: Sequence[str], metadata: Metadata) -> Features:
    """The numbers of the blocks near what trafilatura took (`lines`), and of long ones anywhere.

    Their order on the page counts, so give all blocks that are still in it.
    """
    keys = [key(block.text) for block in blocks]
    taken = taken_by_core(keys, lines)
    page = _Page.of(blocks, taken)
    if not (indexes := page.judged()):
        return Features([], np.zeros((0, len(NAMES)), np.float32), taken)
    texts = _text_columns([blocks[index] for index in indexes], metadata.language)
    echoes = _echo_columns(keys, indexes, metadata)
    around = _surrounding_columns([blocks[index] for index in indexes])
    columns = [*(column[indexes] for column in page.columns(keys, metadata)), texts, echoes, around]
    return Features(indexes, np.column_stack(columns).astype(np.float32), taken)


@dataclass(slots=True)
class _Page:
    """The page's blocks as columns."""

    blocks: Sequence[Block]
    taken: Floats
    length: Floats
    links: Floats

    @classmethod
    def of(cls, blocks: Sequence[Block], taken: Sequence[bool]) -> _Page:
        return cls(
            blocks,
            np.array(taken, np.float32),
            np.array([len(block.text) for block in blocks], np.float32),
            np.array([block.link_share for block in blocks], np.float32),
        )

    @property
    def long(self) -> Floats:
        return ((self.length >= LONG) & (self.links < 0.5)).astype(np.float32)

    def span(self) -> tuple[int, int]:
        """Indexes of the first and the last block taken; (0, -1) where none is."""
        where = np.flatnonzero(self.taken)
        return (int(where[0]), int(where[-1])) if len(where) else (0, -1)

    def judged(self) -> list[int]:
        first, last = self.span()
        near = np.zeros(len(self.length), bool)
        near[max(0, first - NEAR) : last + NEAR + 1] = True
        return [int(index) for index in np.flatnonzero(near | (self.long > 0))]

    def columns(self, keys: Sequence[str], metadata: Metadata) -> list[Floats]:
        """The columns that need the whole page, in the order of _PAGE_NAMES."""
        return [*self._place(keys, metadata), *self._neighbours(), *self._kin(), *self._heading_above()]

    def _place(self, keys: Sequence[str], metadata: Metadata) -> list[Floats]:
        count = len(keys)
        at = np.arange(count, dtype=np.float32)
        first, last = self.span()
        title = key(metadata.title or "")
        headline = next((index for index, text in enumerate(keys) if text and text == title), first)
        mass = np.cumsum(self.taken * self.length)
        whole = max(1.0, float(mass[-1]) if count else 1.0)
        return [
            at / max(1, count),
            (at - first) / max(1, last - first + 1),
            np.clip(at - first, -FAR, FAR),
            np.clip(last - at, -FAR, FAR),
            np.clip(at - headline, -FAR, FAR),
            (mass - self.taken * self.length) / whole,
            1 - mass / whole,
            np.full(count, np.log1p(whole)),
            np.full(count, np.log1p(float((self.long * self.length).sum()))),
            np.full(count, count),
        ]

    def _neighbours(self) -> list[Floats]:
        tags = np.array([hash_tag(block.tag) for block in self.blocks], np.float32)
        log_length = np.log1p(self.length)
        hits = np.convolve(self.taken, np.ones(11, np.float32))[5:-5] / 11
        columns: list[Floats] = [self.taken, hits]
        for step in (-2, -1, 1, 2):
            columns += [
                _shifted(self.taken, step),
                _shifted(log_length, step),
                _shifted(self.links, step),
                (_shifted(tags, step) == tags).astype(np.float32),
            ]
        return columns

    def _kin(self) -> list[Floats]:
        """Blocks in one element, and blocks of one shape, are of one kind: what holds of most holds of each."""
        parents = _numbered([_group(block) for block in self.blocks])
        outer: dict[HtmlElement | None, str] = {}
        shapes = _numbered([_shape(block.container, outer) for block in self.blocks])
        all_taken = max(1.0, float((self.taken * self.length).sum()))
        long = _summed(parents, self.long * self.length)
        most = max(1.0, float((self.long * self.length).sum()))
        of_parent = [
            (long == long.max(initial=0)).astype(np.float32)[parents] if len(long) else long,
            long[parents] / most,
            _summed(parents, self.taken * self.length)[parents] / all_taken,
            np.log1p(np.bincount(parents))[parents],
            np.array([block.container.getnext() is None for block in self.blocks], np.float32),
            np.array([min(9, len(block.container)) for block in self.blocks], np.float32),
        ]
        size = np.bincount(shapes)
        of_shape = [
            np.log1p(size)[shapes],
            (_summed(shapes, self.taken) / size)[shapes],
            np.log1p(_summed(shapes, self.length) / size)[shapes],
            (_summed(shapes, self.links) / size)[shapes],
            _summed(shapes, self.taken * self.length)[shapes] / all_taken,
        ]
        return [*of_parent, *of_shape]

    def _heading_above(self) -> list[Floats]:
        rows = []
        above = [FAR + 1, 0.0, 0.0, 0.0]
        for index, block in enumerate(self.blocks):
            rows.append(above)
            if block.tag in HEADINGS:
                said = wording(block.text, None)
                above = [0.0, float(self.taken[index]), float(said is not None), float(self.links[index])]
            above = [min(FAR, above[0] + 1) if above[0] <= FAR else above[0], *above[1:]]
        return list(np.array(rows, np.float32).reshape(len(rows), 4).T)


def _text_columns(blocks: Sequence[Block], language: str | None) -> Matrix:
    return np.array([_text_row(block, language) for block in blocks], np.float32)


def _text_row(block: Block, language: str | None) -> list[float]:
    text = block.text
    length = len(text)
    head = text[:200]
    said = wording(text, language)
    return [
        math.log1p(length),
        block.link_share,
        len(block.links),
        text.endswith(_ENDS),
        text.endswith(":"),
        50 * text.count(",") / (length + 1),
        _count(str.isupper, _UPPER, head) / len(head),
        text[0].islower(),
        _count(str.isdigit, _DIGITS, head) / len(head),
        _DATE.search(head[:120]) is not None,
        "|" in text,
        "@" in text,
        "©" in text,
        text[0] in _BULLETS,
        text.isupper(),
        text.count(" ") < 3,
        bool(block.links) and text[:1] != block.links[0].text[:1],
        *_SAYS_ROWS.get(said.kind if said else "", _NO_SAYS),
        *_TAG_ROWS.get(block.tag, _NO_TAG),
    ]


def _count(test: Callable[[str], bool], of_ascii: dict[int, None], text: str) -> int:
    """How many characters pass the test; `of_ascii` are those of ASCII that do."""
    return len(text) - len(text.translate(of_ascii)) if text.isascii() else sum(map(test, text))


def _echo_columns(keys: Sequence[str], indexes: Sequence[int], metadata: Metadata) -> Matrix:
    title, description = key(metadata.title or ""), key(metadata.description or "")
    people = {key(name) for name in [*metadata.authors, metadata.byline or ""]} - {""}
    labels = {key(text) for text in [*metadata.tags, metadata.section or "", metadata.site_name or ""]} - {""}
    times: dict[str, int] = {}
    for text in keys:
        times[text] = times.get(text, 0) + 1
    rows = []
    for text in map(keys.__getitem__, indexes):
        named = text in people or (len(text) < 80 and any(len(person) > 5 and person in text for person in people))
        rows.append(
            [
                min(5, times[text]),
                bool(title) and text == title,
                len(title) > 10 and title in text,
                bool(description) and text == description,
                len(text) > 15 and text[:40] in description,
                named,
                text in labels,
            ]
        )
    return np.array(rows, np.float32)


def _surrounding_columns(blocks: Sequence[Block]) -> Matrix:
    around = Surroundings()
    return np.array([around.of(block.container) for block in blocks], np.float32)


def hash_tag(tag: str) -> int:
    """A number for a tag, to compare tags by."""
    return int.from_bytes(tag[:3].encode(), "big")


def _shifted(column: Floats, step: int) -> Floats:
    """The value of the block `step` further on; 0 outside the page."""
    moved = np.zeros_like(column)
    if step > 0:
        moved[:-step] = column[step:]
    else:
        moved[-step:] = column[:step]
    return moved


def _numbered(names: Sequence[object]) -> Numbers:
    """Each name's number, equal names alike."""
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], np.intp)


def _summed(groups: Numbers, values: Floats) -> Floats:
    return np.asarray(np.bincount(groups, weights=values), np.float64)


def _group(block: Block) -> HtmlElement:
    """The element whose children the block's like are: the parent of a paragraph, a division itself."""
    parent = block.container.getparent()
    return block.container if parent is None or block.tag in ("div", "section", "article", "body", "main") else parent


def _shape(node: HtmlElement, outer: dict[HtmlElement | None, str]) -> str:
    """Names and classes of a block's element and of the two around it; `outer` keeps what siblings have in common."""
    parent = node.getparent()
    around = outer.get(parent)
    if around is None:
        above = None if parent is None else parent.getparent()
        around = outer[parent] = "<".join(_named(one) for one in (parent, above) if one is not None)
    return f"{_named(node)}<{around}"


def _named(node: HtmlElement) -> str:
    return f"{node.tag}.{(node.get('class') or '')[:60]}"


_PAGE_NAMES = (
    "position span_position from_first to_last from_headline taken_before taken_after page_taken page_long page_blocks"
    " taken taken_near taken-2 length-2 links-2 tag-2 taken-1 length-1 links-1 tag-1"
    " taken+1 length+1 links+1 tag+1 taken+2 length+2 links+2 tag+2"
    " main_parent parent_long parent_taken parent_blocks last_child children"
    " shape_blocks shape_taken shape_length shape_links shape_mass"
    " heading_distance heading_taken heading_wording heading_links"
).split()
_TEXT_NAMES = (
    "length links link_count sentence_end colon commas upper lower_start digits date bar at copyright bullet all_upper"
    " few_words link_inside"
).split()
_ECHO_NAMES = "times title title_in description description_in named label".split()
NAMES: tuple[str, ...] = (
    *_PAGE_NAMES,
    *_TEXT_NAMES,
    *(f"says_{kind}" for kind in _SAYS),
    *(f"is_{tag}" for tag in _TAGS),
    *_ECHO_NAMES,
    "depth",
    *(f"in_{tag}" for tag in ANCESTORS),
    *(f"hint_{name}" for name in HINTS),
)
"""Names of the columns, in order; the model names those that it was fitted on."""
