"""How a run of a site differs from the site's own rhythm and shares, by tests with a stated rate of false alarms. Pure.

Each test asks how likely what was seen is, were the site as in its usual runs, and speaks below ALARM. Days differ more
than chance alone explains (a day of live blogs, an unsigned series), so each test first measures by how much the site's
own runs differ (`_dispersion`), and weighs a run the less for it. A run is judged by itself and together with those
before it (WINDOWS), so that a site with few articles is heard, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import exp, lgamma, sqrt
from statistics import median

from newscrawl.watch.site_run import DAY, FIELDS, SiteRun, day_of, mean_length, total

LEAST_RUNS = 9
"""Runs before, from which shares and rhythms are judged: from the tenth run on."""
ALARM = 1e-5
"""Chance below which what was seen is no chance. A run takes about 30 tests, some 10,000 in a year of daily runs: a
tenth of a false alarm a site and year if the model were all; benchmarks/watch.py measures what it is."""
QUIET = 0.004
"""The same for silence, were today a holiday: once in 250 holidays."""
HOLIDAY = 0.12
"""What a holiday brings of a usual day's articles, at the least."""
WINDOWS = (1, 2, 7)
"""Runs that are judged together, this one the last: few articles tell in several runs what many tell in one."""
LEAST_RISE = 0.12
"""How much a share must rise beside: a little more of something is nothing that a person could mend."""
LEAST_LENGTHS = 0.22
"""How far the usual length of a text must move, as a logarithm: by a quarter up, by a fifth down."""
FAR_LENGTHS = 5.5
"""Standard deviations: as likely as ALARM, where a tail is heavier than the normal one."""
LEAST_LEARNED = 4
"""Blocks that must be repeated anew: fewer are a new teaser."""
MAX_COUNT = 400
"""Pages that are weighed at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """One figure that is not as it was."""

    name: str
    """more_rejected, authors_empty and so on, body_length, boilerplate, silence."""
    text: str
    """The figures, for a person."""


def drifts(past: Sequence[SiteRun], now: SiteRun) -> list[Drift]:
    """What is told of a run beside its past (the oldest first, days that stand for several runs among them); [] in a
    site's first nine runs."""
    usual = [run for run in past[1:] if not run.problems]  # the first run read what had gathered before
    if sum(run.runs for run in past) < LEAST_RUNS or len(usual) < LEAST_RUNS - 1:
        return []
    found: dict[str, Drift] = {}
    for size in WINDOWS:
        before = usual[: len(usual) - size + 1]
        window = total((*usual[len(before) :], now))
        if len(before) < max(LEAST_RUNS - 2, size):
            break
        for drift in (*_shares(before, window), *_lengths(before, window), *_learned(before, window)):
            found.setdefault(drift.name, drift)
    return list(found.values())


def is_silent(past: Sequence[SiteRun], now: SiteRun) -> Drift | None:
    """Whether nothing new for so long cannot be the site's rhythm, nor a holiday, nor as long as once before."""
    if sum(run.runs for run in past) < LEAST_RUNS or _found(now):
        return None
    earlier = past[1:]
    silent = [now]
    while earlier and not _found(earlier[-1]):
        silent.insert(0, earlier[-1])
        earlier = earlier[:-1]
    usual = [run for run in earlier if not run.problems]
    if len(usual) < LEAST_RUNS - 1 or len(silent) - 1 > len(usual) or not any(run.pages for run in silent):
        return None
    expected = sum(_expected(usual, run) for run in silent if run.pages)
    spread = _spread(usual)
    if _nothing(expected, spread) > ALARM or _nothing(expected * _holiday(usual), spread) > QUIET:
        return None
    if sum(1 for run in silent if run.pages) <= _longest_silence(earlier):
        return None
    gap = (now.at - earlier[-1].at) / DAY
    text = f"nothing new for {gap:.1f} days, when usually {expected:.0f} articles come in that time"
    return Drift(name="silence", text=text)


def _shares(usual: Sequence[SiteRun], now: SiteRun) -> Iterator[Drift]:
    share = _risen(usual, now, lambda run: run.rejected, lambda run: run.new + run.rejected)
    if share is not None:
        text = f"{now.rejected} of {now.new + now.rejected} new pages rejected, usual {share:.0%}"
        yield Drift(name="more_rejected", text=text)
    share = _risen(usual, now, lambda run: run.failures, _found)
    if share is not None:
        text = f"{now.failures} of {_found(now)} pages could not be fetched, usual {share:.0%}"
        yield Drift(name="more_failed", text=text)
    for name, problem in FIELDS.items():
        known = [run for run in usual if name in run.filled]
        share = _risen(known, now, partial(_empty, name), lambda run: run.records)
        if share is not None:
            text = f"{name} empty in {_empty(name, now)} of {now.records} records, usual {share:.0%}"
            yield Drift(name=problem, text=text)


def _empty(name: str, run: SiteRun) -> int:
    return run.records - run.filled.get(name, 0)


def _risen(
    usual: Sequence[SiteRun], now: SiteRun, bad: Callable[[SiteRun], int], of: Callable[[SiteRun], int]
) -> float | None:
    """The usual share, where it is far higher now."""
    counts = [(bad(run), of(run)) for run in usual if of(run)]
    seen, pages = bad(now), of(now)
    bads, pages_before = sum(one for one, _ in counts), sum(n for _, n in counts)
    if not seen or not pages_before:
        return None
    share = bads / pages_before
    if seen / pages < share + LEAST_RISE:
        return None
    dispersion = _dispersion(counts, share)
    if pages > MAX_COUNT:
        seen, pages = seen * MAX_COUNT // pages, MAX_COUNT
    of_now = max(1, round(pages / dispersion))
    chance = _tail(
        round(seen / pages * of_now), of_now, bads / dispersion + 0.5, (pages_before - bads) / dispersion + 0.5
    )
    return share if chance < ALARM else None


def _dispersion(counts: Sequence[tuple[int, int]], share: float) -> float:
    """How many times more the runs differ than chance alone would have it (Pearson's statistic), at least 1."""
    variance = max(share * (1 - share), 0.005)
    terms = [(bad - of * share) ** 2 / (of * variance) for bad, of in counts]
    return max(1.0, sum(terms) / max(1, len(terms) - 1))


def _tail(seen: int, of: int, a: float, b: float) -> float:
    """Chance of so many or more of those, after a bad and b good ones (beta-binomial)."""
    top = lgamma(of + 1) + lgamma(a + b) - lgamma(a) - lgamma(b) - lgamma(of + a + b)
    return sum(
        exp(top - lgamma(k + 1) - lgamma(of - k + 1) + lgamma(k + a) + lgamma(of - k + b)) for k in range(seen, of + 1)
    )


def _lengths(usual: Sequence[SiteRun], now: SiteRun) -> Iterator[Drift]:
    """The mean of the logarithms against the median of the runs' means; their spread is between runs and within."""
    runs = [run for run in usual if run.records and run.body_log]
    if len(runs) < LEAST_RUNS - 2 or not now.records or not now.body_log:
        return
    records = sum(run.records for run in runs)
    within = max(0.01, sum(run.body_log2 - run.body_log**2 / run.records for run in runs) / max(1, records - len(runs)))
    middle = median([run.body_log / run.records for run in runs])
    moves = [(run.body_log / run.records - middle) * sqrt(run.records / within) for run in runs]
    factor = max(1.0, median([abs(move) for move in moves]) / 0.6745)
    between = max(0.0, _between(runs, middle, within))
    moved = now.body_log / now.records - middle
    deviation = max(factor * sqrt(within / now.records), sqrt(within / now.records + between))
    if abs(moved) > LEAST_LENGTHS and abs(moved) > FAR_LENGTHS * deviation:
        text = f"a usual text has {mean_length(now)} characters, before {exp(middle):.0f}"
        yield Drift(name="body_length", text=text)


def _between(runs: Sequence[SiteRun], middle: float, within: float) -> float:
    """Variance of the runs' means beyond that of their texts."""
    squares = [(run.body_log / run.records - middle) ** 2 - within / run.records for run in runs if run.records > 4]
    return sum(squares) / len(squares) if squares else 0.0


def _learned(usual: Sequence[SiteRun], now: SiteRun) -> Iterator[Drift]:
    """A count against the counts before (negative binomial)."""
    counts = [run.learned / run.runs for run in usual]
    if now.learned < LEAST_LEARNED:
        return
    mean = sum(counts) / len(counts)
    dispersion = max(1.0, sum((one - mean) ** 2 for one in counts) / max(mean, 0.1) / max(1, len(counts) - 1))
    size, odds = (sum(counts) + 0.5) / dispersion, len(counts) / dispersion
    if _count_tail(int(now.learned / dispersion), size, odds / max(1, now.runs)) < ALARM:
        text = f"{now.learned} blocks are repeated that were not before, usual {mean:.1f}"
        yield Drift(name="boilerplate", text=text)


def _count_tail(seen: int, size: float, odds: float) -> float:
    """Chance of so many or more, after `size` in `odds` runs."""
    below, term = 0.0, (odds / (odds + 1)) ** size
    for k in range(seen):
        below += term
        term *= (size + k) / ((k + 1) * (odds + 1))
    return max(0.0, 1 - below)


def _found(run: SiteRun) -> int:
    return run.new + run.rejected + run.failures


def _expected(usual: Sequence[SiteRun], now: SiteRun) -> float:
    """How many articles come at this hour of this weekday, as in the same ones before; with less than three of them, as
    in the quietest."""
    alike = [run for run in usual if run.runs == 1 and _hours_apart(run.at, now.at) <= 3] or [*usual]
    today = _weekday(now.at)
    same = [run for run in alike if _weekday(run.at) == today]
    if len(same) < 3:  # which days are the weekend depends on the country: the quietest so far
        return min(_found(run) / run.runs for run in (same if len(same) > 1 else alike[-7:]))
    counts = [_found(run) / run.runs for run in same]
    return min(median(counts), sum(counts) / len(counts))


def _hours_apart(one: int, other: int) -> float:
    apart = abs(one - other) % DAY
    return min(apart, DAY - apart) / 3600


def _weekday(at: int) -> int:
    return (day_of(at - 1) + 3) % 7


def _holiday(usual: Sequence[SiteRun]) -> float:
    """What a holiday brings of a usual day: as much as the quietest weekday, once each was seen twice."""
    days: dict[int, list[float]] = {}
    for run in usual:
        days.setdefault(_weekday(run.at), []).append(_found(run) / run.runs)
    if len(days) < 7 or min(map(len, days.values())) < 2:
        return HOLIDAY
    means = [sum(counts) / len(counts) for counts in days.values()]
    usually = median([_found(run) / run.runs for run in usual])
    return max(HOLIDAY, min(1.0, 0.8 * min(means) / usually)) if usually else HOLIDAY


def _spread(usual: Sequence[SiteRun]) -> float:
    """By how much the days differ beyond chance: variance of the rate as a share of its square."""
    means = [(run, mean) for run in usual if (mean := _expected(usual, run)) >= 2]
    terms = [((_found(run) / run.runs - mean) ** 2 - mean) / mean**2 for run, mean in means]
    return min(0.5, max(0.02, median(terms))) if terms else 0.1


def _nothing(expected: float, spread: float) -> float:
    """Chance of nothing where so many are expected (negative binomial)."""
    return float((1 + spread * expected) ** (-1 / spread))


def _longest_silence(past: Sequence[SiteRun]) -> int:
    """Runs in a row that found nothing new, though feeds and listings answered."""
    longest = silent = 0
    for run in past:
        silent = 0 if _found(run) else silent + bool(run.pages)
        longest = max(longest, silent)
    return longest
