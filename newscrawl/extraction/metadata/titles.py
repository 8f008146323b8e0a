"""The headline: candidates from every source of the page, and the choice among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from newscrawl.extraction.metadata.fields import Candidate
from newscrawl.extraction.metadata.graph import Graph
from newscrawl.extraction.metadata.outlet import Outlet, segments
from newscrawl.extraction.metadata.plain_text import key, plain
from newscrawl.web.document import Document
from newscrawl.web.page_blocks import Block, fold

LIMIT = 500
"""Characters of a title."""

WEIGHTS = {
    "rule": 100.0,
    "h1": 2.0,
    "json_ld": 1.5,
    "microdata": 1.0,
    "title": 1.0,
    "og": 1.0,
    "h2": 0.5,
    "meta": 0.5,
    "segment": 0.7,
    "printed": 2.5,
}
"""Weight of each source in the vote: "segment" is the opening segment of another source's value, "printed" a line that
is the title. Set on the dev pages of fundus and wcxb (benchmarks/metadata.py): exact titles .888 and .892;
.879 and .876 on the half of the sites that was looked at, .900 and .909 on the other. "printed" at 1.0 lost .01 on
both halves of wcxb; "h1" at 0 lost .08 there, "json_ld" at 0 gained .02 there and lost .02 on fundus."""

_META = {
    "og:title": "og",
    "twitter:title": "meta",
    "title": "meta",
    "headline": "meta",
    "hdl": "meta",
    "parsely-title": "meta",
    "sailthru.title": "meta",
    "dc.title": "meta",
    "dcterms.title": "meta",
    "cxenseparse:title": "meta",
    "citation_title": "meta",
    "parsely-page": "meta",
}

_QUOTES = "\"'“”„«»‘’‚‹›¿¡([ "


@dataclass(slots=True)
class Headline:
    """The chosen headline and where the page prints it."""

    text: str | None
    block: Block | None
    anchor: Block | None
    """The same, else the first h1: what stands around it is looked at for byline and date."""


def headline(document: Document, graph: Graph, outlet: Outlet, ruled: Iterable[str]) -> Headline:
    """The title that the sources agree on most, the printed one where they differ."""
    printed = _headings(document, graph)
    candidates = [Candidate(outlet.cut(plain(text, LIMIT)), "rule") for text in ruled]
    candidates += _declared(document, graph, outlet)
    candidates += [Candidate(outlet.cut(plain(text, LIMIT)), source) for text, source, _ in printed]
    text = choose([c for c in candidates if c.value and not outlet.is_named_by(c.value)], document)
    block = _printer(text, printed, document) if text else None
    return Headline(text, block, block or _first_in({node for _, source, node in printed if source == "h1"}, document))


def choose(candidates: list[Candidate], document: Document) -> str | None:
    """The candidate with the greatest sum of weights over the sources that say the same."""
    groups: dict[str, dict[str, str]] = {}
    for value, source in candidates:
        if source != "segment":
            groups.setdefault(key(value), {}).setdefault(source, value)
    for value, source in candidates:
        if source == "segment" and (group := groups.get(key(value))) is not None:
            group.setdefault(source, value)
    groups.pop("", None)
    if not groups:
        return None
    lines = _lines(document, {words.partition(" ")[0] for words in groups})
    for words, group in groups.items():
        if words in lines:
            group["printed"] = ""
    best = max(groups.values(), key=lambda group: sum(WEIGHTS[source] for source in group))
    return next((best[source] for source in WEIGHTS if best.get(source)), None)


def _lines(document: Document, first_words: set[str]) -> set[str]:
    """The words of the lines of the page that begin with one of these words, links left out."""
    heads = tuple(first_words)
    return {
        key(block.text)
        for block in document.blocks
        if 8 < len(block.text) < LIMIT
        and block.text.lstrip(_QUOTES).casefold().startswith(heads)
        and block.link_share < 0.5
    }


def _declared(document: Document, graph: Graph, outlet: Outlet) -> Iterator[Candidate]:
    """What the head and the JSON-LD give."""
    for name in ("headline", "name"):
        if value := plain(graph.text(graph.article.get(name)), LIMIT):
            yield from _with_segments(outlet.cut(value), "json_ld")
            break
    for name, source in _META.items():
        for value in document.meta.get(name, ())[:1]:
            yield from _with_segments(outlet.cut(plain(value, LIMIT)), source)
    node = document.tree.find(".//title")
    if node is not None:
        yield from _with_segments(outlet.cut(plain(node.text, LIMIT)), "title")


def _with_segments(title: str, source: str) -> Iterator[Candidate]:
    yield Candidate(title, source)
    for part in segments(title):
        yield Candidate(part, "segment")


def _headings(document: Document, graph: Graph) -> list[tuple[str, str, HtmlElement]]:
    """The text of the headings, and of what microdata call the headline."""
    h1 = list(document.tree.iter("h1"))
    marked = graph.marked.get("headline", [])[:3]
    h2 = [] if h1 or marked else _second_rank(document)
    named = [("h1", node) for node in h1] + [("microdata", node) for node in marked] + [("h2", node) for node in h2]
    return [(text, source, node) for source, node in named[:10] if (text := _text(node))]


def _second_rank(document: Document) -> list[HtmlElement]:
    """The h2 that varies the `<title>`, else the first two: a shop's page opens with "Your cart is empty"."""
    nodes = list(document.tree.iter("h2"))[:20]
    title = key(fold((document.tree.findtext(".//title") or "")[:LIMIT]))
    return [node for node in nodes if _varies(key(_text(node)), title)][:1] or nodes[:2]


def _text(node: HtmlElement) -> str:
    return fold((node.get("content") or node.text_content())[: 2 * LIMIT])


def _printer(title: str, printed: list[tuple[str, str, HtmlElement]], document: Document) -> Block | None:
    """The block of the heading that prints the title, else of one that varies it, else the first line that is it."""
    wanted = key(title)
    for prints in (str.__eq__, _varies):
        if block := _first_in({node for text, _, node in printed if prints(key(text), wanted)}, document):
            return block
    return next((block for block in document.blocks if len(block.text) < LIMIT and key(block.text) == wanted), None)


def _first_in(nodes: set[HtmlElement], document: Document) -> Block | None:
    """The first block that stands in one of these elements."""
    for block in document.blocks if nodes else ():
        if block.container in nodes or any(above in nodes for above in _above(block.container)):
            return block
    return None


def _varies(text: str, wanted: str) -> bool:
    """Whether two headlines share most of their words."""
    words, others = set(text.split()), set(wanted.split())
    return 2 * len(words & others) >= min(len(words), len(others)) > 1


def _above(node: HtmlElement) -> Iterator[HtmlElement]:
    for _ in range(3):
        parent = node.getparent()
        if parent is None:
            return
        node = parent
        yield node
