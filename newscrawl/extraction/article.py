"""The article's text: chrome out, trafilatura's core, then each block near it judged by the model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from newscrawl.document import Block, Document, fold, strings
from newscrawl.extraction.chrome import take_out_chrome
from newscrawl.extraction.core import core_lines
from newscrawl.extraction.features import Features, features, key
from newscrawl.extraction.metadata import Metadata
from newscrawl.extraction.model import block_model

DOUBTFUL = 250
"""Characters below which the fast result is doubted and the careful one asked (trafilatura's own minimum)."""
MUCH_LONGER = 2
"""How many times the page's stated articleBody must exceed the text found, to be taken for it: on pages that print
their text, preferring articleBody cost .011 of F1 (aeb, fundus, feval), and this rule costs nothing."""

LONG_CELL = 100
"""Characters from which the text of a table cell is no datum."""


@dataclass(slots=True)
class Body:
    """The article's text and how it was found."""

    blocks: list[str] = field(default_factory=list)
    """Its blocks in order: paragraphs, sub-headings, list lines ("- "), table rows (" | ")."""
    method: str = "trafilatura-fast"
    """Extraction.method."""

    @property
    def text(self) -> str:
        """The blocks parted by blank lines."""
        return "\n\n".join(self.blocks)


@dataclass(slots=True)
class Prepared:
    """A page as the model gets it."""

    blocks: list[Block]
    features: Features
    method: str


def read_body(document: Document, metadata: Metadata, provenance_blocks: list[Block]) -> Body:
    """The article's text. Takes chrome and the lines about republication out of the tree on the way."""
    prepared = prepare(document, metadata, provenance_blocks)
    model = block_model()
    chosen = model.probabilities(prepared.features.matrix) > model.threshold
    blocks = [prepared.blocks[index] for index, keep in zip(prepared.features.indexes, chosen, strict=True) if keep]
    body = Body(_lines(blocks), prepared.method)
    stated = _stated(document)
    if sum(map(len, stated)) > MUCH_LONGER * len(body.text):
        body = Body(stated, "json-ld")
    title = key(metadata.title or "")
    body.blocks = [line for line in body.blocks if key(line) != title or not title]
    return body


def prepare(document: Document, metadata: Metadata, provenance_blocks: list[Block]) -> Prepared:
    """Takes out what is certainly chrome, asks trafilatura, and computes the features of the blocks in question."""
    take_out_chrome(document, metadata, provenance_blocks)
    blocks = [block for block in document.blocks if block.text and block.taken is None]
    lines, method = core_lines(document.tree, careful=False), "trafilatura-fast"
    if sum(map(len, lines)) < DOUBTFUL:
        lines, method = core_lines(document.tree, careful=True), "trafilatura"
    return Prepared(blocks, features(blocks, lines, metadata), method)


def _lines(blocks: Sequence[Block]) -> list[str]:
    """The blocks as lines: "- " before list items, short cells of one table row joined by " | "."""
    lines: list[str] = []
    before: Block | None = None
    for block in blocks:
        if before is not None and _same_row(before, block):
            lines[-1] = f"{lines[-1]} | {block.text}"
        else:
            lines.append(f"- {block.text}" if _is_item(block) else block.text)
        before = block
    return lines


def _same_row(before: Block, block: Block) -> bool:
    """Whether both are data cells side by side; long texts stand in tables that only lay out the page."""
    cells = before.container, block.container
    return (
        cells[0] is not cells[1]
        and all(cell.tag in ("td", "th") for cell in cells)
        and cells[0].getparent() is cells[1].getparent()
        and max(len(before.text), len(block.text)) < LONG_CELL
    )


def _is_item(block: Block) -> bool:
    """Whether the block opens a list item."""
    node = block.container
    if node.tag == "li":
        return block.pieces[0][0] is node or not fold(node.text)
    parent = node.getparent()
    return parent is not None and parent.tag == "li" and not fold(parent.text) and parent[0] is node


def _stated(document: Document) -> list[str]:
    """The longest articleBody of the page's JSON-LD, in lines."""
    bodies: Iterable[str] = (_article_body(node) for node in document.json_ld_articles)
    return [line for raw in max(bodies, key=len, default="").split("\n") if (line := fold(raw))]


def _article_body(node: dict[str, Any]) -> str:
    body = node.get("articleBody")
    return body if isinstance(body, str) else "\n".join(strings(body))
