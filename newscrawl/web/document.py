"""Bytes to a `Document`: tree, JSON-LD and meta, parsed once for all the steps of reading.

Also the model of a page's text that every later step shares: `Document.blocks`, the runs of inline text in document
order. What a step takes out of the page it takes out as blocks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from lxml.etree import ElementDefaultClassLookup, LxmlError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from newscrawl.web.charset import decode
from newscrawl.web.control_characters import without_controls
from newscrawl.web.elements import Elements
from newscrawl.web.escaped_markup import read_escaped_markup
from newscrawl.web.json_ld import ARTICLE_TYPES, _json_ld, types_of
from newscrawl.web.limits import Limits, excess
from newscrawl.web.nesting import cut_to
from newscrawl.web.page_blocks import Block, _Walk
from newscrawl.web.text import fold
from newscrawl.web.unseen import drop_unseen, open_shadow_roots

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


@dataclass(eq=False)
class Document:
    """A parsed page. The steps of reading share one; trafilatura, which mutates the tree, comes last if at all."""

    url: str
    """URL of the response."""
    tree: HtmlElement
    """The `html` element, without comments."""
    json_ld: list[dict[str, Any]]
    """The nodes of the page's JSON-LD at top level, in a list or in an @graph; malformed scripts are left out."""
    meta: dict[str, list[str]]
    """Contents of `meta` by lower-case name or property, in the page's order."""
    elements: Elements
    """The tree's elements by their attributes."""
    stated: str | None = None
    """Where text came from that the page states for scripts only and that was put into the tree: "json-ld", "state"."""
    warnings: set[str] = field(default_factory=set)
    """What may be wrong: charset_guessed, charset_wrong, json_ld_malformed."""

    @cached_property
    def base_url(self) -> str:
        """What relative links are relative to."""
        base = self.tree.find(".//base[@href]")
        return self.url if base is None else _join(self.url, base.get("href")) or self.url

    @cached_property
    def blocks(self) -> list[Block]:
        """The page's text as runs, in document order."""
        walk = _Walk()
        body = self.tree.find("body")
        root = self.tree if body is None else body
        walk.visit(root, root)
        return walk.blocks

    @cached_property
    def json_ld_articles(self) -> list[dict[str, Any]]:
        """The JSON-LD nodes of a NewsArticle kind."""
        return [node for node in self.json_ld if any(kind in ARTICLE_TYPES for kind in types_of(node))]

    def absolute(self, href: str | None) -> str | None:
        """The link as an absolute http or https URL; None for anything else."""
        return _join(self.base_url, href)

    def first_meta(self, *names: str) -> str | None:
        """Content of the first of these names that the page has, white space folded."""
        for name in names:
            for content in self.meta.get(name, ()):
                if content:
                    return content
        return None


def parse(html: bytes, url: str, *, content_type: str | None = None, limits: Limits | None = None) -> Document | str:
    """Parses a page; returns the reason where it exceeds a limit ("too_large", ...) or holds nothing ("empty")."""
    limits = limits or Limits()
    if reason := excess(html, limits):
        shallow = cut_to(html, limits.depth) if reason == "too_deep" else None
        if shallow is None or excess(shallow, limits):
            return reason
        html = shallow
    text, warnings = decode(html, content_type)
    text = without_controls(_XML_DECLARATION.sub("", text), html)
    if not text.strip():
        return "empty"
    try:
        tree = document_fromstring(text, parser=_parser())
    except (ValueError, AssertionError, LxmlError):  # "<?" alone: ParserError, "Document is empty"
        return "empty"
    open_shadow_roots(tree)
    elements = Elements(tree)
    drop_unseen(elements, tree)
    if read_escaped_markup(tree, text):
        elements = Elements(tree)
    nodes, malformed = _json_ld(tree)
    if malformed:
        warnings.add("json_ld_malformed")
    return Document(url=url, tree=tree, json_ld=nodes, meta=_meta(tree), elements=elements, warnings=warnings)


def _parser() -> HTMLParser:
    """Makes every element an HtmlElement. lxml's own choice of a class for each tag is asked anew, in Python, whenever
    an element is looked at again; it cost a twentieth of reading, and nobody here needs the methods of forms.

    `huge_tree`: without it libxml2 drops, in silence, what stands behind the 255th nested element; Limits bound a page.
    """
    parser = HTMLParser(remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True)
    parser.set_element_class_lookup(ElementDefaultClassLookup(element=HtmlElement))
    return parser


def _join(base: str, href: str | None) -> str | None:
    if not href:
        return None
    try:
        url = urljoin(base, href.strip())
    except ValueError:
        return None
    return url if url.lower().startswith(("http://", "https://")) else None


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node in tree.iter("meta"):
        name = node.get("property") or node.get("name") or node.get("itemprop")
        if name and (content := fold(node.get("content"))):
            found.setdefault(name.strip().lower(), []).append(content)
    return found
