"""Republication pixels: images and scripts that count readers for the original publisher."""

from __future__ import annotations

import re

from newscrawl.items import Evidence
from newscrawl.provenance.links import target_of
from newscrawl.provenance.signal import Context, Signal
from newscrawl.web.document import Document

_CONVERSATION = re.compile(r"counter\.theconversation\.com/content/(\d{3,9})")
_PROPUBLICA = re.compile(r"pixel\.propublica\.org|propublica\.org/pixel")
_TRACKER_ID = "republication-tracker-tool-source"


def find(document: Document, context: Context) -> list[Signal]:
    """The pixels on the page."""
    signals = []
    for node in document.tree.iter("img", "script"):
        source = node.get("src") or node.get("data-src") or ""
        if not source and node.get("id") != _TRACKER_ID:
            continue
        if found := _pixel(document, source, node.get("id") == _TRACKER_ID):
            domain, url, rule = found
            veto = "self" if context.directory.same_outlet(domain, context.source_domain) else None
            signals.append(
                Signal(
                    evidence=Evidence(kind="pixel", href=document.absolute(source), rule=rule),
                    domain=domain,
                    url=url,
                    confidence="structured",
                    veto=veto,
                )
            )
    return signals


def _pixel(document: Document, source: str, is_tracker: bool) -> tuple[str, str | None, str] | None:
    if match := _CONVERSATION.search(source):
        return "theconversation.com", f"https://theconversation.com/{match[1]}", "pixel/the-conversation"
    if _PROPUBLICA.search(source):
        return "propublica.org", None, "pixel/propublica"
    if is_tracker or "republication-tracker-tool" in source:
        # <img id="republication-tracker-tool-source" src="https://ORIGINAL/?republication-pixel=true&post=123">
        target = target_of(document, source) if "republication-pixel" in source or is_tracker else None
        return (target.domain, None, "pixel/republication-tracker-tool") if target else None
    return None
