"""The exit code of a run, which tells the truth about it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

from newscrawl.crawl.summary import Summary
from newscrawl.watch.site_past import CLOSED


class ExitCode(IntEnum):
    """What `scrapy crawl` returns to its caller."""

    GOOD = 0
    BAD_ARGUMENTS = 2
    NO_ARTICLE = 3
    TOO_MANY_FAILURES = 4
    OUTPUT_NOT_WRITTEN = 5
    START_FAILED = 6
    INTERRUPTED = 7
    HOST_LOCKED = 8
    LEDGER_TROUBLE = 9
    NOT_AS_IT_WAS = 10


FAILURE_SHARE = 0.5
"""Share of failed visits from which a run is a failure: an outlet that responds half of the time is down."""

LEAST_FAILURES = 3
"""Failed visits from which a run is a failure: one dead link of two pages is none. A page that failed in a run before,
and fails again, does not count."""


def exit_code(summary: Summary, stats: Mapping[str, Any], *, feeds: int) -> ExitCode:
    """The code of a run that started; the gravest truth wins. `feeds` is the number of configured FEEDS."""
    visits = summary.visits
    seen = sum(visits.values())
    if (code := stats.get("newscrawl/run/trouble")) is not None:
        return ExitCode(code)
    if summary.reason == "shutdown":
        return ExitCode.INTERRUPTED
    raised = ("feeds/not_written", "pipelines/failed_after_record", "failed/pipeline_error")
    if _written(stats) < feeds or any(stats.get(f"newscrawl/{one}") for one in raised):
        return ExitCode.OUTPUT_NOT_WRITTEN
    answered = summary.discovery.get("read", 0) + summary.discovery.get("unchanged", 0)  # 304: it was there, too
    closed = any(CLOSED & {*names} for names in summary.changes.values())
    is_forbidden = any("robots_closed" in names for names in summary.changes.values())
    discovery_failed = summary.discovery.get("failed", 0) and not answered and not is_forbidden
    failed = visits["failed"] - int(stats.get("newscrawl/failed_again", 0))
    too_many = failed >= LEAST_FAILURES and failed > FAILURE_SHARE * seen
    if too_many or discovery_failed or stats.get("newscrawl/archive/damaged", 0):
        return ExitCode.TOO_MANY_FAILURES
    is_named = closed or any(summary.discovery.get(kind) for kind in ("known", "unchanged"))
    known_site = is_named and summary.known.get("exported")
    if not (visits["new"] or visits["revised"] or visits["unchanged"] or visits["alias"] or known_site):
        return ExitCode.NO_ARTICLE
    return ExitCode.NOT_AS_IT_WAS if summary.changes else ExitCode.GOOD


def _written(stats: Mapping[str, Any]) -> int:
    """Feeds that were written: neither failed nor silently left out."""
    done = sum(int(value) for key, value in stats.items() if key.startswith("feedexport/success_count/"))
    failed = sum(int(value) for key, value in stats.items() if key.startswith("feedexport/failed_count/"))
    return done - failed
