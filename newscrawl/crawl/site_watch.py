"""Counts by site what a run sees, and compares it at the end with the site's past, which the ledger keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from math import log

from newscrawl.items import Article
from newscrawl.ledger import Ledger, Outcome, SiteDay, SiteFigures, SitePast, UrlEntry, Visit
from newscrawl.watch.site_past import Change, changes_of
from newscrawl.watch.site_run import FIELDS, SiteRun, added, day_of, decoded, encoded, latency_of, mean_length
from newscrawl.web.urls import host_domain

WALLS = frozenset(("bot_wall", "consent_wall", "script_wall"))
"""Rejections of pages that stand before an article."""
NO_PAGE = frozenset(
    {
        *("not_in_time", "unlike_articles", "needs_browser", "blocked_address", "bad_scheme", "redirect_limit"),
        *("bad_redirect", "dropped_by_pipeline", "taken_by_pipeline", "dropped_by_middleware", "robots_disallowed"),
        "rights_reserved",
    }
)
"""Rejections that tell nothing of how the site's pages look."""

REMEMBERED = 70
"""Days of a site that are compared with the run: ten of each weekday."""

LOOKED_DIFFERENT = frozenset(("wall", "all_rejected", "more_rejected"))
"""Changes after which what was rejected is tried again, in case the site looks as before one day."""


class SiteWatch:
    """One for each crawl."""

    def __init__(self) -> None:
        self.sites: dict[str, SiteRun] = {}
        """By site (a registrable domain)."""
        self.figures: dict[str, SiteFigures] = {}
        """The same as the ledger keeps it; known once the sites have been compared with their past."""

    def of(self, host: str) -> SiteRun:
        """The figures of the site of a host, which may have a port."""
        return self.sites.setdefault(host_domain(host.rpartition("@")[2].partition(":")[0]), SiteRun())

    def visited(self, entry: UrlEntry, outcome: Outcome, visit: Visit, reason: str | None) -> None:
        """Counts the visit of a URL."""
        site = self.of(entry.host)
        site.failures += outcome == "failed"
        if reason in WALLS:
            site.wall_hosts[entry.host] = site.wall_hosts.get(entry.host, 0) + 1
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
        length = log(max(1, len(article.body)))
        site.body_log += length
        site.body_log2 += length * length
        site.copies += article.originally_appeared_on is not None
        if article.revision == 1 and (within := latency_of(article)):
            site.latency[within] = site.latency.get(within, 0) + 1
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

    def learned(self, blocks: Mapping[str, int]) -> None:
        """By site, the blocks that it repeats now and did not before."""
        for name, count in blocks.items():
            if name in self.sites:
                self.sites[name].learned = count

    def conclude(
        self, ledger: Ledger, now: datetime, *, is_whole: bool, judged: Callable[[list[SiteRun], SiteRun], list[Change]]
    ) -> dict[str, list[Change]]:
        """Returns how sites are not as they were; `figures` is then what the ledger keeps. LedgerError."""
        changes: dict[str, list[Change]] = {}
        today = day_of(int(now.timestamp()))
        past = ledger.site_past(list(self.sites), today - REMEMBERED).result()
        for name, site in self.sites.items():
            site.at, site.is_whole, site.body = int(now.timestamp()), is_whole, mean_length(site)
            stored = past.get(name, SitePast([], {}))
            runs = [decoded(one) for one in stored.runs]
            if found := judged([*_days_before(runs, stored.days), *runs], site):
                changes[name] = found
                site.problems = [change.name for change in found]
                site.told = {change.name: change.text for change in found}
                if LOOKED_DIFFERENT & {*site.problems}:
                    ledger.try_rejected_again(name, since=_last_good(runs))
            so_far = stored.days.get(today)
            self.figures[name] = _figures(site, added(decoded(so_far), site) if so_far else site, today)
        return changes


def _days_before(runs: list[SiteRun], days: Mapping[int, str]) -> list[SiteRun]:
    """The days before the first run that is kept by itself."""
    first = day_of(runs[0].at) if runs else 0
    return [decoded(body) for day, body in days.items() if day < first]


def _figures(site: SiteRun, day: SiteRun, number: int) -> SiteFigures:
    counts = (day.runs, day.new, day.records, day.rejected, day.failures)
    return SiteFigures(encoded(site), SiteDay(number, *counts, encoded(day).decode()))


def _last_good(runs: list[SiteRun]) -> int:
    """When the last run ended in which the site was as usual and had news."""
    return max((run.at for run in runs if run.new and not run.problems), default=0)


def judge(after: int, silence_days: float) -> Callable[[list[SiteRun], SiteRun], list[Change]]:
    """Compares by the settings NEWSCRAWL_CHANGES_AFTER_RUNS and NEWSCRAWL_SILENCE_DAYS."""
    return lambda past, now: changes_of(past, now, after=after, silence_days=silence_days)
