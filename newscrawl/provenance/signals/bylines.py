"""Bylines that credit an agency: on the page, in `meta author`, in the author of the JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from newscrawl.document import Block, Document, strings
from newscrawl.items import Confidence, Evidence
from newscrawl.provenance.credits import LONGEST, Credit, read_credit
from newscrawl.provenance.layout import is_caption, is_comment
from newscrawl.provenance.links import target_of
from newscrawl.provenance.model import Context, Signal

BEFORE = 25
"""Blocks between headline and text in which a byline is looked for."""

_BYLINE = re.compile(r"author|byline|by-line|wirepartner|credit|source|agenc|autor|contributor", re.I)


def find(document: Document, context: Context) -> list[Signal]:
    """The bylines that name a publisher of the directory other than the outlet."""
    signals = []
    for block in _byline_blocks(document, context):
        if credit := read_credit(block.text, context):
            signals.append(_signal(credit, "byline", "explicit_name", href=_own_link(document, block, credit)))
    for kind, text in _stated_authors(document):
        if credit := read_credit(text, context):
            signals.append(_signal(credit, kind, "structured"))
    return signals


def _signal(credit: Credit, kind: str, confidence: Confidence, href: str | None = None) -> Signal:
    publisher = credit.publishers[0]
    partial = credit.kind == "partial"
    return Signal(
        evidence=Evidence(kind=kind, text=credit.text[:500], href=href, rule=f"{kind}/{credit.kind}"),
        name=publisher.name,
        domain=publisher.domain,
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


def _byline_blocks(document: Document, context: Context) -> Iterator[Block]:
    """Short lines about the headline, and the first and last lines of the text."""
    layout, blocks = context.layout, document.blocks
    first = max(0, min(layout.headline - 3, layout.start - 3), layout.start - BEFORE)
    for index in [
        *range(first, min(layout.start + 3, len(blocks))),
        *range(max(layout.start + 3, layout.end - 2), min(layout.end + 3, len(blocks))),
    ]:
        block = blocks[index]
        if (
            2 <= len(block.text) <= LONGEST
            and block.tag not in ("li", "button", "figcaption")
            and block.text not in context.repeated
        ):
            if _is_byline(block, index, context) and not is_caption(block) and not is_comment(block):
                yield block


def _is_byline(block: Block, index: int, context: Context) -> bool:
    """A line that can be a byline: it stands below the headline, or is marked up as one."""
    if index >= context.layout.headline:
        return True
    node = block.container
    return bool(_BYLINE.search(f"{node.get('class') or ''} {node.get('rel') or ''} {node.get('itemprop') or ''}"))


def _stated_authors(document: Document) -> Iterator[tuple[str, str]]:
    for node in document.json_ld_articles:
        for text in _names(node.get("author")) or _names(node.get("creator")):
            yield "json_ld_author", text
    for name in ("author", "article:author", "dc.creator", "byl", "articleauthor", "parsely-author", "sailthru.author"):
        for text in document.meta.get(name, ())[:3]:
            if not text.startswith("http"):
                yield "meta_author", text


def _names(value: Any) -> list[str]:
    """The authors' names, at most five: a list of many is staff, not a byline."""
    found = [text for text in strings(value) if not text.startswith("http")]
    return found if len(found) <= 5 else []
