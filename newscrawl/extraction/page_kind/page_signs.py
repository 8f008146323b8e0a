"""What a page looks like from afar: some four dozen signs, each 0 to 1, by which articles are told from others."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import parse_qsl, urlsplit

from newscrawl.extraction.blocks.page_layout import CJK, DENSE, Layout
from newscrawl.extraction.blocks.story_text import Body
from newscrawl.extraction.metadata import Metadata
from newscrawl.extraction.page_kind.levels import level, path_of
from newscrawl.extraction.page_kind.trade_signs import trade_signs
from newscrawl.web.document import Document
from newscrawl.web.json_ld import types_of

_PRICE = re.compile(r"[$£€¥₹]\s?\d|\d\s?(?:€|£|zł|kr\b|Kč|USD\b|EUR\b|CHF\b)")
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\bago\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b")
_SPLIT = re.compile(r"[-_+\s]+")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_URL_DATE = re.compile(r"/(?:19|20)\d\d[/-]?\d\d?(?!\d)|(?:19|20)\d{6}")
_NUMBER = re.compile(r"\d{5}")
_EXTENSION = re.compile(r"\.\w{2,5}$")
LIST_SEGMENTS = frozenset(
    "c cat category categories collection collections tag tags topic topics hub section sections browse list lists shop"
    " store search catalog catalogs catalogue product products product-category buy department departments directory"
    " archive archives page market genre chart charts label labels author authors subject subjects index issues"
    " trending kategorie kategorien rubrik thema themen suche categoria categorie rubrique recherche etiqueta"
    " buscar tema temas sujet dossier ricerca zoeken galerie gallery galleries photos fotos".split()
)
"""Path segments that lists of things stand under."""
_IDS = frozenset(
    "id aid nid sid pid sn no num seq idxno article articleid article_id artid newsid news_id newsno story storyid"
    " story_id contentid content_id docid doc_id item itemid entry p uid gid oid key code ref arcid artikel"
    " artid noticia art_id".split()
)
"""What the parameters are called by which programs name an article."""
_CODE = re.compile(r"[\w-]{8,64}")
_TRACKING = (
    "utm_",
    "fbclid",
    "gclid",
    "srsltid",
    "mc_",
    "sess",
    "phpsessid",
    "jsession",
    "_ga",
    "ref",
    "token",
    "t",
    "date",
)
CONTROLS = ("facet", "filter", "sort-by", "sortby", "pagination", "pager", "page-numbers", "load-more", "loadmore")
"""What the class names of a list's controls hold."""
CART = (
    "add-to-cart addtocart add_to_cart add-to-bag add-to-basket minicart mini-cart cart-drawer product-card"
    " product-tile product-item product-grid product-list productcard warenkorb"
).split()
"""What the class names of a shop hold."""
_LIST_TYPES = frozenset("ItemList CollectionPage SearchResultsPage Blog OfferCatalog ProfilePage ImageGallery".split())
_PUBLISHED = (
    "article:published_time datepublished date dc.date.issued pubdate parsely-pub-date sailthru.date dc.date".split()
)
_COUNTED = ("article", "img")


def signs(document: Document, metadata: Metadata, body: Body, layout: Layout) -> dict[str, float]:
    """The signs of the page by name, 0 to 1. `layout` is that of the same document."""
    found = _of_text(layout, body) | _of_metadata(document, metadata) | _of_address(document, metadata)
    found |= _of_title(metadata) | _of_lists(document, layout) | _of_elements(document, layout)
    found |= trade_signs(document, metadata, body, layout)
    return {name: float(value) for name, value in found.items()}


def _of_text(layout: Layout, body: Body) -> dict[str, float]:
    length = sum(map(len, body.blocks)) * layout.dense
    # Where the page prints next to nothing and states its text in a script, the row of text is that.
    run = length if length > 3 * layout.long + 500 else layout.longest_run
    return {
        "run": level(run, 200, 3000),
        "run_share": layout.longest_run / max(layout.chars, 1000),
        "gathered": max(layout.parents.values(), default=0) / max(layout.long, 1000),
        "uncertainty": min(1.0, 2 * body.uncertainty),
    }


def _of_metadata(document: Document, metadata: Metadata) -> dict[str, float]:
    og_type = (document.first_meta("og:type") or "").lower()
    types = {kind for node in document.json_ld for kind in types_of(node)}
    dated = metadata.date_published is not None
    return {
        "well_marked": dated and len(document.json_ld_articles) == 1,
        "ld_list": bool(types & _LIST_TYPES) and not document.json_ld_articles,
        "og_article": "article" in og_type or og_type == "blog",
        "published": document.first_meta(*_PUBLISHED) is not None,
        "dated": dated and "date_guessed" not in metadata.warnings,
    }


def _of_address(document: Document, metadata: Metadata) -> dict[str, float]:
    parts = path_of(urlsplit(document.url))
    last = _EXTENSION.sub("", parts[-1]) if parts else ""
    words = [word for word in _SPLIT.split(last) if _LETTERS.search(word)]
    canonical = urlsplit(metadata.canonical_url or document.url)
    return {
        "canonical_root": canonical.path in ("", "/") and not canonical.query,
        "list_url": not LIST_SEGMENTS.isdisjoint(parts) and len(words) <= 3,
        "slug_words": min(1.0, len(words) / 7),
        "depth": min(1.0, len(parts) / 3),
        "url_date": bool(_URL_DATE.search(urlsplit(document.url).path)),
        "url_id": _has_id(last) or _names_article(urlsplit(document.url).query),
    }


def _has_id(slug: str) -> bool:
    """Whether it holds a number or code: story-18236761, AST1F4445T1FUTIL02SM (asahi.com), clymn8zyrp9o (bbc.com)."""
    if _NUMBER.search(slug):
        return True
    return any(len(word) >= 10 and word.isalnum() and any(map(str.isdigit, word)) for word in _SPLIT.split(slug))


def _names_article(query: str) -> bool:
    """Whether a query names one article, as where a program serves all of them: ?id=77, ?sn=43340f4018, ?idxno=1234."""
    for name, value in parse_qsl(query[:2000], max_num_fields=50):
        digits = sum(map(str.isdigit, value))
        if name.lower() in _IDS and digits and value.isalnum():
            return True
        if digits >= 4 and len(value) >= 8 and _CODE.fullmatch(value) and not name.lower().startswith(_TRACKING):
            return True
    return False


def _of_title(metadata: Metadata) -> dict[str, float]:
    title = metadata.title or ""
    words = len(CJK.findall(title)) / DENSE + sum(CJK.search(word) is None for word in title.split())
    return {
        "title_words": min(1.0, words / 12),
        "title_sentence": sum(word[0].islower() for word in title.split()) / (len(title.split()) or 1),
        "title_printed": bool(title) and "title_not_printed" not in metadata.warnings,
    }


def _of_lists(document: Document, layout: Layout) -> dict[str, float]:
    prices = 0 if document.json_ld_articles else count_prices(layout)
    dates = sum(len(text) < 60 and _DATE.search(text) is not None for text in layout.short)
    return {
        "dates": level(dates, 2, 30),
        "teasers": level(layout.teasers / (1 + layout.paragraphs), 0.5, 20),
        "prices": level(prices, 1, 60),
        "cart": level(sum(map(layout.classes.count, CART)), 0, 60),
        "controls": level(sum(map(layout.classes.count, CONTROLS)), 0, 40),
    }


def count_prices(layout: Layout) -> int:
    """Prices in the page's short blocks."""
    return len(_PRICE.findall("\n".join(layout.short)))


def _of_elements(document: Document, layout: Layout) -> dict[str, float]:
    number: Counter[str] = Counter()
    for node in document.tree.iter(*_COUNTED):
        number[str(node.tag)] += 1
    return {
        "one_article": number["article"] == 1,
        "pictures": level(number["img"] / (1 + layout.paragraphs), 1, 60),
    }
