"""How many injected troubles are found within two runs, and how often a healthy outlet is told of: newscrawl beside
fixed thresholds as Spidermon's users write them, on the same runs.

    python -m benchmarks.watch --seed 7 [--outlets 100 --troubled 25 --days 60]

An alarm is a name that was not told of in the run before. A trouble is found by an alarm from its first run to one run
after its plain one (`watch_data`). Alarms of healthy outlets, and of the others before their trouble, are false.
The ledger's bounds are kept: 60 runs by themselves, days before.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import mean

import msgspec

from benchmarks.watch_data import KINDS, Outlet, generate
from newscrawl.watch.site_past import changes_of
from newscrawl.watch.site_run import DAY, SiteRun, day_of, total

KEPT, REMEMBERED = 60, 70
Told = list[list[str]]


@dataclass
class Result:
    """What one way of watching made of all outlets."""

    found: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    false: Counter[str] = field(default_factory=Counter)
    false_runs: int = 0
    years: float = 0.0


def newscrawl_tells(runs: list[SiteRun]) -> Told:
    """As a crawl would, run by run."""
    told: Told = []
    for number, run in enumerate(runs):
        kept = runs[max(0, number - KEPT) : number]
        first = day_of(kept[0].at) if kept else 0
        before = [one for one in runs[: max(0, number - KEPT)] if day_of(one.at) < first]
        days = sorted({day_of(one.at) for one in before if day_of(run.at) - day_of(one.at) <= REMEMBERED})
        sums = [total(one for one in before if day_of(one.at) == day) for day in days]
        run.problems = [change.name for change in changes_of([*sums, *kept], run)]
        told.append(run.problems)
    return told


def thresholds_tell(runs: list[SiteRun]) -> Told:
    """Spidermon's monitors as they are set up commonly: at least one item, and half of the mean of the last five runs;
    coverage of 80 % for fields that the first five runs filled to 90 %; no more items dropped than made."""
    return [[*_over(runs, number, run)] if number >= 5 else [] for number, run in enumerate(runs)]


def _over(runs: list[SiteRun], number: int, run: SiteRun) -> Iterator[str]:
    usual = mean(one.new for one in runs[number - 5 : number])
    if run.new < 1 or run.new < usual / 2:
        yield "item_count"
    for name in ("title", "authors", "date_published", "description", "section", "main_image"):
        first = total(runs[:5])
        is_set = first.records and first.filled.get(name, 0) >= 0.9 * first.records
        if run.records and is_set and run.filled.get(name, 0) < 0.8 * run.records:
            yield f"coverage_{name}"
    if run.rejected > run.new:
        yield "dropped"


def measure(outlets: list[Outlet], tell: Callable[[list[SiteRun]], Told]) -> Result:
    """The result over all outlets."""
    result = Result()
    for outlet in outlets:
        runs = [msgspec.convert(run, SiteRun) for run in outlet.runs]
        told = tell(runs)
        alarms = [
            (number, name)
            for number, names in enumerate(told)
            for name in names
            if number == 0 or name not in told[number - 1]
        ]
        trouble = outlet.trouble
        end = trouble.first if trouble else len(runs)
        result.years += (runs[end - 1].at - runs[0].at) / DAY / 365
        result.false_runs += sum(bool(names) for names in told[:end])
        result.false.update(name for number, name in alarms if number < end)
        if trouble:
            is_found = any(trouble.first <= number <= trouble.plain + 1 for number, _ in alarms)
            result.found[trouble.kind] += is_found
            if not is_found:
                later = next(((n - trouble.plain, told[n]) for n in range(trouble.plain, len(told)) if told[n]), None)
                how = f"{outlet.daily:.0f} a day, {outlet.runs_a_day} runs, weekend {outlet.weekend}"
                result.missed.append(f"{outlet.site} {trouble.kind} {trouble.detail} {trouble.loses} ({how}); {later}")
    return result


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser(description="Found troubles and false alarms")
    parser.add_argument("--seed", type=int, nargs="+", required=True)
    parser.add_argument("--outlets", type=int, default=100)
    parser.add_argument("--troubled", type=int, default=25)
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--missed", action="store_true", help="name what was not found")
    args = parser.parse_args()
    for name, tell in (("newscrawl", newscrawl_tells), ("fixed thresholds", thresholds_tell)):
        results = []
        for seed in args.seed:
            outlets = generate(seed, outlets=args.outlets, troubled=args.troubled, days=args.days)
            results.append(measure(outlets, tell))
        found = sum((result.found for result in results), Counter[str]())
        false = sum((result.false for result in results), Counter[str]())
        years = sum(result.years for result in results)
        of = args.troubled * len(args.seed)
        print(
            f"{name}: found within two runs {found.total()} of {of} ({found.total() / of:.0%}); false alarms", end=" "
        )
        print(f"{false.total()} in {years:.1f} site-years ({false.total() / years:.2f} a site and year)")
        print("  found:", ", ".join(f"{kind} {found[kind]}" for kind in KINDS))
        print("  false:", dict(false.most_common()), "runs:", sum(result.false_runs for result in results))
        if args.missed:
            print(*(f"  missed: {one}" for result in results for one in result.missed), sep="\n")


if __name__ == "__main__":
    main()
