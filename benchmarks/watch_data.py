"""Runs of generated outlets over weeks, as the ledger's history has them: most healthy, some with a trouble injected.

    python -m benchmarks.watch_data --seed 1 --outlets 100 --troubled 25 --days 60 > runs.jsonl

Written and committed before the detector that it measures. Healthy outlets have weekends, holidays, days of breaking
news, small counts, a failed feed now and then, rejections and empty fields of their own rate. A troubled outlet brings
eight articles a day or more: of an outlet with one article a week nobody can tell in two runs. Each line is an outlet:
its runs by the names of `SiteRun`, and its trouble, if any: `first` is the run that shows it first, `plain` the run
from which it must be found within two (of a slow loss the first with half of the field lost, else `first`).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from math import exp, log
from random import Random
from typing import Any

DAY = 24 * 3600
START = 1_767_225_600
"""1 January 2026, a Thursday."""
KINDS = ("redesign", "silence", "wall", "slow_loss", "doubled_boilerplate")
FIELDS = ("title", "description", "authors", "date_published", "language", "section", "main_image")
LOSABLE = ("authors", "date_published", "section", "main_image", "description")
REASONS = ("listing", "front", "gallery", "no_story", "too_short", "shop")
LATENCIES = ("900", "3600", "10800", "21600", "86400", "more")


@dataclass(kw_only=True)
class Trouble:
    """What was injected."""

    kind: str
    first: int
    plain: int
    detail: str = ""
    loses: tuple[str, ...] = ()
    strength: float = 1.0


@dataclass(kw_only=True)
class Outlet:
    """One site with its habits and its runs."""

    site: str
    daily: float
    weekend: float
    spread: float
    runs_a_day: int
    rejected: float
    failed: float
    length: float
    filled: dict[str, float]
    holidays: frozenset[int]
    trouble: Trouble | None = None
    runs: list[dict[str, Any]] = field(default_factory=list)


def generate(seed: int, *, outlets: int = 100, troubled: int = 25, days: int = 60) -> list[Outlet]:
    """The outlets; the same arguments give the same."""
    random = Random(seed)
    chosen = {index: KINDS[number % len(KINDS)] for number, index in enumerate(random.sample(range(outlets), troubled))}
    return [_outlet(random, index, chosen.get(index), days) for index in range(outlets)]


def _outlet(random: Random, index: int, kind: str | None, days: int) -> Outlet:
    daily = exp(random.uniform(log(8), log(150))) if kind else exp(random.uniform(log(0.3), log(150)))
    first = {name: random.choice((1.0, 1.0, 0.97, 0.9, 0.6, 0.05)) for name in FIELDS}
    outlet = Outlet(
        site=f"outlet{index}.example",
        daily=daily,
        weekend=random.choice((0.0, 0.1, 0.3, 0.5, 0.8, 1.0)),
        spread=random.uniform(0.1, 0.4),
        runs_a_day=random.choice((1, 1, 1, 1, 1, 1, 1, 2, 2, 4)),
        rejected=random.choice((0.0, 0.02, 0.05, 0.1, 0.25)),
        failed=random.choice((0.0, 0.005, 0.02)),
        length=exp(random.gauss(log(3000), 0.4)),
        filled=first | {"title": 1.0, "language": 1.0, "date_published": random.choice((1.0, 0.98))},
        holidays=frozenset(_holidays(random, days)),
    )
    if kind:
        outlet.trouble = _trouble(random, outlet, kind, days)
    outlet.runs = list(_runs(random, outlet, days))
    return outlet


def _holidays(random: Random, days: int) -> Iterator[int]:
    """One holiday a month about, of one to three days."""
    for start in range(days):
        if random.random() < 1 / 30:
            yield from range(start, start + random.choice((1, 1, 2, 3)))


def _trouble(random: Random, outlet: Outlet, kind: str, days: int) -> Trouble:
    """It begins on a day with news, after three weeks at the earliest, and stays."""
    day = random.randrange(21, days - 15)
    while _is_quiet(outlet, day) or _is_quiet(outlet, day + 1):
        day += 1
    first = day * outlet.runs_a_day
    trouble = Trouble(kind=kind, first=first, plain=first)
    if kind == "redesign":
        trouble.detail = random.choice(("no_article", "fields", "short"))
        usual = [name for name in LOSABLE if outlet.filled[name] >= 0.6]
        trouble.loses = tuple(random.sample(usual, min(2, len(usual))))
        trouble.strength = random.uniform(0.7, 1.0)
    elif kind == "silence":
        trouble.detail = random.choice(("nothing_named", "same_urls"))
    elif kind == "wall":
        trouble.strength = random.uniform(0.6, 1.0)
    elif kind == "slow_loss":
        usual = [name for name in LOSABLE if outlet.filled[name] >= 0.9] or ["date_published"]
        trouble.loses = (random.choice(usual),)
        over = random.randrange(4, 15)
        trouble.strength = 1 / (over * outlet.runs_a_day)
        trouble.plain = first + over * outlet.runs_a_day // 2
    else:
        trouble.strength = random.uniform(1.3, 2.0)
    return trouble


def _is_quiet(outlet: Outlet, day: int) -> bool:
    return day in outlet.holidays or ((_weekday(day) >= 5) and outlet.weekend < 0.5)


def _weekday(day: int) -> int:
    return (day + 3) % 7


def _runs(random: Random, outlet: Outlet, days: int) -> Iterator[dict[str, Any]]:
    hours = _shares(random, outlet.runs_a_day)
    for day in range(days):
        rate = outlet.daily * exp(random.gauss(0, outlet.spread)) * (outlet.weekend if _weekday(day) >= 5 else 1)
        if day in outlet.holidays:
            rate = min(rate, outlet.daily * max(0.15, outlet.weekend) * 0.8)
        elif random.random() < 0.02:
            rate *= random.uniform(1.8, 3)
        for part, share in enumerate(hours):
            number = day * outlet.runs_a_day + part
            at = START + day * DAY + (part + 1) * DAY // outlet.runs_a_day - random.randrange(1800)
            yield _run(random, outlet, number, at, _poisson(random, rate * share + (number == 0) * outlet.daily))


def _shares(random: Random, parts: int) -> list[float]:
    """How the day's articles fall to its runs."""
    weights = [random.uniform(0.3, 1.5) for _ in range(parts)]
    return [weight / sum(weights) for weight in weights]


def _run(random: Random, outlet: Outlet, number: int, at: int, pages: int) -> dict[str, Any]:
    trouble = outlet.trouble if outlet.trouble and number >= outlet.trouble.first else None
    kind = trouble.kind if trouble else ""
    if random.random() < 0.01:  # the feed failed: what is new comes with the next run
        return {"at": at, "is_whole": True, "failed": random.randrange(1, 3), "rejections": {}, "filled": {}}
    if trouble and kind == "silence":
        pages = 0
    failures = sum(random.random() < outlet.failed for _ in range(pages))
    walls, rejected = _rejected(random, outlet, trouble, pages - failures)
    new = pages - failures - rejected
    logs = [random.gauss(log(outlet.length), 0.55) for _ in range(new)]
    shift = random.gauss(0, 0.04)  # what a day's news is about
    if trouble and kind == "doubled_boilerplate":
        shift += log(trouble.strength)
    if trouble and trouble.detail == "short":
        shift -= log(3)
    logs = [max(log(150), one + shift) for one in logs]
    reasons = [random.choice(REASONS) for _ in range(rejected - walls)] + ["bot_wall"] * walls
    reasons += ["timeout"] * failures
    named = 0 if trouble and trouble.detail == "nothing_named" else max(pages, round(outlet.daily) or 1) + 10
    return {
        "at": at,
        "is_whole": True,
        "new": new,
        "rejected": rejected,
        "walls": walls,
        "failures": failures,
        "kept": sum(random.random() < 0.3 for _ in range(min(new, 50))),
        "pages": random.choice((2, 3)),
        "named": named,
        "records": new,
        "filled": _filled(random, outlet, trouble, number, new),
        "rejections": {reason: reasons.count(reason) for reason in sorted(set(reasons))},
        "body": round(exp(sorted(logs)[len(logs) // 2])) if logs else 0,
        "body_log": round(sum(logs), 3),
        "body_log2": round(sum(one * one for one in logs), 3),
        "learned": _learned(random, trouble, number),
        "copies": sum(random.random() < 0.2 for _ in range(new)),
        "latency": _latency(random, new),
    }


def _rejected(random: Random, outlet: Outlet, trouble: Trouble | None, pages: int) -> tuple[int, int]:
    """Walls, and all that was rejected."""
    share = min(0.9, outlet.rejected * exp(random.gauss(0, 0.3)))
    rejected = sum(random.random() < share for _ in range(pages))
    walls = 0
    if trouble and trouble.kind == "wall":
        walls = sum(random.random() < trouble.strength for _ in range(pages - rejected))
    if trouble and trouble.detail == "no_article":
        rejected += sum(random.random() < trouble.strength for _ in range(pages - rejected))
    return walls, rejected + walls


def _filled(random: Random, outlet: Outlet, trouble: Trouble | None, number: int, new: int) -> dict[str, int]:
    shares = {
        name: max(0.0, min(1.0, share + random.gauss(0, 0.02) * (share < 1))) for name, share in outlet.filled.items()
    }
    if trouble and trouble.kind == "slow_loss":
        (name,) = trouble.loses
        shares[name] *= max(0.0, 1 - trouble.strength * (number - trouble.first + 1))
    if trouble and trouble.detail == "fields":
        shares |= {name: shares[name] * (1 - trouble.strength) for name in trouble.loses}
    return {name: sum(random.random() < share for _ in range(new)) for name, share in shares.items()}


def _learned(random: Random, trouble: Trouble | None, number: int) -> int:
    """Blocks that the site repeats now and did not before."""
    if trouble and trouble.kind in ("doubled_boilerplate", "redesign") and number < trouble.first + 2:
        return _poisson(random, 8)
    return _poisson(random, 0.3)


def _latency(random: Random, new: int) -> dict[str, int]:
    found = [random.choices(LATENCIES, (1, 3, 5, 6, 4, 1))[0] for _ in range(new)]
    return {name: found.count(name) for name in LATENCIES if name in found}


def _poisson(random: Random, mean: float) -> int:
    """Knuth's for small means, the normal approximation for large ones."""
    if mean > 50:
        return max(0, round(random.gauss(mean, mean**0.5)))
    limit, product, count = exp(-mean), random.random(), 0
    while product > limit:
        product *= random.random()
        count += 1
    return count


def main() -> None:
    """Prints a JSON line for each outlet."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--outlets", type=int, default=100)
    parser.add_argument("--troubled", type=int, default=25)
    parser.add_argument("--days", type=int, default=60)
    args = parser.parse_args()
    for outlet in generate(args.seed, outlets=args.outlets, troubled=args.troubled, days=args.days):
        trouble = asdict(outlet.trouble) if outlet.trouble else None
        print(json.dumps({"site": outlet.site, "trouble": trouble, "runs": outlet.runs}))


if __name__ == "__main__":
    main()
