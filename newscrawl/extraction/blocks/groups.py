"""Which blocks of a page are groups: children of one element, or of one shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from lxml.html import HtmlElement

from newscrawl.extraction.blocks.boxes import WHOLES, Numbers
from newscrawl.web.page_blocks import Block


@dataclass(slots=True)
class Groups:
    """Two divisions of blocks into groups; a number for each block."""

    parents: Numbers
    """Children of one element."""
    shapes: Numbers
    """Blocks in elements of one name and class, as are the two elements around them."""

    @classmethod
    def of(cls, blocks: Sequence[Block]) -> Groups:
        """The groups of these blocks."""
        outer: dict[HtmlElement | None, str] = {}
        return cls(
            _numbered([_group(block) for block in blocks]),
            _numbered([_shape(block.container, outer) for block in blocks]),
        )


def _numbered(names: Sequence[object]) -> Numbers:
    """Each name's number, equal names alike."""
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], np.intp)


def _group(block: Block) -> HtmlElement:
    """The element whose children the block's like are: the parent of a paragraph, a division itself."""
    parent = block.container.getparent()
    return block.container if parent is None or block.tag in WHOLES else parent


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
