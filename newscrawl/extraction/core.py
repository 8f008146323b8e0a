"""trafilatura's core on an already parsed tree: lines of text, without its own metadata pass."""

from __future__ import annotations

import logging

import trafilatura
from lxml.etree import strip_elements
from lxml.html import HtmlElement
from trafilatura.settings import Extractor

from newscrawl.document import fold

# Metadata is read before: trafilatura's own costs a third of its time, and its JSON-LD pass has a 48-second path.
_FAST = Extractor(output_format="python", fast=True, comments=False, with_metadata=False)
_CAREFUL = Extractor(output_format="python", fast=False, comments=False, with_metadata=False)
# Balanced in all but one thing: no second pass in recall mode, since the model finds by itself what lies around the
# core. Held out by site that pass costs .002 of news F1, and a tenth of the time.
_FAST.focus = "blocks"
_SILENT = ("script", "style", "noscript", "template", "svg", "iframe", "canvas", "object", "embed", "link", "meta")

# trafilatura warns of each page it finds nothing on; newscrawl counts those as rejections.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("justext").setLevel(logging.CRITICAL)


def core_lines(tree: HtmlElement, *, careful: bool) -> list[str]:
    """The text as trafilatura sees it: paragraphs, headings, "- " list lines, "a | b" table rows.

    `careful` asks readability and justext too (1.4 times the CPU time). Takes scripts and the like out of the tree,
    which trafilatura would copy four times.
    """
    strip_elements(tree, *_SILENT, with_tail=False)
    document = trafilatura.bare_extraction(tree, options=_CAREFUL if careful else _FAST)
    text = getattr(document, "text", None) or ""
    return [line for raw in text.split("\n") if (line := _plain(raw))]


def _plain(line: str) -> str:
    """A line without the bars that trafilatura puts around table rows; "" for rulers between them."""
    line = fold(line)
    if line.startswith("|"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        return " | ".join(cell for cell in cells if cell.strip("- "))
    return "" if line in ("-", "- -", "---") else line
