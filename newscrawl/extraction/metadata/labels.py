"""What a page says about its article beside title, authors and dates: language, section, tags, image, kind, rights."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from gcld3 import NNetLanguageIdentifier  # type: ignore[import-untyped]

from newscrawl.extraction.metadata.graph import Graph
from newscrawl.extraction.metadata.live import is_live_blog
from newscrawl.extraction.metadata.plain_text import key, plain
from newscrawl.extraction.metadata.words import Words
from newscrawl.items import Kind, Rights
from newscrawl.web.document import Document
from newscrawl.web.json_ld import types_of
from newscrawl.web.languages import language_code
from newscrawl.web.text import fold

TAGS = 50
"""Tags of one article."""

SURE = 0.9
"""Probability from which a guessed language is told. Of 1,063 development pages .973 reach it with the language that
they declare, .008 with another: pages that are not in the language they declare, and lists of names."""

_IDENTIFIER = NNetLanguageIdentifier(min_num_bytes=0, max_num_bytes=4000)
_SECTION = re.compile(r"^[a-z]{3,20}(?:-[a-z]{2,15}){0,2}$")
_NOT_SECTIONS = frozenset(
    "article articles story stories content posts post node index page html view news-story doc blog amp".split()
)
_LIVE = frozenset("live liveblog live-blog liveticker live-updates en-direct endirect".split())
_PRESS_RELEASE = frozenset(
    "press-release press-releases pressrelease pressreleases pressemitteilung pressemitteilungen pressemeldung"
    " press release communique communiques comunicado comunicados comunicati-stampa persbericht".split()
)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


def language(document: Document, graph: Graph) -> str | None:
    """ISO 639-1 of the article as declared: JSON-LD, the html element, meta."""
    tree = document.tree
    declared = (
        graph.text(graph.article.get("inLanguage")),
        tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang"),
        document.first_meta("og:locale", "dc.language", "dcterms.language", "content-language", "language"),
    )
    for value in declared:
        if found := language_code(value):
            return found
    return _guessed(document)


def _guessed(document: Document) -> str | None:
    """The language of the page's longest lines."""
    longest = sorted((block.text for block in document.blocks), key=len, reverse=True)[:5]
    text = " ".join(longest)[:2000]
    found = _IDENTIFIER.FindLanguage(text)
    return language_code(str(found.language)) if len(text) >= 100 and found.probability >= SURE else None


def description(document: Document, graph: Graph) -> str | None:
    """The standfirst as the metadata give it."""
    declared = (
        graph.text(graph.article.get("description")),
        document.first_meta("og:description"),
        document.first_meta("description", "twitter:description", "dc.description", "dcterms.description"),
        graph.text(graph.article.get("alternativeHeadline")),
    )
    return next((text for value in declared if (text := plain(value, 2000))), None)


def section(document: Document, graph: Graph) -> str | None:
    """As the page names it, else the first path segment where it names one."""
    declared = (
        graph.text(graph.article.get("articleSection")),
        document.first_meta(
            "article:section", "parsely-section", "sailthru.section", "cxenseparse:section", "section", "og:section"
        ),
        _crumb(document, graph),
    )
    named = next((text for value in declared if (text := plain(value, 100))), None)
    return named or _path_section(document)


def _crumb(document: Document, graph: Graph) -> str | None:
    """The crumb before the last of a BreadcrumbList of three or more: Home, Politics, this article."""
    for node in document.json_ld:
        if "BreadcrumbList" in types_of(node):
            crumbs = [_crumb_name(member, graph) for member in graph.nodes(node.get("itemListElement"))]
            return crumbs[1] if len(crumbs) > 2 else None
    return None


def _crumb_name(member: object, graph: Graph) -> str | None:
    if not isinstance(member, dict):
        return None
    return graph.text(member.get("name")) or graph.text(member.get("item"))


def _path_section(document: Document) -> str | None:
    """The first path segment, spelt as a line of the page prints it ("Politics" for /politics/...)."""
    parts = [part for part in urlsplit(document.url).path.split("/") if part]
    if len(parts) < 2 or not _SECTION.match(parts[0]) or parts[0] in _NOT_SECTIONS:
        return None
    wanted = parts[0].replace("-", " ")
    printed = (block.text for block in document.blocks if len(block.text) == len(wanted))
    return next((text for text in printed if text.lower() == wanted and not text.isupper()), parts[0])


def tags(document: Document, graph: Graph) -> list[str]:
    """Keywords of the article, in the page's order, each once."""
    found: dict[str, str] = {}
    for value in _keywords(document, graph):
        tag = plain(value, 100)
        if key(tag) and not _UUID.match(tag):
            found.setdefault(key(tag), tag)
        if len(found) == TAGS:
            break
    return list(found.values())


def _keywords(document: Document, graph: Graph) -> Iterator[str]:
    """JSON-LD's keywords, else article:tag, else the first list of keywords in a meta."""
    named = [
        member if isinstance(member, str) else graph.text(member)
        for member in graph.nodes(graph.article.get("keywords"))
    ]
    of_json_ld = [text for value in named if value for text in _listed(value)]
    of_tags = document.meta.get("article:tag", []) + document.meta.get("og:article:tag", [])
    if of_json_ld or of_tags:
        yield from of_json_ld
        for value in of_tags:
            yield from _listed(value)
        return
    for name in ("parsely-tags", "news_keywords", "sailthru.tags", "keywords"):
        if name in document.meta:
            yield from _listed(document.meta[name][0])
            return


def _listed(value: str) -> list[str]:
    return value[:5000].split(";" if value.count(";") > value.count(",") else ",")


def main_image(document: Document, graph: Graph) -> str | None:
    """Absolute URL of the image that the page gives for itself."""
    declared = [
        *document.meta.get("og:image", ())[:1],
        *document.meta.get("og:image:url", ())[:1],
        *_addresses(graph.nodes(graph.article.get("image"))),
        *document.meta.get("twitter:image", ())[:1],
        *document.meta.get("parsely-image-url", ())[:1],
        *_addresses(graph.nodes(graph.article.get("thumbnailUrl"))),
    ]
    return next((url for value in declared if len(value) < 2000 and (url := document.absolute(value))), None)


def _addresses(members: Iterable[object]) -> Iterator[str]:
    for member in members:
        value = (
            member.get("url") or member.get("contentUrl") or member.get("@id") if isinstance(member, dict) else member
        )
        if isinstance(value, str):
            yield value


def canonical_url(document: Document, graph: Graph) -> str | None:
    """rel=canonical in head or body, else og:url; absolute."""
    for node in graph.marked.get("rel=canonical", [])[:3]:
        if url := document.absolute(node.get("href")):
            return url
    return document.absolute(document.first_meta("og:url"))


def kind(document: Document, graph: Graph, words: Words, section_name: str | None) -> Kind:
    """Kind of the piece, by its JSON-LD type, its og:type, its section and its address."""
    types = set(types_of(graph.article))
    og_type = (document.first_meta("og:type") or "").lower()
    path = {part for part in urlsplit(document.url).path.lower().split("/")[:-1] if part}
    sections = path | {fold(section_name).lower()}
    if "LiveBlogPosting" in types or sections & _LIVE or is_live_blog(document):
        return "live"
    if "OpinionNewsArticle" in types or sections & words.opinion:
        return "opinion"
    if sections & _PRESS_RELEASE:
        return "press_release"
    if "VideoObject" in types or og_type.startswith("video"):
        return "video"
    if types & {
        "Recipe",
        "Review",
        "CriticReview",
        "PodcastEpisode",
        "TechArticle",
        "ScholarlyArticle",
        "MedicalScholarlyArticle",
    }:
        return "other"
    return "news"


def rights(document: Document, graph: Graph) -> Rights:
    """License, robots and reservations as the page itself states them."""
    licensed = next(_addresses(graph.nodes(graph.article.get("license"))), None)
    link = graph.marked.get("rel=license", [])[:1]
    stated = licensed or (link[0].get("href") if link else None)
    stated = document.absolute(stated) if stated and ("/" in stated or "." in stated) else stated
    named = document.first_meta("dcterms.license", "dc.rights.license", "license", "rsl:license")
    policy = document.first_meta("tdm-policy")
    return Rights(
        license=plain(stated or named, 500) or None,
        robots=plain(", ".join(dict.fromkeys(document.meta.get("robots", []))), 500) or None,
        tdm=plain(document.first_meta("tdm-reservation"), 500) or None,
        tdm_policy=plain(document.absolute(policy) or policy, 500) or None,
        content_usage=plain(document.first_meta("content-usage"), 500) or None,
    )
