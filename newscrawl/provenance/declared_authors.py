"""Whom the page's structured data name as the author."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from newscrawl.provenance.article_extent import is_caption
from newscrawl.provenance.credits import read_credit
from newscrawl.provenance.own_outlet import is_own_name
from newscrawl.provenance.signal import Context
from newscrawl.web.document import Document
from newscrawl.web.json_ld import strings

_STAFF = re.compile(
    r"\b(?:staff|reporters?|editors?|redaktion|redaction|rédaction|redacción|desk|team|news|agenc\w{1,4})\b", re.I
)


def has_person(document: Document, context: Context) -> bool:
    """Whether the structured data name a person as the author, and no agency."""
    stated = [text for _, text in declared_authors(document)]
    if any(read_credit(text, context) for text in stated):
        return False
    return any(" " in text and not _STAFF.search(text) and not is_own_name(text, context) for text in stated)


_BY = re.compile(
    r"(?:(?:written |posted |story |text )?by|von|par|por|di|door|av|af|autore?|autor|auteur)\b\s?:?\s{1,2}", re.I
)
_MARKED = re.compile(r"(?:^|[\s_-])(?:author|byline|autor|auteur|autore)(?:$|[\s_-])", re.I)
_PERSON = re.compile(r"(?:[A-ZÀ-ÞŁŚŻČŠŽ][^\W\d_'’.-]{1,20}['’.-]?\s?){1,2}(?:[A-Z]\.?\s)?[A-ZÀ-ÞŁŚŻČŠŽ][^\W\d_]{1,24}")


def prints_person(document: Document, context: Context) -> bool:
    """Whether a line about the headline says who wrote the story: "By Ann Lee", Ann Lee in an element for authors."""
    layout = context.layout
    for block in document.blocks[max(0, layout.headline - 2) : layout.start + 1]:
        if not 5 <= len(block.text) <= 80 or is_caption(block):
            continue
        by = _BY.match(block.text)
        nodes = (block.container, *(link.node for link in block.links))
        marked = any(_MARKED.search(f"{node.get('class') or ''} {node.get('rel') or ''}") for node in nodes)
        name = _PERSON.match(block.text[by.end() if by else 0 :]) if by or marked else None
        if name and " " in name[0].strip() and not _STAFF.search(block.text) and not is_own_name(name[0], context):
            return read_credit(block.text, context) is None
    return False


def declared_authors(document: Document) -> Iterator[tuple[str, str]]:
    """The authors of the JSON-LD and the meta elements, each with the kind of evidence that it is."""
    for node in document.json_ld_articles:
        if names := _names(node.get("author")) or _names(node.get("creator")):
            yield "json_ld_author", ", ".join(names)
    for name in ("author", "article:author", "dc.creator", "byl", "articleauthor", "parsely-author", "sailthru.author"):
        if names := _names(list(document.meta.get(name, ()))):
            yield "meta_author", ", ".join(names)


def _names(value: Any) -> list[str]:
    """The authors' names, at most five: a list of many is staff, not a byline."""
    found = [text for text in strings(value) if not text.startswith("http")]
    return list(dict.fromkeys(found)) if len(found) <= 5 else []
