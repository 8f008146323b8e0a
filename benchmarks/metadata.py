"""Prints how often title, authors and date are exact, per gold set and half of the sites, and the CPU time per page.

usage: metadata.py GOLD.jsonl PAGES.warc.gz [--worst N]

The measures are those of ../shared/eval/score.py. The sites are split by a hash of their name into A and B, so that
what was found on one half can be checked on the other.
"""

from __future__ import annotations

import argparse
import json
import re
import time
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator

from newscrawl.extraction.metadata import Metadata, read_metadata
from newscrawl.items import Site
from newscrawl.web.document import Document, parse

Gold = dict[str, Any]
FIELDS = ("title", "authors", "date")


def fold(text: str | None) -> str:
    """Case, white space and punctuation folded."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text or "").casefold()))


def words_of(names: list[str]) -> Counter[str]:
    """The words of all names, whatever their division."""
    return Counter(word for name in names for word in fold(name).split() if word != "and")


def is_right(field: str, gold: Gold, found: Metadata) -> bool:
    """Whether the field is exact, a date as far as gold is given."""
    if field == "title":
        return fold(found.title) == fold(gold["title"])
    if field == "authors":
        authors = gold["authors"]
        return words_of(found.authors) == words_of([authors] if isinstance(authors, str) else authors)
    day: str = gold["date"][:10]
    return (found.date_published or "")[: len(day)] == day


def half(site: str) -> str:
    """A or B, by the hash of the site's name."""
    return "AB"[zlib.crc32(site.encode()) & 1]


def pages(warc: Path, wanted: set[str]) -> Iterator[tuple[str, Document, str]]:
    """URL, document and date of fetch of the wanted pages that can be parsed."""
    with warc.open("rb") as stream:
        for record in ArchiveIterator(stream, parse_http=True):
            url = record.headers["WARC-Target-URI"]
            if url in wanted:
                document = parse(record.reader.read(), url, content_type=record.http_headers.get("Content-Type"))
                if isinstance(document, Document):
                    yield url, document, record.headers["WARC-Date"]


def read_gold(path: Path) -> dict[str, list[Gold]]:
    """The rows that hold a title, authors or a date, by URL."""
    by_url: dict[str, list[Gold]] = defaultdict(list)
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if any(map(row.get, FIELDS)):
                by_url[row["url"]].append(row)
    return by_url


class Tally:
    """What was right, per field, set and half."""

    def __init__(self, worst: int) -> None:
        self.hits: dict[tuple[str, str, str], list[bool]] = defaultdict(list)
        self._left = Counter(dict.fromkeys(FIELDS, worst))

    def add(self, gold: Gold, found: Metadata | None) -> None:
        """Counts the row's fields; a page that cannot be parsed counts as wrong."""
        for field in filter(gold.get, FIELDS):
            right = found is not None and is_right(field, gold, found)
            self.hits[field, gold["set"], half(gold["site"])].append(right)
            if not right and half(gold["site"]) == "A" and self._left[field] > 0:
                self._left[field] -= 1
                got = found and {"title": found.title, "authors": found.authors, "date": found.date_published}[field]
                print(f"{field} {gold['url']}\n  gold {gold[field]}\n  got  {got}")


def main() -> None:
    """Reads the pages of the gold and fingerprints the shares."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("gold", type=Path)
    arguments.add_argument("warc", type=Path)
    arguments.add_argument("--worst", type=int, default=0, help="how many errors of half A to print for each field")
    options = arguments.parse_args()
    by_url = read_gold(options.gold)
    tally, seconds, unread = Tally(options.worst), 0.0, set(by_url)
    for url, document, fetched_at in pages(options.warc, set(by_url)):
        _ = document.blocks  # shared with the other steps of reading, so not counted here
        start = time.process_time()
        found = read_metadata(document, fetched_at=fetched_at, site=Site())
        seconds += time.process_time() - start
        unread.discard(url)
        for gold in by_url[url]:
            tally.add(gold, found)
    for gold in (gold for url in unread for gold in by_url[url]):
        tally.add(gold, None)
    print_table(tally.hits)
    read = len(by_url) - len(unread)
    print(f"{1000 * seconds / max(1, read):.2f} ms CPU a page over {read} pages, {len(unread)} unread")


def print_table(hits: dict[tuple[str, str, str], list[bool]]) -> None:
    """A line per field and set: pages, share right, share on each half."""
    print(f"{'field':10}{'set':14}{'pages':>6}{'all':>8}{'A':>8}{'B':>8}")
    for field, name in sorted({key[:2] for key in hits}):
        halves = [hits.get((field, name, letter), []) for letter in "AB"]
        shares = [sum(flags) / len(flags) if flags else float("nan") for flags in (halves[0] + halves[1], *halves)]
        print(f"{field:10}{name:14}{len(halves[0] + halves[1]):>6}" + "".join(f"{share:>8.3f}" for share in shares))


if __name__ == "__main__":
    main()
