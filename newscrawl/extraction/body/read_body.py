"""The article's text: boilerplate out, then each block near running text judged by the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress, takewhile

from lxml.html import HtmlElement

from newscrawl.extraction.blocks.block_model import UNSURE, block_model, uncertainty
from newscrawl.extraction.blocks.boxes import Floats
from newscrawl.extraction.blocks.features import Features, features, key
from newscrawl.extraction.blocks.second_opinion import second_opinion_columns
from newscrawl.extraction.blocks.story_text import Body
from newscrawl.extraction.body.biographies import without_author_lines
from newscrawl.extraction.body.boilerplate import remove_boilerplate
from newscrawl.extraction.body.live_blogs import with_intro
from newscrawl.extraction.body.trafilatura_core import strip_silent, taken_by_core
from newscrawl.extraction.metadata import Metadata
from newscrawl.extraction.page_kind.classify import may_be_article
from newscrawl.items import Site
from newscrawl.sites.profiles import Repeat, without_boilerplate
from newscrawl.sites.rules.page_rules import blocks_of_rule
from newscrawl.web.document import Document
from newscrawl.web.page_blocks import Block, fold

LEAST_STANDFIRST = 30
"""Letters from which a description is a standfirst and no label."""
LONG_CELL = 100
"""Characters from which the text of a table cell is no datum."""


@dataclass
class Prepared:
    """A page as the model gets it."""

    tree: HtmlElement
    blocks: list[Block]
    features: Features

    @cached_property
    def taken(self) -> list[bool]:
        """Which of the blocks trafilatura takes for the text; it is asked once, and only where this is wanted."""
        return taken_by_core(self.tree, self.blocks)

    @property
    def second_opinion(self) -> Floats:
        """What trafilatura says of each judged block."""
        return second_opinion_columns(self.blocks, self.taken)[self.features.indexes]


def read_body(
    document: Document,
    metadata: Metadata,
    provenance_blocks: list[Block],
    site: Site,
    repeats: Mapping[Block, Repeat] | None = None,
    *,
    prune: bool = False,
) -> Body:
    """The article's text. Takes boilerplate and the lines about republication out of the tree on the way.

    `repeats`: the blocks that other pages of the site have too. `prune`: what the site's `body` selects is judged, too.
    """
    ruled = blocks_of_rule(document, site)
    if ruled is not None and not prune:
        remove_boilerplate(document, metadata, provenance_blocks)
        kept = [block for block in ruled if block.text and block.taken is None]
        return Body(_lines(kept), "rules", kept)
    prepared = prepare(document, metadata, provenance_blocks)
    likely, numbers = block_model().probabilities(prepared.features), prepared.features
    if numbers.indexes and uncertainty(likely, numbers.length) >= UNSURE and may_be_article(document, metadata):
        likely = block_model().reconsidered(likely, numbers, prepared.second_opinion)
    asked = [prepared.blocks[index] for index in numbers.indexes]
    judged = dict(zip(asked, likely.tolist(), strict=True))
    blocks = list(compress(asked, block_model().chosen(likely, numbers.length)))
    method = document.stated or "blocks"
    if not blocks:
        blocks = list(compress(prepared.blocks, prepared.taken))
        method = "trafilatura"
    chosen = with_intro(_standfirst(judged, blocks, metadata) + blocks, list(judged), metadata)
    chosen = without_author_lines(chosen, metadata) or chosen
    blocks = without_boilerplate(chosen, repeats or {})
    repeated = [block for block in chosen if block not in blocks]
    if ruled is not None:
        within = set(ruled)
        blocks = [block for block in blocks if block in within] or [block for block in ruled if block.taken is None]
        method = "rules"
    title = key(metadata.title or "")
    lines = [line for line in _lines(blocks) if not title or key(line) != title]
    return Body(lines, method, blocks, repeated, judged, uncertainty(likely, numbers.length))


def prepare(document: Document, metadata: Metadata, provenance_blocks: list[Block]) -> Prepared:
    """Takes out what is certainly boilerplate, and computes the features of the blocks in question."""
    remove_boilerplate(document, metadata, provenance_blocks)
    strip_silent(document.tree)
    blocks = [block for block in document.blocks if block.text and block.taken is None]
    return Prepared(document.tree, blocks, features(blocks, metadata, _reported(document)))


def _reported(document: Document) -> str:
    """The article's text as the page's JSON-LD gives it."""
    bodies = (node.get("articleBody") for node in document.json_ld)
    return max((body for body in bodies if isinstance(body, str)), key=len, default="")


def _standfirst(judged: Iterable[Block], kept: Sequence[Block], metadata: Metadata) -> list[Block]:
    """The standfirst as printed above the text, where the model left it out: what the page describes itself with."""
    wanted = key(metadata.description or "")
    if len(wanted) < LEAST_STANDFIRST or not kept:
        return []
    above = takewhile(lambda block: block is not kept[0], judged)
    return [block for block in above if key(block.text) == wanted][-1:]


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
