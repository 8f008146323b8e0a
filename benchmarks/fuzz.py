"""Mutants of real pages, read as a crawl reads them: how each ends, and whatever should not have happened.

    .venv/bin/python benchmarks/fuzz.py PAGES.warc.gz [NUMBER]

Makes NUMBER mutants (10,000) by tests/hostile/mutations.py, one of each page in turn, and has the workers read them as
articles, every fourth as a listing page too, under a crawl's limits on CPU time and memory. Exit code 1 where a page
made newscrawl raise, ran into the limits or killed its worker; each is printed with its URL and the seed that makes it
again.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from newscrawl.archive.warc import ArchivedResponse, read_warc
from newscrawl.items import Article, Page, Rejection
from newscrawl.reading.workers import Workers
from newscrawl.web.limits import Limits
from tests.hostile.mutations import mutations

NUMBER = 10_000
NEVER = frozenset({"too_slow", "out_of_memory", "crashed"})
"""Rejections that a page of ordinary size should not come to."""
SavedPage = tuple[str, bytes]
"""URL and bytes."""


@dataclass(slots=True)
class Fuzzed:
    """How the mutants ended."""

    ends: Counter[str] = field(default_factory=Counter)
    """Number by "article", "needs" or the reason of the rejection."""
    faults: list[str] = field(default_factory=list)
    """What should not have happened, with URL and seed."""


def mutants(pages: Callable[[], Iterable[SavedPage]]) -> Iterator[tuple[str, int, bytes]]:
    """URL, seed and bytes of one mutant of each page, then of each page again, without end."""
    seeds = count()
    while True:
        for url, html in pages():
            seed = next(seeds)
            yield url, seed, next(mutations(html, seed))


async def fuzz(pages: Callable[[], Iterable[SavedPage]], number: int) -> Fuzzed:
    workers = Workers()
    room = asyncio.Semaphore(2 * workers.count)
    fuzzed = Fuzzed()

    async def read(url: str, seed: int, html: bytes) -> None:
        page = Page(url=url, requested_url=url, content_type="text/html", fetched_at="2026-11-24T00:00:00Z")
        try:
            verdict = (await workers.read(html, page, with_fingerprint=seed % 4 == 0)).verdict
            end = verdict.reason if isinstance(verdict, Rejection) else type(verdict).__name__.lower()
            if isinstance(verdict, Article) and not verdict.body:
                end = "an article without text"
            if seed % 4 == 0:
                await workers.discover(html, url, "text/html")
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told
            end = repr(error)
        finally:
            room.release()
        fuzzed.ends[end] += 1
        if end in NEVER or not end.isidentifier():
            fuzzed.faults.append(f"{url} seed {seed}: {end}")

    try:
        async with asyncio.TaskGroup() as tasks:
            for done, mutant in enumerate(islice(mutants(pages), number)):
                await room.acquire()
                tasks.create_task(read(*mutant))
                if done % 250 == 0:
                    print(f"{done} mutants, {len(fuzzed.faults)} faults", file=sys.stderr, flush=True)
    finally:
        workers.close()
    return fuzzed


def saved(warc: Path) -> Iterator[SavedPage]:
    for page in read_warc(warc, max_bytes=Limits().bytes):
        if isinstance(page, ArchivedResponse):
            yield page.url, page.body


def main() -> None:
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    number = int(sys.argv[2]) if len(sys.argv) == 3 else NUMBER
    fuzzed = asyncio.run(fuzz(lambda: saved(Path(sys.argv[1])), number))
    print(f"{number} mutants: " + ", ".join(f"{end} {many}" for end, many in fuzzed.ends.most_common()))
    print(f"{len(fuzzed.faults)} faults", *fuzzed.faults, sep="\n")
    sys.exit(1 if fuzzed.faults else 0)


if __name__ == "__main__":
    main()
