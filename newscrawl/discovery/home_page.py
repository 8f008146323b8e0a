"""What a site says of its own feeds and sitemaps: links in its pages, and the places where they usually stand."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urlsplit

from newscrawl.discovery.discovery_result import DiscoveryLink, Draft, LinkKind, absolute, clean
from newscrawl.web.document import Document
from newscrawl.web.urls import site_url

WELL_KNOWN: tuple[tuple[str, LinkKind], ...] = (
    ("robots.txt", "robots"),
    ("sitemap.xml", "sitemap"),
    ("news-sitemap.xml", "news_sitemap"),
    ("sitemap_index.xml", "sitemap"),
    ("feed/", "feed"),
    ("rss", "feed"),
    ("rss.xml", "feed"),
    ("atom.xml", "feed"),
    ("feed.json", "feed"),
)
"""Usual places, the most telling first: robots.txt names the rest; sitemap_index.xml is Yoast's, feed/ WordPress's."""

MAX_LINKS = 5_000
"""Links of one page that are looked at, of each kind."""

_FEED_TYPES = frozenset(
    f"application/{name}" for name in ("rss+xml", "atom+xml", "rdf+xml", "feed+json", "rss", "atom", "xml", "json")
) | {"text/xml"}
"""The last three are of feeds of the first days, JSON Feed 1.0 among them, and of what _COMMENTS and _API tell."""
_API = re.compile(r"/api/|[?&]_?format=(?:json|xml|hal)", re.IGNORECASE)
_FEED_PATH = re.compile(r"/(?:feeds?|rss2?|atom)(?:/|\.(?:xml|json|php|aspx?))?$|\.(?:rss|atom|rdf)$", re.IGNORECASE)
_COMMENTS = re.compile(r"/comments?/|comments?[-_]?feed|wp-json|oembed", re.IGNORECASE)


def well_known(home_url: str) -> list[DiscoveryLink]:
    """Where the site's robots.txt, sitemaps and feeds usually stand, in the order of trying; [] for no http URL."""
    root = absolute(site_url(home_url), "/")
    return [DiscoveryLink(url=root + path, kind=kind, rel="well_known") for path, kind in WELL_KNOWN] if root else []


def autodiscover(document: Document) -> list[DiscoveryLink]:
    """The feeds and sitemaps that a page names in `link` elements, then those it links to in its text.

    Feeds of comments are left out; so is what shares the feeds' types and is none (oEmbed, wp-json).
    """
    draft = Draft("listing", document.url)
    draft.base = document.base_url
    for node in islice(document.tree.iter("link"), MAX_LINKS):
        if kind := _named_kind(node.get("rel"), node.get("type"), node.get("href")):
            draft.link(node.get("href"), kind, "autodiscovery", title=clean(node.get("title"), 200))
    for node in islice(document.tree.iter("a"), MAX_LINKS):
        href = node.get("href") or ""
        if _FEED_PATH.search(_path(href)) and not _COMMENTS.search(href):
            draft.link(href, "feed", "autodiscovery", title=clean(node.text, 200))
    return draft.found.more


def _named_kind(rel: str | None, mime: str | None, href: str | None) -> LinkKind | None:
    """What a `link` element names."""
    rels = (rel or "").lower().split()
    mime = (mime or "").partition(";")[0].strip().lower()
    if not href or _COMMENTS.search(href[:2048]) or _API.search(href[:2048]):
        return None
    if "sitemap" in rels:
        return "sitemap"
    return "feed" if mime in _FEED_TYPES and ("alternate" in rels or "feed" in rels) else None


def _path(href: str) -> str:
    try:
        return urlsplit(href[:2048]).path
    except ValueError:
        return ""
