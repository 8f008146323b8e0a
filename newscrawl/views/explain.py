"""Why a page is read as it is, as text for the terminal: signals, verdict, blocks and their rules, the record."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator

import msgspec

from newscrawl.items import Article, Evidence, Party
from newscrawl.reading.explanation import Explanation, Printed, ReportedSignal
from newscrawl.views.terminal import one_line, shortened

WIDE = 110
"""Characters of a line of the record's body and of a text that is quoted."""


def explained(seen: Explanation) -> Iterator[str]:
    """The lines, each safe to print."""
    yield "Signals of who published first"
    yield from _signals(seen.signals)
    yield ""
    yield "Verdict"
    yield from _verdict(seen)
    yield ""
    yield "Blocks of the page: + kept, - taken out by a rule or left by the model (its probability)"
    yield from _blocks(seen)
    if seen.article is not None:
        yield ""
        yield "Record"
        yield from _record(seen.article)


def _signals(signals: list[ReportedSignal]) -> Iterator[str]:
    if not signals:
        yield "  none found"
    for signal in signals:
        publisher = " ".join(part for part in (signal.name, f"<{signal.domain}>" if signal.domain else None) if part)
        outcome = f"VETO {signal.veto}" if signal.veto else f"counts as {signal.role}"
        yield one_line(f"  {outcome}: {publisher or 'no name'} ({signal.relation}, {signal.confidence})")
        yield from _evidence(signal.evidence, signal.url)


def _evidence(evidence: Evidence, article: str | None) -> Iterator[str]:
    yield one_line(f"    {evidence.kind}, rule {evidence.rule}")
    if evidence.text:
        yield f"    text: {one_line(evidence.text)}"
    if evidence.href:
        yield f"    link: {one_line(evidence.href)}"
    if article and article != evidence.href:
        yield f"    article: {one_line(article)}"


def _verdict(seen: Explanation) -> Iterator[str]:
    if seen.rejection is not None:
        yield one_line(f"  no article: {seen.rejection.reason} ({seen.rejection.detail or 'no detail'})")
        if seen.rejection.sign is not None:
            near = ", near the border" if seen.rejection.near_border else ""
            yield (
                f"  decided by {seen.rejection.sign}: score {seen.rejection.score}{near};"
                f" the text would have {seen.rejection.length} characters"
            )
    if seen.needs is not None:
        yield one_line(f"  not readable yet: needs {seen.needs.how} {seen.needs.url}")
    if seen.article is None:
        return
    origin = seen.article.originally_appeared_on
    if origin is None:
        yield one_line(f"  appeared first here: {seen.article.source.domain}; nothing that counts names another")
    else:
        yield one_line(f"  appeared first on {origin.name or origin.domain} ({origin.relation}, {origin.confidence})")
        yield one_line(f"    domain {origin.domain or 'unknown'}, article {origin.url or 'unknown'}")
    for label, parties in (("chain", seen.article.provenance_chain), ("contributors", seen.article.contributors)):
        if parties:
            yield one_line(f"  {label}: {' > '.join(map(_party, parties))}")


def _party(party: Party) -> str:
    return f"{party.role} {party.name or party.domain}"


def _blocks(seen: Explanation) -> Iterator[str]:
    """Those that a rule took or the model judged; of the others their number."""
    for text in seen.cut:
        yield f"  - cut out of its paragraph, rule provenance: {shortened(text, WIDE)}"
    told = [block for block in seen.blocks if block.kept or block.rule or block.probability is not None]
    for block in told:
        yield f"  {'+' if block.kept else '-'} {_fate(block):<14} {shortened(block.text, WIDE)}"
    if rest := len(seen.blocks) - len(told):
        yield f"  and {rest} blocks too far from the story to be asked about"


def _fate(block: Printed) -> str:
    if block.rule:
        return one_line(block.rule)
    return "site's rule" if block.probability is None else f"{block.probability:.2f}"


def _record(article: Article) -> Iterator[str]:
    """The record's fields as they are exported, its body broken into lines."""
    fields = msgspec.to_builtins(article)
    body = fields.pop("body")
    for name, value in fields.items():
        yield one_line(f"  {name}: {json.dumps(value, ensure_ascii=False)}")
    yield "  body:"
    for paragraph in body.split("\n\n"):
        yield from (f"    {line}" for line in textwrap.wrap(one_line(paragraph), WIDE) or [""])
        yield ""
