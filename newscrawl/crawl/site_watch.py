"""Counts by site what a run sees, and compares it at the end with the site's past, which the ledger keeps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec

from newscrawl.crawl.site_past import FIELDS, Change, SiteRun, changes_of
from newscrawl.items import Article
from newscrawl.ledger import Ledger, Outcome, UrlEntry, Visit
from newscrawl.web.urls import host_domain

WALLS = frozenset(("bot_wall", "consent_wall", "script_wall"))
"""Rejections of pages that stand before an article."""
NO_PAGE = frozenset(
    {
        *("not_in_time", "unlike_articles", "needs_browser", "blocked_address", "bad_scheme", "redirect_limit"),
        *("bad_redirect", "dropped_by_pipeline", "taken_by_pipeline", "robots_disallowed"),
    }
)
"""Rejections that tell nothing of how the site's pages look."""

LOOKED_DIFFERENT = frozenset(("wall", "all_rejected", "more_rejected"))
"""Changes after which what was rejected is tried again, in case the site looks as before one day."""


class SiteWatch:
    """One for each crawl."""

    def __init__(self) -> None:
        self.sites: dict[str, SiteRun] = {}
        """By site (a registrable domain)."""

    def of(self, host: str) -> SiteRun:
        """The figures of the site of a host, which may have a port."""
        return self.sites.setdefault(host_domain(host.rpartition("@")[2].partition(":")[0]), SiteRun())

    def visited(self, entry: UrlEntry, outcome: Outcome, visit: Visit, reason: str | None) -> None:
        """Counts the visit of a URL."""
        site = self.of(entry.host)
        if outcome in ("rejected", "failed"):
            site.rejections[reason or "unknown"] = site.rejections.get(reason or "unknown", 0) + 1
        if visit == "new":
            site.new += not entry.attempts
        elif visit in ("revised", "unchanged"):
            site.kept += outcome == "article"
        elif outcome == "rejected":
            self._rejected(site, entry, reason or "unknown")

    def _rejected(self, site: SiteRun, entry: UrlEntry, reason: str) -> None:
        if reason == "robots_disallowed":
            site.forbidden += not entry.attempts
        if reason in NO_PAGE:
            return
        site.walls += reason in WALLS
        site.lost += bool(entry.revision)
        site.rejected += not entry.revision and not entry.attempts

    def recorded(self, host: str, article: Article) -> None:
        """Counts a record."""
        site = self.of(host)
        site.records += 1
        for name in FIELDS:
            site.filled[name] = site.filled.get(name, 0) + bool(getattr(article, name))

    def read_page(self, host: str, named: int) -> None:
        """A discovery page has answered, and names so many URLs."""
        site = self.of(host)
        site.pages += 1
        site.named += named

    def useless_page(self, host: str, reason: str, *, is_start: bool) -> None:
        """A discovery page gave nothing."""
        site = self.of(host)
        site.failed += 1
        site.closed += is_start and reason == "robots_disallowed"

    def conclude(
        self, ledger: Ledger, now: datetime, *, is_whole: bool, judged: Callable[[list[SiteRun], SiteRun], list[Change]]
    ) -> dict[str, list[Change]]:
        """Stores what was seen, for the next run; returns how sites are not as they were. LedgerError."""
        changes: dict[str, list[Change]] = {}
        past = ledger.site_runs(list(self.sites)).result()
        for name, site in self.sites.items():
            site.at, site.is_whole = int(now.timestamp()), is_whole
            runs = [msgspec.json.decode(one, type=SiteRun) for one in past.get(name, [])]
            if found := judged(runs, site):
                changes[name] = found
                site.problems = [change.name for change in found]
                if LOOKED_DIFFERENT & {*site.problems}:
                    ledger.try_rejected_again(name, since=_last_good(runs))
        ledger.put_site_runs({name: msgspec.json.encode(site) for name, site in self.sites.items()}).result()
        return changes


def _last_good(runs: list[SiteRun]) -> int:
    """When the last run ended in which the site was as usual and had news."""
    return max((run.at for run in runs if run.new and not run.problems), default=0)


def judge(after: int, silence_days: float) -> Callable[[list[SiteRun], SiteRun], list[Change]]:
    """Compares by the settings NEWSCRAWL_CHANGES_AFTER_RUNS and NEWSCRAWL_SILENCE_DAYS."""
    return lambda past, now: changes_of(past, now, after=after, silence_days=silence_days)
