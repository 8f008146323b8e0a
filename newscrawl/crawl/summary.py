"""One run of one spider: its id, what it counted, and the exit code that tells the truth. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any

from newscrawl.crawl.figures import Figures


class ExitCode(IntEnum):
    """What `scrapy crawl` answers to who called it."""

    GOOD = 0
    BAD_ARGUMENTS = 2
    NO_ARTICLE = 3
    TOO_MANY_FAILURES = 4
    OUTPUT_NOT_WRITTEN = 5
    START_FAILED = 6
    INTERRUPTED = 7
    HOST_LOCKED = 8
    LEDGER_TROUBLE = 9


FAILURE_SHARE = 0.5
"""Share of failed visits from which a run is a failure: an outlet that answers half of the time is down."""


class ArgumentError(ValueError):
    """A spider argument that cannot be meant; names the argument and how it should read."""


def utc(moment: datetime) -> str:
    """A moment as the record writes it: ISO 8601, UTC, seconds, "Z"."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def run_id(spider: str, now: datetime) -> str:
    """Id of a run, sortable by time, unique for a spider that starts at most once a microsecond."""
    return f"{now:%Y%m%dT%H%M%S%f}Z-{spider}"


@dataclass(slots=True, kw_only=True)
class Summary:
    """What a run did: the content of runs/RUN_ID.json."""

    run_id: str
    """Id of the run."""
    spider: str
    """Name of the spider."""
    started_at: str
    """UTC, ISO 8601."""
    finished_at: str
    """UTC, ISO 8601."""
    reason: str
    """Why it ended: finished, shutdown, start_failed, ..."""
    exit_code: int = 0
    """As `scrapy crawl` gives it."""
    visits: dict[str, int] = field(default_factory=dict)
    """Article URLs visited by outcome: new, revised, unchanged, rejected, failed, alias, gone."""
    rejected: dict[str, int] = field(default_factory=dict)
    """Rejections by reason."""
    discovery: dict[str, int] = field(default_factory=dict)
    """Discovery documents read by kind, and their problems."""
    known: dict[str, int] = field(default_factory=dict)
    """URLs of this spider in the ledger by fate; empty without a ledger."""
    figures: Figures | None = None
    """Of the records made and the pages rejected: what `scrapy addsite --check` calls usual."""
    problems: list[str] = field(default_factory=list)
    """What a person should look at, one line each."""


VISITS = ("new", "revised", "unchanged", "rejected", "failed", "alias", "gone")


def summarize(summary: Summary, stats: Mapping[str, Any]) -> Summary:
    """Fills the counts from the crawl's statistics (newscrawl/STEP/REASON)."""
    summary.visits = {kind: int(stats.get(f"newscrawl/visits/{kind}", 0)) for kind in VISITS}
    summary.rejected = _counts(stats, "newscrawl/rejected/")
    summary.discovery = _counts(stats, "newscrawl/discovery/")
    return summary


def _counts(stats: Mapping[str, Any], prefix: str) -> dict[str, int]:
    return {key.removeprefix(prefix): int(value) for key, value in sorted(stats.items()) if key.startswith(prefix)}


def exit_code(summary: Summary, stats: Mapping[str, Any], *, feeds: int) -> ExitCode:
    """The code of a run that started; the gravest truth wins. `feeds` is the number of configured FEEDS."""
    visits = summary.visits
    seen = sum(visits.values())
    if (code := stats.get("newscrawl/run/trouble")) is not None:
        return ExitCode(code)
    if summary.reason == "shutdown":
        return ExitCode.INTERRUPTED
    if _written(stats) < feeds:
        return ExitCode.OUTPUT_NOT_WRITTEN
    answered = summary.discovery.get("read", 0) + summary.discovery.get("unchanged", 0)  # 304: it was there, too
    discovery_failed = summary.discovery.get("failed", 0) and not answered
    if visits["failed"] > FAILURE_SHARE * seen or discovery_failed or stats.get("newscrawl/archive/damaged", 0):
        return ExitCode.TOO_MANY_FAILURES
    known_site = any(summary.discovery.get(kind) for kind in ("known", "unchanged")) and summary.known.get("exported")
    if not (visits["new"] or visits["revised"] or visits["unchanged"] or visits["alias"] or known_site):
        return ExitCode.NO_ARTICLE
    return ExitCode.GOOD


def _written(stats: Mapping[str, Any]) -> int:
    """Feeds that were written: neither failed nor silently left out."""
    done = sum(int(value) for key, value in stats.items() if key.startswith("feedexport/success_count/"))
    failed = sum(int(value) for key, value in stats.items() if key.startswith("feedexport/failed_count/"))
    return done - failed
