"""Postings: which stories a shingle leads to, few of each text's, and none for what many stories share."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

from newscrawl.stories.sketches import DROPPED, SPACE, Sketch

POSTED = 24
"""One shingle in so many leads to its story; in short texts more (see posted)."""
ASKED = 8
"""One shingle in so many of a text is looked up."""
COMMON = 32
"""A shingle in so many stories is a stock phrase or an outlet's boilerplate, and leads nowhere: its postings give way
to one row, minus the story that made it common. At 100, no more copies are found (benchmarks/stories.py, seed 11)."""
ASKED_AT_ONCE = 64

SCHEMA = """
CREATE TABLE IF NOT EXISTS story_postings (
    hash INTEGER NOT NULL,
    story INTEGER NOT NULL,
    PRIMARY KEY (hash, story)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS story_postings_common ON story_postings (story) WHERE story < 0
"""
_LOOK_UP = f"SELECT hash, story FROM story_postings WHERE hash IN ({', '.join('?' * ASKED_AT_ONCE)})"  # noqa: S608

Known = dict[int, list[int]]
"""Shingles looked up, each with the stories that have it: none where so many have it that it leads nowhere."""


def asked(sketch: Sketch) -> list[int]:
    """The shingles of a text that are looked up."""
    return sketch.below(SPACE // (4 if sketch.size < 100 else ASKED))


def posted(sketch: Sketch) -> list[int]:
    """The shingles that lead to a text's story: one in 24, in texts below 400 shingles one in 16, 8 or 4."""
    size = sketch.size
    return sketch.below(SPACE // (4 if size < 100 else 8 if size < 200 else 16 if size < 400 else POSTED))


class Postings:
    """The table. Works in the caller's transaction and never commits."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def look_up(self, shingles: Sequence[int]) -> Known:
        """The stories that each of the shingles leads to; shingles of no story are left out."""
        known: defaultdict[int, list[int]] = defaultdict(list)
        for at in range(0, len(shingles), ASKED_AT_ONCE):
            part = list(shingles[at : at + ASKED_AT_ONCE])
            part += part[-1:] * (ASKED_AT_ONCE - len(part))  # one statement for all lengths, prepared once
            for shingle, story in self.connection.execute(_LOOK_UP, part):
                stories = known[shingle]
                if story > 0:
                    stories.append(story)
        return dict(known)

    def post(self, story: int, shingles: Iterable[int], known: Known) -> None:
        """Lets shingles lead to a story; they were looked up before."""
        rows = []
        for shingle in shingles:
            count = len(known.get(shingle, ()))
            if count >= COMMON - 1:
                self.connection.execute("DELETE FROM story_postings WHERE hash = ?", (shingle,))
                rows.append((shingle, -story))
            elif count or shingle not in known:
                rows.append((shingle, story))
        self.connection.executemany("INSERT INTO story_postings (hash, story) VALUES (?, ?)", rows)

    def forget(self, story: int, sketch: Sketch) -> None:
        """Lets a stored text's shingles lead to its story no more."""
        ranges = [(shingle, shingle + 2**DROPPED, story) for shingle in posted(sketch)]
        delete = "DELETE FROM story_postings WHERE hash >= ? AND hash < ? AND story = ?"
        self.connection.executemany(delete, ranges)

    def forget_common(self, last_story: int) -> None:
        """Lets what became common with that story or an earlier one be counted anew, as wordings come and go."""
        delete = "DELETE FROM story_postings WHERE story < 0 AND story >= ?"
        self.connection.execute(delete, (-last_story,))
