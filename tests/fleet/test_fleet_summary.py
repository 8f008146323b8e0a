"""The exit code of a fleet, and its screen."""

from __future__ import annotations

import pytest

from newscrawl.fleet.fleet_summary import WORST, FleetSummary, SiteResult, screen, worst


@pytest.mark.parametrize(("codes", "code"), [((), 0), ((0, 8), 0), ((0, 10, 3), 3), ((1,), 6), ((10, 7, 2), 2)])
def test_the_gravest_code_wins(codes: tuple[int, ...], code: int) -> None:
    assert worst(codes) == code


def test_the_order_of_codes() -> None:
    assert WORST == (9, 5, 6, 2, 7, 4, 3, 10)
    assert [worst(WORST[at:]) for at in range(len(WORST))] == list(WORST)


def test_the_screen_fits_and_tells_what_matters() -> None:
    sites = [SiteResult(name=f"http://a{code}.example/", exit_code=code, visits={"new": 2}) for code in (0, 0, 4)]
    summary = FleetSummary(fleet_id="f", started_at="", delivered=5, sites=sites)
    running = {f"http://b{number}.example/": 10.0 * number for number in range(9)}
    lines = screen(summary, running, waiting=8, seconds=60, lines=7)
    assert lines == [
        "3 of 20 sites done, 9 under way, 6 min left",
        "6 new articles, 5 records written; 180 sites an hour",
        "exit codes: 0 (good): 2, 4 (too many failures): 1",
        "  http://b8.example/  80 s",
        "  http://b7.example/  70 s",
        "  http://b6.example/  60 s",
        "  and 6 more",
    ]
