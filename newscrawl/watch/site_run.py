"""The figures of one run of one site, and of one day: what the ledger's history holds. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import datetime
from math import exp
from typing import Final

import msgspec

from newscrawl.items import Article

DAY = 24 * 3600
FIELDS = {
    "authors": "authors_empty",
    "date_published": "date_empty",
    "title": "title_empty",
    "description": "description_empty",
    "section": "section_empty",
    "main_image": "image_empty",
}
"""Fields of the record that a redesign empties, and the names of the problems."""
LATENCIES: Final = {"15 min": 900, "1 h": 3600, "3 h": 10_800, "6 h": 21_600, "24 h": 86_400, "more": 10**12}
"""How long after its publication an article was read: at most so many seconds."""


@dataclass(slots=True, kw_only=True)
class SiteRun:
    """What one run saw of one site, or all runs of a day: the figures that the ledger keeps."""

    at: int = 0
    """When it ended, seconds since 1970; of a day, its last run."""
    is_whole: bool = False
    """Whether it came to its end and no argument narrowed it."""
    new: int = 0
    """Pages visited for the first time that gave a record."""
    rejected: int = 0
    """Pages visited for the first time that were no article."""
    failures: int = 0
    """Pages of articles that could not be fetched."""
    walls: int = 0
    """Of all pages visited, those that were a wall."""
    forbidden: int = 0
    """Pages visited for the first time that robots.txt forbade."""
    closed: int = 0
    """Discovery pages, named by spider or user, that robots.txt forbade."""
    kept: int = 0
    """Known articles that were read again."""
    lost: int = 0
    """Known articles whose page was no article now."""
    pages: int = 0
    """Discovery pages that answered."""
    failed: int = 0
    """Discovery pages that did not."""
    named: int = 0
    """URLs that the discovery pages named; those that answered 304 count as naming one."""
    records: int = 0
    """Records made, revised ones too."""
    filled: dict[str, int] = field(default_factory=dict)
    """Of them, those in which a field is filled."""
    rejections: dict[str, int] = field(default_factory=dict)
    """Rejections by reason, and failures by theirs."""
    problems: list[str] = field(default_factory=list)
    """Names of what was not as usual; such a run does not count as usual."""
    told: dict[str, str] = field(default_factory=dict)
    """Of each of these names, the figures in words."""
    body: int = 0
    """Length of the text of a usual record (geometric mean), characters."""
    body_log: float = 0.0
    """Sum of the natural logarithms of the lengths of the texts."""
    body_log2: float = 0.0
    """Sum of their squares."""
    learned: int = 0
    """Blocks that the site repeats on most pages now and had on none of those before."""
    copies: int = 0
    """Records that name another publisher as the first."""
    latency: dict[str, int] = field(default_factory=dict)
    """New records by the time from their publication to their reading, as in LATENCIES."""
    wall_hosts: dict[str, int] = field(default_factory=dict)
    """Walls by host."""
    runs: int = 1
    """How many runs these figures are of."""


def encoded(run: SiteRun) -> bytes:
    """As JSON; figures that are nothing are left out."""
    shown = {one.name: value for one in fields(run) if (value := getattr(run, one.name)) or one.name == "at"}
    return msgspec.json.encode(shown)


def decoded(body: bytes | str) -> SiteRun:
    """The figures of that JSON, an older version's too. msgspec.DecodeError."""
    return msgspec.json.decode(body, type=SiteRun)


def day_of(at: int) -> int:
    """The day of a moment, UTC, as days since 1970."""
    return at // DAY


def added(one: SiteRun, other: SiteRun) -> SiteRun:
    """The figures of both together; what is told of a site is told once."""
    total = SiteRun(at=max(one.at, other.at), is_whole=one.is_whole or other.is_whole)
    for name in _COUNTS:
        setattr(total, name, getattr(one, name) + getattr(other, name))
    for name in ("filled", "rejections", "latency", "wall_hosts"):
        counts, more = getattr(one, name), getattr(other, name)
        setattr(total, name, {key: counts.get(key, 0) + more.get(key, 0) for key in (*counts, *more)})
    total.problems = list(dict.fromkeys((*one.problems, *other.problems)))
    total.told = one.told | other.told
    total.body = mean_length(total)
    return total


_COUNTS = (
    *("new", "rejected", "failures", "walls", "forbidden", "closed", "kept", "lost", "pages", "failed", "named"),
    *("records", "body_log", "body_log2", "learned", "copies", "runs"),
)


def total(figures: Iterable[SiteRun]) -> SiteRun:
    """The figures of all together."""
    result = SiteRun(runs=0)
    for one in figures:
        result = added(result, one)
    return result


def mean_length(run: SiteRun) -> int:
    """Geometric mean of the lengths of the texts; 0 without records."""
    return round(exp(run.body_log / run.records)) if run.records and run.body_log else 0


def latency_of(article: Article) -> str | None:
    """Under which of LATENCIES a record falls; None where its date has no time and zone."""
    try:
        published = datetime.fromisoformat(article.date_published or "")
        fetched = datetime.fromisoformat(article.fetched_at)
    except (ValueError, TypeError):
        return None
    if published.tzinfo is None or fetched.tzinfo is None:
        return None
    took = (fetched - published).total_seconds()
    return next(name for name, most in LATENCIES.items() if took <= most) if took >= 0 else None
