"""What the report of a period shows, gathered from the ledger and the runs' summaries. Pure but for its inputs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import cos, pi, sin
from typing import Any

from newscrawl.ledger.types import SiteDay
from newscrawl.stories.clusters import Cluster, Republishing, by_outlet
from newscrawl.views.run_files import RunFile
from newscrawl.views.site_status import SiteStatus
from newscrawl.views.terminal import one_line
from newscrawl.watch.site_run import FIELDS, LATENCIES, SiteRun, decoded, total

MAX_SITES = 150
"""Sites with a row of their own, those in trouble and those with most articles first: the page stays below 2 MB."""
MAX_OUTLETS = 24
"""Outlets in the matrix and the graph, those with most copies."""
MAX_STORIES = 60
MAX_RUNS = 2000
MAX_TEXT = 300
"""Characters shown of a text from outside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRow:
    """One site of a spider over the period."""

    spider: str
    site: str
    days: list[int | None]
    """New articles by day; None where no run was."""
    figures: SiteRun
    status: SiteStatus | None
    told: list[tuple[str, str, str, int]]
    """Name, figures and last day of each problem, and on how many days it was told."""

    @property
    def key(self) -> str:
        """For links within the page."""
        return f"{self.spider}/{self.site}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySpread:
    """A story with its copies over time."""

    title: str
    first: str
    hours: float
    """From the first copy to the last."""
    outlets: int
    copies: list[tuple[str, str, str, float]]
    """Outlet, URL, when it was seen, and how far in the period's time, 0 to 1."""


@dataclass(slots=True, kw_only=True)
class ReportData:
    """All that the page shows."""

    made_at: str
    days: list[str]
    """ISO 8601, the oldest first."""
    sites: list[SiteRow] = field(default_factory=list)
    left_out: int = 0
    """Sites without a row."""
    by_day: list[dict[str, Any]] = field(default_factory=list)
    total: SiteRun = field(default_factory=lambda: SiteRun(runs=0))
    runs: list[RunFile] = field(default_factory=list)
    rejections: list[tuple[str, int]] = field(default_factory=list)
    walls: list[tuple[str, int]] = field(default_factory=list)
    statuses: list[SiteStatus] = field(default_factory=list)
    republishing: list[Republishing] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    stories: list[StorySpread] = field(default_factory=list)
    sizes: list[tuple[str, int, int]] = field(default_factory=list)
    """Day, bytes of the ledger, bytes of the records' files."""
    fields: tuple[str, ...] = tuple(FIELDS)
    latencies: tuple[str, ...] = tuple(LATENCIES)

    def points(self) -> dict[str, tuple[float, float]]:
        """Where each outlet stands in the graph: on a circle."""
        turns = {outlet: 2 * pi * at / max(1, len(self.outlets)) for at, outlet in enumerate(self.outlets)}
        return {
            outlet: (round(400 + 250 * sin(turn), 1), round(310 - 250 * cos(turn), 1)) for outlet, turn in turns.items()
        }

    def pairs(self) -> dict[tuple[str, str], Republishing]:
        """By outlet and origin, of those that are shown."""
        shown = {*self.outlets}
        return {(one.outlet, one.origin): one for one in self.republishing if {one.outlet, one.origin} <= shown}


def gathered(
    days_of: Mapping[str, Sequence[tuple[str, SiteDay]]],
    runs: Iterable[RunFile],
    statuses: list[SiteStatus],
    clusters: Iterable[Cluster],
    *,
    now: datetime,
    days: int,
) -> ReportData:
    """The data of the last `days` days; `days_of`: by spider what was seen of its sites."""
    first = (now - timedelta(days=days - 1)).date()
    data = ReportData(
        made_at=now.strftime("%Y-%m-%d %H:%M UTC"),
        days=[(first + timedelta(days=day)).isoformat() for day in range(days)],
        statuses=statuses,
    )
    known = {(one.spider, one.site): one for one in statuses}
    start = (first - datetime(1970, 1, 1, tzinfo=UTC).date()).days
    rows = [row for spider, seen in days_of.items() for row in _rows(spider, seen, known, data.days, start)]
    rows.sort(key=lambda row: (-(row.status.troubles if row.status else 0), -row.figures.new, row.key))
    data.sites, data.left_out = rows[:MAX_SITES], max(0, len(rows) - MAX_SITES)
    data.total = total(row.figures for row in rows)
    data.rejections = Counter(data.total.rejections).most_common()
    data.walls = Counter(data.total.wall_hosts).most_common(50)
    data.runs = sorted(runs, key=lambda run: run.run_id)[-MAX_RUNS:]
    data.by_day = _by_day(days_of, data.days, start)
    data.sizes = _sizes(data.runs)
    _add_stories(data, list(clusters))
    return data


def _rows(
    spider: str,
    seen: Sequence[tuple[str, SiteDay]],
    known: Mapping[tuple[str, str | None], SiteStatus],
    days: list[str],
    start: int,
) -> Iterable[SiteRow]:
    sites: dict[str, dict[int, SiteRun]] = {}
    for site, day in seen:
        sites.setdefault(site, {})[day.day - start] = decoded(day.figures)
    for site, by_day in sites.items():
        told: dict[str, tuple[str, str, str, int]] = {}
        for at, run in sorted(by_day.items()):
            for name in run.problems:
                text = run.told.get(name, "")
                told[name] = (name, text, days[min(at, len(days) - 1)], told[name][3] + 1 if name in told else 1)
        yield SiteRow(
            spider=spider,
            site=site,
            days=[by_day[at].new if at in by_day else None for at in range(len(days))],
            figures=total(by_day.values()),
            status=known.get((spider, site)),
            told=[*told.values()],
        )


def _by_day(days_of: Mapping[str, Sequence[tuple[str, SiteDay]]], days: list[str], start: int) -> list[dict[str, Any]]:
    counts = [Counter[str]() for _ in days]
    for seen in days_of.values():
        for _, day in seen:
            if 0 <= day.day - start < len(days):
                counts[day.day - start].update(
                    new=day.articles, rejected=day.rejected, failed=day.failed, sites=1, runs=day.runs
                )
    return [{"day": day, **_NONE, **count} for day, count in zip(days, counts, strict=True)]


_NONE = dict.fromkeys(("new", "rejected", "failed", "sites", "runs"), 0)


def _sizes(runs: list[RunFile]) -> list[tuple[str, int, int]]:
    """The last sizes of each day."""
    found = {run.finished_at[:10]: run.sizes for run in runs if run.sizes}
    return [(day, sizes.get("ledger", 0), sizes.get("articles", 0)) for day, sizes in sorted(found.items())]


def _add_stories(data: ReportData, clusters: list[Cluster]) -> None:
    data.republishing = by_outlet(clusters)
    weight: Counter[str] = Counter()
    for one in data.republishing:
        weight.update({one.outlet: one.stories, one.origin: one.stories})
    data.outlets = sorted(outlet for outlet, _ in weight.most_common(MAX_OUTLETS))
    ranked = sorted(clusters, key=lambda one: (-len(one.outlets), one.first_seen_at))
    data.stories = [_story(one) for one in ranked[:MAX_STORIES]]


def _story(cluster: Cluster) -> StorySpread:
    moments = [datetime.fromisoformat(copy.seen_at) for copy in cluster.copies]
    hours = (max(moments) - min(moments)).total_seconds() / 3600
    copies = [
        (copy.outlet, copy.url, copy.seen_at, (moment - min(moments)).total_seconds() / 3600 / max(hours, 1 / 60))
        for copy, moment in zip(cluster.copies, moments, strict=True)
    ]
    title = cluster.earliest.url
    return StorySpread(
        title=title, first=cluster.first_seen_at, hours=hours, outlets=len(cluster.outlets), copies=copies[:40]
    )


def shown(outside: object) -> str:
    """Text from outside on one line, cut where it is endless."""
    text = one_line(str(outside)[: MAX_TEXT + 1])
    return text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]}…"


def web_link(url: str) -> str | None:
    """The URL where it is one of the web's, to be linked to."""
    return url if url.startswith(("https://", "http://")) else None
