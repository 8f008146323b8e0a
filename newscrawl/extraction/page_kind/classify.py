"""Is it an article at all? Front, section, search and shop pages, error pages and walls are rejected with a reason."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from newscrawl.extraction.blocks.page_layout import Layout, lay_out
from newscrawl.extraction.blocks.story_text import Body
from newscrawl.extraction.metadata import Metadata
from newscrawl.extraction.page_kind.levels import path_of
from newscrawl.extraction.page_kind.page_signs import count_prices, signs
from newscrawl.extraction.page_kind.walls import wall
from newscrawl.web.document import Document
from newscrawl.web.json_ld import types_of

REASONS = "empty error_page bot_wall consent_wall script_wall front search gallery shop listing no_story".split()
"""Why a page is no article. "no_story": none of the others, e.g. a form, a directory entry, a page about a service."""

NEAR = 1.5
"""A score this near below 0 is worth a second look: on held-out sites it brings back most articles that were lost."""
UNDECIDED = 1.0
"""A score this near to 0 may change sides when trafilatura is asked about the text too."""

_SEARCH = frozenset("search suche recherche buscar busca ricerca cerca zoeken szukaj find results".split())
_QUERIES = frozenset("q s query search keyword keywords text suche recherche buscar busca".split())
_GALLERY = frozenset(
    "gallery galleries galerie galerien galeria galería galleria fotos photos pictures in-pictures photo-essay bilder"
    " fotostrecken".split()
)
_SHOP = frozenset("Product ProductGroup Offer AggregateOffer OnlineStore Store".split())
_FRONT = frozenset("index home homepage startseite accueil inicio en de fr es pt it nl us uk".split())


class PageKind(NamedTuple):
    """What a page was taken for, and why."""

    reason: str | None
    """Why it is no article, one of REASONS; None where it is one."""
    score: float | None = None
    """The weighed sum of its signs; None where a wall decided."""
    sign: str | None = None
    """The sign that spoke most against an article."""

    @property
    def is_near_border(self) -> bool:
        """Whether the page may be an article all the same."""
        return self.reason not in (None, "empty") and self.score is not None and self.score > -NEAR


def page_kind(document: Document, metadata: Metadata, body: Body) -> PageKind:
    """Whether the page is an article; the reason, the score and the deciding sign where it is none."""
    layout = lay_out(document)
    if (reason := wall(document, layout)) is not None:
        return PageKind(reason)
    found = signs(document, metadata, body, layout)
    total = score(found)
    if total > 0:
        return PageKind(None if body.blocks else "empty", total)
    reason = _reason(document, layout, found)
    if reason == "no_story" and not body.blocks:
        reason = "empty"
    return PageKind(reason, total, deciding_sign(found))


def deciding_sign(found: dict[str, float]) -> str:
    """The sign that would add most to the score if it were as an article's: there in full, or not at all."""
    weights = {name: weight for name, weight in _table().items() if name != "bias"}
    return max(weights, key=lambda name: weights[name] * ((weights[name] > 0) - found[name]))


def may_be_article(document: Document, metadata: Metadata, body: Body) -> bool:
    """Whether the page may be one by its text as judged first: others need no second opinion to theirs."""
    return document.stated is not None or score(signs(document, metadata, body, lay_out(document))) > -UNDECIDED


def score(found: dict[str, float]) -> float:
    """The weighed sum of the signs: above 0 for an article. Weights and what they were fitted on: classify.toml."""
    table = _table()
    return table["bias"] + sum(weight * found[name] for name, weight in table.items() if name != "bias")


@cache
def _table() -> dict[str, float]:
    text = (files("newscrawl.extraction.page_kind") / "classify.toml").read_text("utf-8")
    weights: dict[str, float] = tomllib.loads(text)["weights"]
    return weights


def _reason(document: Document, layout: Layout, found: dict[str, float]) -> str:
    """What a page that is no article is, by its address first."""
    address = urlsplit(document.url)
    parts = [part.partition(".")[0] for part in path_of(address)]
    types = {kind for node in document.json_ld for kind in types_of(node)}
    if (
        not _SEARCH.isdisjoint(parts)
        or "SearchResultsPage" in types
        or _QUERIES & parse_qs(address.query[:2000]).keys()
    ):
        return "search"
    if len(parts) <= 1 and _FRONT.issuperset(parts):
        return "front"
    if not _GALLERY.isdisjoint(parts) or "ImageGallery" in types:
        return "gallery"
    if _is_shop(document, layout, found, types):
        return "shop"
    lists = found["list_url"] or found["ld_list"] or layout.teasers > max(2, layout.paragraphs)
    return "listing" if lists else "no_story"


def _is_shop(document: Document, layout: Layout, found: dict[str, float], types: set[str]) -> bool:
    og_type = (document.first_meta("og:type") or "").lower()
    return bool(types & _SHOP) or "product" in og_type or found["cart"] > 0.3 or count_prices(layout) >= 6
