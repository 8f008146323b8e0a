"""Who published first, on pages of twelve more languages by a writer who had not seen the rules: figures and floors.

`python -m tests.provenance.test_written [A|B]` prints the figures by language, of one half or of both; with `A` also
the pages of that half that went wrong. Half B is for measuring only: those who write rules do not read its pages.
`test_written_asia` measures sixteen more languages in the same way.
"""

from __future__ import annotations

import sys
from collections import Counter
from functools import cache
from urllib.parse import unquote, urlsplit

import pytest

import newscrawl
from newscrawl.items import Article, Origin
from tests.provenance.written import LANGUAGES, Gold, half, pages, plain

RATES = {
    "precision": ("right", "claimed"),
    "domain": ("right", "positives"),
    "url": ("url right", "urls"),
    "look-alikes": ("look-alikes claimed", "look-alikes"),
    "leaked": ("leaked", "lines"),
    "lost": ("lost", "pages"),
}
"""Each figure: what is counted, of what; those of LOW should be low."""
LOW = ("look-alikes", "leaked", "lost")
FLOORS: dict[str, dict[str, tuple[float, ...]]] = {
    "bg": {"A": (0.9, 0.75, 0.57, 0.0, 0.25, 0.05), "B": (0.83, 0.41, 0.37, 0.0, 0.23, 0.05)},
    "cs": {"A": (0.9, 0.75, 0.71, 0.0, 0.13, 0.05), "B": (0.83, 0.41, 0.37, 0.0, 0.38, 0.05)},
    "el": {"A": (0.92, 0.92, 0.8, 0.0, 0.1, 0.08), "B": (0.8, 0.57, 0.42, 0.08, 0.25, 0.04)},
    "fi": {"A": (0.9, 0.75, 0.57, 0.0, 0.15, 0.05), "B": (0.8, 0.33, 0.12, 0.0, 0.2, 0.05)},
    "hr": {"A": (0.8, 0.66, 0.33, 0.0, 1.0, 0.09), "B": (0.66, 0.33, 0.33, 0.0, 0.17, 0.09)},
    "hu": {"A": (0.9, 0.83, 0.75, 0.0, 0.1, 0.05), "B": (0.9, 0.75, 0.57, 0.0, 0.17, 0.05)},
    "pl": {"A": (0.92, 0.85, 0.71, 0.0, 0.1, 0.04), "B": (0.9, 0.64, 0.75, 0.0, 0.2, 0.04)},
    "ro": {"A": (0.9, 0.75, 0.77, 0.0, 0.15, 0.05), "B": (0.85, 0.5, 0.33, 0.0, 0.1, 0.09)},
    "ru": {"A": (0.92, 0.85, 0.71, 0.0, 0.12, 0.04), "B": (0.83, 0.71, 0.5, 0.0, 0.1, 0.04)},
    "sk": {"A": (0.81, 0.75, 0.83, 0.0, 0.13, 0.05), "B": (0.83, 0.41, 0.25, 0.0, 0.25, 0.05)},
    "sr": {"A": (0.5, 0.16, 0.0, 0.0, 0.67, 0.09), "B": (0.0, 0.0, 0.0, 0.0, 0.75, 0.09)},
    "tr": {"A": (0.88, 0.66, 0.57, 0.0, 0.29, 0.05), "B": (0.77, 0.58, 0.42, 0.09, 0.23, 0.05)},
    "uk": {"A": (0.91, 0.78, 0.75, 0.0, 0.12, 0.04), "B": (0.77, 0.5, 0.5, 0.0, 0.3, 0.04)},
}
"""By language and half, in the order of RATES: floors a page under what is read now, ceilings a page above it."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_say_what_their_gold_says(language: str) -> None:
    for number, _, html, gold in pages(language):
        shown = plain(html.decode().split("</head>")[1])
        assert gold.stay, number
        assert gold.stay in shown, number
        assert [leak for leak in gold.leaks if leak not in shown or leak in gold.stay] == [], number


@pytest.mark.parametrize("which", ["A", "B"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_origins_are_read_as_well_as_before(language: str, which: str) -> None:
    found = rates(counted(language, which))
    worse = {
        name: (found[name], limit)
        for name, limit in zip(RATES, FLOORS[language][which], strict=True)
        if (found[name] > limit if name in LOW else found[name] < limit)
    }
    assert worse == {}


@cache
def counted(language: str, which: str) -> Counter[str]:
    """What is counted over a half of a language's pages."""
    scores = [scored(html, url, gold) for number, url, html, gold in pages(language) if half(number) == which]
    return sum(scores, Counter[str]())


def scored(html: bytes, url: str, gold: Gold) -> Counter[str]:
    """What is counted on one page."""
    found = newscrawl.read(html, url)
    article = found if isinstance(found, Article) else None
    body = " ".join(article.body.split()) if article else ""
    origin = article.originally_appeared_on if article else None
    count = Counter({"pages": 1, "claimed": int(origin is not None), "lost": int(gold.stay not in body)})
    if gold.kind == "lookalike":
        return count + Counter({"look-alikes": 1, "look-alikes claimed": int(origin is not None)})
    count += Counter({"positives": 1, "urls": int(bool(gold.url)), "lines": int(bool(gold.leaks))})
    count["leaked"] = int(any(leak[:30] in body for leak in gold.leaks))
    if origin is not None:
        count["right"] = int(is_right(origin, gold))
        count["url right"] = int(bool(gold.url) and address(origin.url) == address(gold.url))
    return count


def is_right(origin: Origin, gold: Gold) -> bool:
    """Whether the publisher is the stated one: by domain, by name where the page gives no domain."""
    if gold.domains:
        return origin.domain in gold.domains
    found = (origin.name or "").casefold()
    return bool(found) and any(one in found or found in one for one in gold.name.casefold().split("|"))


def address(url: str | None) -> tuple[str, str]:
    """Host and path of an address."""
    parts = urlsplit(unquote(url or ""))
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/")


def rates(count: Counter[str]) -> dict[str, float]:
    """The figures of what was counted; 0 where there is nothing to count."""
    return {name: count[part] / max(count[whole], 1) for name, (part, whole) in RATES.items()}


def report(halves: str) -> None:
    """The figures by language and half, then of all; with half A the pages that went wrong."""
    for which in halves:
        for language in LANGUAGES:
            show(language, which, counted(language, which))
        show("all", which, sum((counted(language, which) for language in LANGUAGES), Counter[str]()))
    for language in LANGUAGES if halves == "A" else ():
        for number, url, html, gold in pages(language):
            score = scored(html, url, gold)
            missed = score["positives"] > score["right"] or score["urls"] > score["url right"]
            if half(number) == "A" and (missed or score["look-alikes claimed"] or score["leaked"] or score["lost"]):
                print(language, number, gold, dict(score))  # noqa: T201


def show(language: str, which: str, count: Counter[str]) -> None:
    """One line of figures, each with its counts."""
    cells = (f"{name} {count[part]}/{count[whole]}" for name, (part, whole) in RATES.items())
    print(f"{language:4}{which}", *cells)  # noqa: T201


if __name__ == "__main__":
    report("".join(sys.argv[1:]) or "AB")
