"""What the signals return and what the verdict says: `Signal`, `Provenance`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from newscrawl.items import Confidence, Discovery, Evidence, Origin, Party, Relation, Role
from newscrawl.provenance.article_extent import Layout
from newscrawl.provenance.directory.directory import Directory
from newscrawl.provenance.phrasebook import Phrasebook
from newscrawl.web.page_blocks import Block


class Part(NamedTuple):
    """A stretch of a block's text."""

    block: Block
    start: int
    end: int


@dataclass(slots=True, kw_only=True)
class Signal:
    """One statement of the page about where the story comes from."""

    evidence: Evidence
    """What was seen, and by which rule."""
    name: str | None = None
    """The publisher as the page names it."""
    domain: str | None = None
    """Registrable domain of its link, or of its entry in the directory."""
    url: str | None = None
    """The original article, absolute."""
    relation: Relation = "republished"
    """How the page relates to it."""
    role: Role = "originator"
    """The publisher's part as this signal states it."""
    confidence: Confidence
    """How it is stated."""
    blocks: list[Block] = field(default_factory=list)
    """The lines that state it and say nothing else: they leave the body."""
    parts: list[Part] = field(default_factory=list)
    """The parts of paragraphs that state it: they leave the body, and the rest of the paragraph stays."""
    veto: str | None = None
    """Why the signal does not count: "self", "date", "teaser", ...; None where it does."""


@dataclass(frozen=True, kw_only=True)
class Context:
    """What the signals know beside the page."""

    source_domain: str
    """Registrable domain of the outlet crawled."""
    site_names: frozenset[str]
    """Names of the outlet, as `name_key`s."""
    directory: Directory
    """Publishers known beforehand."""
    phrases: Phrasebook
    """Sentences about republication."""
    frame: tuple[str, str]
    """What the page says of its outlet around the story: see `own_outlet.frame_of`."""
    layout: Layout
    """Where headline and text of the article stand among the blocks."""
    url: str = ""
    """The page's address."""
    blocks: Sequence[Block] = ()
    """The page's blocks."""
    feed: Discovery | None = None
    """How the URL was found, with the feed's `<source>`."""
    repeated: frozenset[str] = frozenset()
    """Texts of blocks that stand on many pages of the outlet: boilerplate, which tells nothing of one story."""


@dataclass(slots=True, kw_only=True)
class Provenance:
    """Who published the story first, and how that is known."""

    origin: Origin | None = None
    """The first publisher as the page states it; None where the outlet itself is."""
    chain: list[Party] = field(default_factory=list)
    """From the originator to the last intermediary; empty without an origin."""
    contributors: list[Party] = field(default_factory=list)
    """Those credited in part."""
    blocks: list[Block] = field(default_factory=list)
    """Lines about republication, which the caller takes out of the page: `block.take_out(rule)`."""
    parts: list[Part] = field(default_factory=list)
    """The same within paragraphs of the story, for the caller to cut, those behind first: `block.cut(start, end)`."""
    signals: list[Signal] = field(default_factory=list)
    """Every signal found, the strongest first; those that do not count carry the veto's name."""
