"""One run of one spider: its id, what it counted, and the exit code that tells the truth. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from newscrawl.crawl.host_walls import HostWall
from newscrawl.crawl.site_figures import Figures
from newscrawl.ledger import WantedUrl
from newscrawl.watch.site_run import SiteRun


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
    """URLs of this spider in the ledger by state; empty without a ledger."""
    figures: Figures | None = None
    """Of the records made and the pages rejected: what `scrapy addsite --check` calls usual."""
    sites: dict[str, SiteRun] = field(default_factory=dict)
    """What was seen of each site (a registrable domain); empty without a ledger."""
    walls: dict[str, HostWall] = field(default_factory=dict)
    """How hosts refused the crawler, by host."""
    changes: dict[str, list[str]] = field(default_factory=dict)
    """By site, the names of what is not as it was in the runs before."""
    articles: list[WantedUrl] = field(default_factory=list)
    """Of `articles_file` or `article`: what became of each URL."""
    warc: dict[str, float] = field(default_factory=dict)
    """Of WARC files written: files, records, revisits, bytes, cpu_seconds, share (of the run's CPU time without its
    workers), and folder_bytes, of all runs; empty without."""
    problems: list[str] = field(default_factory=list)
    """What a person should look at, one line each."""
    sizes: dict[str, int] = field(default_factory=dict)
    """Bytes on disk after the run: ledger, articles (the files of all spiders' records)."""


VISITS = ("new", "revised", "unchanged", "rejected", "failed", "alias", "gone")


def summarize(summary: Summary, stats: Mapping[str, Any]) -> Summary:
    """Fills the counts from the crawl's statistics (newscrawl/STEP/REASON)."""
    summary.visits = {kind: int(stats.get(f"newscrawl/visits/{kind}", 0)) for kind in VISITS}
    summary.rejected = _counts(stats, "newscrawl/rejected/")
    summary.discovery = _counts(stats, "newscrawl/discovery/")
    prefix = "newscrawl/warc/"
    summary.warc = {key.removeprefix(prefix): value for key, value in stats.items() if key.startswith(prefix)}
    return summary


def _counts(stats: Mapping[str, Any], prefix: str) -> dict[str, int]:
    return {key.removeprefix(prefix): int(value) for key, value in sorted(stats.items()) if key.startswith(prefix)}
