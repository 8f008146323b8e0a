"""The index of stories: which earlier story a text is a copy of. Tables in the ledger's database."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from heapq import nsmallest
from math import log2

from newscrawl.items import Story
from newscrawl.stories import postings
from newscrawl.stories.postings import Known, Postings, asked, posted, rarity
from newscrawl.stories.sketches import MIN_SIZE, SPACE, Sketch, kept, overlap, unpack

LINK, SURE = 0.3, 1.0
"""A text is a copy by a containment from 0.3 that adds up to 1.0 with its spread: of less than half, only what is
strewn over the text counts. Boilerplate or a quote is one block, a text told otherwise shares a little everywhere."""
RARITY, RAREST = 0.1, 4.0
"""Each doubling of what the two have in common and few other stories have (see _likely) adds 0.1 to that sum, up to 4
shingles that no other story has; each halving below one takes as much away. Wrong links share stock phrases: at the
median 0.4 against 10 of right ones (benchmarks/stories.py, seed 11)."""
SHORT, SHORT_SURE = 40, 1.5
"""Where the shorter text has fewer shingles, they must add up to 1.5: an outlet's boilerplate may be the larger part of
it. All were set on benchmarks/stories.py, seeds 1 and 11: there precision .987 and recall .982, by containment and
spread alone .979 and .974; two pieces on one event share 0.27 at the median and 0.40 at the 99th percentile."""
LEAST_SHARED = 0.3
"""What a text shares with a story that is worth a look: a posted shingle that n stories have counts 1/n."""
LOOKED_AT = 8
"""Stories that are compared with a text, those first that share what few others have. On seed 11, the right one was
among the first 8 for all but 11 of 14,620 copies, and below 0.3 for some 40."""
OWN = 0.5
"""How rare, at the mean (see rarity), must be what two copies have beyond their story's text for it to join that text.
Below, it is boilerplate or a stock phrase: without this, a Chinese story of seed 12 took 400 others in by a newsletter
box. Recall rises from .980 to .984 on that seed, and precision stays .982."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS stories (
    id INTEGER PRIMARY KEY,
    first_copy INTEGER NOT NULL,
    copies INTEGER NOT NULL,
    last_seen_at TEXT NOT NULL,
    size INTEGER NOT NULL,
    sketch BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS story_waiting (
    story INTEGER PRIMARY KEY,
    shingles BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS story_copies (
    key INTEGER PRIMARY KEY,
    story INTEGER NOT NULL,
    url TEXT NOT NULL,
    outlet TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    published_at TEXT,
    containment REAL NOT NULL,
    origin TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS story_copies_by_story ON story_copies (story);
"""


def create_tables(connection: sqlite3.Connection) -> None:
    """Makes the tables of stories where they are missing. Commits nothing, and works inside a transaction."""
    for statement in (SCHEMA + postings.SCHEMA).split(";\n"):
        if statement.strip():
            connection.execute(statement)


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


class StoryIndex:
    """The stories of the last `window_days`. Works in the caller's transaction and never commits.

    A story is represented by one text, so a wire story on 500 outlets counts once in the frequency of its shingles.
    That is the first copy's, maybe an excerpt; what two later copies have beyond it and hardly another story joins it.
    """

    def __init__(self, connection: sqlite3.Connection, window_days: int = 90) -> None:
        self.connection = connection
        self.postings = Postings(connection)
        self.window = timedelta(days=window_days)

    def assign(self, copy: Copy, sketch: Sketch) -> Story | None:
        """Files an article; answers the story that it is a copy of, None for a story's first copy and for short texts.

        A URL filed before keeps its story. Where it is its story's only copy, its new text takes the old one's place.
        """
        if sketch.size < MIN_SIZE:
            return None
        key = _key(copy.url)
        if (story := self._story_of(key)) is not None:
            if self._copies(story) > 1:
                return self._answer(story, key)
            self._forget(story)
        known = self.postings.look_up(asked(sketch))
        best = self._best(sketch, known, copy.seen_at)
        if best is None:
            self._open(key, copy, sketch, known)
            return None
        story, share, theirs = best
        self._add(story, key, copy, share)
        self._grow(story, theirs, sketch, known)
        return self._answer(story, key)

    def prune(self, before: str) -> int:
        """Forgets the stories last seen before a time (UTC, as in Copy.seen_at); answers how many.

        Reads the whole table: once a run. An index by time would take 32 bytes a story.
        """
        stale = self.connection.execute("SELECT id FROM stories WHERE last_seen_at < ?", (before,)).fetchall()
        for (story,) in stale:
            self._forget(story)
        self.postings.forget_common(max((story for (story,) in stale), default=0))
        return len(stale)

    def _best(self, sketch: Sketch, known: Known, seen_at: str) -> tuple[int, float, Sketch] | None:
        """The story that a text is a copy of, its containment and the story's text; None for a text of its own."""
        copied = []
        likely, stored = _likely(known), sketch.stored()
        for story, theirs in self._sketches(list(likely), seen_at):
            share, spread = overlap(stored, theirs, LINK)
            if share >= LINK and _is_copy(share + spread, likely[story], min(sketch.size, theirs.size)):
                copied.append((story, share, theirs))
        return max(copied, key=lambda found: (found[1], -found[0]), default=None)

    def _sketches(self, stories: list[int], seen_at: str) -> Iterator[tuple[int, Sketch]]:
        """The representatives of those stories that lie within the window."""
        oldest = _minus(seen_at, self.window)
        asked = stories + [-1] * (LOOKED_AT - len(stories))
        for story, size, packed in self.connection.execute(_SKETCHES, (oldest, *asked)) if stories else ():
            yield story, unpack(size, packed)

    def _open(self, key: int, copy: Copy, sketch: Sketch, known: Known) -> None:
        """Files a text as the first of a new story and its representative."""
        insert = "INSERT INTO stories (first_copy, copies, last_seen_at, size, sketch) VALUES (?, 0, ?, ?, ?)"
        story = self.connection.execute(insert, (key, copy.seen_at, sketch.size, sketch.pack())).lastrowid
        assert story is not None
        self.postings.post(story, posted(sketch), known)
        self._add(story, key, copy, 1.0)

    def _add(self, story: int, key: int, copy: Copy, share: float) -> None:
        values = (key, story, copy.url, copy.outlet, copy.seen_at, copy.published_at, share, copy.origin)
        self.connection.execute("INSERT INTO story_copies VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
        update = "UPDATE stories SET copies = copies + 1, last_seen_at = max(last_seen_at, ?) WHERE id = ?"
        self.connection.execute(update, (copy.seen_at, story))

    def _grow(self, story: int, theirs: Sketch, sketch: Sketch, known: Known) -> None:
        """Adds to a story's text what this copy and the first one with anything beyond that text both have beyond it.

        The size stays, since it tells how densely the text was sampled; so does what waits, which bounds the growth.
        """
        held, every = frozenset(theirs.hashes), max(theirs.every, sketch.every)
        beyond = [shingle for shingle in sketch.below(SPACE // every) if kept(shingle) not in held]
        if (waiting := self._waiting(story)) is None:
            if beyond:
                packed = Sketch(len(beyond), tuple(beyond)).pack()
                self.connection.execute("INSERT INTO story_waiting (story, shingles) VALUES (?, ?)", (story, packed))
            return
        joining = [shingle for shingle in beyond if kept(shingle) in waiting]
        told = Sketch(sketch.size, tuple(joining))
        rare = [rarity(shingle, known) for shingle in asked(told)]
        if rare and sum(rare) >= OWN * len(rare):
            grown = Sketch(theirs.size, theirs.hashes + told.hashes)
            self.connection.execute("UPDATE stories SET sketch = ? WHERE id = ?", (grown.pack(), story))
            leading = set(posted(Sketch(theirs.size, told.hashes)))
            self.postings.post(story, leading.intersection(asked(told)), known)

    def _waiting(self, story: int) -> frozenset[int] | None:
        """What a copy had beyond its story's text, as stored; None where no copy had anything."""
        row = self.connection.execute("SELECT shingles FROM story_waiting WHERE story = ?", (story,)).fetchone()
        return frozenset(unpack(0, row[0]).hashes) if row else None

    def _forget(self, story: int) -> None:
        row = self.connection.execute("SELECT size, sketch FROM stories WHERE id = ?", (story,)).fetchone()
        self.postings.forget(story, unpack(*row))
        self.connection.execute("DELETE FROM story_waiting WHERE story = ?", (story,))
        self.connection.execute("DELETE FROM story_copies WHERE story = ?", (story,))
        self.connection.execute("DELETE FROM stories WHERE id = ?", (story,))

    def _story_of(self, key: int) -> int | None:
        row = self.connection.execute("SELECT story FROM story_copies WHERE key = ?", (key,)).fetchone()
        return int(row[0]) if row else None

    def _copies(self, story: int) -> int:
        return int(self.connection.execute("SELECT copies FROM stories WHERE id = ?", (story,)).fetchone()[0])

    def _answer(self, story: int, key: int) -> Story | None:
        """The story as a copy's record names it; None for the story's first copy."""
        query = """
            SELECT first.key, first.url, first.seen_at, copy.containment
            FROM stories JOIN story_copies AS first ON first.key = stories.first_copy, story_copies AS copy
            WHERE stories.id = ? AND copy.key = ?"""
        first, url, seen_at, share = self.connection.execute(query, (story, key)).fetchone()
        if first == key:
            return None
        return Story(id=story_id(first), first_seen_url=url, first_seen_at=seen_at, containment=round(share, 2))


_SKETCHES = f"""
    SELECT id, size, sketch FROM stories
    WHERE last_seen_at >= ? AND id IN ({", ".join("?" * LOOKED_AT)})"""  # noqa: S608


def story_id(first_copy: int) -> str:
    """The id of a story: 16 hex digits of the blake2b of the URL of its first copy."""
    return f"{first_copy & 0xFFFFFFFFFFFFFFFF:016x}"


def _key(url: str) -> int:
    return int.from_bytes(blake2b(url.encode(), digest_size=8).digest(), signed=True)


def _likely(known: Known) -> dict[int, float]:
    """The stories to compare a text with, and what it shares with each: one shingle that n stories have counts 1/n."""
    weight: defaultdict[int, float] = defaultdict(float)
    for stories in known.values():
        for story in stories:
            weight[story] += 1 / len(stories)
    enough = [(-shared, story) for story, shared in weight.items() if shared >= LEAST_SHARED]
    return {story: -shared for shared, story in nsmallest(LOOKED_AT, enough)}


def _is_copy(sum_of_both: float, weight: float, size: int) -> bool:
    """Whether a text is a copy, by containment and spread in a story and what the two share that few others have."""
    return sum_of_both + RARITY * log2(min(weight, RAREST)) >= (SHORT_SURE if size < SHORT else SURE)


def _minus(time: str, window: timedelta) -> str:
    return (datetime.fromisoformat(time) - window).strftime("%Y-%m-%dT%H:%M:%SZ")
