"""The signals, one module each: `find(document, context)` answers what the page states, and changes nothing on it."""

from __future__ import annotations

from collections.abc import Callable

from newscrawl.provenance.model import Context, Signal
from newscrawl.provenance.signals import (
    bylines,
    canonical,
    copyrights,
    datelines,
    feed,
    labels,
    pixels,
    sentences,
    structured,
)
from newscrawl.web.document import Document

SIGNALS: tuple[Callable[[Document, Context], list[Signal]], ...] = (
    sentences.find,
    labels.find,
    pixels.find,
    datelines.find,
    bylines.find,
    copyrights.find,
    structured.find,
    canonical.find,
    feed.find,
)
"""All signals, in the order of their strength."""

__all__ = ["SIGNALS"]
