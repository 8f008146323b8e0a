"""Fits the weights by which extraction/kinds.py tells articles from other pages; prints what they do on held-out sites.

usage: fit_kinds.py GOLD.jsonl PAGES.warc.gz UNCERTAINTIES.json [--write] [--cache FILE.json] [--worst N]

A logistic regression of signs 0 to 1, with a penalty on large weights, each weight held to the sign that it must have.
The figures come from five-fold validation over sites, with three ways to fold them: no page is judged by weights that
saw a page of its site. UNCERTAINTIES.json is what benchmarks/fit_blocks.py --uncertainties tells: the model that comes
with newscrawl was fitted on the same pages, so its own uncertainty of them is less than of others. --write puts the
weights of all pages into newscrawl/extraction/page_kind/classify.toml. Needs numpy alone."""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from fastwarc.warc import ArchiveIterator

from newscrawl.extraction.blocks.page_layout import lay_out
from newscrawl.extraction.body.read_body import read_body
from newscrawl.extraction.metadata import read_metadata
from newscrawl.extraction.page_kind.classify import _table
from newscrawl.extraction.page_kind.page_signs import signs
from newscrawl.extraction.page_kind.walls import wall
from newscrawl.items import Discovery, Site
from newscrawl.provenance import judge
from newscrawl.web.document import parse
from newscrawl.web.urls import domain_of

Array = np.ndarray[Any, np.dtype[np.float64]]
SPEAK_FOR = frozenset(
    "run run_share paragraph gathered well_marked og_article published dated slug_words depth url_date url_id"
    " title_words title_sentence title_printed one_article".split()
)
"""Signs that can only speak for an article; all others only against."""
PENALTY = 1 / 3
"""Weight of the squared weights. 1, 1/3 and 1/10 do about the same on held-out sites, 1/30 does worse."""
MARGIN = 0.0
"""Added to the bias. A lost article costs more than a page too many: on held-out sites 0 gives .041 of others exported
and .0051 of gold bodies lost, 0.1 .047 and .0042, -0.2 .037 and .0072; without "uncertainty" 0.1 gives .047 and
.0058."""
FOLDS, SALTS = 5, ("", "a", "b")
TABLE = Path(__file__).resolve().parent.parent / "newscrawl/extraction/page_kind/classify.toml"
HEAD = """\
# What each sign of a page (signs.py, 0 to 1) counts when kinds.py tells articles from other pages: an article where
# the sum is above 0. Fitted by benchmarks/fit_kinds.py on {pages} pages of ../shared/eval/dev, {other} of them no
# articles. On held-out sites (five folds, three ways to fold)
# {figures}.
# Where a page is wrongly rejected or kept, look at its signs first; re-run the script after any change to signs.py.

[weights]
"""


def pages(gold: Path, warc: Path) -> Iterator[dict[str, Any]]:
    """A row per page: url, site, is_article, has_body, wall, signs."""
    known: dict[str, list[dict[str, Any]]] = {}
    for line in gold.read_text("utf-8").rstrip().split("\n"):
        known.setdefault((entry := json.loads(line))["url"], []).append(entry)
    with warc.open("rb") as stream:
        for record in ArchiveIterator(stream, parse_http=True):
            url = record.headers["WARC-Target-URI"]
            if url in known and (row := read(record.reader.read(), url, record.http_headers.get("Content-Type"))):
                entries = known[url]
                kind = {entry["set"] for entry in entries}
                yield row | {
                    "url": url,
                    "site": entries[0]["site"],
                    "is_article": "not_article" not in kind,
                    "has_body": any(entry.get("body") for entry in entries),
                }


def read(html: bytes, url: str, content_type: str | None) -> dict[str, Any] | None:
    """Wall and signs of a page, by the steps of newscrawl.reading.read_page; None where it cannot be parsed."""
    document = parse(html, url, content_type=content_type)
    if isinstance(document, str):
        return None
    metadata = read_metadata(document, fetched_at="2026-11-01T00:00:00Z", site=Site())
    names = [metadata.site_name] if metadata.site_name else []
    found = judge(document, source_domain=domain_of(url) or "", feed=Discovery(), site_names=names)
    body = read_body(document, metadata, found.blocks, Site())
    layout = lay_out(document)
    empty = None if body.blocks else "empty"
    return {"wall": wall(document, layout) or empty, "signs": signs(document, metadata, body, layout)}


def fit(x: Array, y: Array, signs_of: Array, steps: int = 3000) -> Array:
    """Weights and, last, the bias: accelerated gradient descent, each step cut back to the allowed signs."""
    x = np.hstack([x, np.ones((len(x), 1))])
    rate = 1 / (0.25 * np.linalg.norm(x, 2) ** 2 + PENALTY)
    penalty = np.append(np.full(x.shape[1] - 1, PENALTY), 0.0)
    weights = before = np.zeros(x.shape[1])
    for step in range(steps):
        ahead = weights + step / (step + 3) * (weights - before)
        slope = x.T @ (1 / (1 + np.exp(-np.clip(x @ ahead, -30, 30))) - y) + penalty * ahead
        before, weights = weights, ahead - rate * slope
        weights[:-1] = np.where(weights[:-1] * signs_of > 0, weights[:-1], 0.0)
    weights[-1] += MARGIN
    return weights


def held_out(x: Array, y: Array, sites: list[str], signs_of: Array, salt: str) -> Array:
    """The score of each page by weights that saw no page of its site."""
    fold = np.array([int(hashlib.sha256((salt + site).encode()).hexdigest(), 16) % FOLDS for site in sites])
    scores = np.zeros(len(y))
    for one in range(FOLDS):
        weights = fit(x[fold != one], y[fold != one], signs_of)
        scores[fold == one] = x[fold == one] @ weights[:-1] + weights[-1]
    return scores


def figures(rows: list[dict[str, Any]], scores: Array) -> tuple[float, float, float]:
    """Shares: other pages exported, pages with a gold body lost, articles of all sets lost."""
    lost = [score <= 0 or row["wall"] is not None for row, score in zip(rows, scores, strict=True)]
    other = [not gone for row, gone in zip(rows, lost, strict=True) if not row["is_article"]]
    gold = [gone for row, gone in zip(rows, lost, strict=True) if row["has_body"]]
    articles = [gone for row, gone in zip(rows, lost, strict=True) if row["is_article"]]
    return sum(other) / len(other), sum(gold) / len(gold), sum(articles) / len(articles)


def told(shares: tuple[float, float, float]) -> str:
    """The three shares in words."""
    return (
        f"{shares[0]:.3f} of other pages exported, {shares[1]:.3f} of gold bodies and {shares[2]:.3f} of articles lost"
    )


def main() -> None:
    """Reads the pages, validates, fingerprints; with --write fits on all and writes the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("warc", type=Path)
    parser.add_argument("uncertainties", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--worst", type=int, default=0)
    args = parser.parse_args()
    if args.cache and args.cache.exists():
        rows = json.loads(args.cache.read_text("utf-8"))
    else:
        rows = list(pages(args.gold, args.warc))
        if args.cache:
            args.cache.write_text(json.dumps(rows), "utf-8")
    uncertainties = json.loads(args.uncertainties.read_text("utf-8"))
    own = np.array([row["signs"]["uncertainty"] for row in rows])
    for row in rows:
        row["signs"]["uncertainty"] = min(1.0, 2 * uncertainties.get(row["url"], 1.0))
    report(rows, own, args)


def _print_worst(rows: list[dict[str, Any]], scores: Array, number: int) -> None:
    margins = [score if row["is_article"] else -score for row, score in zip(rows, scores, strict=True)]
    for index in np.argsort(margins)[:number]:
        row = rows[index]
        print(f"  {scores[index]:6.2f} {'article' if row['is_article'] else 'other'} {row['url'][:140]}")


def report(rows: list[dict[str, Any]], own_uncertainties: Array, args: argparse.Namespace) -> None:
    """Prints the held-out figures and those of the table as shipped; writes the new one where asked to."""
    names = sorted(rows[0]["signs"])
    x = np.array([[row["signs"][name] for name in names] for row in rows])
    y = np.array([float(row["is_article"]) for row in rows])
    signs_of = np.array([1.0 if name in SPEAK_FOR else -1.0 for name in names])
    sites = [row["site"] for row in rows]
    runs = [held_out(x, y, sites, signs_of, salt) for salt in SALTS]
    for salt, scores in zip(SALTS, runs, strict=True):
        print(f"held out, fold {salt or '-'}: {told(figures(rows, scores))}")
    mean = tuple(float(np.mean(shares)) for shares in zip(*(figures(rows, scores) for scores in runs), strict=True))
    _print_worst(rows, sum(runs, np.zeros(len(rows))) / len(runs), args.worst)
    weights = dict(zip([*names, "bias"], (round(float(weight), 2) for weight in fit(x, y, signs_of)), strict=True))
    if args.write:
        head = HEAD.format(pages=len(rows), other=sum(not row["is_article"] for row in rows), figures=told(mean))  # type: ignore[arg-type]
        lines = [f"{name} = {weight}\n" for name, weight in sorted(weights.items(), key=lambda pair: -abs(pair[1]))]
        TABLE.write_text(head + "".join(lines), "utf-8")
    else:
        weights = _table()
    x[:, names.index("uncertainty")] = own_uncertainties
    stored = x @ np.array([weights[name] for name in names]) + weights["bias"]
    print(f"the table on the pages it was fitted on: {told(figures(rows, stored))}")


if __name__ == "__main__":
    main()
