"""Disk and time of the stories index for many documents, each a story of its own: the dearest case, copies cost less.

    nice python benchmarks/stories_scale.py --documents 1000000 --path /tmp/stories.db
    nice python benchmarks/stories_scale.py --documents 1000000 --path /tmp/stories.db --texts

The sketches are random numbers in the amounts that texts of 440 words (median; mean 530) give; making sketches of texts
is timed apart, on our own prose of the same lengths. With --texts the documents are the background of
benchmarks/stories.py, whose few wordings return in every one, and their sketches count in the time. The file is a
ledger, opened as a run opens it; commits every 50 documents.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from random import Random

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from stories_prose import LANGUAGES, Event, article, some_article

from newscrawl.ledger.sqlite.schema import connect
from newscrawl.stories import Sketch, StoryIndex, sketch
from newscrawl.stories.index import Copy
from newscrawl.stories.sketches import SPACE, kept


def words(rng: Random) -> int:
    """Words of an article."""
    return int(min(6000, max(40, rng.lognormvariate(6.1, 0.6))))


def made_up(rng: np.random.Generator, size: int) -> Sketch:
    """A sketch of random numbers for a text of so many shingles, a fifth of them quoted, with ten figures."""
    every = Sketch(size, ()).every
    hashes = set(rng.integers(0, SPACE // every, rng.binomial(size, 1 / every)).tolist())
    quoted = frozenset(kept(shingle) for shingle in hashes if shingle % 5 == 0)
    return Sketch(size, tuple(hashes), quoted, frozenset(rng.integers(0, 2**16, 10).tolist()))


def fill(path: Path, documents: int, *, texts: bool) -> None:
    """Files the documents and fingerprints disk and times at every tenth."""
    connection = connect(path)
    index, rng, random = StoryIndex(connection), Random(1), np.random.default_rng(1)
    cpu = wall = 0.0
    for number in range(documents):
        if number % 50 == 0:
            connection.execute("BEGIN")
        made, copy = some_article(rng).body if texts else made_up(random, words(rng)), _copy(number)
        start = time.process_time(), time.perf_counter()
        index.assign(copy, sketch(made) if isinstance(made, str) else made)
        if number % 50 == 49:
            connection.execute("COMMIT")
        cpu, wall = cpu + time.process_time() - start[0], wall + time.perf_counter() - start[1]
        if (number + 1) % (documents // 10) == 0:
            step = documents / 10 / 1000
            megabytes = path.stat().st_size / 1e6
            times = f"CPU {cpu / step:.2f} ms, wall {wall / step:.2f} ms a document"
            print(f"{number + 1:>9} documents {megabytes:7.0f} MB  {times}", flush=True)
            cpu = wall = 0.0
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    print(f"{path.stat().st_size / documents / 1000:.2f} KB a document")


def _copy(number: int) -> Copy:
    outlet = f"outlet{number % 2000}.example"
    url = f"https://www.{outlet}/news/2026/11/23/what-the-headline-says-in-a-few-words-{number}"
    seen_at = f"2026-11-{number // 40000 % 28 + 1:02}T{number // 1667 % 24:02}:{number % 60:02}:00Z"
    return Copy(url=url, outlet=outlet, seen_at=seen_at, published_at=seen_at)


def time_sketches(count: int = 1000) -> None:
    """Prints what a sketch of a text costs."""
    rng = Random(1)
    texts = [article(rng, Event(rng, rng.choice(LANGUAGES)), words(rng)).body for _ in range(count)]
    start = time.process_time()
    for text in texts:
        sketch(text)
    print(f"sketch: {(time.process_time() - start) / count * 1000:.2f} ms CPU a text")


def main() -> None:
    """Measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--path", type=Path, required=True)
    parser.add_argument("--texts", action="store_true")
    given = parser.parse_args()
    given.path.unlink(missing_ok=True)
    time_sketches()
    fill(given.path, given.documents, texts=given.texts)


if __name__ == "__main__":
    main()
