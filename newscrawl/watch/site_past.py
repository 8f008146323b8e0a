"""What a run saw of one site, and whether that is far from what the site's own past lets expect. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from math import comb

from newscrawl.watch.drift import LEAST_RUNS, drifts, is_silent
from newscrawl.watch.site_run import DAY, FIELDS, SiteRun

SELDOM = 0.001
"""Chance below which a count is not put down to chance: one false alarm in a thousand runs for each share judged."""
SELDOM_ALL = 0.005
"""The same where all pages of a run give no record: of a site that rejects one new page in twenty, two are enough, of
one that rejects one in five, four."""
SELDOM_LATER = 0.0005
"""The same from the tenth run on, when there is time to be sure."""
FAR = 0.3
"""How much more of the new pages must be rejected, and how far the share of a filled field must fall, beside."""
LEAST_SHARE = 0.02
"""Shares below count as this: no past is so long that one page proves anything."""
MAX_COUNT = 400
"""Pages of a run that are weighed: more would make a small difference look certain."""
USUAL_GAPS = 5
"""Gaps between runs with news that must be known before silence is judged."""
CLOSED = frozenset(("robots_closed", "wall", "all_rejected"))
"""Problems that explain why a run made no record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One way in which a site is not as it was."""

    name: str
    """Stable: robots_closed, wall, all_rejected, more_rejected, authors_empty, date_empty, title_empty, nothing_named,
    unreachable, silence, and what `drift` tells."""
    text: str
    """The figures, for a person."""


def changes_of(past: Sequence[SiteRun], now: SiteRun, *, after: int = 1, silence_days: float = 4) -> list[Change]:
    """How a site differs from its past (the oldest run first): [] in its first `after` runs, where `after` is 0, and
    where it never gave a record. `silence_days`: days without anything new that are silence at the least."""
    usual = [run for run in past if not run.problems]
    if not after or len(past) < after or not any(run.records for run in usual):
        return []
    closed = list(_robots(usual, now)) or list(_walls(usual, now)) or list(_all_rejected(past, now))
    early = len(past) < LEAST_RUNS  # later on the site's own spread is known, and `drift` judges by it
    found = closed or ([*_more_rejected(usual, now), *_empty_fields(usual, now)] if early else [])
    if now.is_whole and not closed:
        found += [*_unreachable(past, now), *_nothing_named(usual, now), *_silence(past, now, silence_days)]
    return [*found, *_drifts(past, now, {change.name for change in found}, is_closed=bool(closed))]


def _drifts(past: Sequence[SiteRun], now: SiteRun, found: set[str], *, is_closed: bool) -> Iterator[Change]:
    """What the statistics tell beside."""
    told = drifts(past, now)
    if now.is_whole and not is_closed and (silence := is_silent(past, now)):
        told.append(silence)
    explained = found | ({"more_rejected"} if is_closed else set())
    yield from (Change(name=one.name, text=one.text) for one in told if one.name not in explained)


def _robots(usual: Sequence[SiteRun], now: SiteRun) -> Iterator[Change]:
    read = now.new + now.kept
    if now.closed > max(run.closed for run in usual):
        yield Change(name="robots_closed", text=f"robots.txt forbids {now.closed} pages that the crawl begins with")
    elif now.forbidden and not read:
        share = _share((run.forbidden, run.new + run.rejected) for run in usual)
        if not any(run.forbidden for run in usual) or share**now.forbidden < SELDOM_ALL:
            text = f"robots.txt forbids all {now.forbidden} new pages, usual {share:.0%}"
            yield Change(name="robots_closed", text=text)


def _walls(usual: Sequence[SiteRun], now: SiteRun) -> Iterator[Change]:
    others = now.new + now.kept + now.rejected + now.lost - now.walls
    share = _share((run.walls, run.new + run.kept) for run in usual)
    is_first = now.walls and not now.new + now.kept and not any(run.walls for run in usual)
    if is_first or _is_more(now.walls, now.walls + max(0, others), share):
        yield Change(name="wall", text=f"{_of(now.walls, others)} pages read are walls, usual {share:.0%}")


def _all_rejected(past: Sequence[SiteRun], now: SiteRun) -> Iterator[Change]:
    """Pages that were rejected in the runs before count too, since the last record."""
    if now.new or not now.rejected + now.lost or now.kept:
        return
    without = list(takewhile(lambda run: not run.new, reversed(past)))
    before = [run for run in past[: len(past) - len(without)] if not run.problems]
    rejected = now.rejected + now.lost + sum(run.rejected for run in without)
    share = _share((run.rejected, run.new) for run in before)
    if rejected > 1 and share**rejected < (SELDOM_ALL if len(past) < LEAST_RUNS else SELDOM_LATER):
        text = f"none of {rejected} pages gave a record since the last one, usual {share:.0%} rejected"
        yield Change(name="all_rejected", text=text)


def _more_rejected(usual: Sequence[SiteRun], now: SiteRun) -> Iterator[Change]:
    share = _share((run.rejected, run.new) for run in usual)
    if now.new and _is_more(now.rejected, now.new + now.rejected, share):
        yield Change(name="more_rejected", text=f"{_of(now.rejected, now.new)} new pages rejected, usual {share:.0%}")


def _empty_fields(usual: Sequence[SiteRun], now: SiteRun) -> Iterator[Change]:
    for name, problem in FIELDS.items():
        empty = now.records - now.filled.get(name, 0)
        filled = [(run.filled.get(name, 0), run.records) for run in usual]
        share = _share((records - full, full) for full, records in filled)
        if _is_more(empty, now.records, share):
            text = f"{name} empty in {_of(empty, now.records - empty)} records, usual {share:.0%}"
            yield Change(name=problem, text=text)


def _unreachable(past: Sequence[SiteRun], now: SiteRun) -> Iterator[Change]:
    if not (now.pages or past[-1].pages) and now.failed and past[-1].failed:
        yield Change(name="unreachable", text="no feed, sitemap or listing answered in two runs")


def _nothing_named(usual: Sequence[SiteRun], now: SiteRun) -> Iterator[Change]:
    if now.pages and not now.named and all(run.named for run in usual if run.is_whole and run.pages):
        yield Change(name="nothing_named", text=f"{now.pages} feeds, sitemaps and listings name no article")


def _silence(past: Sequence[SiteRun], now: SiteRun, silence_days: float) -> Iterator[Change]:
    """The longest gap counts: weekends and holidays make no noise once one was seen, nor before the least days."""
    news = [run.at for run in past if run.new]
    gaps = [later - earlier for earlier, later in pairwise(news)]
    if now.new or now.rejected or len(gaps) < USUAL_GAPS:
        return
    gap, longest = now.at - news[-1], max(gaps)
    if gap > max(3 * longest, silence_days * DAY):
        text = f"nothing new for {gap / DAY:.1f} days, longest before {longest / DAY:.1f}"
        yield Change(name="silence", text=text)


def _share(counts: Iterable[tuple[int, int]]) -> float:
    """The share of what is bad beside what is good, by run; as if half a page of each more had been."""
    bads, goods = map(sum, zip(*counts, strict=True))
    return min(1.0, max(LEAST_SHARE, (bads + 0.5) / (bads + goods + 1)))


def _is_more(count: int, of: int, share: float) -> bool:
    """Whether so many are far more than usual, and no chance."""
    if not count or count / of <= share + FAR:
        return False
    if of > MAX_COUNT:
        count, of = round(count * MAX_COUNT / of), MAX_COUNT
    tail = sum(comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(count, of + 1))
    return tail < SELDOM


def _of(some: int, others: int) -> str:
    return f"{some} of {some + max(0, others)}"
