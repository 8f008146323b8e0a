"""Is it an article at all? Front, section, search and shop pages, error pages and walls are rejected with a reason."""

from __future__ import annotations

from newscrawl.document import Document
from newscrawl.extraction.article import Body
from newscrawl.extraction.metadata import Metadata


def why_no_article(document: Document, metadata: Metadata, body: Body) -> str | None:
    """The reason for which the page is no article; None where it is one."""
    if not body.blocks:
        return "empty"
    return None
