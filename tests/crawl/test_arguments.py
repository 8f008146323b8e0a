"""The arguments of a run: days wanted, and what is no argument."""

from __future__ import annotations

import pytest

from newscrawl.crawl.arguments import ArgumentError, Arguments
from newscrawl.items import Discovery
from newscrawl.spiders.news import NewsSpider


@pytest.mark.parametrize(
    ("moment", "is_taken"),
    [
        ("2026-11-19T23:59:59Z", False),
        ("2026-11-20T00:00:00Z", True),
        ("2026-11-22T23:59:59Z", True),
        ("2026-11-23T00:00:00Z", False),
        ("2026-11-23T00:30:00+02:00", True),  # in UTC it is still the day before
        ("2026-11-22", True),
        ("2026-11-23", False),
        ("soon", True),
        (None, True),
    ],
)
def test_since_and_until_are_days_in_utc_and_both_are_wanted(moment: str | None, is_taken: bool) -> None:
    arguments = Arguments.parse(since="2026-11-20", until="2026-11-22")
    assert arguments.takes_date(moment) is is_taken
    assert arguments.takes("https://a.example/x", Discovery(kind="feed", date=moment)) is is_taken


def test_until_alone_has_no_first_day() -> None:
    arguments = Arguments.parse(until="2026-11-22")
    assert arguments.takes_date("1999-01-01")
    assert not arguments.is_before("1999-01-01")
    assert not arguments.takes_date("2026-11-23")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"limit": "many"}, "limit=many: should be a number"),
        ({"limit": "0"}, "limit=0: should be a number"),
        ({"since": "soon"}, "since=soon: should be a day"),
        ({"until": "2026-11-31"}, "until=2026-11-31: should be a day"),
        ({"section": " / "}, "section= is empty"),
        ({"full": "yes"}, "full=yes: should be 1 or 0"),
    ],
)
def test_what_cannot_be_meant_is_named(arguments: dict[str, str], says: str) -> None:
    with pytest.raises(ArgumentError, match=says):
        Arguments.parse(**arguments)


def test_since_after_until_is_refused() -> None:
    with pytest.raises(ArgumentError, match="is after"):
        Arguments.parse(since="2026-11-23", until="2026-11-22")


@pytest.mark.parametrize(
    ("one", "other", "covers"),
    [
        ({}, {"since": "2026-11-20"}, True),
        ({"since": "2026-11-20"}, {}, False),
        ({"since": "2026-11-20"}, {"since": "2026-11-20"}, True),
        ({"since": "2026-11-20"}, {"since": "2026-11-21", "until": "2026-11-22"}, True),
        ({"since": "2026-11-20"}, {"since": "2026-11-19"}, False),
        ({"until": "2026-11-20"}, {"until": "2026-11-19"}, True),
        ({"until": "2026-11-20"}, {"until": "2026-11-21"}, False),
        ({"section": "sport"}, {"section": "Sport"}, True),
        ({"section": "sport"}, {"section": "culture"}, False),
        ({"limit": "3"}, {}, True),
    ],
)
def test_what_one_run_takes_another_takes_too(one: dict[str, str], other: dict[str, str], covers: bool) -> None:
    assert Arguments.parse(**one).covers(Arguments.parse(**other)) is covers


def test_arguments_of_schedulers_are_passed_over() -> None:
    """scrapyd gives each spider a `_job`."""
    assert NewsSpider(url="https://a.example/", _job="e1", _version="2").arguments == Arguments()


@pytest.mark.parametrize(("text", "seconds"), [("3d", 3 * 86400), ("12h", 12 * 3600), ("0", 0), ("1", 1)])
def test_a_time_to_revisit(text: str, seconds: int) -> None:
    assert Arguments.parse(revisit=text).revisit == seconds
    with pytest.raises(ArgumentError, match="such as 3d"):
        Arguments.parse(revisit=f"{text}x")
