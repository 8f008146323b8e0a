"""Bytes to a `Document`: tree, JSON-LD and meta, parsed once for all the steps of reading.

Also the model of a page's text that every later step shares: `Document.blocks`, the runs of inline text in document
order. What a step takes out of the page it takes out as blocks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urljoin

from lxml.etree import ElementDefaultClassLookup, LxmlError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from newscrawl.web.charset import decode
from newscrawl.web.limits import Limits, excess

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q rp rt ruby s samp small span strike"
    " strong sub sup time tt u var wbr label nobr o-topic amp-link".split()
)
"""Elements that do not end a run of text (HTML Living Standard, phrasing content without media and controls)."""

UNSEEN = frozenset(
    "script style noscript template head iframe svg math object embed audio video canvas textarea select option"
    " datalist map area source track param input".split()
)
"""Elements whose content is no text of the page."""

_WORD = re.compile(r"[^\s\u200b\ufeff]+")
_INVISIBLE = re.compile("[\u00ad\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]")
"""Soft hyphens, marks of direction and joiners: a sentence that holds one reads the same."""
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_JSON = json.JSONDecoder(strict=False)
_JSON_OPENING = re.compile(r"\s{0,9}(?://|/\*)?\s{0,9}(?:<!\[CDATA\[|<!--)?\s{0,9}(?:\*/)?")


def fold(text: str | None) -> str:
    """The text on one line: every run of white space (zero-width signs count as such) is one blank.

    Soft hyphens and marks of direction go without a trace.
    """
    if not text:
        return ""
    if not text.isascii():
        text = _INVISIBLE.sub("", text.replace("\u200b", " ").replace("\ufeff", " "))
    return " ".join(text.split())


class Link(NamedTuple):
    """A link as it stands in a block."""

    href: str
    """As written."""
    text: str
    """Its text, white space folded; "" for an image."""
    node: HtmlElement
    """The `a` element."""


@dataclass(slots=True, eq=False)
class Block:
    """A run of inline text: what stands between two ends of block elements (or line breaks)."""

    container: HtmlElement
    """The innermost block element around the run."""
    text: str
    """Its text, white space folded; never empty, except for a block that holds only linked images."""
    links: list[Link]
    """The links in it."""
    pieces: list[tuple[HtmlElement, bool]]
    """Where its text stands in the tree: (element, False) for its text, (element, True) for its tail."""
    taken: str | None = None
    """Who took the block out of the page: the name of the rule."""

    @property
    def tag(self) -> str:
        """Tag of the container."""
        return str(self.container.tag)

    @property
    def link_share(self) -> float:
        """Share of the text's characters that stand in links, 0 to 1."""
        if not self.text:
            return 1.0
        return min(1.0, sum([len(link.text) for link in self.links]) / len(self.text)) if self.links else 0.0

    def take_out(self, rule: str) -> None:
        """Removes the block's text from the tree and notes which rule did so."""
        for node, is_tail in self.pieces:
            if is_tail:
                node.tail = None
            else:
                node.text = None
        self.taken = rule

    def cut(self, start: int, end: int) -> str:
        """Takes part of the block's text out of the tree; answers it. `start` and `end` count characters of `text`."""
        gone = self.text[start:end].strip()
        raw = [(node.tail if is_tail else node.text) or "" for node, is_tail in self.pieces]
        places = _places("".join(raw))
        first, after = places[start], places[end - 1] + 1
        for (node, is_tail), text in zip(self.pieces, raw, strict=True):
            left = text[: max(0, first)] + text[max(0, after) :]
            if is_tail:
                node.tail = left
            else:
                node.text = left
            first, after = first - len(text), after - len(text)
        self.text = fold(f"{self.text[:start]} {self.text[end:]}")
        self.links = [link for link in self.links if not link.text or fold("".join(link.node.itertext()))]
        return gone


def _places(raw: str) -> list[int]:
    """Where in the raw text each character of its folded form stands."""
    places: list[int] = []
    for word in _WORD.finditer(raw):
        seen = [at for at in range(*word.span()) if not _INVISIBLE.match(raw[at])]
        if places and seen:
            places.append(places[-1] + 1)  # the blank between two words
        places += seen
    return places


@dataclass(slots=True)
class _Walk:
    """The state of one pass over the tree that cuts it into blocks."""

    blocks: list[Block] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    pieces: list[tuple[HtmlElement, bool]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def add(self, node: HtmlElement, text: str, *, is_tail: bool) -> None:
        self.text.append(text)
        self.pieces.append((node, is_tail))

    def end_run(self, container: HtmlElement) -> None:
        if not self.text and not self.links:
            return
        text = fold("".join(self.text))
        if text or self.links:
            self.blocks.append(Block(container, text, self.links, self.pieces))
            self.links = []
        self.text, self.pieces = [], []

    def visit(self, node: HtmlElement, container: HtmlElement) -> None:
        """Cuts the subtree of `node` (nesting is limited, so recursion is safe)."""
        tag = node.tag
        if tag in UNSEEN or not isinstance(tag, str):
            return
        inline = tag in INLINE
        if not inline:
            self.end_run(container)
            container = node
        start = len(self.text)
        if node.text:
            self.add(node, node.text, is_tail=False)
        for child in node:
            self.visit(child, container)
            if child.tail:
                self.add(child, child.tail, is_tail=True)
        if tag == "a" and (href := node.get("href")):
            self.links.append(Link(href, fold("".join(self.text[start:])), node))
        if not inline:
            self.end_run(container)


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


ARTICLE_TYPES = frozenset(
    "Article NewsArticle AnalysisNewsArticle AskPublicNewsArticle BackgroundNewsArticle OpinionNewsArticle"
    " ReportageNewsArticle ReviewNewsArticle AdvertiserContentArticle SatiricalArticle Report BlogPosting"
    " LiveBlogPosting SocialMediaPosting TechArticle ScholarlyArticle MedicalScholarlyArticle VideoObject"
    " PodcastEpisode Review CriticReview Recipe".split()
) - {"VideoObject", "PodcastEpisode", "Recipe", "SocialMediaPosting"}
"""schema.org types of a piece of journalism (schema.org 29, Article and its subtypes that news sites use)."""


def types_of(node: dict[str, Any]) -> list[str]:
    """The @type of a JSON-LD node as a list of bare names."""
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rpartition("/")[2] for kind in kinds if isinstance(kind, str)]


def parse(html: bytes, url: str, *, content_type: str | None = None, limits: Limits | None = None) -> Document | str:
    """Parses a page; answers the reason where it exceeds a limit ("too_large", ...) or holds nothing ("empty")."""
    limits = limits or Limits()
    if reason := excess(html, limits):
        return reason
    text, warnings = decode(html, content_type)
    text = _XML_DECLARATION.sub("", text).replace("\0", "")
    if not text.strip():
        return "empty"
    try:
        tree = document_fromstring(text, parser=_parser())
    except (ValueError, AssertionError, LxmlError):  # "<?" alone: ParserError, "Document is empty"
        return "empty"
    nodes, malformed = _json_ld(tree)
    if malformed:
        warnings.add("json_ld_malformed")
    return Document(url=url, tree=tree, json_ld=nodes, meta=_meta(tree), warnings=warnings)


def _parser() -> HTMLParser:
    """Makes every element an HtmlElement. lxml's own choice of a class for each tag is asked anew, in Python, whenever
    an element is looked at again; it cost a twentieth of reading, and nobody here needs the methods of forms."""
    parser = HTMLParser(remove_comments=True, remove_pis=True, collect_ids=False)
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


def _json_ld(tree: HtmlElement) -> tuple[list[dict[str, Any]], bool]:
    nodes: list[dict[str, Any]] = []
    malformed = False
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        try:
            nodes += _flat(_loads(script.text))
        except (ValueError, RecursionError):
            malformed = True
    return nodes, malformed


def _loads(text: str) -> Any:
    """The value of a JSON script, out of its CDATA or comment wrapping; control characters in strings pass, and so does
    what stands behind the value (the rest of the wrapping, a stray brace, a second value)."""
    start = _JSON_OPENING.match(text)
    value, _ = _JSON.raw_decode(text[start.end() if start else 0 :].lstrip())
    return whole_characters(value) if "\\ud" in text.lower() else value


def whole_characters(value: Any) -> Any:
    """A JSON value without halves of surrogate pairs, which JSON may escape and UTF-8 cannot hold."""
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def _flat(value: Any) -> Iterator[dict[str, Any]]:
    """The nodes of a JSON-LD value: lists and @graphs opened."""
    queue: list[Any] = [value]
    while queue:
        item = queue.pop(0)
        if isinstance(item, list):
            queue = item + queue
        elif isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            queue = (graph if isinstance(graph, list) else [graph] if isinstance(graph, dict) else []) + queue


def strings(value: Any) -> Iterable[str]:
    """The strings of a JSON-LD value: itself, the members of a list, `name` or `@id` of a node."""
    if isinstance(value, str):
        yield from [text] if (text := fold(value)) else []
    elif isinstance(value, list):
        for member in value:
            yield from strings(member)
    elif isinstance(value, dict):
        yield from strings(value.get("name") or value.get("@id") or value.get("url") or value.get("@value"))
