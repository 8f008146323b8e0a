"""newscrawl beside other extractors over the same pages in one run: text, title, authors, date, and CPU time a page.

    make bench-venv
    .venv-bench/bin/python benchmarks/quality.py PAGES.warc.gz GOLD.jsonl

GOLD holds a line per page and set: {set, url, site, title, body, authors, date}; what is absent or null is not scored.
Every page is read by each extractor in turn, so that CPU times are of the same minute; they are told as ratios to plain
trafilatura with metadata (median over nine groups of pages, with the lowest and the highest).
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.quality_measures import Gold, Read, body_shares, difference, f1, is_right
from benchmarks.quality_peers import Extract, extractors
from newscrawl.archive.warc import ArchivedResponse, read_warc

GROUPS = 9
LARGEST = 10 * 2**20
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
        start = time.process_time()
        try:
            found = self.extract(page.body, page.url)
        except Exception as error:  # noqa: BLE001 - peers raise anything
            self.errors[type(error).__name__] += 1
            found = Read()
        self.seconds[group] += time.process_time() - start
        self.found[page.url] = found


def read_all(warc: Path) -> dict[str, Reading]:
    readings = {name: Reading(extract) for name, extract in extractors().items()}
    for number, page in enumerate(read_warc(warc, max_bytes=LARGEST)):
        if not isinstance(page, ArchivedResponse):
            sys.exit(f"{page.file}: offset {page.offset}: {page.problem}")
        for reading in readings.values():
            reading.read(page, number % GROUPS)
    return readings


def print_bodies(name: str, pages: list[Gold], readings: dict[str, Reading]) -> None:
    """A line an extractor: F1, and its difference to newscrawl with the interval."""
    shares = {
        who: [body_shares(page, reading.found.get(page["url"], Read()).body) for page in pages]
        for who, reading in readings.items()
    }
    print(f"\n{name}: text of {len(pages)} pages, {len({page['site'] for page in pages})} sites")
    for who, found in shares.items():
        line = f"  {who:14}F1 {f1(found):.4f}"
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
    readings = read_all(Path(sys.argv[1]))
    for name, pages in sets.items():
        if bodies := [page for page in pages if page.get("body")]:
            print_bodies(name, bodies, readings)
        print_fields(name, pages, readings)
    print_times(readings)


if __name__ == "__main__":
    main()
