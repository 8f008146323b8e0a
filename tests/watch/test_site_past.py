"""What is told of a site that is not as it was, and that a healthy site is left in peace."""

from __future__ import annotations

from dataclasses import replace
from math import log
from random import Random

import pytest

from newscrawl.watch.site_past import changes_of
from newscrawl.watch.site_run import DAY, FIELDS, SiteRun, added, decoded, encoded

FULL = dict.fromkeys(FIELDS, 1)


def seen(new: int = 0, *, at: int = 0, authors: int | None = None, **more: int) -> SiteRun:
    """A whole run with so many new articles, each with all fields, or with so many authors."""
    filled = dict.fromkeys(FIELDS, new) | {"authors": new if authors is None else authors}
    return SiteRun(at=at, is_whole=True, new=new, filled=filled, **{"pages": 1, "named": 20, "records": new, **more})


def names(past: list[SiteRun], now: SiteRun, **how: float) -> list[str]:
    return [change.name for change in changes_of(past, now, **how)]  # type: ignore[arg-type]


FIRST = seen(6, rejected=1)
DAILY = [seen(3, at=day * DAY) for day in range(8)]


@pytest.mark.parametrize(
    ("past", "now", "told"),
    [
        ([FIRST], seen(rejected=4), ["all_rejected"]),
        ([seen(12)], seen(rejected=2), ["all_rejected"]),
        ([FIRST], seen(rejected=1), []),
        ([seen(12), seen(rejected=1)], seen(rejected=1), ["all_rejected"]),
        ([seen(12), seen(rejected=1)], seen(), []),
        ([seen(5, rejected=6)], seen(rejected=4), []),
        ([FIRST], seen(1, rejected=9), ["more_rejected"]),
        ([FIRST], seen(rejected=1, walls=1), ["wall"]),
        ([FIRST], seen(lost=3, walls=3), ["wall"]),
        ([seen(40, rejected=2, walls=1)], seen(12, rejected=1, walls=1), []),
        ([FIRST], seen(forbidden=1), ["robots_closed"]),
        ([FIRST], seen(closed=1, pages=0, failed=1, named=0), ["robots_closed"]),
        ([seen(6, forbidden=3)], seen(forbidden=2), []),
        ([FIRST], seen(4, authors=0), ["authors_empty"]),
        ([FIRST], seen(1, authors=0), []),
        ([seen(6, authors=2)], seen(4, authors=0), []),
        ([FIRST], seen(named=0), ["nothing_named"]),
        ([FIRST, seen(pages=0, failed=2)], seen(pages=0, failed=2, named=0), ["unreachable"]),
        ([FIRST], seen(pages=0, failed=2, named=0), []),
        (DAILY, seen(at=30 * DAY), ["silence"]),
        (DAILY, seen(at=11 * DAY), []),
        (DAILY[:3], seen(at=30 * DAY), []),
        ([], seen(rejected=9), []),
        ([seen(rejected=9)], seen(rejected=9), []),
    ],
)
def test_what_is_told(past: list[SiteRun], now: SiteRun, told: list[str]) -> None:
    assert names(past, now) == told


def test_a_setting_says_how_soon() -> None:
    now = seen(rejected=9)
    assert names([FIRST], now, after=2) == []
    assert names([FIRST, FIRST], now, after=2) == ["all_rejected"]
    assert names([FIRST], now, after=0) == []
    assert names(DAILY, seen(at=30 * DAY), silence_days=60) == []


def test_a_run_with_since_tells_of_no_silence() -> None:
    assert names(DAILY, replace(seen(at=30 * DAY), is_whole=False)) == []


def test_a_site_that_stays_broken_is_told_of_each_time_and_does_not_become_usual() -> None:
    broken = seen(rejected=4)
    past = [FIRST]
    for _ in range(20):
        assert names(past, broken) == ["all_rejected"]
        past.append(replace(broken, problems=["all_rejected"]))


def alarms(seed: int) -> list[tuple[int, list[str]]]:
    """What is told of 30 daily runs of a healthy site: weekends with little or nothing, an empty day, one page in 14 no
    article, some pieces unsigned."""
    random = Random(seed)
    usual = random.choice((1, 2, 5, 20, 80))
    past: list[SiteRun] = []
    told = []
    for day in range(30):
        few = day % 7 in (5, 6)
        pages = 0 if day == 12 or (few and random.random() < 0.5) else max(0, round(random.gauss(usual, usual / 3)))
        pages = 3 * usual + 3 if day == 0 else pages // (3 if few else 1)
        rejected = sum(random.random() < 0.07 for _ in range(pages))
        new = pages - rejected
        signed = sum(random.random() < 0.85 for _ in range(new))
        now = seen(new, at=day * DAY, authors=signed, rejected=rejected, kept=random.randint(0, usual))
        told += [(day, found)] if (found := names(past, now)) else []
        past.append(now)
    return told


def test_healthy_sites_are_left_in_peace() -> None:
    """60 months, five years: less than one alarm a year, which half-empty weekends make."""
    told = [one for seed in range(60) for one in alarms(seed)]
    assert len(told) < 5, told


def test_shares_and_rhythms_are_judged_from_the_tenth_run() -> None:
    """Twelve in a hundred pages rejected are usual here, and thirty are not."""
    past = [seen(88, at=day * DAY, rejected=12, records=88) for day in range(9)]
    now = seen(70, at=9 * DAY, rejected=30)
    assert names(past, now) == ["more_rejected"]
    assert names(past[1:], now) == []


def body(run: SiteRun, length: int) -> SiteRun:
    return replace(run, body_log=run.records * log(length), body_log2=run.records * (log(length) ** 2 + 0.3))


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (body(seen(20, at=12 * DAY), 3000), []),
        (body(seen(20, at=12 * DAY), 9000), ["body_length"]),
        (body(seen(20, at=12 * DAY, learned=9), 3100), ["boilerplate"]),
        (body(seen(20, at=12 * DAY, learned=2), 3100), []),
        (body(seen(10, at=12 * DAY, failures=10), 3000), ["more_failed"]),
        (seen(at=12 * DAY), []),
        (seen(at=12 * DAY, pages=0, failed=1, named=0), []),
    ],
)
def test_what_statistics_tell(now: SiteRun, told: list[str]) -> None:
    past = [body(seen(20, at=day * DAY), 3000) for day in range(12)]
    assert names(past, now) == told


def test_silence_is_told_when_no_holiday_explains_it() -> None:
    """Of a site with 20 articles each day after a day; where weekends bring two, a holiday may bring none for a day."""
    assert names([seen(20, at=day * DAY) for day in range(20)], seen(at=20 * DAY)) == ["silence"]
    past = [seen(2 if day % 7 in (0, 1) else 20, at=day * DAY) for day in range(23)]
    quiet = [seen(at=day * DAY) for day in range(23, 27)]
    assert [names([*past, *quiet[:days]], quiet[days]) for days in range(4)] == [[], [], ["silence"], ["silence"]]


def test_a_day_that_stands_for_its_runs_is_past_as_well() -> None:
    days = [replace(seen(48, at=day * DAY), runs=24) for day in range(20)]
    hours = [seen(2, at=20 * DAY + hour * DAY // 24) for hour in range(24)]
    assert names([*days, *hours], seen(2, at=21 * DAY)) == []
    assert names([*days, *hours], seen(2, at=21 * DAY, rejected=20)) == ["more_rejected"]


def test_figures_of_a_day_are_those_of_its_runs() -> None:
    one, other = body(seen(3, at=5, rejected=1), 1000), body(seen(5, at=9, authors=0), 2000)
    both = decoded(encoded(added(one, other)))
    assert (both.runs, both.at, both.new, both.rejected) == (2, 9, 8, 1)
    assert both.filled["authors"] == 3
    assert both.filled["title"] == 8
    assert 1000 < both.body < 2000
