"""What discovery returns, and the draft that each reader fills: URLs resolved, texts cleaned, lists bounded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from typing import Literal
from urllib.parse import urljoin, urlsplit

from newscrawl.discovery.url_patterns import url_pattern
from newscrawl.items import DiscoveredUrl, Discovery, DiscoveryKind
from newscrawl.web.text import fold
from newscrawl.web.urls import PLAIN_URL, normalized_url

DocumentKind = Literal["feed", "news_sitemap", "sitemap", "sitemap_index", "robots", "listing", "unknown"]
LinkKind = Literal["feed", "news_sitemap", "sitemap", "robots", "listing"]
LinkRel = Literal["declared", "well_known", "index", "robots", "autodiscovery", "next", "section", "archive"]

MAX_URLS = 50_000
"""Entries, and further pages, of one document: the most that sitemaps.org allows in a sitemap or an index."""
MAX_PROBLEMS = 20
"""Problems told of one document; the rest are counted."""
MAX_URL = 2_048
"""Characters of a URL: sitemaps.org's limit, and more than any article's."""
MAX_TEXT = 1_000
"""Characters kept of a title, keyword or name."""
MAX_KEYWORDS = 50

_TAG = re.compile(r"<[/!a-zA-Z][^<>]{0,500}>")
_NO_HOST = re.compile(r"https?:///", re.IGNORECASE)
"""Joined to a base, "http:///x" would become a page of the base's own host."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(slots=True, kw_only=True)
class DiscoveryLink:
    """A further page on which articles may be named."""

    url: str
    """Absolute, http or https."""
    kind: LinkKind
    """What is expected there; what it is tells only `discover` on its bytes."""
    rel: LinkRel
    """How it is known: declared for the site, a guess at a well-known place, member of an index, named by robots.txt,
    autodiscovery, next page of this listing or feed, section or dated archive of the site."""
    date: str | None = None
    """ISO 8601: lastmod of an index's member; year, month or day of an archive ("2024-05")."""
    page: int | None = None
    """Its number, where rel is "next" and the number is known."""
    title: str | None = None
    """Title or text of the link."""


@dataclass(slots=True, kw_only=True)
class DiscoveryResult:
    """What one fetched document tells about where articles are. Plain data: goes through msgspec."""

    kind: DocumentKind
    """What the document is, by its bytes."""
    url: str
    """URL of the document."""
    entries: list[DiscoveredUrl] = field(default_factory=list)
    """In the document's order, each URL once."""
    uncertain: list[DiscoveredUrl] = field(default_factory=list)
    """Of a listing page: links that little speaks for, or nothing but that their URLs could be an article's (score 0).
    What is known of the site's URLs may tell."""
    more: list[DiscoveryLink] = field(default_factory=list)
    """Further pages, the most promising first, each URL once."""
    problems: list[str] = field(default_factory=list)
    """What could not be read, e.g. "line 12: date not understood: 'soon'". One line each, safe to log."""
    page: int | None = None
    """Number of this listing page, where known."""
    pages: int | None = None
    """The highest page number that the listing names ("1 2 3 ... 6,013")."""

    @property
    def named(self) -> list[DiscoveredUrl]:
        """All that may be articles: the entries, then the uncertain ones."""
        return [*self.entries, *self.uncertain]


def clean(text: str | None, most: int = MAX_TEXT) -> str | None:
    """A text from outside as a plain line: markup and references resolved, no surrogates, bounded; None if empty."""
    if not text:
        return None
    text = text[: 8 * most]
    if "&" in text or "<" in text:
        text = unescape(_TAG.sub("", unescape(text)))
    return plain(text, most)


def plain(text: str, most: int = MAX_TEXT) -> str | None:
    """A text without markup as a line: no control characters, no surrogates, bounded; None if empty."""
    text = fold(_CONTROL.sub(" ", text[: 8 * most]))[:most]
    return text.encode("utf-8", "replace").decode("utf-8") or None


def absolute(base: str, href: str | None) -> str | None:
    """The link as an absolute http or https URL; None where it is none, or is too long to be one."""
    href = (href or "")[: 4 * MAX_URL + 1].strip()
    if len(href) <= MAX_URL and PLAIN_URL.fullmatch(href):
        return href
    if not href or len(href) > 4 * MAX_URL or _NO_HOST.match(href):
        return None
    try:
        url = urljoin(base, href).replace(" ", "%20")
        parts = urlsplit(url)
        host = parts.hostname if parts.port is None or parts.port else None
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or len(url) > MAX_URL or _CONTROL.search(url):
        return None
    return url.encode("utf-8", "replace").decode("utf-8")


class Draft:
    """A `DiscoveryResult` in the making."""

    def __init__(self, kind: DocumentKind, url: str) -> None:
        self.found = DiscoveryResult(kind=kind, url=url)
        self.base = url
        """What relative links are relative to; a `base` element may move it."""
        self._entries: set[str] = set()
        self._links: set[str] = {url}
        self._untold = 0

    def entry(
        self, href: str | None, discovery: Discovery, *, where: str, base: str | None = None, score: float = 1.0
    ) -> None:
        """Adds an entry unless its link is none (a problem) or is known; `where` names its place for the problem."""
        url = absolute(base or self.base, href)
        if url is None:
            self.problem(f"{where}: no usable link: {href!r}" if href else f"{where}: without a link")
        elif url not in self._entries and not self.full:
            self._entries.add(url)
            self.found.entries.append(
                DiscoveredUrl(
                    url=url,
                    normalized_url=normalized_url(url),
                    discovery=discovery,
                    url_pattern=url_pattern(url),
                    score=score,
                )
            )

    def link(self, href: str | None, kind: LinkKind, rel: LinkRel, **known: str | int | None) -> None:
        """Adds a further page unless its link is none (a problem) or is known."""
        url = absolute(self.base, href)
        if url is None:
            self.problem(f"no usable link to a {kind}: {href!r}")
        elif url not in self._links and not self.full:
            self._links.add(url)
            self.found.more.append(DiscoveryLink(url=url, kind=kind, rel=rel, **known))  # type: ignore[arg-type]

    @property
    def full(self) -> bool:
        """Whether the document has given as many URLs as one may."""
        return len(self.found.entries) + len(self.found.more) >= MAX_URLS

    def problem(self, text: str) -> None:
        """Notes a problem; of very many only the count."""
        if len(self.found.problems) < MAX_PROBLEMS:
            self.found.problems.append(clean(text, 200) or "unnamed")
        else:
            self._untold += 1

    def discovery(self, kind: DiscoveryKind, **given: str | list[str] | None) -> Discovery:
        """The discovery of an entry of this document."""
        return Discovery(kind=kind, url=self.found.url, **given)  # type: ignore[arg-type]

    def done(self) -> DiscoveryResult:
        """The finished answer."""
        if self._untold:
            self.found.problems.append(f"and {self._untold} more problems")
        return self.found


def keywords(texts: Iterable[str | None]) -> list[str]:
    """The keywords cleaned, each once, in their order."""
    found = dict.fromkeys(text for raw in texts if (text := clean(raw, 200)))
    return list(found)[:MAX_KEYWORDS]
