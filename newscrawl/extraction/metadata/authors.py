"""The authors: candidates from structured data and bylines, and the choice among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from newscrawl.extraction.metadata import names
from newscrawl.extraction.metadata.bylines import Line, Near, elsewhere, helpers, printed
from newscrawl.extraction.metadata.cjk_bylines import cjk_bylines
from newscrawl.extraction.metadata.graph import Graph
from newscrawl.extraction.metadata.outlet import Outlet
from newscrawl.extraction.metadata.plain_text import key, plain
from newscrawl.extraction.metadata.words import Words
from newscrawl.web.document import Document
from newscrawl.web.json_ld import types_of
from newscrawl.web.page_blocks import Block

WEIGHTS = {
    "rule": 100.0,
    "json_ld": 2.5,
    "byline": 1.0,
    "rel": 1.2,
    "microdata": 1.2,
    "meta": 1.0,
    "class": 1.0,
    "link": 1.2,
    "bare": 0.6,
}
"""Weight of each source in the vote. Set on the dev pages of fundus and wcxb (benchmarks/metadata.py): authors exact on
.912 and .843; .875 and .834 on the half of the sites that was looked at first, .959, .851 on the other. "byline" at
1.5 lost .007 on wcxb, "json_ld" at 1.0 .04 on fundus, "bare" at 1.0 .04 on one half of it."""

NO_PERSON = 0.45
"""What a list counts that names an agency, the outlet or an account alone."""
CAP = 0.9
"""The most that such a list comes to, however many sources give it: any list of persons but a bare one outweighs it.
From 0.7 to 0.9 alike on dev, at 1.1 wcxb lost .007 on both halves, at 0.55 fundus lost .04 on one."""

PRINTED_CAP = 1.25
"""The same where JSON-LD and a printed byline agree on it: "By The Harbour Team" outweighs a name in a box."""

_HONORIFICS = re.compile(r"^(?:(?:dr|prof|med|mag|ing|dipl|sir|dame|lord)\b\W*)+")
"""Keys of titles before a name, which one source gives and another does not."""
_SHORT = 5
"""Letters of an abbreviation, which beside a full name is an agency's or an editor's: "Ann Lee/SP-X"."""
_BETWEEN = 6
"""Characters between two names of a list: ", and "."""
_OPENING = 40
"""Characters of a byline before its first name: "Friday, 22 Nov 2024 4:55 PM by "."""

_OTHERS = frozenset("citation comment review isBasedOn mentions hasPart relatedLink".split())
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
    "articleauthor",
    "cse-authors",
    "authors",
    "og:article:author",
    "twitter:data1",
)


@dataclass(slots=True)
class Authors:
    """Who wrote the article, and where the page prints it."""

    names: list[str]
    byline: str | None = None
    blocks: list[Block] = field(default_factory=list)


def authors(
    document: Document,
    graph: Graph,
    outlet: Outlet,
    words: Words,
    around: Near,
    ruled: Iterable[str],
    *,
    title: Block | None = None,
    language: str | None = None,
) -> Authors:
    """The names that the sources agree on most."""
    on_page = printed(around, words)
    if not any(line.source == "byline" for line in on_page):
        on_page += cjk_bylines(document.blocks, title, language)
    declared = names.each_once([name for text in ruled for name in names.split(text, words)])
    stated = list(_structured(document, graph, words))
    for line in stated if (others := helpers(around, words)) else []:
        line.names = [name for name in line.names if key(name) not in others] or line.names
    stated = _without_uploaders(stated, on_page, around, outlet, words)
    lines = [*([Line(declared, "rule")] if declared else []), *stated]
    if not lines and not on_page:
        on_page = elsewhere(document.blocks, words)
    chosen = choose(lines + on_page, outlet, words)
    blocks = _blocks(on_page, chosen) or _named(around, chosen)
    return Authors(chosen, blocks[0].text[:500] if blocks else None, blocks)


def _without_uploaders(
    stated: list[Line], on_page: list[Line], around: Near, outlet: Outlet, words: Words
) -> list[Line]:
    """The stated names without those of accounts that put the article in: persons that the page prints nowhere near the
    headline, where "By Ann Lee" names somebody else there."""
    byline = next((line for line in on_page if line.source == "byline"), None)
    if byline is None or not all(" " in name and _is_person(name, outlet, words) for name in byline.names):
        return stated
    printed_words = set(key(" ".join(block.text for block in around.before[-6:] + around.after[:10])).split())
    return [line for line in stated if any(printed_words & set(key(name).split()) for name in line.names)]


def choose(lines: list[Line], outlet: Outlet, words: Words) -> list[str]:
    """The list with the greatest sum of weights over its sources; agencies and the outlet go beside persons."""
    groups: dict[str, dict[str, Line]] = {}
    for line in lines:
        line.names = _persons(line.names, outlet, words)
        groups.setdefault(" ".join(sorted(key(" ".join(line.names)).split())), {}).setdefault(line.source, line)
    groups.pop("", None)
    if not groups:
        return []

    def score(group: dict[str, Line]) -> float:
        first = next(iter(group.values())).names[0]
        total = sum(WEIGHTS[source] for source in group)
        cap = PRINTED_CAP if group.keys() >= {"json_ld", "byline"} else CAP
        return total if _is_person(first, outlet, words) else min(cap, total * NO_PERSON)

    best = max(groups.values(), key=score)
    chosen = next(best[source].names for source in WEIGHTS if source in best)
    return _more(chosen, [group["byline"] for group in groups.values() if "byline" in group]) or chosen


def _more(chosen: list[str], printed: list[Line]) -> list[str] | None:
    """The printed list that names others right beside the chosen ones: structured data often hold one author alone."""
    known = set(map(_bare_key, chosen))
    for line in printed:
        places = [line.block.text.find(name) for name in line.names] if line.block else [-1]
        gaps = [after - at - len(name) for name, at, after in zip(line.names, places, places[1:], strict=False)]
        if known < set(map(_bare_key, line.names)) and min(places) >= 0 and all(0 < gap <= _BETWEEN for gap in gaps):
            return line.names
    return None


def _bare_key(name: str) -> str:
    return _HONORIFICS.sub("", key(name))


def _persons(found: list[str], outlet: Outlet, words: Words) -> list[str]:
    persons = [name for name in found if _is_person(name, outlet, words)] or found
    if found and found[0] not in persons and " " in found[0] and not any(" " in name for name in persons):
        persons = found[:1]  # "Thomson Reuters Tax & Accounting": single words beside an outlet are no persons
    full = [name for name in persons if not (len(name) <= _SHORT and name.isupper() and " " not in name)]
    return full if any(" " in name for name in full) else persons


def _is_person(name: str, outlet: Outlet, words: Words) -> bool:
    """No agency, outlet or account: "AFP", "The Province", "admin", "jdoe42"."""
    return not (names.is_account(name) or outlet.is_named_by(name) or names.is_collective(name, words))


def _structured(document: Document, graph: Graph, words: Words) -> Iterator[Line]:
    for name in ("author", "creator"):
        found = [one for member in graph.nodes(graph.article.get(name)) for one in _member(member, graph, words)]
        if found:
            yield Line(names.each_once(found), "json_ld")
            break
    for name in _META:
        values = document.meta.get(name, ())[: names.LIMIT]
        if name == "twitter:data1" and not all(names.strict(value, words) for value in values):
            continue
        found = [one for value in values for one in _declared(value, words)]
        if found:
            yield Line(names.each_once(found), "meta")
    found = [one for text in _microdata(graph) for one in _declared(text, words)]
    if found:
        yield Line(names.each_once(found), "microdata")


def _member(member: object, graph: Graph, words: Words) -> list[str]:
    """The names of one member of JSON-LD's author: a text, a node, a node whose name is a list."""
    if isinstance(member, dict) and any(kind.endswith("Organization") for kind in types_of(member)):
        name = plain(graph.text(member.get("name")), 100)
        return names.each_once([name]) if "://" not in name else []
    values = graph.nodes(member.get("name")) if isinstance(member, dict) else [member]
    return [one for value in values if isinstance(value, str) for one in _declared(value, words)]


def _declared(value: str, words: Words) -> list[str]:
    """Names in a field for names, where nothing but names is looked for; addresses and handles are none."""
    if "://" in value or value.startswith(("@", "/")) or len(value) > 1000:
        return []
    return [name for name in names.split(value, words) if len(name) <= 100 and not name.isdigit()]


def _microdata(graph: Graph) -> Iterator[str]:
    found = graph.marked.get("author") or graph.marked.get("creator", [])
    for node in [node for node in found[:50] if not _of_another(node)][:5]:
        for one in node.xpath(".//*[@itemprop='name']") or [node]:
            yield plain(one.get("content") or one.text_content()[:300], 300)


def _of_another(node: HtmlElement) -> bool:
    """Whether microdata name the author of something else that the page cites or shows."""
    return any(_OTHERS.intersection((above.get("itemprop") or "").split()) for above in node.iterancestors())


def _blocks(lines: list[Line], chosen: list[str]) -> list[Block]:
    """The blocks that print the chosen names, the one with "By" first."""
    wanted = {key(name) for name in chosen}
    found: list[Block] = []
    for line in sorted(lines, key=lambda line: line.source != "byline"):
        block = line.block
        if block and block not in found and wanted & {key(name) for name in line.names} and _is_byline(block, line):
            found.append(block)
    return found


def _is_byline(block: Block, line: Line) -> bool:
    """Whether the block is about its author, no standfirst that ends "A comment by Ann Lee"."""
    return 0 <= block.text.find(line.names[0]) <= _OPENING


def _named(around: Near, chosen: list[str]) -> list[Block]:
    """The first short block near the headline that holds the first name, a full one."""
    for block in around.after + around.before[:-5:-1] if chosen and " " in chosen[0] else []:
        if len(block.text) <= _OPENING + 60 and 0 <= block.text.find(chosen[0]) <= _OPENING:
            return [block]
    return []
