"""Fits the weights of newscrawl/provenance/likelihood.py and prints them, with how far held-out claims are right.

    benchmarks/origin_weights.py WARC GOLD [WARC GOLD ...]

Claims on the labelled pages of the WARCs and on half A of the pages of tests/provenance/ are fitted, those on pages
with the entry of the outlet or of the publisher taken out of the directory too (at a third of the weight). A logistic
regression with a penalty; sites and languages are held out in five folds for the first table; the second is of half B.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from provenance import pages as warc_pages

from newscrawl.items import Origin
from newscrawl.provenance import judge, likelihood
from newscrawl.provenance.directory.directory import Directory, default_directory
from newscrawl.web.document import Document, parse
from newscrawl.web.urls import domain_of
from tests.provenance import written, written_asia, written_mixed

PENALTY, STEPS, RATE = 1.0, 400, 0.5
WHOLE = default_directory()


class Claim(NamedTuple):
    """A claim on a labelled page."""

    features: dict[str, float]
    is_right: bool
    weight: float
    group: str


def labelled(arguments: list[str], half: str) -> Iterator[tuple[str, Document, list[str], str, str]]:
    """Group, document, right domains, right name and the page's URL."""
    for warc, gold in zip(arguments[::2], arguments[1::2], strict=True):
        rows = [json.loads(line) for line in Path(gold).read_text(encoding="utf-8").split("\n") if line]
        truth = {row["url"]: row["provenance"] for row in rows if row.get("provenance")}
        for url, document in warc_pages(warc):
            if (label := truth.get(url)) and label["label"] != "debatable":
                yield domain_of(url) or "", document, [label["domain"] or ""], label["name"] or "", url
    for group, url, html, domains, name in [*_written(half), *_asia(half)]:
        document = parse(html, url)
        if isinstance(document, Document):
            yield group, document, list(domains), name, url


def _written(half: str) -> Iterator[tuple[str, str, bytes, tuple[str, ...], str]]:
    for language in written.LANGUAGES:
        for number, url, html, gold in written.pages(language):
            if written.half(number) == half:
                yield language, url, html, gold.domains, gold.name
    for language, number, url, html, gold in written_mixed.pages():
        if written.half(number) == half:
            yield language, url, html, gold.domains, gold.name


def _asia(half: str) -> Iterator[tuple[str, str, bytes, tuple[str, ...], str]]:
    for language in written_asia.LANGUAGES:
        for page in written_asia.pages(language):
            if written.half(page.number) == half:
                gold = page.gold
                yield language, page.url, page.html, tuple(gold.domains) if gold else (), gold.name if gold else ""


def claims(arguments: list[str], half: str, *, ablated: bool) -> Iterator[Claim]:
    """The claims on all pages; `ablated`: also with a directory that lacks the outlet or the publisher."""
    for group, document, domains, name, url in labelled(arguments, half):
        own = domain_of(url) or ""
        without = {
            entry.domain: entry for domain in (own, domains[0] if domains else "") if (entry := WHOLE.by_domain(domain))
        }
        directories = [(WHOLE, 1.0)]
        if ablated and without:
            rest = Directory(entry for entry in WHOLE.publishers if entry.domain not in without)
            directories.append((rest, 0.3))
        for directory, weight in directories:
            if found := _claimed(document, own, directory):
                taken = directory is not WHOLE and found[0].domain is None and _is_right(found[0], [], name)
                if not (taken and found[1]["name in Chinese"]):  # its domain was taken away, and it has no other sign
                    yield Claim(found[1], _is_right(found[0], domains, name), weight, group)


def _claimed(document: Document, own: str, directory: Directory) -> tuple[Origin, dict[str, float]] | None:
    seen: list[dict[str, float]] = []
    real = likelihood.features

    def noted(*arguments: Any) -> dict[str, float]:
        seen.append(real(*arguments))
        return seen[-1]

    verdict: Any = sys.modules["newscrawl.provenance.judge"]
    verdict.features = noted
    verdict.LEAST = 0.0
    origin = judge(document, source_domain=own, directory=directory).origin
    return (origin, seen[-1]) if origin else None


def _is_right(origin: Origin, domains: list[str], name: str) -> bool:
    if any(domains):
        return any(origin.domain and WHOLE.same_outlet(origin.domain, domain) for domain in domains)
    found = (origin.name or "").casefold()
    return bool(name and found) and any(one in found or found in one for one in name.casefold().split("|"))


def fit(rows: list[Claim]) -> dict[str, float]:
    """The weights, by gradient descent."""
    weights = {name: 0.0 for row in rows for name in row.features}
    total = sum(row.weight for row in rows)
    for _ in range(STEPS):
        slope = {name: PENALTY * value * (name != "base") for name, value in weights.items()}
        for row in rows:
            miss = (chance(row.features, weights) - row.is_right) * row.weight
            for name, value in row.features.items():
                slope[name] += miss * value
        weights = {name: value - RATE * 8 * slope[name] / total for name, value in weights.items()}
    return weights


def chance(features: dict[str, float], weights: dict[str, float]) -> float:
    """The probability by these weights."""
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in features.items())))


def table(title: str, rows: list[tuple[float, bool]]) -> None:
    """A reliability table."""
    print(f"\n{title}\n| probability | claims | said | right |\n|---|---|---|---|")
    for low, high in ((0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01)):
        part = [row for row in rows if low <= row[0] < high]
        if part:
            said, right = (sum(row[index] for row in part) / len(part) for index in (0, 1))
            print(f"| {low} to {min(high, 1)} | {len(part)} | {said:.2f} | {right:.2f} |")


def main() -> None:
    """Fits and prints."""
    rows = list(claims(sys.argv[1:], "A", ablated=True))
    fold = {row.group: int(sha256(row.group.encode()).hexdigest(), 16) % 5 for row in rows}
    held = []
    for number in range(5):
        weights = fit([row for row in rows if fold[row.group] != number])
        held += [
            (chance(row.features, weights), row.is_right)
            for row in rows
            if fold[row.group] == number and row.weight == 1
        ]
    weights = fit(rows)
    for name, value in sorted(weights.items()):
        print(f'    "{name}": {value:.2f},')
    table("Claims with sites and languages held out", held)
    other = claims([], "B", ablated=False)
    table("Claims on half B of the written pages", [(chance(row.features, weights), row.is_right) for row in other])


if __name__ == "__main__":
    main()
