"""RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1 of a list of items. Escaping is lxml's and msgspec's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import msgspec
from lxml import etree

ATOM = "http://www.w3.org/2005/Atom"
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""


@dataclass(slots=True, kw_only=True)
class CopyLink:
    """A copy of the story elsewhere."""

    url: str
    name: str


@dataclass(slots=True, kw_only=True)
class Item:
    """One story."""

    key: str
    """By which it is found again: the story's id, else the article's URL."""
    url: str
    title: str
    summary: str
    found_at: str
    """When newscrawl saw it first, ISO 8601."""
    changed_at: str
    outlet: str
    authors: list[str]
    tags: list[str]
    image: str | None = None
    copies: list[CopyLink] = field(default_factory=list)


def rss(title: str, items: Sequence[Item]) -> bytes:
    """RSS 2.0."""
    root = etree.Element("rss", version="2.0")
    channel = etree.SubElement(root, "channel")
    for name, text in (("title", title), ("link", _first(items)), ("description", title)):
        _add(channel, name, text)
    for item in items:
        entry = etree.SubElement(channel, "item")
        _add(entry, "title", item.title)
        _add(entry, "link", item.url)
        _add(entry, "guid", item.url, isPermaLink="true")
        _add(entry, "pubDate", format_datetime(_moment(item.found_at), usegmt=True))
        _add(entry, "description", _text(item))
        for tag in item.tags:
            _add(entry, "category", tag)
    return _document(root)


def atom(title: str, items: Sequence[Item]) -> bytes:
    """Atom."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]
    _add(root, "title", title)
    _add(root, "id", _first(items))
    _add(root, "updated", max((item.changed_at for item in items), default="1970-01-01T00:00:00Z"))
    for item in items:
        entry = etree.SubElement(root, f"{{{ATOM}}}entry")
        _add(entry, "title", item.title)
        _add(entry, "id", item.url)
        _add(entry, "link", "", rel="alternate", href=item.url)
        for copy in item.copies:
            _add(entry, "link", "", rel="related", href=copy.url, title=copy.name)
        _add(entry, "published", item.found_at)
        _add(entry, "updated", item.changed_at)
        for name in item.authors or [item.outlet]:
            author = etree.SubElement(entry, f"{{{ATOM}}}author")
            _add(author, "name", name)
        for tag in item.tags:
            _add(entry, "category", "", term=tag)
        _add(entry, "summary", _text(item))
    return _document(root)


def json_feed(title: str, items: Sequence[Item]) -> bytes:
    """JSON Feed 1.1."""
    found: list[dict[str, Any]] = [
        {
            "id": item.url,
            "url": item.url,
            "title": item.title,
            "content_text": _text(item),
            "date_published": item.found_at,
            "date_modified": item.changed_at,
            "authors": [{"name": name} for name in item.authors or [item.outlet]],
            "tags": item.tags,
            **({"image": item.image} if item.image else {}),
            "_copies": [{"url": copy.url, "name": copy.name} for copy in item.copies],
        }
        for item in items
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": title, "items": found}
    return msgspec.json.format(msgspec.json.encode(feed), indent=1)


def _text(item: Item) -> str:
    """The standfirst, and who else has the story."""
    others = f"\n\nAlso: {', '.join(copy.name for copy in item.copies)}" if item.copies else ""
    return f"{item.outlet}: {item.summary}{others}"


def _first(items: Sequence[Item]) -> str:
    """A feed has to name a page: the outlet of its newest item."""
    return "/".join(items[0].url.split("/")[:3]) + "/" if items else "about:blank"


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _add(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    namespace = f"{{{ATOM}}}" if parent.tag.startswith("{") else ""
    element = etree.SubElement(parent, namespace + name, {key: _clean(value) for key, value in attributes.items()})
    element.text = _clean(text) or None


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


def _document(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))
