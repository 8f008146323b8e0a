"""Where a block stands in the page's tree: how far from the main text, and what the boxes around it hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from lxml.html import HtmlElement
from numpy.typing import NDArray

from newscrawl.extraction.blocks.ancestors import HINTS, hints_of
from newscrawl.extraction.blocks.page_layout import CARD, HEADINGS
from newscrawl.web.page_blocks import Block

Floats = NDArray[np.floating[Any]]
Numbers = NDArray[np.intp]

LONG = 60
"""Characters from which an unlinked block counts as running text."""
MOST = 0.6
"""Share of the running text that the innermost element around the main text holds."""
WHOLES = frozenset(("div", "section", "article", "body", "main"))

_SUMS = ("chars", "linked", "blocks", "long")
BOX_NAMES: tuple[str, ...] = (
    *"in_card up_to_main main_below up_to_most most_below most_depth most_share main_share".split(),
    *(f"{box}_{name}" for box in ("box", "outer_box", "around1", "around2", "around3") for name in _SUMS),
    *"box_headings box_twins box_link_blocks outer_box_headings outer_box_twins".split(),
    *"sibling siblings".split(),
    *(f"box_hint_{name}" for name in HINTS),
)
"""Names of the columns of `box_columns`."""


@dataclass(slots=True)
class Tree:
    """The elements around a page's blocks, numbered so that a parent comes before its children; 0 is the root."""

    nodes: list[HtmlElement]
    parents: list[int]
    """The number of each one's parent; 0 for the root."""
    container: Numbers
    """The number of each block's container."""

    @classmethod
    def of(cls, blocks: Sequence[Block]) -> Tree:
        """The elements around these blocks."""
        nodes: list[HtmlElement] = []
        parents: list[int] = []
        numbers: dict[HtmlElement, int] = {}
        container = []
        for block in blocks:
            path: list[HtmlElement] = []
            node: HtmlElement | None = block.container
            while node is not None and node not in numbers:
                path.append(node)
                node = node.getparent()
            above = 0 if node is None else numbers[node]
            for below in reversed(path):
                numbers[below] = len(nodes)
                nodes.append(below)
                parents.append(above)
                above = numbers[below]
            container.append(above)
        return cls(nodes, parents, np.array(container, np.intp))

    def summed(self, columns: Sequence[Floats]) -> Floats:
        """For each element the sums over all blocks in it; a row an element, a column a column."""
        total = np.zeros((len(self.nodes), len(columns)))
        for place, column in enumerate(columns):
            total[:, place] = np.bincount(self.container, weights=column, minlength=len(self.nodes))
        for number in range(len(self.nodes) - 1, 0, -1):
            total[self.parents[number]] += total[number]
        return total

    def chain(self, number: int) -> list[int]:
        """The elements from the root down to this one."""
        found = [number]
        while found[-1]:
            found.append(self.parents[found[-1]])
        return found[::-1]

    def off(self, chain: Sequence[int]) -> _Off:
        """Where each element leaves the way from the root to the chain's last."""
        on = set(chain)
        depth = {number: place for place, number in enumerate(chain)}
        box, up, met = [0] * len(self.nodes), [0] * len(self.nodes), [0] * len(self.nodes)
        for number, parent in enumerate(self.parents):
            if number in on:
                box[number], met[number] = number, depth[number]
            else:
                box[number] = number if parent in on else box[parent]
                up[number], met[number] = up[parent] + 1, met[parent]
        return _Off(np.array(box, np.intp), np.array(up), len(chain) - 1 - np.array(met), len(chain))


@dataclass(slots=True)
class _Off:
    """For each element how it stands to a chain from the root to one of them."""

    box: Numbers
    """The outermost element around it that is not on the chain; itself where it is on it."""
    up: Numbers
    """Steps up to the chain."""
    below: Numbers
    """Steps from there down to the chain's end."""
    length: int


def box_columns(blocks: Sequence[Block], judged: Sequence[int], length: Floats, links: Floats) -> Floats:
    """A row for each judged block, the columns of BOX_NAMES. `length`, `links`: characters and link share of all."""
    tree = Tree.of(blocks)
    card = _cards(tree, length)
    links = np.where(card, 1.0, links)
    long = length * ((length >= LONG) & (links < 0.5))
    heading = np.array([block.tag in HEADINGS for block in blocks], float)
    sums = tree.summed([length, length * links, np.ones(len(blocks)), long, heading, (links > 0.5).astype(float)])
    main, most, share = _main(tree, blocks, long), _most(sums[:, 3]), max(1.0, float(long.sum()))
    to_main, to_most = tree.off(tree.chain(main)), tree.off(tree.chain(most))
    at = tree.container[judged]
    box, outer = to_main.box[at], to_most.box[at]
    parents = np.array(tree.parents, np.intp)
    around = [parents[at], parents[parents[at]], parents[parents[parents[at]]]]
    four = np.column_stack(
        [np.log1p(sums[:, 0]), sums[:, 1] / np.maximum(1, sums[:, 0]), np.log1p(sums[:, 2]), sums[:, 3] / share]
    )
    twins = _twins(tree)
    columns = [
        card[judged],
        to_main.up[at], to_main.below[at], to_most.up[at], to_most.below[at],
        np.full(len(at), to_most.length),
        np.full(len(at), sums[most, 3] / share), np.full(len(at), sums[main, 3] / share),
        *(four[one] for one in (box, outer, *around)),
        sums[box, 4], twins[box], sums[box, 5] / np.maximum(1, sums[box, 2]), sums[outer, 4], twins[outer],
        *_place_among_siblings(tree, at),
        _hints(tree, to_most)[at],
    ]  # fmt: skip
    return np.column_stack(columns)


def _cards(tree: Tree, length: Floats) -> NDArray[np.bool_]:
    """Whether each block stands in an `a` that holds no more than a card."""
    sizes = tree.summed([length])[:, 0]
    within = [False] * len(tree.nodes)
    for number, node in enumerate(tree.nodes):
        within[number] = (node.tag == "a" and sizes[number] <= CARD) or within[tree.parents[number]]
    return np.array(within, bool)[tree.container]


def _main(tree: Tree, blocks: Sequence[Block], long: Floats) -> int:
    """The element whose children are most of the running text."""
    groups = [
        number if block.tag in WHOLES else tree.parents[number]
        for number, block in zip(tree.container.tolist(), blocks, strict=True)
    ]
    return int(np.bincount(groups, weights=long).argmax())


def _most(long: Floats) -> int:
    """The innermost element that holds most of the running text."""
    holders = np.flatnonzero(long >= MOST * max(1.0, float(long[0])))
    return int(holders[-1]) if len(holders) else 0


def _twins(tree: Tree) -> Numbers:
    """How many children of one parent have each element's tag and class."""
    names = [
        (parent, node.tag, (node.get("class") or "")[:40])
        for node, parent in zip(tree.nodes, tree.parents, strict=True)
    ]
    number = Counter(names)
    return np.array([number[name] for name in names])


def _place_among_siblings(tree: Tree, at: Numbers) -> list[Numbers]:
    parents = {tree.parents[number] for number in at.tolist()}
    # One walk a parent: to ask each of 50,000 paragraphs for its place takes minutes.
    places: dict[HtmlElement, tuple[int, int]] = {}
    for parent in (tree.nodes[number] for number in parents):
        among = len(parent)
        places |= {node: (place, among) for place, node in enumerate(parent)}
    found = [places.get(tree.nodes[number], (0, 1)) for number in at.tolist()]
    return [np.array([place for place, _ in found]), np.array([among for _, among in found])]


def _hints(tree: Tree, off: _Off) -> Floats:
    """For each element what the names say of those around it up to the main text."""
    found = np.zeros((len(tree.nodes), len(HINTS)))
    for number, node in enumerate(tree.nodes):
        if off.up[number]:
            found[number] = found[tree.parents[number]]
            found[number, list(hints_of(node))] = 1.0
    return found
