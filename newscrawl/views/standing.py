"""How all sites of a data folder stand, read from its ledger and its runs' summaries; a crawl may be under way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from newscrawl.ledger.admin import Admin
from newscrawl.ledger.types import SpiderSites
from newscrawl.views.run_files import RunFile, latest_runs
from newscrawl.views.site_status import REMEMBERED, SiteStatus, statuses
from newscrawl.watch.site_run import day_of


@dataclass(frozen=True, slots=True)
class Standing:
    """What `scrapy status`, the report, alerts and metrics start from."""

    spiders: Mapping[str, SpiderSites]
    """By name, what each saw of its sites."""
    runs: Mapping[str, RunFile]
    """By spider, its latest run."""
    sites: list[SiteStatus]


def standing(admin: Admin, runs: Path, now: datetime) -> Standing:
    """Reads them; `runs` is the folder of the summaries. LedgerError."""
    at = int(now.timestamp())
    spiders = admin.sites(day_of(at) - REMEMBERED, at)
    latest = latest_runs(runs, spiders, f"{now - timedelta(days=2):%Y%m%dT}")
    return Standing(spiders, latest, statuses(spiders, latest, admin.broken_runs(), now))
