"""What the model sees of a page's blocks: numbers about each one's text, place, groups and surroundings."""

from __future__ import annotations

import math
import re
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newscrawl.extraction.blocks.ancestors import ANCESTORS, HINTS, Surroundings
from newscrawl.extraction.blocks.boxes import BOX_NAMES, LONG, box_columns
from newscrawl.extraction.blocks.groups import Groups
from newscrawl.extraction.blocks.page_layout import HEADINGS
from newscrawl.extraction.metadata import Metadata
from newscrawl.extraction.wording import wording
from newscrawl.web.page_blocks import Block
from newscrawl.web.text import squash

Floats = NDArray[np.floating[Any]]
"""One number for each block."""
Matrix = NDArray[np.float32]
"""A row for each block."""
Numbers = NDArray[np.intp]

NEAR = 40
"""Blocks before and behind a long one which are judged."""
BYLINE = 80
"""Characters up to which a block that holds an author's name can be a byline."""
ENOUGH = 250
"""Letters from which a text that the page states is an article's."""
WIDE = 2.5
"""Letters that a Chinese, Japanese, Korean or Thai character counts as."""
FAR = 30.0
"""Distances in blocks are cut off here."""

_TAGS = "p pre h1 h2 h3 h4 h5 li td div figcaption blockquote section article dd dt header footer body aside".split()
_SAYS = ("line", "start", "heading")
_TAG_ROWS = {tag: [float(tag == other) for other in _TAGS] for tag in _TAGS}
_NO_TAG = [0.0] * len(_TAGS)
_SAYS_ROWS = {kind: [float(kind == other) for other in _SAYS] for kind in _SAYS}
_NO_SAYS = [0.0] * len(_SAYS)
_UPPER = dict.fromkeys(map(ord, string.ascii_uppercase))
_DIGITS = dict.fromkeys(map(ord, string.digits))
_ENDS = tuple(".!?…\"”»’':)。！？」।")
_BULLETS = frozenset("•-–*►▶»→")
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.]\d\d\b")
_IDEOGRAPHS = re.compile("[\u2e80-\u9fff\uac00-\ud7a3\u0e00-\u0e7f]")
_COMMAS = re.compile("[\u3001\uff0c\u060c]")
_WORD = re.compile(r"[^\W_]+")


@dataclass(slots=True)
class Features:
    """The judged blocks of a page and their numbers."""

    indexes: list[int]
    """Which of the blocks given are judged."""
    matrix: Matrix
    """A row for each of them; the columns are NAMES."""
    groups: Groups
    """Who belongs together among them."""
    length: Floats
    """Their length in characters."""


def features(blocks: Sequence[Block], metadata: Metadata, stated: str) -> Features:
    """The numbers of the long blocks and of those near one. Their order on the page counts: give all still in it."""
    page = _Page.of(blocks, _width(blocks))
    if not (indexes := page.judged()):
        return Features([], np.zeros((0, len(NAMES)), np.float32), Groups.of([]), np.zeros(0))
    judged = [blocks[index] for index in indexes]
    keys = [block.squashed for block in blocks]
    columns = [
        *(column[indexes] for column in page.columns(keys, metadata)),
        _text_columns(judged, metadata.language, page.width),
        _echo_columns(keys, indexes, metadata, squash(stated)),
        _surrounding_columns(judged),
        box_columns(blocks, indexes, page.length, page.links),
    ]
    return Features(indexes, np.column_stack(columns).astype(np.float32), Groups.of(judged), page.length[indexes])


@dataclass(slots=True)
class _Page:
    """The page's blocks as columns."""

    blocks: Sequence[Block]
    width: float
    """How many letters of an alphabet a character counts as."""
    length: Floats
    links: Floats

    @classmethod
    def of(cls, blocks: Sequence[Block], width: float) -> _Page:
        return cls(
            blocks,
            width,
            width * np.array([len(block.text) for block in blocks], np.float32),
            np.array([block.link_share for block in blocks], np.float32),
        )

    @property
    def long(self) -> Floats:
        return ((self.length >= LONG) & (self.links < 0.5)).astype(np.float32)

    def judged(self) -> list[int]:
        near = (
            np.convolve(self.long, np.ones(2 * NEAR + 1, np.float32))[NEAR : len(self.long) + NEAR]
            if len(self.long)
            else self.long
        )
        return [int(index) for index in np.flatnonzero(near > 0)]

    def columns(self, keys: Sequence[str], metadata: Metadata) -> list[Floats]:
        """The columns that need the whole page, in the order of _PAGE_NAMES."""
        return [*self._place(keys, metadata), *self._neighbours(), *self._of_groups(), *self._heading_above()]

    def _place(self, keys: Sequence[str], metadata: Metadata) -> list[Floats]:
        count = len(keys)
        at = np.arange(count, dtype=np.float32)
        long = np.flatnonzero(self.long)
        title = squash(metadata.title or "")
        headline = next((index for index, text in enumerate(keys) if text and text == title), int(long[0]))
        mass = np.cumsum(self.long * self.length)
        whole = max(1.0, float(mass[-1]))
        people = [name for name in map(squash, [*metadata.authors, metadata.byline or ""]) if len(name) > 5]
        named = [
            index
            for index, text in enumerate(keys)
            if self.length[index] < BYLINE and any(name in text for name in people)
        ]
        dated = [
            index
            for index, block in enumerate(self.blocks)
            if self.length[index] < BYLINE and _DATE.search(block.text) is not None
        ]
        return [
            at / max(1, count),
            np.clip(at - headline, -FAR, FAR),
            *_distances(named, count),
            _distances(dated, count)[0],
            (mass - self.long * self.length) / whole,
            self.length / (whole / len(long)),
            np.full(count, np.log1p(whole)),
            np.full(count, count),
        ]

    def _neighbours(self) -> list[Floats]:
        tags = np.array([hash_tag(block.tag) for block in self.blocks], np.float32)
        log_length = np.log1p(self.length)
        columns: list[Floats] = []
        for step in (-2, -1, 1, 2):
            columns += [
                _shifted(log_length, step),
                _shifted(self.links, step),
                (_shifted(tags, step) == tags).astype(np.float32),
            ]
        for reach in (4, 12):
            columns += [_around(self.links, reach), _around(self.long, reach)]
        return columns

    def _of_groups(self) -> list[Floats]:
        """Blocks in one element, and blocks of one shape, are of one kind: what holds of most holds of each."""
        groups = Groups.of(self.blocks)
        text = self.long * self.length
        most = max(1.0, float(text.sum()))
        in_parent = _summed(groups.parents, text)
        size = np.bincount(groups.shapes)
        return [
            (in_parent == in_parent.max(initial=0)).astype(np.float32)[groups.parents],
            in_parent[groups.parents] / most,
            np.log1p(np.bincount(groups.parents))[groups.parents],
            np.array([block.container.getnext() is None for block in self.blocks], np.float32),
            np.array([min(9, len(block.container)) for block in self.blocks], np.float32),
            np.log1p(size)[groups.shapes],
            np.log1p(_summed(groups.shapes, self.length) / size)[groups.shapes],
            (_summed(groups.shapes, self.links) / size)[groups.shapes],
            _summed(groups.shapes, text)[groups.shapes] / most,
            np.minimum(_run(groups.shapes), FAR),
        ]

    def _heading_above(self) -> list[Floats]:
        rows = []
        above = [FAR + 1, 0.0, 0.0]
        for index, block in enumerate(self.blocks):
            rows.append(above)
            if block.tag in HEADINGS:
                above = [0.0, float(wording(block.text, None) is not None), float(self.links[index])]
            above = [min(FAR, above[0] + 1) if above[0] <= FAR else above[0], *above[1:]]
        return list(np.array(rows, np.float32).reshape(len(rows), 3).T)


def _distances(places: Sequence[int], count: int) -> list[Floats]:
    """For each of so many blocks how far the last of the places before it is, and the next one behind."""
    at, marked = np.arange(count), np.array(places, np.intp)
    if not len(marked):
        return [np.full(count, FAR), np.full(count, FAR)]
    after = np.searchsorted(marked, at)
    behind = marked[np.minimum(after, len(marked) - 1)] - at
    before = at - marked[np.maximum(np.searchsorted(marked, at, "right") - 1, 0)]
    return [np.clip(np.where(column < 0, FAR, column), 0, FAR) for column in (before, behind)]


def _width(blocks: Sequence[Block]) -> float:
    """How many letters a character counts as: a sentence in Chinese has as many characters as one in English words."""
    sample = "".join(block.text[:60] for block in blocks[:400])
    return 1.0 if sample.isascii() or len(_IDEOGRAPHS.findall(sample)) < 0.3 * len(sample) else WIDE


def _text_columns(blocks: Sequence[Block], language: str | None, width: float) -> Matrix:
    return np.array([_text_row(block, language, width) for block in blocks], np.float32)


def _text_row(block: Block, language: str | None, width: float) -> list[float]:
    text = block.text
    length = width * len(text)
    head = text[:200]
    said = wording(text, language)
    words = text[:400].split()[:60]
    return [
        math.log1p(length),
        block.link_share,
        len(block.links),
        text.endswith(_ENDS),
        text.endswith(":"),
        50 * (text.count(",") + (0 if text.isascii() else len(_COMMAS.findall(text)))) / (length + 1),
        _count(str.isupper, _UPPER, head) / len(head),
        text[0].islower(),
        _count(str.isdigit, _DIGITS, head) / len(head),
        _DATE.search(head[:120]) is not None,
        "|" in text,
        "@" in text,
        "©" in text,
        text[0] in _BULLETS,
        text.isupper(),
        text.count(" ") < 3 and length < LONG,
        bool(block.links) and text[:1] != block.links[0].text[:1],
        sum(word[0].isupper() for word in words) / (len(words) or 1),
        sum(map(len, words)) / (len(words) or 1) if width == 1.0 else 5.0,
        sum(link.href.startswith("#") for link in block.links),
        *_SAYS_ROWS.get(said.kind if said else "", _NO_SAYS),
        *_TAG_ROWS.get(block.tag, _NO_TAG),
    ]


def _count(test: Callable[[str], bool], of_ascii: dict[int, None], text: str) -> int:
    """How many characters pass the test; `of_ascii` are those of ASCII that do."""
    return len(text) - len(text.translate(of_ascii)) if text.isascii() else sum(map(test, text))


def _echo_columns(keys: Sequence[str], indexes: Sequence[int], metadata: Metadata, stated: str) -> Matrix:
    title, description = squash(metadata.title or ""), squash(metadata.description or "")
    people = {squash(name) for name in [*metadata.authors, metadata.byline or ""]} - {""}
    labels = {squash(text) for text in [*metadata.tags, metadata.section or "", metadata.site_name or ""]} - {""}
    times: dict[str, int] = {}
    for text in keys:
        times[text] = times.get(text, 0) + 1
    words = {word for word in _WORD.findall((metadata.title or "").casefold()) if len(word) > 3}
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
                0 if len(stated) < ENOUGH else 1 if text in stated else -1,
                sum(word in text for word in words) / (len(words) or 1),
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


def _around(column: Floats, reach: int) -> Floats:
    """The mean of the blocks up to `reach` before and behind."""
    ones = np.ones(2 * reach + 1)
    middle = slice(reach, reach + len(column))
    return np.convolve(column, ones)[middle] / np.convolve(np.ones_like(column), ones)[middle]


def _run(groups: Numbers) -> Numbers:
    """How many blocks in a row are of each one's group."""
    runs = np.cumsum(np.diff(groups, prepend=groups[:1]) != 0)
    return np.asarray(np.bincount(runs)[runs])


def _summed(groups: Numbers, values: Floats) -> Floats:
    return np.asarray(np.bincount(groups, weights=values), np.float64)


_PAGE_NAMES = (
    "position from_headline byline_before byline_behind date_before long_before relative_length page_long page_blocks"
    " length-2 links-2 tag-2 length-1 links-1 tag-1 length+1 links+1 tag+1 length+2 links+2 tag+2"
    " links_around4 long_around4 links_around12 long_around12"
    " main_parent parent_long parent_blocks last_child children"
    " shape_blocks shape_length shape_links shape_long shape_run"
    " heading_distance heading_wording heading_links"
).split()
_TEXT_NAMES = (
    "length links link_count sentence_end colon commas upper lower_start digits date bar at copyright bullet all_upper"
    " few_words link_inside capitals word_length links_within"
).split()
_ECHO_NAMES = "times title title_in description description_in named label stated title_words".split()
NAMES: tuple[str, ...] = (
    *_PAGE_NAMES,
    *_TEXT_NAMES,
    *(f"says_{kind}" for kind in _SAYS),
    *(f"is_{tag}" for tag in _TAGS),
    *_ECHO_NAMES,
    "depth",
    *(f"in_{tag}" for tag in ANCESTORS),
    *(f"hint_{name}" for name in HINTS),
    *BOX_NAMES,
)
"""Names of the columns, in order; the model names those that it was fitted on."""
