"""The authors: candidates from markup and structured data, and the choice among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from newscrawl.document import Block, Document
from newscrawl.extraction.metadata import names
from newscrawl.extraction.metadata.graph import Graph
from newscrawl.extraction.metadata.outlet import Outlet
from newscrawl.extraction.metadata.text import key, plain
from newscrawl.extraction.metadata.words import Words

WEIGHTS = {
    "rule": 100.0,
    "json_ld": 2.0,
    "byline": 1.5,
    "rel": 1.2,
    "microdata": 1.2,
    "class": 1.0,
    "link": 1.0,
    "meta": 1.0,
}
"""Weight of each source in the vote."""

_META = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "og:author",
    "cxenseparse:author",
    "citation_author",
    "article.author",
    "cse-authors",
    "authors",
    "og:article:author",
)
_HINT = re.compile(r"author|auteur|autor|byline|by-line|signature|writer|contributor", re.IGNORECASE)
_NO_HINT = re.compile(r"caption|photo|image|figure|comment|related|teaser|card|avatar|credit|recirc", re.IGNORECASE)
_PROFILE = re.compile(
    r"/(?:authors?|auteurs?|autor(?:es|en)?|people|profiles?|staff|contributors?|writers?|journalist\w*|by|redakt\w+)/",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 12, 30


@dataclass(slots=True)
class Authors:
    """Who wrote the article, and where the page prints it."""

    names: list[str]
    byline: str | None = None
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class _Line:
    """A list of names as one source gives it."""

    names: list[str]
    source: str
    block: Block | None = None


def authors(
    document: Document, graph: Graph, outlet: Outlet, words: Words, near: list[Block], ruled: Iterable[str]
) -> Authors:
    """The names that the sources agree on most."""
    lines = [_Line(names.split(text, words), "rule") for text in ruled]
    lines += _structured(document, graph, words)
    printed = list(_printed(words, near))
    lines += printed
    chosen = choose([line for line in lines if line.names], outlet, words)
    blocks = _blocks(printed, chosen)
    return Authors(chosen, blocks[0].text[:500] if blocks else None, blocks)


def choose(lines: list[_Line], outlet: Outlet, words: Words) -> list[str]:
    """The list with the greatest sum of weights over its sources; agencies and the outlet go beside persons."""
    groups: dict[str, dict[str, _Line]] = {}
    for line in lines:
        line.names = _persons(line.names, outlet, words)[: names.LIMIT]
        groups.setdefault(" ".join(sorted(key(" ".join(line.names)).split())), {}).setdefault(line.source, line)
    groups.pop("", None)
    if not groups:
        return []

    def score(group: dict[str, _Line]) -> tuple[bool, float]:
        first = next(iter(group.values())).names
        return any(_is_person(name, outlet, words) for name in first), sum(WEIGHTS[source] for source in group)

    best = max(groups.values(), key=score)
    return next(best[source].names for source in WEIGHTS if source in best)


def _persons(found: list[str], outlet: Outlet, words: Words) -> list[str]:
    persons = [name for name in found if _is_person(name, outlet, words)]
    return persons or found


def _is_person(name: str, outlet: Outlet, words: Words) -> bool:
    return not (outlet.is_named_by(name) or names.is_collective(name, words))


def _structured(document: Document, graph: Graph, words: Words) -> Iterator[_Line]:
    for name in ("author", "creator"):
        found = [one for member in graph.nodes(graph.article.get(name)) for one in _member(member, graph, words)]
        if found:
            yield _Line(_each_once(found), "json_ld")
            break
    for name in _META:
        found = [one for value in document.meta.get(name, ())[: names.LIMIT] for one in _declared(value, words)]
        if found:
            yield _Line(_each_once(found), "meta")
    marked = list(_microdata(document.tree))
    if marked:
        yield _Line(_each_once([one for text in marked for one in _declared(text, words)]), "microdata")


def _member(member: object, graph: Graph, words: Words) -> list[str]:
    """The names of one member of JSON-LD's author: a text, a node, a node whose name is a list."""
    values = graph.nodes(member.get("name")) if isinstance(member, dict) else [member]
    return [one for value in values if isinstance(value, str) for one in _declared(value, words)]


def _declared(value: str, words: Words) -> list[str]:
    """Names in a field for names, where nothing but names is looked for; addresses and handles are none."""
    if "://" in value or value.startswith(("@", "/")) or len(value) > 1000:
        return []
    return [name for name in names.split(value, words) if len(name) <= 100 and not name.isdigit()]


def _each_once(found: list[str]) -> list[str]:
    return list({key(name): name for name in reversed(found)}.values())[::-1]


def _microdata(tree: HtmlElement) -> Iterator[str]:
    for node in tree.xpath("//body//*[@itemprop='author' or @itemprop='creator']")[:5]:
        inner = node.xpath(".//*[@itemprop='name']")
        for one in inner or [node]:
            yield plain(one.get("content") or one.text_content()[:300], 300)


def _printed(words: Words, near: list[Block]) -> Iterator[_Line]:
    """Lists of names near the headline: after "By", in elements called author or byline, linked to a profile."""
    marked: dict[str, list[str]] = {"rel": [], "class": [], "link": []}
    where: dict[str, Block] = {}
    for block in near:
        if not block.text or len(block.text) > 300:
            continue
        rest, opened = names.without_by(block.text, words)
        found = [name for name in names.split(rest, words) if names.is_name(name, words)] if len(rest) < 200 else []
        if opened and found:
            yield _Line(found, "byline", block)
        for source in ("rel", "link"):
            for link in block.links:
                if (link.node.get("rel") == "author") if source == "rel" else _PROFILE.search(link.href[:500]):
                    marked[source] += [name for name in names.split(link.text, words) if names.is_name(name, words)]
                    where.setdefault(source, block)
        if found and _is_hinted(block):
            marked["class"] += found
            where.setdefault("class", block)
    for source, every in marked.items():
        if every:
            yield _Line(_each_once(every), source, where[source])


def window(blocks: list[Block], title: Block | None) -> list[Block]:
    """The blocks around the headline, up to the third paragraph."""
    at = next((number for number, block in enumerate(blocks) if block is title), 0)
    near = blocks[max(0, at - _BEFORE) : at]
    paragraphs = 0
    for block in blocks[at + 1 : at + 1 + _AFTER]:
        paragraphs += len(block.text) > 200
        near.append(block)
        if paragraphs > 2:
            break
    return near


def _is_hinted(block: Block) -> bool:
    """Whether the block's element, or one of the three above it, is called author or byline."""
    node: HtmlElement | None = block.pieces[0][0] if block.pieces else block.container
    for _ in range(4):
        if node is None:
            return False
        called = f"{node.get('class') or ''} {node.get('itemprop') or ''} {node.get('id') or ''}"[:300]
        if _NO_HINT.search(called):
            return False
        if _HINT.search(called):
            return True
        node = node.getparent()
    return False


def _blocks(printed: list[_Line], chosen: list[str]) -> list[Block]:
    """The blocks that print the chosen names, the one with "By" first."""
    wanted = {key(name) for name in chosen}
    found: list[Block] = []
    for line in printed:
        if line.block and wanted & {key(name) for name in line.names} and line.block not in found:
            found.append(line.block)
    return found
