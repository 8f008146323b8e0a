"""Generated outlets crawled from their home page and by what they declare: recall, precision, pages asked.

    python benchmarks/discovery.py                          every URL pattern, seeds 1 and 2, both ways
    python benchmarks/discovery.py --seeds 8,9 clutter big  some seeds, some URL patterns
    python benchmarks/discovery.py --way home --tell        one way; also the URLs that were missed or wrong

The outlets and their truth are those of tests/outlets. Each crawl is a process of its own, without delay. The big
outlet, 60,130 articles on 6,013 pages, is crawled with limit= and with since=. `lists` are the listing pages asked,
beside those that hold what is wanted; `other` are pages asked that are neither lists nor articles.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.crawl.crawling import Crawl
from tests.outlets import NOW, PAGES_OF_LISTS, SHAPES, GeneratedSite, Judgement, server, site

WAYS = ("home", "declared")
LIMIT, SINCE = 500, (NOW - timedelta(days=4)).replace(hour=0)
SPIDER = """
from newscrawl.spider import SiteSpider

class Declared(SiteSpider):
    name = "declared"
    feeds = {feeds!r}
    sitemaps = {sitemaps!r}
    listings = {listings!r}
"""
USEFUL = PAGES_OF_LISTS | {"article", "feed", "sitemap", "robots", "redirect", "missing"}
COLUMNS = "{:18} {:>5} {:9} {:>6} {:>7} {:>7} {:>6} {:>6} {:>8} {:>8} {:>6} {:>5}"
HEADINGS = (
    "url_pattern", "seed", "way", "found", "recall", "precis.", "wrong", "twice", "lists", "sitemaps", "other", "exit"
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """One crawl against the truth."""

    url_pattern: str
    seed: int
    way: str
    judged: Judgement
    needed: int
    """Listing pages that hold what is wanted; 0 where the outlet has no single listing of everything."""
    asked: Counter[str]
    """Requests by kind of page."""
    code: int

    def row(self) -> str:
        """The line of the table."""
        judged, asked = self.judged, self.asked
        lists = str(sum(asked[kind] for kind in PAGES_OF_LISTS)) + (f"/{self.needed}" if self.needed else "")
        other = sum(count for kind, count in asked.items() if kind not in USEFUL)
        quality = (f"{judged.recall:.3f}", f"{judged.precision:.3f}", len(judged.wrong), len(judged.doubled))
        crawl = (self.url_pattern, self.seed, self.way, len(judged.found))
        return COLUMNS.format(*crawl, *quality, lists, asked["sitemap"], other, self.code)

    def tell(self) -> Iterator[str]:
        """What went wrong, and every kind of page that was asked."""
        yield from (f"    missed {url}" for url in sorted(self.judged.missed)[:8])
        yield from (f"    wrong  {kind} {url}" for url, kind in self.judged.wrong[:8])
        yield from (f"    twice  {url}" for url in self.judged.doubled[:8])
        yield f"    asked  {dict(self.asked.most_common())}"


def crawled(outlet: GeneratedSite, way: str, argument: str = "") -> Outcome:
    """One crawl of one outlet."""
    with TemporaryDirectory() as folder, server([outlet]) as running:
        crawl = Crawl(Path(folder), hosts=running.hosts, allowed=running.allow_private_hosts)
        (crawl.folder / "declared.py").write_text(
            SPIDER.format(feeds=outlet.feeds, sitemaps=outlet.sitemaps, listings=outlet.listings)
        )
        start = ("news", "-a", f"url={outlet.home}") if way == "home" else ("declared", "-s", "SPIDER_MODULES=declared")
        done = crawl.run(*start, *(("-a", argument) if argument else ()), timeout=3600)
        judged, needed = judge(outlet, [record["url"] for record in crawl.records()], argument)
        asked = Counter(request.kind for request in running.asked(outlet))
    label = f"{outlet.url_pattern} {argument.partition('=')[0]}".strip()
    return Outcome(label, outlet.seed, way, judged, needed, asked, done.returncode)


def judge(outlet: GeneratedSite, urls: Sequence[str], argument: str) -> tuple[Judgement, int]:
    """The records against what was wanted, and the listing pages needed for that."""
    if argument.startswith("limit"):
        return outlet.judge(urls, outlet.articles[:LIMIT]), outlet.pages_for(LIMIT)
    if argument.startswith("since"):
        return outlet.judge(urls, outlet.since(SINCE)), outlet.pages_since(SINCE)
    return outlet.judge(urls), outlet.pages_for(len(outlet.articles)) if outlet.per_page else 0


def run(url_patterns: Sequence[str], seeds: Sequence[str], ways: Sequence[str]) -> Iterator[Outcome]:
    """Every crawl that is asked for, in turn."""
    for url_pattern, seed in product(url_patterns, seeds):
        outlet = site(url_pattern, int(seed))
        arguments = (f"limit={LIMIT}", f"since={SINCE:%Y-%m-%d}") if url_pattern == "big" else ("",)
        for way, argument in product(ways, arguments):
            yield crawled(outlet, way, argument)


def summarise(outcomes: Sequence[Outcome]) -> None:
    """The worst and the mean."""
    for name in ("recall", "precision"):
        values = [getattr(outcome.judged, name) for outcome in outcomes]
        print(f"{name}: lowest {min(values):.3f}, mean {sum(values) / len(values):.4f}, {len(values)} crawls")


def main() -> None:
    """Prints each crawl's line when it is done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url_patterns", nargs="*", metavar="SHAPE", help=", ".join(SHAPES))
    parser.add_argument("--seeds", default="1,2")
    parser.add_argument("--way", choices=WAYS)
    parser.add_argument("--tell", action="store_true")
    options = parser.parse_args()
    print(COLUMNS.format(*HEADINGS), flush=True)
    outcomes = []
    for outcome in run(
        options.url_patterns or list(SHAPES), options.seeds.split(","), [options.way] if options.way else WAYS
    ):
        print(outcome.row(), *(outcome.tell() if options.tell else ()), sep="\n", flush=True)
        outcomes.append(outcome)
    summarise(outcomes)


if __name__ == "__main__":
    main()
