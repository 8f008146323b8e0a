"""`read_metadata`: every source of the page weighed, one `Metadata` out."""

from __future__ import annotations

from newscrawl.extraction.metadata import labels
from newscrawl.extraction.metadata.access import accessible_for_free
from newscrawl.extraction.metadata.authors import authors
from newscrawl.extraction.metadata.bylines import near
from newscrawl.extraction.metadata.calendar import Date
from newscrawl.extraction.metadata.dates import dates
from newscrawl.extraction.metadata.fields import Metadata
from newscrawl.extraction.metadata.graph import Graph
from newscrawl.extraction.metadata.outlet import Outlet
from newscrawl.extraction.metadata.titles import headline
from newscrawl.extraction.metadata.words import words
from newscrawl.items import Site
from newscrawl.sites.rules import selectors
from newscrawl.web.document import Document


def read_metadata(document: Document, *, fetched_at: str, site: Site) -> Metadata:
    """All that the page says about its article but the text; changes nothing in the tree.

    `fetched_at` is ISO 8601; dates after it are refused. The site's own selectors go before everything else.
    """
    graph = Graph(document)
    outlet = Outlet(document, graph, site.name)
    language = labels.language(document, graph)
    lexicon = words(language)
    title = headline(document, graph, outlet, selectors.texts(document.tree, site.title))
    around = near(document.blocks, title.anchor)
    ruled = selectors.texts(document.tree, site.authors)
    wrote = authors(document, graph, outlet, lexicon, around, ruled, title=title.anchor, language=language)
    when = dates(document, graph, language, around, fetched_at, selectors.texts(document.tree, site.date))
    section = labels.section(document, graph)
    source = when.published.source if when.published else None
    uncertainties = {
        "date_refused": when.refused,
        "date_guessed": source == "guess",
        "date_of_update": source == "update",
        "title_not_printed": title.block is None,
    }
    return Metadata(
        title=title.text,
        title_block=title.block,
        description=labels.description(document, graph),
        authors=wrote.names,
        byline=wrote.byline,
        byline_blocks=wrote.blocks,
        date_published=_iso(when.published),
        date_published_raw=_raw(when.published),
        date_modified=_iso(when.modified),
        date_modified_raw=_raw(when.modified),
        language=language,
        section=section,
        tags=labels.tags(document, graph),
        main_image=labels.main_image(document, graph),
        kind=labels.kind(document, graph, lexicon, section),
        canonical_url=labels.canonical_url(document, graph),
        site_name=outlet.name,
        accessible_for_free=accessible_for_free(document, graph),
        rights=labels.rights(document, graph),
        warnings=[name for name, uncertain in uncertainties.items() if uncertain],
    )


def _iso(date: Date | None) -> str | None:
    return date.moment.iso if date else None


def _raw(date: Date | None) -> str | None:
    return date.raw if date else None
