"""The index of stories: which earlier story a text is a copy of. Tables in the ledger's database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from newscrawl.items import Story, StoryRelation
from newscrawl.stories.matching import LOOKED_AT, Match, Text, best_match, likely_stories
from newscrawl.stories.overlap import Overlap
from newscrawl.stories.postings import Known, Postings, asked, posted
from newscrawl.stories.sketches import MIN_SIZE, Sketch, unpack

BEYOND, TEXTS = 0.5, 4
"""A copy that is twice as long as its story's first text or more is kept as a further one, up to four a story: a later
copy of the longer text is found by it. A version is not: on seed 52 of benchmarks/stories.py, one that was none let a
story take 71 others in by what their outlets print under their texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One article as the index keeps it."""

    url: str
    """URL of the article."""
    outlet: str
    """Registrable domain of the outlet."""
    seen_at: str
    """When newscrawl saw it first, UTC, "2026-11-23T08:30:00Z"."""
    published_at: str | None = None
    """When the outlet says it published it, ISO 8601."""
    containment: float = 1.0
    """How much of the shorter of this text and the story's stands in the other, 0 to 1."""
    origin: str | None = None
    """Whom this copy states as the origin: domain, or name where no domain is known."""
    relation: StoryRelation = "copy"
    """What it is to its story."""


class StoryIndex:
    """The stories of the last `window_days`. Works in the caller's transaction and never commits.

    A story is represented by its first copy's text, so a wire story on 500 outlets counts once in the frequency of its
    shingles; copies that have much beyond that text add theirs.
    """

    def __init__(self, connection: sqlite3.Connection, window_days: int = 90) -> None:
        self.connection = connection
        self.postings = Postings(connection)
        self.window = timedelta(days=window_days)

    def assign(self, copy: Copy, sketch: Sketch) -> Story | None:
        """Files an article; returns the story that it is a copy of or quotes, None for a text of its own.

        A URL filed before keeps its story. Where it is its story's only copy, its new text takes the old one's place.
        """
        if sketch.size < MIN_SIZE:
            return None
        key = _key(copy.url)
        if (story := self._story_of(key)) is not None:
            if self._copies(story) > 1:
                return self._story(story, key)
            self._forget(story)
        known = self.postings.look_up(asked(sketch))
        likely = likely_stories(known)
        best = best_match(sketch.stored(), list(self._texts(list(likely), copy.seen_at)), likely, copy.outlet)
        if best is None or best.relation == "quotes":
            self._open(key, copy, sketch, known)
            return self._quote(key, best) if best else None
        self._add(best.story, key, copy, best)
        if best.relation == "copy" and best.by_first and best.found.contained < BEYOND:
            self._grow(best.story, sketch, known)
        return self._story(best.story, key)

    def prune(self, before: str) -> int:
        """Forgets the stories last seen before a time (UTC, as in Copy.seen_at); returns how many.

        Reads the whole table: once a run. An index by time would take 32 bytes a story.
        """
        stale = self.connection.execute("SELECT id FROM stories WHERE last_seen_at < ?", (before,)).fetchall()
        for (story,) in stale:
            self.connection.execute(_FORGET_QUOTING, (story,))
            self._forget(story)
        self.postings.forget_common(max((story for (story,) in stale), default=0))
        return len(stale)

    def _texts(self, stories: list[int], seen_at: str) -> Iterator[Text]:
        """The texts of those stories that lie within the window, each story's first one before its others."""
        if not stories:
            return
        oldest = _minus(seen_at, self.window)
        asked_for = stories + [-1] * (LOOKED_AT - len(stories))
        outlets = dict[int, str]()
        for story, outlet, size, packed, figures in self.connection.execute(_FIRST_TEXTS, (oldest, *asked_for)):
            outlets[story] = outlet
            yield Text(story, outlet, unpack(size, packed, figures), is_first=True)
        for story, size, packed, figures in self.connection.execute(_FURTHER_TEXTS, asked_for):
            if story in outlets:
                yield Text(story, outlets[story], unpack(size, packed, figures), is_first=False)

    def _open(self, key: int, copy: Copy, sketch: Sketch, known: Known) -> None:
        """Files a text as the first of a new story."""
        insert = (
            "INSERT INTO stories (first_copy, copies, last_seen_at, size, sketch, figures) VALUES (?, 0, ?, ?, ?, ?)"
        )
        values = (key, copy.seen_at, sketch.size, sketch.pack(), sketch.pack_figures())
        story = self.connection.execute(insert, values).lastrowid
        assert story is not None
        self.postings.post(story, posted(sketch), known)
        self._add(story, key, copy, None)

    def _add(self, story: int, key: int, copy: Copy, match: Match | None) -> None:
        shares = _shares(match.found) if match else (1.0, None, None, None)
        row = (key, story, copy.url, copy.outlet, copy.seen_at, copy.published_at, copy.origin)
        self.connection.execute(_INSERT_COPY, (*row, match.relation if match else "copy", *shares))
        update = "UPDATE stories SET copies = copies + 1, last_seen_at = max(last_seen_at, ?) WHERE id = ?"
        self.connection.execute(update, (copy.seen_at, story))

    def _grow(self, story: int, sketch: Sketch, known: Known) -> None:
        """Keeps a copy's text beside its story's others; what leads to the story already is not posted again."""
        count = "SELECT count(*) FROM story_texts WHERE story = ?"
        if self.connection.execute(count, (story,)).fetchone()[0] >= TEXTS - 1:
            return
        insert = "INSERT INTO story_texts (story, size, sketch, figures) VALUES (?, ?, ?, ?)"
        self.connection.execute(insert, (story, sketch.size, sketch.pack(), sketch.pack_figures()))
        self.postings.post(story, [s for s in posted(sketch) if story not in known.get(s, ())], known)

    def _quote(self, key: int, match: Match) -> Story:
        """Notes which story a text quotes."""
        first, url, seen_at = self.connection.execute(_FIRST_COPY, (match.story,)).fetchone()
        shares = _shares(match.found)
        insert = "INSERT OR REPLACE INTO story_quotes VALUES (?, ?, ?, ?, ?, ?)"
        self.connection.execute(insert, (key, first, *shares))
        return _told(first, url, seen_at, "quotes", shares)

    def _forget(self, story: int) -> None:
        """Takes a story out; what quotes it still names the URL of its first copy, which may be filed anew."""
        for size, packed in self.connection.execute(_ALL_TEXTS, (story, story)).fetchall():
            self.postings.forget(story, unpack(size, packed))
        quotes = "DELETE FROM story_quotes WHERE key IN (SELECT key FROM story_copies WHERE story = ?)"
        self.connection.execute(quotes, (story,))
        self.connection.execute("DELETE FROM story_texts WHERE story = ?", (story,))
        self.connection.execute("DELETE FROM story_copies WHERE story = ?", (story,))
        self.connection.execute("DELETE FROM stories WHERE id = ?", (story,))

    def _story_of(self, key: int) -> int | None:
        row = self.connection.execute("SELECT story FROM story_copies WHERE key = ?", (key,)).fetchone()
        return int(row[0]) if row else None

    def _copies(self, story: int) -> int:
        return int(self.connection.execute("SELECT copies FROM stories WHERE id = ?", (story,)).fetchone()[0])

    def _story(self, story: int, key: int) -> Story | None:
        """The story as a copy's record names it; None for the story's first copy, unless it quotes another story."""
        first, url, seen_at = self.connection.execute(_FIRST_COPY, (story,)).fetchone()
        if first != key:
            kind, *shares = self.connection.execute(_COPY_SHARES, (key,)).fetchone()
            return _told(first, url, seen_at, kind, shares)
        quoted = self.connection.execute(_QUOTED, (key,)).fetchone()
        if quoted is None:
            return None
        first, url, seen_at, *shares = quoted
        return _told(first, url, seen_at, "quotes", shares)


_SHARES = "containment, contained, contains, outside_quotes"
_FIRST_TEXTS = f"""
    SELECT s.id, c.outlet, s.size, s.sketch, s.figures FROM stories AS s JOIN story_copies AS c ON c.key = s.first_copy
    WHERE s.last_seen_at >= ? AND s.id IN ({", ".join("?" * LOOKED_AT)})"""  # noqa: S608
_FURTHER_TEXTS = f"""
    SELECT story, size, sketch, figures FROM story_texts
    WHERE story IN ({", ".join("?" * LOOKED_AT)}) ORDER BY id"""  # noqa: S608
_ALL_TEXTS = """
    SELECT size, sketch FROM stories WHERE id = ? UNION ALL SELECT size, sketch FROM story_texts WHERE story = ?"""
_INSERT_STORY = """
    INSERT INTO stories (first_copy, copies, last_seen_at, size, sketch, figures) VALUES (?, 0, ?, ?, ?, ?)"""
_INSERT_COPY = f"""
    INSERT INTO story_copies (key, story, url, outlet, seen_at, published_at, origin, relation, {_SHARES})
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""  # noqa: S608
_FIRST_COPY = """
    SELECT first.key, first.url, first.seen_at
    FROM stories JOIN story_copies AS first ON first.key = stories.first_copy WHERE stories.id = ?"""
_COPY_SHARES = f"SELECT relation, {_SHARES} FROM story_copies WHERE key = ?"  # noqa: S608
_QUOTED = """
    SELECT first.key, first.url, first.seen_at, q.containment, q.contained, q.contains, q.outside_quotes
    FROM story_quotes AS q JOIN story_copies AS first ON first.key = q.story WHERE q.key = ?"""
_FORGET_QUOTING = "DELETE FROM story_quotes WHERE story = (SELECT first_copy FROM stories WHERE id = ?)"


def story_id(first_copy: int) -> str:
    """The id of a story: 16 hex digits of the blake2b of the URL of its first copy."""
    return f"{first_copy & 0xFFFFFFFFFFFFFFFF:016x}"


def _key(url: str) -> int:
    return int.from_bytes(blake2b(url.encode(), digest_size=8).digest(), signed=True)


def _minus(time: str, window: timedelta) -> str:
    return (datetime.fromisoformat(time) - window).strftime("%Y-%m-%dT%H:%M:%SZ")


def _shares(found: Overlap) -> tuple[float, float, float, float]:
    return found.share, found.contained, found.contains, found.outside


def _told(first: int, url: str, seen_at: str, relation: StoryRelation, shares: Sequence[float | None]) -> Story:
    """The story as a record names it; shares of copies that an older newscrawl filed are missing."""
    containment, contained, contains, outside = (None if share is None else round(share, 2) for share in shares)
    assert containment is not None
    return Story(
        id=story_id(first),
        first_seen_url=url,
        first_seen_at=seen_at,
        containment=containment,
        relation=relation,
        contained=contained,
        contains=contains,
        outside_quotes=outside,
    )
