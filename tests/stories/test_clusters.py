"""Rows about a period: stories with their copies, and who republishes whom."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from newscrawl.stories.clusters import Cluster, by_outlet, clusters
from newscrawl.stories.index import Copy, StoryIndex
from newscrawl.stories.sketches import sketch

Prose = Callable[..., str]


def copy(outlet: str, day: int, page: str = "a", **more: str) -> Copy:
    url = f"https://{outlet}.example/{page}"
    return Copy(url=url, outlet=f"{outlet}.example", seen_at=f"2026-11-{day:02}T08:00:00Z", **more)  # type: ignore[arg-type]


@pytest.fixture
def filled(database: sqlite3.Connection, prose: Prose) -> sqlite3.Connection:
    index = StoryIndex(database)
    index.assign(copy("alone", 1), sketch(prose(3)))
    index.assign(copy("north", 1, published_at="2026-11-01T07:30:00+01:00"), sketch(prose(1)))
    index.assign(copy("south", 2, origin="agency.example", published_at="2026-11-01T06:00:00Z"), sketch(prose(1)))
    index.assign(copy("west", 3, published_at="2026-11-01"), sketch(prose(1)))
    index.assign(copy("west", 4, page="again"), sketch(prose(1)))
    index.assign(copy("south", 10, page="b"), sketch(prose(2)))
    index.assign(copy("west", 11, page="b"), sketch(prose(2, 150)))
    return database


def found(database: sqlite3.Connection, since: int = 1, until: int = 30) -> list[Cluster]:
    return list(clusters(database, f"2026-11-{since:02}T00:00:00Z", f"2026-11-{until:02}T00:00:00Z"))


def test_a_cluster_tells_its_copies(filled: sqlite3.Connection) -> None:
    first, _ = found(filled)
    assert [c.url for c in first.copies] == [
        "https://north.example/a",
        "https://south.example/a",
        "https://west.example/a",
        "https://west.example/again",
    ]
    assert first.outlets == ["north.example", "south.example", "west.example"]
    assert (first.first_seen_at, first.last_seen_at) == ("2026-11-01T08:00:00Z", "2026-11-04T08:00:00Z")
    assert first.origins == {"agency.example": 1}
    assert first.copies[0].containment == 1.0


def test_the_earliest_copy_goes_by_its_moment_of_publication(filled: sqlite3.Connection) -> None:
    """06:00 UTC is earlier than 07:30 at +01:00; a day without a time says nothing; else the one seen first."""
    first, second = found(filled)
    assert first.earliest.outlet == "south.example"
    assert second.earliest.outlet == "south.example"
    assert second.earliest.seen_at == "2026-11-10T08:00:00Z"


@pytest.mark.parametrize(("since", "until", "count"), [(1, 30, 2), (1, 10, 1), (5, 9, 0), (4, 5, 1), (11, 30, 1)])
def test_a_period_holds_the_stories_seen_in_it(filled: sqlite3.Connection, since: int, until: int, count: int) -> None:
    assert len(found(filled, since, until)) == count


def test_each_story_counts_once_and_stated_origins_are_counted_apart(filled: sqlite3.Connection) -> None:
    """West has two copies of the first story."""
    rows = [(r.outlet, r.origin, r.stories, r.stated) for r in by_outlet(found(filled))]
    assert rows == [
        ("south.example", "agency.example", 1, 1),
        ("west.example", "north.example", 1, 0),
        ("west.example", "south.example", 1, 0),
    ]


@pytest.mark.parametrize("date", ["", "yesterday", "2026-11-01T08:00:00", "0001-01-01T00:00:00+14:00"])
def test_dates_that_order_nothing(database: sqlite3.Connection, prose: Prose, date: str) -> None:
    index = StoryIndex(database)
    index.assign(copy("north", 1), sketch(prose(1)))
    index.assign(copy("south", 2, published_at=date), sketch(prose(1)))
    assert found(database)[0].earliest.outlet == "north.example"


@pytest.mark.parametrize(
    ("north", "south", "earliest"),
    [
        ("2026-11-01T08:00:00Z", "2026-11-01T07:00:00", "north"),
        ("2026-11-01T08:00:00Z", "2026-10-31T09:00:00", "north"),
        ("2026-11-01T08:00:00Z", "2026-10-31T07:00:00", "south"),
        ("2026-11-01T08:00:00Z", "2026-10-31", "north"),
        ("2026-11-01T08:00:00Z", "2026-10-30", "south"),
        ("2026-11-01T08:00:00Z", "2026-10", "north"),
        ("", "2026-10-20T09:00:00", "south"),
    ],
)
def test_a_time_without_a_zone_is_the_earliest_only_by_more_than_a_day(
    database: sqlite3.Connection, prose: Prose, north: str, south: str, earliest: str
) -> None:
    index = StoryIndex(database)
    index.assign(copy("north", 1, published_at=north), sketch(prose(1)))
    index.assign(copy("south", 1, published_at=south), sketch(prose(1)))
    assert found(database)[0].earliest.outlet == f"{earliest}.example"


def test_what_quotes_a_story_is_told_on_demand(database: sqlite3.Connection, prose: Prose) -> None:
    index = StoryIndex(database)
    index.assign(copy("north", 1), sketch(f"{prose(1)} “{prose(9, 100)}”"))
    index.assign(copy("south", 2), sketch(f"{prose(2)} “{prose(9, 100)}”"))
    assert found(database) == []
    (told,) = clusters(database, "2026-11-01T00:00:00Z", "2026-11-30T00:00:00Z", quotes=True)
    assert [(c.outlet, c.relation) for c in told.copies] == [("north.example", "copy")]
    assert [(c.outlet, c.relation) for c in told.quoted_by] == [("south.example", "quotes")]
    assert by_outlet([told]) == []
