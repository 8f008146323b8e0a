"""The jobs of a fleet, one a site, and which is next: due ones first, no two of one domain at a time. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

HOUR = 3600
USUAL_GAP = 24 * HOUR
"""Seconds between two runs with news, of a site that had fewer than two."""
SHORTEST_GAP, LONGEST_GAP = HOUR // 4, 7 * 24 * HOUR
"""Bounds of a usual gap: no site is due again sooner, and none is left alone for longer."""
LOOKED_BACK = 20
"""Gaps that count: what a site did lately."""


@dataclass(slots=True, kw_only=True)
class Job:
    """One site: what its run is called with, and what its past says."""

    name: str
    """URL of the site, or name of its spider."""
    spider: str
    arguments: tuple[str, ...] = ()
    """`-a` and its values, for this job alone."""
    domains: frozenset[str] = frozenset()
    """Registrable domains that its run crawls."""
    last: int | None = None
    """When its last run ended, seconds since 1970; None where it never ran."""
    gap: float = USUAL_GAP
    """Its usual gap, see `usual_gap`."""
    deaths: int = 0
    """Runs that were killed."""
    codes: list[int] = field(default_factory=list)
    """Exit codes of its runs in this fleet."""

    def urgency(self, now: int) -> tuple[int, float]:
        """The smaller, the sooner: sites whose gap has passed, the most overdue first (in gaps); then sites that never
        ran; then the others in the order in which they become due."""
        if self.last is None:
            return (1, 0.0)
        overdue = (now - self.last) / self.gap
        return (0 if overdue >= 1 else 2, -overdue)


def usual_gap(runs: Sequence[tuple[int, int]]) -> float:
    """Median of the seconds between runs that found new articles; `runs` are (when it ended, new articles)."""
    news = [at for at, new in sorted(runs) if new]
    gaps = [later - earlier for earlier, later in pairwise(news)][-LOOKED_BACK:]
    return min(max(median(gaps), SHORTEST_GAP), LONGEST_GAP) if gaps else USUAL_GAP


class Queue:
    """Jobs that wait. A job whose domain is being crawled is passed over, since its run would end with code 8."""

    def __init__(self, jobs: Iterable[Job], now: int) -> None:
        self._waiting = deque(sorted(jobs, key=lambda job: job.urgency(now)))
        self._busy: set[str] = set()

    def __len__(self) -> int:
        return len(self._waiting)

    def take(self) -> Job | None:
        """The next job whose domains are free; they are its own until `done`."""
        for at, job in enumerate(self._waiting):
            if not job.domains & self._busy:
                del self._waiting[at]
                self._busy |= job.domains
                return job
        return None

    def done(self, job: Job, *, again: bool = False) -> None:
        """Frees the job's domains; where `again`, it waits behind all others."""
        self._busy -= job.domains
        if again:
            self._waiting.append(job)

    def clear(self) -> list[Job]:
        """Takes out all that waits."""
        left = list(self._waiting)
        self._waiting.clear()
        return left
