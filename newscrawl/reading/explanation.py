"""What the steps of reading saw on a page, for people: signals with their vetoes, and what became of each block."""

from __future__ import annotations

from dataclasses import dataclass, field

from newscrawl.items import Article, Confidence, Evidence, Needs, Rejection, Relation, Role


@dataclass(slots=True, kw_only=True)
class ReportedSignal:
    """A signal of the page about where the story comes from."""

    evidence: Evidence
    """What was seen, and by which rule."""
    name: str | None
    """The publisher it names."""
    domain: str | None
    """Its registrable domain."""
    url: str | None
    """The original article."""
    relation: Relation
    role: Role
    confidence: Confidence
    veto: str | None
    """Why it does not count; None where it does."""


@dataclass(slots=True, kw_only=True)
class Printed:
    """A block of the page's text and its outcome."""

    text: str
    """Its text, white space folded; without what was cut out of it."""
    tag: str
    """The element around it."""
    kept: bool
    """Whether it is part of the article's text."""
    rule: str | None
    """The rule that took it out before the model was asked."""
    probability: float | None
    """How likely it is the article's by the model; None where the model was not asked."""
    css: str | None
    """A selector for the site's `drop` that takes the block out and no text that was kept; None where its elements have
    no name of their own."""


@dataclass(slots=True, kw_only=True)
class Explanation:
    """Why a page is read as it is. Exactly one of the first three is there."""

    article: Article | None = None
    rejection: Rejection | None = None
    needs: Needs | None = None
    signals: list[ReportedSignal] = field(default_factory=list)
    """Every signal found, the strongest first; those with a veto behind the others."""
    cut: list[str] = field(default_factory=list)
    """Sentences about republication that were cut out of paragraphs."""
    blocks: list[Printed] = field(default_factory=list)
    """The page's blocks in order."""
