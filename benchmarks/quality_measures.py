"""The measures of benchmarks/quality.py: body F1, exact title, authors and date, differences bootstrapped over sites.

Body F1 is the measure of scrapinghub/article-extraction-benchmark but for pages without text, which count 0: 4-gram
precision and recall a page, averaged over pages, F1 of the two means. It is the same as ../shared/eval/score.py's:
tests/test_quality.py compares the two.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

Gold = dict[str, Any]
Shares = tuple[float, float]
"""Precision and recall of one page."""

_CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f"
_TOKEN = re.compile(rf"[{_CJK}]|[^\W{_CJK}]+")


class Read(NamedTuple):
    """What an extractor makes of a page; empty where it finds nothing."""

    body: str = ""
    title: str | None = None
    authors: Sequence[str] = ()
    date: str | None = None


def fold(text: str | None) -> str:
    """Case, white space and punctuation folded."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text or "").casefold()))


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The text's runs of four words, with their number."""
    words = _TOKEN.findall(text.replace("\u00ad", ""))
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))) if words else Counter()


def body_shares(gold: Gold, found: str) -> Shares:
    """Precision and recall of a body; a first line that repeats the gold title counts on neither side."""
    first = gold.get("title") or gold.get("first_line")
    wanted, got = (shingles(_without_title(text, first)) for text in (gold["body"], found))
    common = sum((wanted & got).values())
    return common / (sum(got.values()) or 1), common / (sum(wanted.values()) or 1)


def _without_title(body: str, title: str | None) -> str:
    lines = [line for line in body.split("\n") if line.strip()]
    return "\n".join(lines[1:] if lines and title and fold(lines[0]) == fold(title) else lines)


def page_f1(shares: Shares) -> float:
    """F1 of one page."""
    precision, recall = shares
    return 2 * precision * recall / (precision + recall) if precision and recall else 0.0


def f1(pages: Sequence[Shares]) -> float:
    """F1 of the mean precision and the mean recall."""
    precision, recall = (sum(page[k] for page in pages) / len(pages) for k in (0, 1))
    return 2 * precision * recall / (precision + recall) if precision and recall else 0.0


def difference(rows: Sequence[tuple[str, Shares, Shares]]) -> tuple[float, float, float]:
    """F1 of the first minus F1 of the second over rows (site, first, second), with the ends of a 95 % interval
    bootstrapped over sites."""
    sites: dict[str, list[tuple[Shares, Shares]]] = defaultdict(list)
    for site, one, other in rows:
        sites[site].append((one, other))
    names, chance = list(sites), random.Random(7)
    deltas = sorted(
        _delta([pair for name in chance.choices(names, k=len(names)) for pair in sites[name]]) for _ in range(400)
    )
    return _delta([(one, other) for _, one, other in rows]), deltas[10], deltas[389]


def _delta(pairs: Sequence[tuple[Shares, Shares]]) -> float:
    return f1([one for one, _ in pairs]) - f1([other for _, other in pairs])


def is_right(field: str, gold: Gold, found: Read) -> bool:
    """Whether title, authors or date are exact: folded, names whatever their division, a date as far as gold is."""
    if field == "title":
        return fold(found.title) == fold(gold["title"])
    if field == "authors":
        return _words(found.authors) == _words(gold["authors"])
    day = gold["date"][:10]
    return str(found.date or "")[: len(day)] == day


def _words(names: object) -> Counter[str]:
    """The words of all names; a peer may answer a list within a list, or something that is no name."""
    if isinstance(names, list | tuple):
        return sum(map(_words, names), Counter())
    return Counter(word for word in fold(str(names or "")).split() if word != "and")
