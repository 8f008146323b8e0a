"""The signals, one module each: `find(document, context)` returns what the page states, and changes nothing on it."""

from __future__ import annotations

from collections.abc import Callable

from newscrawl.provenance.signal import Context, Signal
from newscrawl.provenance.signals import (
    byline_credits,
    canonical,
    copyrights,
    datelines,
    feed_source,
    pixels,
    sentences,
    source_labels,
    source_links,
    structured,
)
from newscrawl.web.document import Document

SIGNALS: tuple[Callable[[Document, Context], list[Signal]], ...] = (
    sentences.find,
    source_labels.find,
    source_links.find,
    pixels.find,
    datelines.find,
    byline_credits.find,
    copyrights.find,
    structured.find,
    canonical.find,
    feed_source.find,
)
"""All signals, in the order of their strength."""

__all__ = ["SIGNALS"]
