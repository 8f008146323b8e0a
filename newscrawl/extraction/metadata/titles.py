"""The headline: candidates from every source of the page, and the choice among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from newscrawl.extraction.metadata.fields import Candidate
from newscrawl.extraction.metadata.graph import Graph
from newscrawl.extraction.metadata.outlet import Outlet, segments
from newscrawl.extraction.metadata.plain_text import key, plain
from newscrawl.web.document import Document
from newscrawl.web.page_blocks import INLINE, Block
from newscrawl.web.text import fold

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

_KICKER = re.compile(
    r"kicker|overline|over-line|eyebrow|top-?line|top-?title|roof-?line|dachzeile|spitzmarke|topic-label|ante-?titulo"
    r"|cintillo|volanta|sur-?titre|surtitle|sobretitulo|chapeu|occhiello|bovenkop|pre-?title|pre-?headline|head-?label"
    r"|sub-?title|sub-?line|sub-?head|tag-?line|nadtytul|stikkord|vignett|h1small",
    re.IGNORECASE,
)
"""What the words before or behind a headline are called: Spiegel's Dachzeile, El País' volanta, ..."""
_DATE_BEFORE = re.compile(r"^\d{1,2}\.\s?\d{1,2}\.\s?\d{4}\s?[-–—:|]\s")
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
    headings = _headings(document, graph)
    candidates = [Candidate(outlet.cut(plain(text, LIMIT)), "rule") for text in ruled]
    declared = list(_declared(document, graph, outlet))
    printed = _of_article(headings, declared, outlet)
    candidates += declared
    candidates += [Candidate(outlet.cut(plain(text, LIMIT)), source) for text, source, _ in printed]
    chosen = choose([c for c in candidates if c.value and not outlet.is_named_by(c.value)], document)
    text = _DATE_BEFORE.sub("", chosen) if chosen else None
    block = _printer(text, printed, document) if text else None
    return Headline(text, block, block or _first_in({node for _, source, node in headings if source == "h1"}, document))


def choose(candidates: list[Candidate], document: Document) -> str | None:
    """The candidate with the greatest sum of weights over the sources that say the same."""
    groups: dict[str, dict[str, str]] = {}
    for value, source in candidates:
        if source != "segment":
            groups.setdefault(key(value), {}).setdefault(source, value)
    opening = {key(value): value for value, source in reversed(candidates) if source == "segment"}
    for words in opening.keys() & groups.keys():
        groups[words].setdefault("segment", opening[words])
    has_h1 = any("h1" in group for group in groups.values())
    alone = set() if has_h1 else {words for words in opening.keys() - groups.keys() if _is_long(words)}
    groups.pop("", None)
    if not groups:
        return None
    lines = _lines(document, {words.partition(" ")[0] for words in [*groups, *alone]})
    groups |= {words: {"segment": opening[words]} for words in alone & lines}
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


def _of_article(
    printed: list[tuple[str, str, HtmlElement]], declared: list[Candidate], outlet: Outlet
) -> list[tuple[str, str, HtmlElement]]:
    """Of several h1 those that vary what the head declares: some pages make one of each subheading."""
    texts = {key(text) for text, source, _ in printed if source == "h1" and not outlet.is_named_by(text)}
    wanted = {key(value) for value, source in declared if source != "segment"} - {""}
    if len(texts) < 2 or not wanted:
        return printed
    named = {text for text in texts if any(text == one or _varies(text, one) for one in wanted)}
    return [one for one in printed if one[1] != "h1" or key(one[0]) in named or key(one[0]) not in texts]


def _text(node: HtmlElement) -> str:
    """The heading's text without the kicker in it, with a blank where two elements are glued: "Local" "Trails"."""
    if content := node.get("content"):
        return fold(content[: 2 * LIMIT])
    left_out = dict.fromkeys(_kickers(node))
    text = ""
    for piece in _pieces(node, left_out):
        glued = text[-1:].isalnum() and piece[:1].isalnum() and (piece[:1].isupper() and not text[-1:].isupper())
        text += f" {piece}" if glued else piece
        if len(text) > 2 * LIMIT:
            break
    folded = fold(text[: 2 * LIMIT])
    return (folded.lstrip(":|–—-/· ") if left_out else folded) or fold(node.text_content()[: 2 * LIMIT])


def _pieces(node: HtmlElement, left_out: dict[HtmlElement, None]) -> Iterator[str]:
    if node in left_out or not isinstance(node.tag, str):
        return
    if node.tag == "br" or node.tag not in INLINE:
        yield " "
    yield node.text or ""
    for child in node:
        yield from _pieces(child, left_out)
        yield child.tail or ""


def _kickers(node: HtmlElement) -> list[HtmlElement]:
    """The elements of a heading that are called kicker or subtitle, where text is left beside them."""
    found = [
        below
        for below in node.iterdescendants()
        if isinstance(below.tag, str) and _KICKER.search(below.get("class") or "")
    ]
    words = sum(len("".join(below.itertext())) for below in found)
    return found if len("".join(node.itertext()).strip()) > words + 3 else []


def _is_long(words: str) -> bool:
    """Whether an opening segment is long enough for a headline, and no section's name."""
    return words.count(" ") >= 2 or sum("\u3040" <= letter <= "\ud7a3" for letter in words) >= 8


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
