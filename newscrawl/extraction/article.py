"""The article's text: chrome taken out, trafilatura's core, what it left of chrome dropped, what it lost added."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from newscrawl.document import Block, Document, fold, strings
from newscrawl.extraction.chrome import take_out_chrome
from newscrawl.extraction.core import core_lines
from newscrawl.extraction.metadata import Metadata

SHORT = 250
"""Characters below which the fast result is doubted and the careful one asked."""


@dataclass(slots=True)
class Body:
    """The article's text and how it was found."""

    blocks: list[str] = field(default_factory=list)
    """Its blocks in order: paragraphs, sub-headings, list lines ("- "), table rows (" | ")."""
    method: str = "trafilatura-fast"
    """Extraction.method."""

    @property
    def text(self) -> str:
        """The blocks parted by blank lines."""
        return "\n\n".join(self.blocks)


def read_body(document: Document, metadata: Metadata, provenance_blocks: list[Block]) -> Body:
    """The article's text. Takes chrome and the lines about republication out of the tree on the way."""
    take_out_chrome(document, metadata, provenance_blocks)
    body = Body(core_lines(document.tree, careful=False))
    if len(body.text) < SHORT:
        careful = core_lines(document.tree, careful=True)
        if len("".join(careful)) > len("".join(body.blocks)):
            body = Body(careful, "trafilatura")
    stated = _stated(document)
    if len("".join(stated)) > 2 * len(body.text):
        body = Body(stated, "json-ld")
    body.blocks = [block for block in body.blocks if not _echoes(block, metadata)]
    return body


def _echoes(block: str, metadata: Metadata) -> bool:
    return metadata.title is not None and _key(block) == _key(metadata.title)


def _key(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _stated(document: Document) -> list[str]:
    """The longest articleBody of the page's JSON-LD, in lines."""
    bodies = [text for node in document.json_ld_articles if (text := _article_body(node))]
    return [line for raw in max(bodies, key=len, default="").split("\n") if (line := fold(raw))]


def _article_body(node: dict[str, Any]) -> str:
    body = node.get("articleBody")
    return body if isinstance(body, str) else "\n".join(strings(body))
