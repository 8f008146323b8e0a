"""The article's text: boilerplate out, then each block near running text judged by the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress, islice, takewhile

from lxml.html import HtmlElement

from newscrawl.extraction.blocks.block_model import UNSURE, block_model, uncertainty
from newscrawl.extraction.blocks.boxes import Floats
from newscrawl.extraction.blocks.features import Features, features
from newscrawl.extraction.blocks.second_opinion import second_opinion_columns
from newscrawl.extraction.blocks.story_text import Body
from newscrawl.extraction.body.biographies import without_author_lines
from newscrawl.extraction.body.boilerplate import remove_boilerplate
from newscrawl.extraction.body.live_blogs import with_intro
from newscrawl.extraction.body.trafilatura_core import strip_silent, taken_by_core
from newscrawl.extraction.body.wholes import each_once, tables_as_wholes
from newscrawl.extraction.metadata import Metadata
from newscrawl.extraction.page_kind.classify import may_be_article
from newscrawl.items import Site
from newscrawl.sites.profiles import Repeat, without_boilerplate
from newscrawl.sites.rules.page_rules import blocks_of_rule
from newscrawl.web.document import Document
from newscrawl.web.page_blocks import Block
from newscrawl.web.text import fold, squash

LEAST_STANDFIRST = 30
"""Letters from which a description is a standfirst and no label."""
LONG_CELL = 100
"""Characters from which the text of a table cell is no datum."""
CELL_DEPTH = 2
"""Elements that may stand between a cell and its text: a paragraph, a division."""


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

    def judgement(self, likely: Floats) -> Body:
        """The text by these probabilities of the judged blocks, block by block."""
        asked = [self.blocks[index] for index in self.features.indexes]
        kept = list(compress(asked, block_model().chosen(likely, self.features.length)))
        return Body(
            [block.text for block in kept],
            kept=kept,
            judged=dict(zip(asked, likely.tolist(), strict=True)),
            uncertainty=uncertainty(likely, self.features.length),
        )


def read_body(
    document: Document,
    metadata: Metadata,
    provenance_blocks: list[Block],
    site: Site,
    repeats: Mapping[Block, Repeat] | None = None,
    *,
    prune: bool = False,
    by_trafilatura: bool = False,
) -> Body:
    """The article's text. Takes boilerplate and the lines about republication out of the tree on the way.

    `repeats`: the blocks that other pages of the site have too. `prune`: what the site's `body` selects is judged, too.
    `by_trafilatura`: its text is taken, whatever the model says.
    """
    ruled = blocks_of_rule(document, site)
    if ruled is not None and not prune:
        remove_boilerplate(document, metadata, provenance_blocks)
        kept = [block for block in ruled if block.text and block.taken is None]
        return Body(_lines(kept), "rules", kept)
    found = _candidate(prepare(document, metadata, provenance_blocks), document, metadata, by_trafilatura)
    chosen = with_intro(_standfirst(found.judged, found.kept, metadata) + found.kept, list(found.judged), metadata)
    chosen = without_author_lines(chosen, metadata) or chosen
    found.kept = without_boilerplate(chosen, repeats or {})
    found.repeated = [block for block in chosen if block not in found.kept]
    if ruled is not None:
        within, found.method = set(ruled), "rules"
        found.kept = [block for block in found.kept if block in within] or [b for b in ruled if b.taken is None]
    title = squash(metadata.title or "")
    found.blocks = [line for line in _lines(found.kept) if not title or squash(line) != title]
    return found


def _candidate(prepared: Prepared, document: Document, metadata: Metadata, by_trafilatura: bool) -> Body:
    """The text as the model judges it, with trafilatura's opinion where it is unsure of the page; trafilatura's text
    where the model finds none, or where that is wanted. Tables are kept or left as wholes, no text stands twice.

    To choose between the two texts as wholes, by their size, links and agreement, gained nothing on held-out sites.
    """
    numbers = prepared.features
    likely = block_model().probabilities(numbers)
    is_unsure = bool(numbers.indexes) and uncertainty(likely, numbers.length) >= UNSURE
    if is_unsure and may_be_article(document, metadata, prepared.judgement(likely)):
        likely = block_model().reconsidered(likely, numbers, prepared.second_opinion)
    found = prepared.judgement(likely)
    found.method = document.stated or "blocks"
    if by_trafilatura or not found.kept:
        found.method, found.kept = "trafilatura", list(compress(prepared.blocks, prepared.taken))
    if not by_trafilatura:
        found.kept = tables_as_wholes(document.tree, prepared.blocks, found.kept, found.judged)
    found.kept = each_once(found.kept)
    return found


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
    wanted = squash(metadata.description or "")
    if len(wanted) < LEAST_STANDFIRST or not kept:
        return []
    above = takewhile(lambda block: block is not kept[0], judged)
    return [block for block in above if block.squashed == wanted][-1:]


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
    one, other = _cell(before), _cell(block)
    return (
        one is not None
        and other is not None
        and one is not other
        and one.getparent() is other.getparent()
        and max(len(before.text), len(block.text)) < LONG_CELL
    )


def _cell(block: Block) -> HtmlElement | None:
    """The table cell that the block is, or is the paragraph of."""
    for node in (block.container, *islice(block.container.iterancestors(), CELL_DEPTH)):
        if node.tag in ("td", "th"):
            return node
    return None


def _is_item(block: Block) -> bool:
    """Whether the block opens a list item."""
    node = block.container
    if node.tag == "li":
        return block.pieces[0][0] is node or not fold(node.text)
    parent = node.getparent()
    return parent is not None and parent.tag == "li" and not fold(parent.text) and parent[0] is node
