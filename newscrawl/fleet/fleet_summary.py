"""What came of a fleet: fleets/ID.json, its exit code, and the screen that tells how far it is. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from newscrawl.crawl.exit_codes import ExitCode

GOOD = (ExitCode.GOOD, ExitCode.HOST_LOCKED)
WORST = (9, 5, 6, 2, 7, 4, 3, 10)
"""Exit codes of runs that did not end well, the gravest first."""


@dataclass(slots=True, kw_only=True)
class SiteResult:
    """What came of one site."""

    name: str
    """Its URL, or the name of its spider."""
    exit_code: int
    """Of its last run."""
    runs: list[str] = field(default_factory=list)
    """Ids of its runs; runs/ID.json tells of each that came to an end."""
    codes: list[int] = field(default_factory=list)
    """Their exit codes; negative: killed by that signal."""
    seconds: float = 0.0
    """That they took."""
    visits: dict[str, int] = field(default_factory=dict)
    """Article URLs visited by outcome, over its runs."""
    log: str | None = None
    """Of the last run, where that did not end well."""


@dataclass(slots=True, kw_only=True)
class FleetSummary:
    """The content of fleets/ID.json."""

    fleet_id: str
    started_at: str
    """UTC, ISO 8601."""
    finished_at: str = ""
    exit_code: int = 0
    """As `scrapy fleet` gives it."""
    delivered: int = 0
    """Records that the fleet wrote to files."""
    not_started: list[str] = field(default_factory=list)
    """Sites that had no run, since the fleet was stopped."""
    problems: list[str] = field(default_factory=list)
    """What a person should look at."""
    sites: list[SiteResult] = field(default_factory=list)


def worst(codes: Iterable[int]) -> int:
    """The exit code of a fleet whose runs ended with these: 0 where all are 0 or 8, else the gravest."""
    bad = {code if code in WORST else int(ExitCode.START_FAILED) for code in codes if code not in GOOD}
    return next((code for code in WORST if code in bad), 0)


def screen(
    summary: FleetSummary, running: Mapping[str, float], waiting: int, seconds: float, lines: int
) -> Sequence[str]:
    """At most so many lines: how far it is, how the runs ended, and those under way, the longest first."""
    done = len(summary.sites)
    rate = done / seconds if seconds else 0.0
    left = f", {_duration((waiting + len(running)) / rate)} left" if rate else ""
    new = sum(site.visits.get("new", 0) for site in summary.sites)
    head = [
        f"{done} of {done + waiting + len(running)} sites done, {len(running)} under way{left}",
        f"{new} new articles, {summary.delivered} records written; {3600 * rate:.0f} sites an hour",
        _endings(site.exit_code for site in summary.sites),
    ]
    under_way = sorted(running.items(), key=lambda item: -item[1])
    room = max(0, lines - len(head) - 1)
    shown = [f"  {name}  {_duration(taken)}" for name, taken in under_way[:room]]
    more = [f"  and {len(under_way) - room} more"] if len(under_way) > room else []
    return [*head, *shown, *more]


def _endings(codes: Iterable[int]) -> str:
    counts = sorted(Counter(codes).items(), key=lambda item: (item[0] not in GOOD, item[0]))
    return "exit codes: " + (", ".join(f"{code} ({_word(code)}): {count}" for code, count in counts) or "none yet")


def _word(code: int) -> str:
    return ExitCode(code).name.lower().replace("_", " ") if code in list(ExitCode) else "unknown"


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
