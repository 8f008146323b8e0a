"""What is told of a site that is not as it was, and that a healthy site is left in peace."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from newscrawl.watch.site_past import changes_of
from newscrawl.watch.site_run import DAY, FIELDS, SiteRun

FULL = dict.fromkeys(FIELDS, 1)


def seen(new: int = 0, *, at: int = 0, authors: int | None = None, **more: int) -> SiteRun:
    """A whole run with so many new articles, each with all fields, or with so many authors."""
    filled = dict.fromkeys(FIELDS, new) | {"authors": new if authors is None else authors}
    return SiteRun(at=at, is_whole=True, new=new, records=new, filled=filled, **{"pages": 1, "named": 20, **more})


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


@pytest.mark.parametrize("seed", range(40))
def test_a_healthy_site_is_never_told_of(seed: int) -> None:
    """30 daily runs: weekends with little or nothing, an empty day, one page in 14 no article, some pieces unsigned."""
    random = Random(seed)
    usual = random.choice((1, 2, 5, 20, 80))
    past: list[SiteRun] = []
    for day in range(30):
        few = day % 7 in (5, 6)
        pages = 0 if day == 12 or (few and random.random() < 0.5) else max(0, round(random.gauss(usual, usual / 3)))
        pages = 3 * usual + 3 if day == 0 else pages // (3 if few else 1)
        rejected = sum(random.random() < 0.07 for _ in range(pages))
        new = pages - rejected
        signed = sum(random.random() < 0.85 for _ in range(new))
        now = seen(new, at=day * DAY, authors=signed, rejected=rejected, kept=random.randint(0, usual))
        assert names(past, now) == [], (seed, day, now)
        past.append(now)
