"""Bylines that credit an agency: on the page, in `meta author`, in the author of the JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from newscrawl.items import Confidence, Evidence
from newscrawl.provenance.article_extent import Layout, after_picture, beside_picture, is_caption, is_comment
from newscrawl.provenance.closing import closing
from newscrawl.provenance.credits import LONGEST, Credit, is_dated, opens_credit, read_credit, stands_out
from newscrawl.provenance.declared_authors import declared_authors, has_person
from newscrawl.provenance.directory.directory import Publisher
from newscrawl.provenance.links import is_article, target_of
from newscrawl.provenance.signal import Context, Part, Signal
from newscrawl.web.document import Document
from newscrawl.web.page_blocks import Block

BEFORE = 25
"""Blocks between headline and text in which a byline is looked for."""

_MARKS = ("class", "rel", "itemprop", "data-testid", "id")
_AUTHOR_PAGE = re.compile(
    r"/(?:author|autor|auteur|auteurs|authors|autoren|by|person|people|profile|staff|contributor|writer|agenc|source|partner|reporter)",
    re.I,
)
_PLACE = re.compile(r"\s?\([^()]{2,40}\)$")
_TIP = re.compile(r"\W{0,2}(?:via|h/t|hat tip)\b", re.I)
"""Who told of it: "Via: Fox News" below a piece of the outlet's own."""
_TAKEN_BY = re.compile(r"\(?(?:[A-ZÀ-Þ][\w.'’-]{0,20}\s){1,3}[A-ZÀ-Þ][\w.'’-]{1,20}\s?/\s?[A-Z][\w .-]{1,30}\)?\.?")
"""A photographer and an agency: "John Doe/AP"."""
_BYLINE = re.compile(
    r"author|byline|by-line|wirepartner|agenc|autor|contributor|muhabir|kaynak|article-?source|news-?source", re.I
)


def find(document: Document, context: Context) -> list[Signal]:
    """The bylines that name a publisher of the directory other than the outlet."""
    signals = []
    for block, behind in _byline_blocks(document, context):
        marked = _is_marked(block) or is_dated(block.text)
        credit = read_credit(block.text, context, marked=marked)
        if credit is None or _is_topic(document, block, context):
            continue
        if not marked and (beside_picture(block) or (not behind and after_picture(block))):
            continue
        if not marked and (_TIP.match(block.text) or _TAKEN_BY.fullmatch(block.text)):
            continue
        if (behind or not marked) and credit.kind == "sole" and has_person(document, context):
            credit = replace(credit, kind="partial")  # a staff writer's piece with "Source: dpa" below
        signals += _signals(credit, "byline", "explicit_name", href=_own_link(document, block, credit))
        if behind and credit.kind == "sole":
            signals[-1].blocks = [block]
    signals += _closing_credits(document, context)
    if _is_aggregator(context):
        signals += _sources_shown(document, context)
    for kind, text in declared_authors(document):
        if credit := read_credit(text, context):
            signals += _signals(credit, kind, "structured")
    return signals


def _closing_credits(document: Document, context: Context) -> list[Signal]:
    """Credits that close the text's last paragraphs: "... (avec Reuters)", "... dijo. Fuente: Prensa Latina"."""
    layout, signals = context.layout, []
    for block in (document.blocks[index] for index in layout.closing(2, 0, document.blocks)):
        start = closing(block.text)
        if start is None or len(block.text) - start > LONGEST or not opens_credit(block.text[start:]):
            continue
        credit = read_credit(block.text[start:], context, marked=False)
        if credit is None or is_caption(block):
            continue
        if credit.kind != "partial" and has_person(document, context):
            credit = replace(credit, kind="partial")
        found = _signals(credit, "byline", "explicit_name")
        found[0].parts = [Part(block, start, len(block.text))] if credit.kind == "sole" else []
        signals += found
    return signals


def _is_aggregator(context: Context) -> bool:
    own = context.directory.by_domain(context.source_domain)
    return own is not None and own.kind == "aggregator"


def _sources_shown(document: Document, context: Context) -> list[Signal]:
    """On an aggregator's page the line about the headline that is a publisher's name: "Premium Times (Abuja)"."""
    layout, signals = context.layout, []
    for block in document.blocks[layout.headline : layout.start + 1]:
        name = _PLACE.sub("", block.text[:LONGEST])
        publisher = context.directory.by_name(name) if stands_out(name, marked=True) else None
        if publisher and publisher.kind in ("agency", "publisher") and not is_caption(block):
            credit = Credit("sole", (publisher,), block.text)
            signals += _signals(credit, "byline", "explicit_name", _own_link(document, block, credit))
            signals[-1].blocks = [block]
    return signals


def _is_topic(document: Document, block: Block, context: Context) -> bool:
    """Whether the line is a link to the outlet's own page about a topic, not to an author's."""
    if len(block.links) != 1 or block.link_share < 0.9:
        return False
    href = block.links[0].href
    target = target_of(document, href)
    own = target is not None and context.directory.same_outlet(target.domain, context.source_domain)
    return own and not _AUTHOR_PAGE.search(href) and not _is_marked(block)


def _signals(credit: Credit, kind: str, confidence: Confidence, href: str | None = None) -> list[Signal]:
    """The first publisher's signal and the distributors'; of a partial credit one for each."""
    partial = credit.kind == "partial"
    first, *others = credit.publishers
    named = credit.publishers if partial else [first, *(one for one in others if one.kind == "distributor")]
    return [_signal(credit, publisher, kind, confidence, href) for publisher in named]


def _signal(credit: Credit, publisher: Publisher, kind: str, confidence: Confidence, href: str | None) -> Signal:
    partial = credit.kind == "partial"
    linked = href if href and credit.kind == "sole" and is_article(href) else None
    return Signal(
        evidence=Evidence(kind=kind, text=credit.text[:500], href=href, rule=f"{kind}/{credit.kind}"),
        name=publisher.called(credit.text),
        domain=publisher.domain,
        url=linked,
        relation="wire" if publisher.kind == "agency" else "republished",
        role="contributor" if partial else "distributor" if publisher.kind == "distributor" else "originator",
        confidence=confidence,
    )


def _own_link(document: Document, block: Block, credit: Credit) -> str | None:
    for link in block.links:
        target = target_of(document, link.href)
        if target and target.domain in (credit.publishers[0].domain, *credit.publishers[0].aliases):
            return target.url
    return None


def _byline_blocks(document: Document, context: Context) -> Iterator[tuple[Block, bool]]:
    """Short lines about the headline and the first lines of the text; with True, its last lines and those behind it."""
    layout, blocks = context.layout, document.blocks
    first = max(0, min(_first_headline(document, layout) - 3, layout.start - 3), layout.start - BEFORE)
    middle = min(layout.start + 3, len(blocks))
    behind = (index for index in layout.closing(2, 4, blocks) if index >= middle)
    for index in [*range(first, middle), *behind]:
        block = blocks[index]
        if (
            not 2 <= len(block.text) <= LONGEST
            or block.tag in ("button", "figcaption")
            or block.text in context.repeated
        ):
            continue
        marked = _is_marked(block)
        placed = index >= layout.headline or marked or (index == layout.headline - 1 and is_dated(block.text))
        if placed and not is_caption(block, 1 if marked else 4) and not is_comment(block):
            yield block, index >= middle


def _first_headline(document: Document, layout: Layout) -> int:
    """Where the headline stands first: some pages print it again, in a box that shares the story, below the byline."""
    blocks = document.blocks
    title = blocks[layout.headline].text if layout.headline < len(blocks) else ""
    earlier = range(max(0, layout.headline - BEFORE), layout.headline)
    return next(
        (index for index in earlier if blocks[index].tag == "h1" and blocks[index].text == title), layout.headline
    )


def _is_marked(block: Block) -> bool:
    """Whether the page marks the line as a byline."""
    node = block.container
    parent = node.getparent()
    nodes = [node, *(link.node for link in block.links), *([parent] if parent is not None else [])]
    return any(_BYLINE.search(" ".join(str(value) for name in _MARKS if (value := node.get(name)))) for node in nodes)
