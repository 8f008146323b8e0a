"""How each site stands: its last run and article, what is new beside the usual, and what is wrong. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby, pairwise
from statistics import median

from newscrawl.ledger.types import BrokenRun, SpiderSites
from newscrawl.views.run_files import RunFile
from newscrawl.views.terminal import one_line
from newscrawl.watch.site_run import DAY, SiteRun, day_of, decoded

REMEMBERED = 60
"""Days that say what is usual."""
WELL = frozenset((0, 8))
"""Exit codes that are no trouble: good, and another run had the site."""
NOT_AS_IT_WAS = 10
EXIT_CODES = {
    2: "bad arguments",
    3: "no article found",
    4: "too many failures",
    5: "output not written",
    6: "start failed",
    7: "interrupted",
    9: "ledger trouble",
    10: "a site is not as it was",
}
"""What a run's exit code means, in words."""
RECENT = 7
"""Days whose shares of rejected and failed pages are shown."""
OVERDUE = 2
"""Longest times between days with runs, after which a site is overdue."""
LEAST_DAYS = 5
"""Days with runs that must be known before a site is called overdue."""
LINES = 40
"""Lines that fit a screen; troubles are shown beyond."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteProblem:
    """One thing that is wrong."""

    name: str
    """As in runs/RUN_ID.json; exit_code_N, killed and overdue tell of runs."""
    text: str
    muted: bool = False


@dataclass(slots=True, kw_only=True)
class SiteStatus:
    """How one site of a spider stands; the spider's runs where `site` is null."""

    spider: str
    site: str | None
    last_run: str | None = None
    """UTC, ISO 8601."""
    last_article: str | None = None
    """Day of the last new article, or, in the last 24 hours, when its run ended."""
    new: int = 0
    """New articles in 24 hours."""
    usual: float | None = None
    """The same on such a weekday before."""
    rejected: float = 0.0
    """Share of the new pages of seven days that were no article."""
    failed: float = 0.0
    """Share that could not be fetched."""
    problems: list[SiteProblem] = field(default_factory=list)

    @property
    def troubles(self) -> int:
        """Problems that are not muted."""
        return sum(not problem.muted for problem in self.problems)


def statuses(
    spiders: Mapping[str, SpiderSites], runs: Mapping[str, RunFile], broken: Iterable[BrokenRun], now: datetime
) -> list[SiteStatus]:
    """All sites, those with most trouble first."""
    killed = {run.spider: run for run in broken}
    found: list[SiteStatus] = []
    for spider in sorted({*spiders, *runs}):
        seen = spiders.get(spider, SpiderSites({}, [], set()))
        sites = [*_sites(spider, seen, int(now.timestamp()))]
        of_run = [*_of_run(runs.get(spider), killed.get(spider), seen)]
        if of_run and len(sites) != 1:
            run = runs.get(spider)
            sites.append(SiteStatus(spider=spider, site=None, last_run=run.finished_at if run else None))
        if of_run:
            sites[-1].problems[:0] = of_run
        found += sites
    return sorted(found, key=lambda one: (-one.troubles, one.spider, one.site or ""))


def _of_run(run: RunFile | None, killed: BrokenRun | None, seen: SpiderSites) -> Iterator[SiteProblem]:
    """What is wrong with a spider's last run; problems of sites stand at the sites."""
    if killed and (run is None or killed.run_id > run.run_id):
        yield SiteProblem(name="killed", text=f"run {killed.run_id} never came to its end")
    elif run and run.exit_code not in WELL and (run.exit_code != NOT_AS_IT_WAS or not seen.latest):
        meaning = EXIT_CODES.get(run.exit_code, "see the log")
        told = "".join(f"; {line}" for line in run.problems[-1:])
        yield SiteProblem(name=f"exit_code_{run.exit_code}", text=f"run {run.run_id}: {meaning}{told}")


def _sites(spider: str, seen: SpiderSites, now: int) -> Iterator[SiteStatus]:
    days = {site: [row[1:] for row in rows] for site, rows in groupby(seen.days, key=lambda row: row[0])}
    for site, latest in seen.latest.items():
        runs = [decoded(run) for run in latest]
        status = SiteStatus(spider=spider, site=site, last_run=_iso(runs[-1].at) if runs else None)
        _count(status, runs, days.get(site, []), now)
        problems = [*_problems(runs), *_overdue(runs, days.get(site, []), now)]
        status.problems = [
            SiteProblem(name=name, text=text, muted=(site, name) in seen.muted or (site, "all") in seen.muted)
            for name, text in problems
        ]
        yield status


def _count(status: SiteStatus, runs: list[SiteRun], days: list[tuple[int, int, int, int]], now: int) -> None:
    recent = [run for run in runs if run.at > now - DAY]
    status.new = sum(run.new for run in recent)
    today = day_of(now)
    before = [(day, new) for day, new, *_ in days[1:] if day < today]  # the first day read what had gathered
    alike = [new for day, new in before if (day - today) % 7 == 0]
    if before:
        status.usual = float(median(alike if len(alike) > 1 else [new for _, new in before]))
    read = [max((day for day, new, *_ in days if new), default=0)]
    last = max((run.at for run in recent if run.new), default=0)
    status.last_article = _iso(last) if last else _iso(read[0] * DAY)[:10] if read[0] else None
    new, rejected, failed = (sum(row[at] for row in days if row[0] > today - RECENT) for at in (1, 2, 3))
    if pages := new + rejected + failed:
        status.rejected, status.failed = rejected / pages, failed / pages


def _problems(runs: list[SiteRun]) -> Iterator[tuple[str, str]]:
    for name in runs[-1].problems if runs else ():
        yield name, runs[-1].told.get(name, "")


def _overdue(runs: list[SiteRun], days: list[tuple[int, int, int, int]], now: int) -> Iterator[tuple[str, str]]:
    """A schedule that has stopped leaves no failed run."""
    gaps = [later[0] - earlier[0] for earlier, later in pairwise(days)]
    if not runs or len(days) < LEAST_DAYS:
        return
    since = (now - runs[-1].at) / DAY
    if since > max(OVERDUE, OVERDUE * max(gaps)):
        yield "overdue", f"no run for {since:.1f} days, before {max(gaps)} days at most"


def _iso(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def status_lines(found: list[SiteStatus], *, everything: bool = False) -> Iterator[str]:
    """The screen: troubles, then sites that are well, as far as they fit."""
    troubled = [one for one in found if one.troubles]
    well = [one for one in found if not one.troubles]
    sites = "1 site" if len(found) == 1 else f"{len(found)} sites"
    yield f"{len(troubled)} of {sites} in trouble" if troubled else f"{sites}, all is well"
    room = len(well) if everything else max(0, LINES - 2 * len(troubled))
    shown = [*troubled, *well[:room]]
    if shown:
        wide = min(40, max(len(_name(one)) for one in shown))
        yield f"{'':2}{'site':{wide}}  {'last run':16}  {'last article':16}  {'24 h':>5} {'usual':>5}  rejected  failed"
    for one in shown:
        yield from _lines(one, wide)
    if len(well) > room:
        yield f"and {len(well) - room} sites that are well; --all shows them"


def _lines(one: SiteStatus, wide: int) -> Iterator[str]:
    usual = "-" if one.usual is None else f"{one.usual:.0f}"
    mark = "!" if one.troubles else " "
    counts = f"{one.new:5} {usual:>5}  {one.rejected:8.0%}  {one.failed:6.0%}" if one.site else ""
    last, article = (_short(value) for value in (one.last_run, one.last_article))
    yield one_line(f"{mark} {_name(one):{wide}}  {last:16}  {article:16}  {counts}").rstrip()
    for problem in one.problems:
        muted = " (muted)" if problem.muted else ""
        yield one_line(f"    {problem.name}{muted}: {problem.text}")


def _name(one: SiteStatus) -> str:
    return f"{one.site or 'all sites'} ({one.spider})"


def _short(moment: str | None) -> str:
    return moment[:16].replace("T", " ") if moment else "never"
