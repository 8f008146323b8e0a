"""newscrawl beside other extractors over the same pages in one run: text, title, authors, date, and CPU time a page.

    make bench-venv
    .venv-bench/bin/python benchmarks/quality.py PAGES.warc.gz GOLD.jsonl

GOLD holds a line per page and set: {set, url, site, title, body, authors, date}; what is absent or null is not scored.
In the set `not_article` no extractor should find a text. Who published first is scored by benchmarks/provenance.py.

Every page is read by each extractor in turn, so that CPU times are of the same minute. All read the first pages once
before the clock starts, since models and wordings are loaded with them. Times are told as ratios to plain trafilatura
with metadata (median over nine groups of pages, with the lowest and the highest). `learned` is newscrawl as in a crawl,
with what repeats on a site's pages; its time holds that of learning. The memory is a worker's that reads all pages.
"""

from __future__ import annotations

import gc
import importlib
import json
import multiprocessing
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.quality_measures import Gold, Read, body_shares, difference, f1, is_right, page_f1
from benchmarks.quality_peers import Extract, learned, newscrawl, peers, profiles_of
from newscrawl.archive.warc import ArchivedResponse, read_warc
from newscrawl.web.limits import Limits

GROUPS = 9
WARM_UP = 30
FIELDS = ("title", "authors", "date")


class Reading:
    """What one extractor made of all pages, and the CPU seconds it took for each group of them."""

    def __init__(self, extract: Extract) -> None:
        self.extract = extract
        self.found: dict[str, Read] = {}
        self.seconds = [0.0] * GROUPS
        self.errors: Counter[str] = Counter()

    def read(self, page: ArchivedResponse, group: int) -> None:
        """Reads a page; an extractor that raises has found nothing on it."""
        gc.collect()  # what the one before left behind is not this one's work
        start = time.process_time()
        try:
            found = self.extract(page)
        except Exception as error:  # noqa: BLE001 - peers raise anything
            self.errors[type(error).__name__] += 1
            found = Read()
        self.seconds[group] += time.process_time() - start
        self.found[page.url] = found


TAIL = 0.1
"""How much F1 below plain trafilatura's makes a page one that is worse."""


def pages_of(warc: Path) -> Iterator[ArchivedResponse]:
    for page in read_warc(warc, max_bytes=Limits().bytes):
        if not isinstance(page, ArchivedResponse):
            sys.exit(f"{page.file}: offset {page.offset}: {page.problem}")
        yield page


def warm_up(extract: Extract, warc: Path) -> None:
    unmeasured = Reading(extract)
    for page in islice(pages_of(warc), WARM_UP):
        unmeasured.read(page, 0)


def read_all(warc: Path) -> dict[str, Reading]:
    others = peers()
    for extract in (newscrawl, *others.values()):
        warm_up(extract, warc)
    gc.collect()
    gc.freeze()
    start = time.process_time()
    profiles = profiles_of(lambda: pages_of(warc))
    learning = time.process_time() - start
    extracts = {"newscrawl": newscrawl, "learned": learned(profiles), **others}
    readings = {name: Reading(extract) for name, extract in extracts.items()}
    for number, page in enumerate(pages_of(warc)):
        for reading in readings.values():
            reading.read(page, number % GROUPS)
        if number % 50 == 0:
            print(f"{number} pages read", file=sys.stderr, flush=True)
    readings["learned"].seconds = [spent + learning / GROUPS for spent in readings["learned"].seconds]
    return readings


def read_as_worker(warc: Path) -> float:
    """Reads all pages; the peak memory of this process in MB."""
    importlib.import_module("newscrawl.reading.workers")  # a worker has loaded it
    for page in pages_of(warc):
        newscrawl(page)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def worker_peak(warc: Path) -> float:
    """The same in a process of its own. A child begins with its parent's peak: to be asked before all else."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(read_as_worker, (warc,))


def print_bodies(name: str, pages: list[Gold], readings: dict[str, Reading]) -> None:
    """A line an extractor: F1, its tail (pages much worse than plain trafilatura's, pages under .5), and its difference
    to newscrawl with the interval."""
    shares = {
        who: [body_shares(page, reading.found.get(page["url"], Read()).body) for page in pages]
        for who, reading in readings.items()
    }
    print(f"\n{name}: text of {len(pages)} pages, {len({page['site'] for page in pages})} sites")
    for who, found in shares.items():
        worse = sum(
            page_f1(one) < page_f1(plain) - TAIL for one, plain in zip(found, shares["trafilatura"], strict=True)
        )
        half = sum(page_f1(one) < 0.5 for one in found)
        line = f"  {who:14}F1 {f1(found):.4f}  worse {worse:3}  under half {half:3}"
        if who != "newscrawl":
            rows = zip((page["site"] for page in pages), found, shares["newscrawl"], strict=True)
            delta, low, high = difference(list(rows))
            line += f"  to newscrawl {delta:+.4f} [{low:+.4f}, {high:+.4f}]"
        print(line)


def print_fields(name: str, pages: list[Gold], readings: dict[str, Reading]) -> None:
    """A line an extractor: the shares of exact titles, authors and dates where the set has gold for them."""
    rows = {field: [page for page in pages if page.get(field)] for field in FIELDS}
    if not any(rows.values()):
        return
    print(f"{name}: exact " + ", ".join(f"{field} on {len(having)}" for field, having in rows.items() if having))
    for who, reading in readings.items():
        right = {
            field: sum(is_right(field, page, reading.found.get(page["url"], Read())) for page in having) / len(having)
            for field, having in rows.items()
            if having
        }
        print(f"  {who:14}" + "  ".join(f"{field} {share:.3f}" for field, share in right.items()))


def print_no_articles(pages: list[Gold], readings: dict[str, Reading]) -> None:
    print(f"\nnot_article: {len(pages)} pages that are no article; a text was found on")
    for who, reading in readings.items():
        found = sum(bool(reading.found.get(page["url"], Read()).body) for page in pages)
        print(f"  {who:14}{found} ({found / len(pages):.3f})")


def print_times(readings: dict[str, Reading]) -> None:
    base = readings["trafilatura"].seconds
    print("\nCPU time a page, plain trafilatura with metadata = 1")
    for who, reading in readings.items():
        ratios = [mine / theirs for mine, theirs in zip(reading.seconds, base, strict=True) if theirs]
        raised = ", ".join(f"{kind} on {count} pages" for kind, count in reading.errors.items())
        print(f"  {who:14}{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})  {raised}")


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sets: dict[str, list[Gold]] = defaultdict(list)
    with Path(sys.argv[2]).open(encoding="utf-8") as lines:
        for gold in map(json.loads, lines):
            sets[gold["set"]].append(gold)
    warc = Path(sys.argv[1])
    peak = worker_peak(warc)
    readings = read_all(warc)
    for name, pages in sets.items():
        if bodies := [page for page in pages if page.get("body")]:
            print_bodies(name, bodies, readings)
        print_fields(name, pages, readings)
    if "not_article" in sets:
        print_no_articles(sets["not_article"], readings)
    print_times(readings)
    print(f"\nA worker of newscrawl at its peak: {peak:.0f} MB")


if __name__ == "__main__":
    main()
