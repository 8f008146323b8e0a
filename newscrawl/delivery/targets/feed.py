"""feed:FILE: the newest articles as RSS (.rss, .xml), Atom (.atom) or JSON Feed (.json), copies of a story folded.

feed:/srv/www/all.atom
feed:/srv/www/ferries.rss?source=example.com&topic=ferry     of one outlet, of one section or keyword
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs

import msgspec

from newscrawl.delivery.consumers import ConsumerError
from newscrawl.delivery.feed_formats import CopyLink, Item, atom, json_feed, rss
from newscrawl.delivery.manifest import Ledgered
from newscrawl.delivery.reader import Entry

ITEMS = 100
"""Stories in a feed: its readers look once a day at least."""
SUMMARY = 400
"""Characters of the text where an article has no standfirst."""
FORMATS: dict[str, Callable[[str, Sequence[Item]], bytes]] = {
    ".rss": rss,
    ".xml": rss,
    ".atom": atom,
    ".json": json_feed,
}


@dataclass(slots=True, kw_only=True)
class _FeedOutlet:
    domain: str = ""
    name: str | None = None


@dataclass(slots=True, kw_only=True)
class _FeedStory:
    id: str
    relation: str = "copy"


@dataclass(slots=True, kw_only=True)
class _FeedRecord:
    """What a feed needs of a record, of whatever version."""

    url: str
    title: str | None = None
    description: str | None = None
    body: str = ""
    authors: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    section: str | None = None
    main_image: str | None = None
    source: _FeedOutlet = field(default_factory=_FeedOutlet)
    story: _FeedStory | None = None
    first_seen_at: str = "1970-01-01T00:00:00Z"
    fetched_at: str = "1970-01-01T00:00:00Z"


class FeedTarget:
    """One feed. Its items stand in the manifest, too, so that the next call goes on with them."""

    records, size = 5000, 32 << 20

    def __init__(self, address: str, consumer: str) -> None:
        """ConsumerError for an ending or a choice that is unknown."""
        name, _, query = address.partition("?")
        self._path, self._choice = Path(name), parse_qs(query)
        if self._path.suffix not in FORMATS:
            raise ConsumerError(f"{name}: should end in {', '.join(FORMATS)}")
        if unknown := set(self._choice) - {"source", "topic"}:
            raise ConsumerError(f"{', '.join(sorted(unknown))}: a feed is chosen by source and topic")
        self._files = Ledgered(self._path.parent, self._path.parent / f".{self._path.name}.newscrawl", consumer)
        self._files.refuse_other(self._path.name)
        stored = self._files.manifest.state.get("items", [])
        self._items = {item.key: item for item in msgspec.convert(stored, list[Item])}
        self._positions = dict(self._files.manifest.positions)

    def positions(self) -> dict[str, str]:
        """Where the feed stands, by spider."""
        return self._files.manifest.positions

    def write(self, spider: str, entries: Sequence[Entry], position: str) -> bool:
        """Changes the items in memory."""
        for entry in entries:
            if entry.stream == "tombstones":
                self._take_out(msgspec.json.decode(entry.body)["url"])
            elif self._is_chosen(record := msgspec.json.decode(entry.body, type=_FeedRecord)):
                self._put(record)
        while len(self._items) > ITEMS:
            del self._items[next(iter(self._items))]
        self._positions[spider] = position
        return False

    def finish(self) -> None:
        """Writes the feed, the newest first, where something has changed."""
        manifest, name = self._files.manifest, self._path.name
        if self._positions == manifest.positions and name in manifest.files:
            return
        items = list(self._items.values())
        title = " ".join([self._path.stem, *self._choice.get("source", []), *self._choice.get("topic", [])])
        self._files.stage(name).write_bytes(FORMATS[self._path.suffix](title, items[::-1]))
        manifest.positions, manifest.state = dict(self._positions), {"items": msgspec.to_builtins(items)}
        self._files.commit({name: name})

    def reset(self) -> None:
        """Deletes the feed."""
        self._files.reset()
        self._items, self._positions = {}, {}

    def close(self) -> None:
        """Deletes what was not committed."""
        self._files.discard()

    def _is_chosen(self, record: _FeedRecord) -> bool:
        topics = {text.casefold() for text in (record.section, *record.tags) if text}
        return (not (sources := self._choice.get("source")) or record.source.domain in sources) and (
            not (wanted := self._choice.get("topic")) or any(topic.casefold() in topics for topic in wanted)
        )

    def _put(self, record: _FeedRecord) -> None:
        """A revision takes the place of the one before; a copy stands with the first of its story."""
        is_copy = record.story is not None and record.story.relation != "quotes"
        key = record.story.id if record.story and is_copy else record.url
        item = self._items.get(key)
        if item is not None and item.url != record.url:
            copy = CopyLink(url=record.url, name=record.source.name or record.source.domain)
            item.copies = [*(link for link in item.copies if link.url != copy.url), copy]
        else:
            self._items[key] = _item(key, record, item.copies if item else [])

    def _take_out(self, url: str) -> None:
        """What is gone is in the feed no more; the first copy of a story takes its place."""
        for key, item in list(self._items.items()):
            item.copies = [link for link in item.copies if link.url != url]
            if item.url != url:
                continue
            if item.copies:
                item.url, item.outlet = item.copies[0].url, item.copies[0].name
                del item.copies[0]
            else:
                del self._items[key]


def _item(key: str, record: _FeedRecord, copies: list[CopyLink]) -> Item:
    return Item(
        key=key,
        url=record.url,
        title=record.title or record.url,
        summary=record.description or record.body[:SUMMARY],
        found_at=record.first_seen_at,
        changed_at=record.fetched_at,
        outlet=record.source.name or record.source.domain,
        authors=record.authors,
        tags=record.tags,
        image=record.main_image,
        copies=copies,
    )
