"""trafilatura's core on an already parsed tree: lines of text, without its own metadata pass."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import trafilatura
from lxml.etree import strip_elements
from lxml.html import HtmlElement
from trafilatura.settings import Extractor

from newscrawl.web.page_blocks import Block
from newscrawl.web.text import fold, squash

# Metadata is read before: trafilatura's own costs a third of its time, and its JSON-LD pass has a 48-second path.
_CAREFUL = Extractor(output_format="python", fast=False, comments=False, with_metadata=False)
_SILENT = ("script", "style", "noscript", "template", "svg", "iframe", "canvas", "object", "embed", "link", "meta")

# trafilatura warns of each page it finds nothing on; newscrawl counts those as rejections.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("justext").setLevel(logging.CRITICAL)


def strip_silent(tree: HtmlElement) -> None:
    """Takes scripts and the like out of the tree, which trafilatura would copy four times."""
    strip_elements(tree, *_SILENT, with_tail=False)


def taken_by_core(tree: HtmlElement, blocks: Sequence[Block]) -> list[bool]:
    """Which of the tree's blocks trafilatura takes for the text, asking readability and justext too.

    Both are walked in document order: a short text cannot match afar.
    """
    lines = core_lines(tree)
    core = "".join(squash(line) for line in lines)
    at = 0
    taken = []
    for text in (block.squashed for block in blocks):
        reach = len(core) if len(text) >= 25 else at + 2 * len(text) + 40
        found = core.find(text, at, reach) if text else -1
        if found < 0 and len(text) >= 40:
            found = core.find(text)
        taken.append(found >= 0)
        if found >= 0:
            at = max(at, found + len(text))
    return taken


def core_lines(tree: HtmlElement) -> list[str]:
    """The text as trafilatura sees it: paragraphs, headings, "- " list lines, "a | b" table rows."""
    document = trafilatura.bare_extraction(tree, options=_CAREFUL)
    text = getattr(document, "text", None) or ""
    return [line for raw in text.split("\n") if (line := _plain(raw))]


def _plain(line: str) -> str:
    """A line without the bars that trafilatura puts around table rows; "" for rulers between them."""
    line = fold(line)
    if line.startswith("|"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        return " | ".join(cell for cell in cells if cell.strip("- "))
    return "" if line in ("-", "- -", "---") else line
