"""Feeds: RSS, Atom and RDF by feedparser, which reads malformed ones too, and JSON Feed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from time import strftime
from typing import Any

import feedparser  # type: ignore[import-untyped]

from newscrawl.discovery.discovery_result import DiscoveryResult, Draft, absolute, clean, keywords
from newscrawl.discovery.feed_media import without_media
from newscrawl.web.dates import iso

MAX_ENTRIES = 5_000
"""Entries read of one feed; feedparser takes 0.25 ms for one, 0.55 in a malformed feed (2,000 entries, measured)."""
MAX_CHARACTERS = 5_000_000
"""Characters read of one feed; 5 million bare ampersands take feedparser 5 s."""
MAX_TAGS = 200_000
"""Tags read of one feed; feedparser takes 20 microseconds for one."""

_DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>'
"""Stands on the first line: feedparser would put one on a line of its own, and its line numbers be off by one."""
_NAME_OF_MAIL = re.compile(r"\S@\S{1,100}\s\(([^()]{2,100})\)")
_ENTRY = re.compile(r"<(?:[\w.-]{1,40}:)?(?:item|entry)[\s>]", re.IGNORECASE)


def read_feed(text: str, url: str) -> DiscoveryResult:
    """The entries of an RSS, Atom or RDF feed; of a malformed one what is readable, and a problem."""
    draft = Draft("feed", url)
    parsed = _parse(_cut(text, draft), draft)
    feed = parsed.get("feed") or {}
    for number, raw in enumerate(parsed.get("entries") or (), 1):
        _entry(draft, number, raw, feed)
    for link in _links(feed):
        if link.get("rel") in ("next", "prev-archive"):
            draft.link(link.get("href"), "feed", "next")
    return draft.done()


def _cut(text: str, draft: Draft) -> str:
    """The text up to the most that is read of one feed."""
    if len(text) > MAX_CHARACTERS:
        draft.problem(f"cut after {MAX_CHARACTERS} characters")
        text = text[:MAX_CHARACTERS]
    starts = (match.start() for number, match in enumerate(_ENTRY.finditer(text)) if number == MAX_ENTRIES)
    if (end := next(starts, None)) is not None:
        draft.problem(f"cut after {MAX_ENTRIES} entries")
        text = text[:end]
    if text.count("<") > MAX_TAGS:
        draft.problem(f"cut after {MAX_TAGS} tags")
        text = "<".join(text.split("<", MAX_TAGS)[:MAX_TAGS])
    return text


def _parse(text: str, draft: Draft) -> Any:
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": draft.base}
    # A file object, since feedparser opens what looks like a path or a URL to it.
    body = BytesIO(_DECLARATION + without_media(text).encode("utf-8", "replace"))
    try:
        parsed = feedparser.parse(body, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # noqa: BLE001 its lenient parser raises whatever Python raises on odd markup
        draft.problem(f"feedparser failed: {type(error).__name__}: {error}")
        return {}
    if malformed := parsed.get("bozo") and parsed.get("bozo_exception"):
        line = f"line {malformed.getLineNumber()}: " if hasattr(malformed, "getLineNumber") else ""
        draft.problem(line + (malformed.getMessage() if hasattr(malformed, "getMessage") else str(malformed)))
    return parsed


def _links(of: Any) -> list[dict[str, Any]]:
    return [link for link in of.get("links") or () if isinstance(link, dict)]


def _entry(draft: Draft, number: int, raw: Any, feed: Any) -> None:
    where = f"entry {number}"
    source = raw.get("source") if isinstance(raw.get("source"), dict) else {}
    language = clean(_language(raw) or feed.get("language"), 40)
    source_url = source.get("href") or source.get("url") or source.get("link")
    discovery = draft.discovery(
        "feed",
        title=clean(raw.get("title")),
        date=_date(draft, where, _dates(raw), language),
        language=language,
        keywords=keywords(tag.get("label") or tag.get("term") for tag in raw.get("tags") or ()),
        source_name=clean(source.get("title") or source.get("value")),
        source_url=absolute(draft.base, source_url),
        authors=keywords(_authors(raw)),
    )
    draft.entry(_link(raw), discovery, where=where)


def _link(raw: Any) -> str | None:
    """The entry's own link: the first that leads to a page. feedparser gives the last link element of whatever kind."""
    pages = (link for link in _links(raw) if link.get("rel") == "alternate" and "html" in link.get("type", "html"))
    own: str | None = raw.get("feedburner_origlink") or next(filter(None, (link.get("href") for link in pages)), None)
    return own or raw.get("link")


def _authors(raw: Any) -> Iterator[str]:
    """dc:creator, Atom's authors, and the name in RSS's "ann@courier.example (Ann Lee)"."""
    for author in raw.get("authors") or ():
        name = author.get("name") if isinstance(author, dict) and "email" not in author else None
        if isinstance(name, str) and "@" not in name:
            yield name
    if found := _NAME_OF_MAIL.search(str(raw.get("author") or "")[:500]):
        yield found[1]


def _dates(raw: Any) -> Iterable[tuple[str | None, Any]]:
    """Each date as printed and as feedparser reads it; by dict.get, as feedparser's own answers one for the other."""
    return [(dict.get(raw, name), dict.get(raw, f"{name}_parsed")) for name in ("published", "updated", "created")]


def _date(draft: Draft, where: str, dates: Iterable[tuple[str | None, Any]], language: str | None = None) -> str | None:
    """The first date that can be read; feedparser reads formats of its own (Korean, Greek, Hungarian), in UTC."""
    unread = None
    for printed, parsed in dates:
        if found := iso(printed, language) or (iso(strftime("%Y-%m-%dT%H:%M:%SZ", parsed)) if parsed else None):
            return found
        unread = unread or printed
    if unread:
        draft.problem(f"{where}: date not understood: {unread[:40]!r}")
    return None


def _language(raw: Any) -> str | None:
    """The entry's own language, by dc:language or xml:lang."""
    detail = raw.get("title_detail")
    language = raw.get("language") or (detail.get("language") if isinstance(detail, dict) else None)
    return language if isinstance(language, str) else None


def read_json_feed(text: str, url: str) -> DiscoveryResult:
    """The entries of a JSON Feed (jsonfeed.org, 1.0 and 1.1)."""
    draft = Draft("feed", url)
    feed = _loads(text, draft)
    items = feed.get("items")
    if not isinstance(items, list):
        draft.found.kind = "unknown"
        draft.problem("JSON without items")
        return draft.done()
    for number, raw in enumerate(items, 1):
        _json_entry(draft, f"item {number}", raw, feed)
    if _string(feed, "next_url"):
        draft.link(_string(feed, "next_url"), "feed", "next")
    return draft.done()


def _loads(text: str, draft: Draft) -> dict[str, Any]:
    try:
        feed = json.loads(text.strip().lstrip("\ufeff"), strict=False)
    except (ValueError, RecursionError) as error:
        draft.problem(f"JSON: {error}")
        return {}
    return feed if isinstance(feed, dict) else {}


def _string(of: dict[str, Any], *names: str) -> str | None:
    return next((of[name] for name in names if isinstance(of.get(name), str) and of[name]), None)


def _json_entry(draft: Draft, where: str, raw: Any, feed: dict[str, Any]) -> None:
    if not isinstance(raw, dict):
        draft.problem(f"{where}: no object")
        return
    tags = raw.get("tags")
    discovery = draft.discovery(
        "feed",
        title=clean(_string(raw, "title")),
        date=_date(draft, where, [(_string(raw, "date_published"), None), (_string(raw, "date_modified"), None)]),
        language=clean(_string(raw, "language") or _string(feed, "language"), 40),
        keywords=keywords(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else [],
        authors=keywords(_json_authors(raw)),
    )
    draft.entry(_string(raw, "url", "id", "external_url"), discovery, where=where)


def _json_authors(raw: dict[str, Any]) -> Iterator[str]:
    """`authors` of version 1.1, `author` of 1.0."""
    listed = raw.get("authors")
    for author in [*(listed if isinstance(listed, list) else []), raw.get("author")]:
        if isinstance(author, dict) and (name := _string(author, "name")):
            yield name
