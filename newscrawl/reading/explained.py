"""Puts together what the steps of reading saw on a page, for people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from newscrawl.extraction.blocks.story_text import Body
from newscrawl.items import Article, Needs, Rejection
from newscrawl.provenance import Provenance, Signal
from newscrawl.reading.explanation import Explanation, Printed, ReportedSignal
from newscrawl.web.document import Document


def explanation(
    verdict: Article | Rejection | Needs,
    document: Document | None,
    provenance: Provenance | None,
    cut: Sequence[str],
    body: Body | None,
) -> Explanation:
    """Puts together what the steps came to; None for those that were not reached."""
    return Explanation(
        article=verdict if isinstance(verdict, Article) else None,
        rejection=verdict if isinstance(verdict, Rejection) else None,
        needs=verdict if isinstance(verdict, Needs) else None,
        signals=[_reported(signal) for signal in provenance.signals] if provenance else [],
        cut=list(cut),
        blocks=_blocks(document, body) if document and body else [],
    )


def _reported(signal: Signal) -> ReportedSignal:
    return ReportedSignal(
        evidence=signal.evidence,
        name=signal.name,
        domain=signal.domain,
        url=signal.url,
        relation=signal.relation,
        role=signal.role,
        confidence=signal.confidence,
        veto=signal.veto,
    )


def _blocks(document: Document, body: Body) -> list[Printed]:
    kept, repeated = set(body.kept), set(body.repeated)
    used = Counter(name for block in kept for name in set(_names(block.container)))
    return [
        Printed(
            text=block.text,
            tag=block.tag,
            kept=block in kept,
            rule=block.taken or ("repeats" if block in repeated else None),
            probability=body.judged.get(block),
            css=next((name for name in _names(block.container) if used[name] <= (block in kept)), None),
        )
        for block in document.blocks
        if block.text
    ]


_NAME = re.compile(r"[A-Za-z][A-Za-z_-]*(?:\d{1,2}[A-Za-z_-]*)?")
"""Ids and classes that mean something; "post-48213" and "css-1q2w3e" are another's on the next page."""


def _names(element: HtmlElement) -> Iterator[str]:
    """Selectors of the element and those around it, the innermost first."""
    for node in (element, *element.iterancestors()):
        if node.tag in ("body", "html"):
            return
        if _NAME.fullmatch(node.get("id") or ""):
            yield f"#{node.get('id')}"
        if classes := [name for name in (node.get("class") or "").split() if _NAME.fullmatch(name)]:
            yield ".".join((str(node.tag), *classes[:3]))
