"""Lines that link the source without a label: "Read the original", a known name beside the date, `p.source-org`."""

from __future__ import annotations

import re

from newscrawl.items import Evidence
from newscrawl.provenance.article_extent import is_caption, is_comment
from newscrawl.provenance.directory.directory import Publisher
from newscrawl.provenance.label_lines import LONGEST
from newscrawl.provenance.label_words import Label
from newscrawl.provenance.links import REFERENCES, SOCIAL, Target, target_of
from newscrawl.provenance.name_keys import names_domain
from newscrawl.provenance.own_outlet import is_own_name
from newscrawl.provenance.signal import Context, Signal
from newscrawl.web.document import Document
from newscrawl.web.page_blocks import Block
from newscrawl.web.text import fold


def find(document: Document, context: Context) -> list[Signal]:
    """The names in elements named for a source, the linked names beside the date, the lines that link the original."""
    return _marked_names(document, context) + _linked_names(document, context) + _originals(document, context)


def label_evidence(block: Block, label: Label, target: Target | None) -> Evidence:
    """The evidence of a label or of such a line."""
    return Evidence(
        kind="label",
        text=block.text[:500] if len(block.text) <= LONGEST else block.text[label.start :][:500],
        href=target.url if target else None,
        rule=f"{label.language}/{label.kind}-label" if label.language else f"label/{label.kind}",
        language=label.language or None,
    )


def _is_own(context: Context, target: Target) -> bool:
    return context.directory.same_outlet(target.domain, context.source_domain)


def _marked_names(document: Document, context: Context) -> list[Signal]:
    """A known publisher's name in an element about the headline that is named for the source: `p.source-org`."""
    layout, signals = context.layout, []
    for block in document.blocks[max(0, layout.headline - 4) : layout.start + 2]:
        nodes = {node: None for piece, is_tail in block.pieces if not is_tail for node in (piece, piece.getparent())}
        for node in nodes:
            names = (
                " ".join(filter(None, (node.get(key) for key in ("class", "id", "itemprop"))))
                if node is not None
                else ""
            )
            text = fold(node.text_content()) if names and len(names) < 80 and _SOURCE_NODE.search(names) else ""
            known = context.directory.named(text) if 1 < len(text) <= 40 else None
            if known is None or is_own_name(text, context) or is_caption(block) or known.kind == "aggregator":
                continue
            link = next((link for link in block.links if link.text and link.text in text), None)
            target = target_of(document, link.href) if link else None
            outside = target if target and context.directory.same_outlet(target.domain, known.domain) else None
            signals.append(_named_source(block, known, text, outside))
    return signals


_SOURCE_NODE = re.compile(
    r"(?:^|[\s_-])(?:source-?org|sourceorganization|from-?site|news-?source|article-?source|post-?source|story-?source"
    r"|source-?name|media-?name|provider|laiyuan|source)(?:$|[\s_-])",
    re.I,
)


def _named_source(block: Block, known: Publisher, text: str, outside: Target | None) -> Signal:
    return Signal(
        evidence=label_evidence(block, Label("marked", "", 0), outside),
        name=known.called(text),
        domain=known.domain,
        url=outside.url if outside and outside.is_article else None,
        relation="wire" if known.kind == "agency" else "republished",
        role="distributor" if known.kind == "distributor" else "originator",
        confidence="explicit_link" if outside else "explicit_name",
    )


def _linked_names(document: Document, context: Context) -> list[Signal]:
    """A publisher's name that links a page of its own, beside the date, or alone about the text's edges."""
    layout, signals = context.layout, []
    head = range(max(0, layout.headline - 2), min(layout.start + 2, len(document.blocks)))
    for index in {*head, *layout.closing(2, 3, document.blocks)}:
        block = document.blocks[index]
        if len(block.text) > 100 or block.tag == "li" or is_caption(block) or is_comment(block):
            continue
        for link in block.links[:3]:
            dated = index in head and re.search(r"\d", block.text) is not None
            if not 1 < len(link.text) <= 30 or not (dated or link.text == block.text.strip(" ()[].*")):
                continue
            known = context.directory.named(link.text)
            target = target_of(document, link.href)
            if target is None or not target.is_article or _is_own(context, target):
                continue
            short = len(block.text) - len(link.text) <= DATE
            named = names_domain(link.text, target.domain) and dated and short and target.domain not in SOCIAL
            if named or (known and target.domain in (known.domain, *known.aliases)):
                signals.append(_original(context, block, Label("linked", "", 0), target))
    return signals if len(signals) < _MANY else []


DATE = 30
"""Characters of a date and a time beside a name."""
_MANY = 3
"""So many names of publishers with links are a list of other stories."""


def _originals(document: Document, context: Context) -> list[Signal]:
    """Lines that link the original piece or the release: "Read the original", 元記事を読む, "Press release of X"."""
    layout, labels = context.layout, context.phrases.labels
    signals = []
    for index in range(max(0, layout.headline - 3), min(max(layout.end, layout.story_end) + 20, len(document.blocks))):
        block = document.blocks[index]
        link = next((link for link in block.links if link.text), None)
        label = labels.opening(block.text) if link and 2 < len(block.text) <= 120 else None
        if link is None or label is None or (label.kind == "release" and link.text != block.text) or is_comment(block):
            continue
        target = target_of(document, link.href)
        if target is None or not target.is_article or _is_own(context, target) or block.text in context.repeated:
            continue
        if target.domain not in SOCIAL and target.domain not in REFERENCES:
            signals.append(_original(context, block, label, target))
    return signals


def _original(context: Context, block: Block, label: Label, target: Target) -> Signal:
    entry = context.directory.by_domain(target.domain)
    return Signal(
        evidence=label_evidence(block, label, target),
        name=entry.title if entry else None,
        domain=target.domain,
        url=target.url,
        relation="press_release"
        if label.kind == "release"
        else "wire"
        if entry and entry.kind == "agency"
        else "republished",
        confidence="explicit_link",
        blocks=[block],
    )
