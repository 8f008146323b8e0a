"""What the stories benchmark compares: newscrawl's index, MinHash with LSH, SimHash; all on the same shingles.

Each has `link(number, text, outlet) -> int | None`: the number of the first document of the story that it takes the
text for.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict

import numpy as np
from datasketch import MinHash, MinHashLSH

from newscrawl.stories import StoryIndex, sketch
from newscrawl.stories.index import Copy
from newscrawl.stories.shingles import shingles
from newscrawl.stories.tables import create_tables


class Newscrawl:
    """newscrawl's own index in SQLite."""

    def __init__(self, path: str = ":memory:") -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode = WAL")
        create_tables(self.connection)
        self.index = StoryIndex(self.connection)
        self.connection.execute("BEGIN")

    def link(self, number: int, text: str, outlet: str) -> int | None:
        """Files the text; the answer's URL carries the number."""
        if number % 50 == 0:  # as the ledger commits
            self.connection.execute("COMMIT")
            self.connection.execute("BEGIN")
        url = f"https://www.{outlet}/news/2026/11/what-the-headline-says-{number}"
        copy = Copy(url=url, outlet=outlet, seen_at=_time(number))
        story = self.index.assign(copy, sketch(text))
        if story is None or story.relation == "quotes":
            return None
        return int(story.first_seen_url.rpartition("-")[2])


def _time(number: int) -> str:
    return f"2026-11-{number // 6000 % 28 + 1:02}T{number // 250 % 24:02}:{number % 60:02}:00Z"


class MinHashes:
    """MinHash of 128 permutations with LSH (datasketch), the best match of an estimated Jaccard from `threshold`."""

    def __init__(self, threshold: float) -> None:
        self.threshold = threshold
        self.lsh = MinHashLSH(threshold=threshold, num_perm=128)
        self.made: dict[int, MinHash] = {}
        self.first: dict[int, int] = {}

    def link(self, number: int, text: str, outlet: str) -> int | None:
        """Looks the text up, then files it with its story."""
        made = MinHash(num_perm=128, hashfunc=int)
        made.update_batch(shingles(text))
        best = max(((made.jaccard(self.made[n]), -n) for n in self.lsh.query(made)), default=(0.0, 0))
        linked = self.first[-best[1]] if best[0] >= self.threshold else None
        self.made[number], self.first[number] = made, number if linked is None else linked
        self.lsh.insert(number, made)
        return linked


class SimHashes:
    """SimHash of 64 bits, a match at three bits or fewer, found by its four quarters."""

    def __init__(self) -> None:
        self.quarters: dict[tuple[int, int], list[int]] = defaultdict(list)
        self.made: dict[int, int] = {}
        self.first: dict[int, int] = {}

    def link(self, number: int, text: str, outlet: str) -> int | None:
        """Looks the text up, then files it with its story."""
        made = _simhash(shingles(text))
        keys = [(at, made >> at & 0xFFFF) for at in (0, 16, 32, 48)]
        near = {n for key in keys for n in self.quarters[key] if (self.made[n] ^ made).bit_count() <= 3}
        linked = self.first[min(near)] if near else None
        self.made[number], self.first[number] = made, number if linked is None else linked
        for key in keys:
            self.quarters[key].append(number)
        return linked


def _simhash(found: list[int]) -> int:
    hashes = np.fromiter(found, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    hashes = (hashes ^ hashes >> np.uint64(32)) * np.uint64(0xD6E8FEB86659FD93)
    bits = (hashes[:, None] >> np.arange(64, dtype=np.uint64)) & np.uint64(1)
    return sum(1 << int(at) for at in np.flatnonzero(bits.sum(axis=0) * 2 > len(found)))
