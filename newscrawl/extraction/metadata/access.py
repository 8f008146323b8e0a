"""Whether an article may be read for free, as the page states it: JSON-LD, microdata and meta."""

from __future__ import annotations

from newscrawl.extraction.metadata.graph import Graph
from newscrawl.web.document import Document

_TIERS = {"free": True, "open": True, "locked": False, "paid": False, "premium": False, "subscriber": False}
"""Values of article:content_tier (Facebook's, which many content systems print); "metered" says nothing of a page."""
_WORDS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def accessible_for_free(document: Document, graph: Graph) -> bool | None:
    """False where any part of the article is declared to be for subscribers, True where it is declared to be free."""
    article, page = graph.article, graph.page
    parts = [part for node in (article, page) for part in graph.nodes(node.get("hasPart")) if isinstance(part, dict)]
    stated = [_flag(node.get("isAccessibleForFree")) for node in (article, page)]
    if any(_flag(part.get("isAccessibleForFree")) is False for part in parts):
        return False
    stated += [
        _flag(node.get("content") or node.text_content()[:20])
        for node in graph.marked.get("isAccessibleForFree", [])[:1]
    ]
    stated += [_flag(document.first_meta("isaccessibleforfree"))]
    tier = (document.first_meta("article:content_tier", "content_tier", "article:tier") or "").casefold()
    return next((flag for flag in [*stated, _TIERS.get(tier)] if flag is not None), None)


def _flag(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    return _WORDS.get(value.strip().rpartition("/")[2].casefold()) if isinstance(value, str) else None
