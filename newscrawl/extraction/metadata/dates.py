"""When the article was published and changed: candidates from every source, and the choice among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from htmldate import find_date
from lxml.html import HtmlElement

from newscrawl.extraction.metadata.bylines import LONG, Near
from newscrawl.extraction.metadata.calendar import ALONE, BESIDE, Calendar, Date
from newscrawl.extraction.metadata.graph import Graph
from newscrawl.web.document import Document
from newscrawl.web.text import fold

WEIGHTS = {
    "rule": 100.0,
    "json_ld": 2.0,
    "near_first": 2.2,
    "near": 1.6,
    "elsewhere": 1.6,
    "meta": 1.5,
    "microdata": 0.8,
    "page": 0.8,
    "url": 0.7,
    "update": 0.1,
    "guess": 0.1,
}
"""Weight of each source in the vote: "near" is printed beside the headline, "near_first" as well and earlier than all
that is declared, "elsewhere" in a labelled line far from it, "page" is JSON-LD's WebPage. Set on the dev pages of
fundus and wcxb (benchmarks/metadata.py): right days .983 and .907 (.895 and .919 on the halves of wcxb). "near_first"
below json_ld lost .013 on both halves of wcxb, "near" below meta .013 on one, "elsewhere" at 0.3 .003."""

_PUBLISHED = (
    "article:published_time article:published og:article:published_time article:published:time parsely-pub-date"
    " sailthru.date cxenseparse:recs:publishtime citation_publication_date citation_date dc.date.issued"
    " dcterms.issued dc.date dcterms.date dcterms.created dc.date.created pubdate publishdate publish-date"
    " publish_date date article.published datepublished date.created publication_date rnews:datepublished"
    " og:published_time cse-published-date article_date_original published_time published_at og:pubdate"
    " originalpublicationdate shareaholic:article_published_time bt:pubdate"
).split()
_MODIFIED = (
    "article:modified_time og:updated_time og:article:modified_time article:modified dc.date.modified"
    " dcterms.modified last-modified lastmod datemodified article.updated article:modified:time"
    " shareaholic:article_modified_time"
).split()
_IN_URL = re.compile(r"/((?:19|20)\d{2})(?:[/-]?(\d{2})[/-]?(\d{2})|[/-](\d{1,2})[/-](\d{1,2}))(?:[/_.-]|$)")
_WORDED_URL = re.compile(r"/((?:19|20)\d{2})/([a-z]{3,9})/(\d{1,2})(?:[/_.-]|$)", re.IGNORECASE)
"""".../2025/jun/05/..." of the Guardian's and other sites."""
_OPENING = 5
"""Blocks after the headline whose dateline may hold the date: "Wiesbaden, 11 November 2021. The ..."."""
_ABOVE = 4
"""Blocks before the headline in which a date is the article's."""


@dataclass(slots=True)
class Dates:
    """When the article was published and changed."""

    published: Date | None
    modified: Date | None
    refused: bool
    """Whether an impossible date, or one after the fetch, stood on the page."""


def dates(
    document: Document, graph: Graph, language: str | None, around: Near, fetched_at: str, ruled: Iterable[str]
) -> Dates:
    """The dates that the sources agree on most."""
    calendar = Calendar(document, language, fetched_at)
    changed = list(_read(_changes(document, graph), calendar))
    found = list(_read(((text, "rule") for text in ruled), calendar))
    found += _read(_declared(document, graph), calendar)
    calendar.known = {date.moment.day for date in found + changed}
    found += [date for date in _near(around, calendar) if not (found and _is_update(date, changed, found))]
    if found and found[-1].source != "near":
        found += _only_labelled(document, calendar)
    if found and found[-1].source == "near" and _is_first(found[-1], found[:-1]):
        found[-1].source = "near_first"
    found = found or _silent(document, around, calendar) or [Date(date.moment, date.raw, "update") for date in changed]
    return Dates(choose(found), changed[0] if changed else None, calendar.refused)


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
    return max(best.values(), key=lambda date: (date.moment.rank, date.moment.when.second > 0, WEIGHTS[date.source]))


def _read(lines: Iterable[tuple[str, str]], calendar: Calendar) -> Iterator[Date]:
    for raw, source in lines:
        if date := calendar.read(raw, source):
            yield date


def _declared(document: Document, graph: Graph) -> Iterator[tuple[str, str]]:
    for node, source in ((graph.article, "json_ld"), (graph.page, "page")):
        for name in ("datePublished", "dateCreated", "uploadDate"):
            if value := graph.text(node.get(name)):
                yield value, source
                break
    for name in _PUBLISHED:
        for value in document.meta.get(name, ())[:1]:
            yield value, "meta"
    marked = [node for name in ("datePublished", "dateCreated", "pubdate") for node in graph.marked.get(name, ())]
    for node in marked[:1]:
        if value := _stamp(node):
            yield value, "microdata"
    if found := _IN_URL.search(document.url):
        yield "-".join(f"{int(part):02}" for part in found.groups() if part), "url"
    elif found := _WORDED_URL.search(document.url):
        yield " ".join(found.groups()), "url"


def _changes(document: Document, graph: Graph) -> Iterator[tuple[str, str]]:
    for node in (graph.article, graph.page):
        if value := graph.text(node.get("dateModified")):
            yield value, "json_ld"
    for name in _MODIFIED:
        for value in document.meta.get(name, ())[:1]:
            yield value, "meta"
    for node in graph.marked.get("dateModified", [])[:1]:
        yield _stamp(node), "microdata"


def _stamp(node: HtmlElement) -> str:
    return fold(node.get("content") or node.get("datetime") or node.text_content()[:100])


def _near(around: Near, calendar: Calendar) -> Iterator[Date]:
    """The first date after the headline, else the nearest above it; within the text only a line that is little else."""
    limit = BESIDE
    for block in around.after:
        limit = ALONE if len(block.text) > LONG else limit
        if date := calendar.read_line(block, "near", limit):
            yield date
            return
    for block in reversed(around.before[-_ABOVE:]):
        if date := calendar.read_line(block, "near"):
            yield date
            return


def _is_first(near: Date, others: list[Date]) -> bool:
    """Whether a printed date is earlier than all declared ones: a CMS that was moved dates its old pages anew."""
    return len(near.raw) <= BESIDE and all(near.moment.day < date.moment.day for date in others)


def _is_update(date: Date, changed: list[Date], found: list[Date]) -> bool:
    """Whether a printed date is rather the update's, within a day of it, or an event's, after all that is declared."""
    if any(other.moment.day >= date.moment.day for other in found):
        return False
    days = [(date.moment.when.date() - other.moment.when.date()).days for other in changed]
    return any(abs(apart) <= 1 for apart in days) or (bool(found and days) and min(days) > 1)


def _silent(document: Document, around: Near, calendar: Calendar) -> list[Date]:
    """Where metadata and headline give no day: "Posted on April 13" below the text, the month of a magazine, an
    update, htmldate's guess."""
    sources = (
        _labelled(document, calendar, "elsewhere"),
        (date for block in around.after if (date := calendar.read_month(block, "near"))),
        (date for block in around.after[:_OPENING] if (date := calendar.read_opening(block, "near"))),
        _labelled(document, calendar, "update"),
    )
    date = next(chain.from_iterable(sources), None) or _guess(document, calendar)
    return [date] if date else []


def _labelled(document: Document, calendar: Calendar, source: str) -> Iterator[Date]:
    """The dates of lines that say what they date, or that follow such a label."""
    after_label = False
    for block in document.blocks:
        says = calendar.says(block, source)
        if (says or after_label) and (date := calendar.read_line(block, source)):
            yield date
        after_label = says and len(block.text) < 20


def _only_labelled(document: Document, calendar: Calendar) -> list[Date]:
    """The date of publication that a labelled line names; none where such lines name several, as teasers do."""
    found = list(_labelled(document, calendar, "elsewhere"))
    return found[:1] if len({date.moment.day for date in found}) == 1 else []


def _guess(document: Document, calendar: Calendar) -> Date | None:
    """htmldate's. Without its extensive search, which took 1.2 s on a page of wcxb and was right on two more of 18."""
    try:
        day = find_date(
            document.tree, extensive_search=False, original_date=True, url=document.url, max_date=calendar.last
        )
    except ValueError:  # lxml refuses control characters, which htmldate moves about
        return None
    return calendar.read(day, "guess") if day else None
