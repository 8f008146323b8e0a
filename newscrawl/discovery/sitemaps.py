"""Sitemaps, news sitemaps and indexes, streamed: no tree is built, so 50 MB cost little more than their entries."""

from __future__ import annotations

import re

from lxml.etree import XMLParser, XMLSyntaxError

from newscrawl.discovery.discovery_result import MAX_URLS, DiscoveryResult, Draft, clean, keywords
from newscrawl.web.dates import iso

_PIECE = 2**18
_MAX_FIELD = 10_000
_MAX_BARE = 1_000_000
_MAX_ELEMENTS = 4_000_000
"""Elements read of one document: 80 for each of 50,000 URLs; 12 million empty ones take 8 s."""
_SURROGATE = re.compile(r"&#(?:x0*[dD][89a-fA-F][0-9a-fA-F]{2}|0*5[5-7]\d{3});?")
"""A reference to half a character ("&#xD800;"), on which lxml raises; a few Korean syllables written so go with it."""
_AMPERSAND = re.compile(r"&(?:amp;|(?!(?:lt|gt|quot|apos|#(?:x[0-9a-fA-F]{1,6}|[0-9]{1,7}));))")
"""An ampersand, written as &amp; or bare: one that begins no other reference."""

_FIELDS = {
    ("url", "loc"): "loc",
    ("url", "lastmod"): "lastmod",
    ("sitemap", "loc"): "loc",
    ("sitemap", "lastmod"): "lastmod",
    ("news", "title"): "title",
    ("news", "publication_date"): "date",
    ("news", "keywords"): "keywords",
    ("news", "language"): "language",
    ("publication", "language"): "language",
}
"""What is kept of a `url` or `sitemap`, by parent and name: `image:loc` or `video:title` never stand in for its own."""


def read_sitemap(text: str, url: str) -> DiscoveryResult:
    """The URLs of a sitemap, or the sitemaps of an index; malformed ones as far as they are readable."""
    target = _Target(Draft("sitemap", url))
    # The text comes without DOCTYPE, so there are no entities to resolve; huge_tree off keeps libxml2's own limits.
    parser = XMLParser(
        target=target, recover=True, resolve_entities=False, no_network=True, huge_tree=False, encoding="utf-8"
    )
    _feed(parser, target, _escaped(text).encode("utf-8", "replace"))
    # A closing tag that is missing or doubled is a malformation, an undeclared prefix is none: 100 messages are kept.
    errors = [error for error in parser.feed_error_log if "amespace" not in error.message]
    for error in errors[:5] if not target.full else ():
        target.draft.problem(f"line {error.line}: {error.message}")
    return target.draft.done()


def _feed(parser: XMLParser, target: _Target, body: bytes) -> None:
    try:
        for start in range(0, len(body), _PIECE):
            parser.feed(body[start : start + _PIECE])
            if target.full:
                target.draft.problem(f"cut after {target.read}")
                return
        parser.close()
    except XMLSyntaxError as error:
        target.draft.problem(f"line {error.lineno}: {error.msg}")


def _escaped(text: str) -> str:
    """The text with ampersands as numbers: the parser would silently make "?a=1&b=2" into "?a=1=2" where the ampersand
    is bare, and where it is &amp; but the document has an error before it."""
    pieces = _SURROGATE.sub("\ufffd", text).split("<![CDATA[")
    found = [_AMPERSAND.sub("&#38;", pieces[0], count=_MAX_BARE)]
    for piece in pieces[1:]:
        inside, end, after = piece.partition("]]>")
        found.append(f"<![CDATA[{inside}{end}{_AMPERSAND.sub('&#38;', after, count=_MAX_BARE)}")
    return "".join(found)


class _Target:
    """Takes the parser's events; knows the names of the open elements and the fields of the entry being read."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self._open: list[str] = []
        self._entry: str | None = None
        self._field: str | None = None
        self._given: dict[str, str] = {}
        self._news = self._several = False
        self._count = 0
        self._elements = 0

    @property
    def full(self) -> bool:
        """Whether there is more, good or not, than is read of one document."""
        return self._count > MAX_URLS or self._elements > _MAX_ELEMENTS

    @property
    def read(self) -> str:
        """How much was read, for the problem."""
        return f"{MAX_URLS} URLs" if self._count > MAX_URLS else f"{_MAX_ELEMENTS} elements"

    def start(self, tag: str | bytes, attrib: object) -> None:
        """An element opens."""
        name = str(tag).rpartition("}")[2].rpartition(":")[2].lower()
        self._field = _FIELDS.get((self._open[-1] if self._open else "", name))
        self._open.append(name)
        self._elements += 1
        if name in ("url", "sitemap"):
            self._end_entry()  # one that is still open lacks its end
            self._entry, self._given = name, {}
            self._news = self._several = False
        elif name == "news":
            self._several, self._news = self._news, True
        if self._several and self._field not in ("loc", "lastmod"):
            self._field = None  # of several news:news the first is the article's

    def data(self, data: str | bytes) -> None:
        """Text, in pieces."""
        if self._field and len(before := self._given.get(self._field, "")) < _MAX_FIELD:
            self._given[self._field] = before + str(data)

    def end(self, tag: str | bytes) -> None:
        """An element closes."""
        name = self._open.pop() if self._open else ""
        self._field = None
        if name == self._entry:
            self._end_entry()

    def _end_entry(self) -> None:
        name, self._entry = self._entry, None
        self._count += name is not None
        if self._count > MAX_URLS:
            return
        if name == "url":
            self._end_url()
        elif name == "sitemap":
            lastmod = self._given.get("lastmod")
            self.draft.found.kind = "sitemap_index"
            self.draft.link(self._given.get("loc"), "sitemap", "index", date=self._date(lastmod))

    def close(self) -> None:
        """The document ends."""

    def comment(self, text: str | bytes) -> None:
        """A comment: nothing of the sitemap."""

    def _end_url(self) -> None:
        given = self._given
        if self._news:
            self.draft.found.kind = "news_sitemap"
        discovery = self.draft.discovery(
            "news_sitemap" if self._news else "sitemap",
            title=clean(given.get("title")),
            date=self._date(given.get("date") or given.get("lastmod")),
            language=clean(given.get("language"), 40),
            keywords=keywords(given.get("keywords", "").split(",")),
        )
        self.draft.entry(given.get("loc"), discovery, where=f"entry {self._count}")

    def _date(self, text: str | None) -> str | None:
        date = iso(text)
        if text and text.strip() and not date:
            self.draft.problem(f"entry {self._count}: date not understood: {text.strip()[:40]!r}")
        return date


def read_url_list(text: str, url: str) -> DiscoveryResult:
    """The URLs of a plain-text sitemap, one a line."""
    draft = Draft("sitemap", url)
    for number, line in enumerate(text.splitlines(), 1):
        if draft.full:
            draft.problem(f"cut after {MAX_URLS} URLs")
            break
        if line.strip():
            href = line.strip() if line.lstrip().lower().startswith("http") else None
            draft.entry(href, draft.discovery("sitemap"), where=f"line {number}: {line[:40]!r}")
    return draft.done()
