"""When the article was published and changed: candidates from every source, and the choice among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from newscrawl.document import Block, Document, fold
from newscrawl.extraction.metadata import datetimes
from newscrawl.extraction.metadata.datetimes import Moment
from newscrawl.extraction.metadata.graph import Graph
from newscrawl.extraction.metadata.words import Words

WEIGHTS = {
    "rule": 100.0,
    "json_ld": 2.0,
    "meta": 1.5,
    "microdata": 1.2,
    "time": 1.0,
    "printed": 0.8,
    "page": 0.8,
    "url": 0.7,
    "weak": 0.5,
}
"""Weight of each source in the vote."""

_PUBLISHED = {
    **dict.fromkeys(
        (
            "article:published_time article:published og:article:published_time article:published:time parsely-pub-date"
            " sailthru.date cxenseparse:recs:publishtime citation_publication_date citation_date"
            " dc.date.issued dcterms.issued dc.date dcterms.date"
            " dcterms.created dc.date.created pubdate publishdate publish-date publish_date date article.published"
            " datepublished date.created publication_date rnews:datepublished og:published_time cse-published-date"
            " article_date_original"
            " published_time published_at og:pubdate originalpublicationdate shareaholic:article_published_time"
        ).split(),
        "meta",
    ),
    "og:regdate": "weak",
    "citation_online_date": "weak",
    "bt:pubdate": "weak",
}
_MODIFIED = (
    "article:modified_time og:updated_time og:article:modified_time article:modified dc.date.modified dcterms.modified"
    " last-modified lastmod datemodified article.updated article:modified:time shareaholic:article_modified_time"
).split()
_IN_URL = re.compile(r"/((?:19|20)\d{2})[/-]?(\d{2})[/-]?(\d{2})(?:[/_.-]|$)")
_IS_MODIFIED = re.compile(r"modif|updat|edit", re.IGNORECASE)


@dataclass(slots=True)
class Date:
    """A date and how its source writes it."""

    moment: Moment
    raw: str
    source: str


@dataclass(slots=True)
class Dates:
    """When the article was published and changed."""

    published: Date | None
    modified: Date | None
    refused: bool
    """Whether an impossible date, or one after the fetch, stood on the page."""


def dates(
    document: Document, graph: Graph, words: Words, near: list[Block], fetched_at: str, ruled: Iterable[str]
) -> Dates:
    """The dates that the sources agree on most."""
    fetched = _fetched(fetched_at)
    month_first = (document.tree.get("lang") or "").lower() in ("en-us", "en_us", "")
    lines = [(text, "rule") for text in ruled]
    published = [
        *_parsed(lines),
        *_parsed(_declared(document, graph)),
        *_on_page(words, near, month_first=month_first),
    ]
    possible = [date for date in published if datetimes.possible(date.moment, fetched)]
    changed = [date for date in _parsed(_changes(document, graph)) if datetimes.possible(date.moment, fetched)]
    return Dates(choose(possible), changed[0] if changed else None, len(possible) < len(published))


def choose(found: list[Date]) -> Date | None:
    """The day with the greatest sum of weights over its sources; of its sources the most exact one."""
    days: dict[str, dict[str, Date]] = {}
    for date in found:
        sources = days.setdefault(date.moment.day, {})
        if date.source not in sources or date.moment.rank > sources[date.source].moment.rank:
            sources[date.source] = date
    if not days:
        return None
    best = max(days.values(), key=lambda sources: sum(WEIGHTS[source] for source in sources))
    return max(best.values(), key=lambda date: (date.moment.rank, WEIGHTS[date.source]))


def _fetched(text: str) -> datetime:
    moment = datetimes.structured(text)
    if moment is None:
        return datetime.max.replace(tzinfo=UTC, year=9000)
    return moment.when if moment.when.tzinfo else moment.when.replace(tzinfo=UTC)


def _parsed(lines: Iterable[tuple[str, str]]) -> Iterator[Date]:
    for raw, source in lines:
        if moment := datetimes.structured(raw):
            yield Date(moment, raw[:200], source)


def _declared(document: Document, graph: Graph) -> Iterator[tuple[str, str]]:
    for node, source in ((graph.article, "json_ld"), (graph.page, "page")):
        for name in ("datePublished", "dateCreated", "uploadDate"):
            if value := graph.text(node.get(name)):
                yield value, source
                break
    for name, source in _PUBLISHED.items():
        for value in document.meta.get(name, ())[:1]:
            yield value, source
    for node in document.tree.xpath("//body//*[@itemprop='datePublished' or @itemprop='dateCreated' or @pubdate]")[:3]:
        if value := fold(node.get("content") or node.get("datetime") or node.text_content()[:100]):
            yield value, "microdata"
    if found := _IN_URL.search(document.url):
        yield "-".join(found.groups()), "url"


def _changes(document: Document, graph: Graph) -> Iterator[tuple[str, str]]:
    for node in (graph.article, graph.page):
        if value := graph.text(node.get("dateModified")):
            yield value, "json_ld"
    for name in _MODIFIED:
        for value in document.meta.get(name, ())[:1]:
            yield value, "meta"
    for node in document.tree.xpath("//body//*[@itemprop='dateModified']")[:2]:
        yield fold(node.get("content") or node.get("datetime") or node.text_content()[:100]), "microdata"


def _on_page(words: Words, near: list[Block], *, month_first: bool) -> Iterator[Date]:
    """The dates printed near the headline: `time` elements, lines that hold a date; those of a change are left out."""
    for block in near:
        if not 6 < len(block.text) < 200:
            continue
        if block.text.casefold().startswith(words.modified):
            continue
        for node in _times(block):
            if moment := datetimes.structured(node):
                yield Date(moment, node[:200], "time")
                break
        else:
            if moment := datetimes.printed(block.text, words, month_first=month_first):
                yield Date(moment, block.text[:200], "printed")


def _times(block: Block) -> list[str]:
    nodes = {piece: None for piece, _ in block.pieces}
    return [
        stamp
        for node in nodes
        if node.tag == "time" and (stamp := node.get("datetime")) and not _IS_MODIFIED.search(node.get("class") or "")
    ]
