"""Stories as a table: nothing from outside steers the terminal, and each figure stands where it belongs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newscrawl.stories.clusters import Cluster, Republishing
from newscrawl.stories.index import Copy
from newscrawl.views.story_listing import NONE, OUTLETS, STORIES, outlet_lines, story_lines
from newscrawl.views.terminal import one_line, shortened

FIRST = Copy(url="https://a.example/1", outlet="a.example", seen_at="2026-11-23T08:30:00Z")
SECOND = Copy(
    url="https://b.example/\x1b[2J\u202e",
    outlet="b.example",
    seen_at="2026-11-23T09:00:00Z",
    published_at="2026-11-23T07:00:00+01:00",
    containment=0.87,
    origin="wire\n.example",
    relation="version",
)

CLUSTER = Cluster(
    story="0",
    copies=[],
    outlets=[],
    first_seen_at="",
    last_seen_at="",
    origins={},
    earliest=FIRST,
    quoted_by=[],
)


def test_a_story_with_its_copies() -> None:
    cluster = Cluster(
        story="0123456789abcdef",
        copies=[FIRST, SECOND],
        outlets=["a.example", "b.example"],
        first_seen_at=FIRST.seen_at,
        last_seen_at=SECOND.seen_at,
        origins={"wire\n.example": 1},
        earliest=SECOND,
        quoted_by=[replace(FIRST, outlet="c.example", containment=0.2, relation="quotes")],
    )
    assert list(story_lines([cluster])) == [
        "story 0123456789abcdef: 2 copies on 2 outlets, 2026-11-23 08:30Z to 2026-11-23 09:00Z;"
        " stated origins: wire\\n.example (1)",
        "   1.00  copy     seen 2026-11-23 08:30Z, published: not stated  a.example  https://a.example/1",
        " * 0.87  version  seen 2026-11-23 09:00Z, published 2026-11-23 07:00+01:00  b.example, from wire\\n.example"
        "  https://b.example/\\x1b[2J\\u202e",
        "   0.20  quotes   seen 2026-11-23 08:30Z, published: not stated  c.example  https://a.example/1",
        "",
        STORIES,
    ]


def test_a_time_without_a_zone_is_not_told_as_utc() -> None:
    copies = [
        replace(FIRST, published_at="2026-11-23T07:00:00"),
        replace(SECOND, published_at="2026-11-23T07:00:00+00:00"),
    ]
    cluster = replace(CLUSTER, copies=copies, earliest=copies[1])
    _, first, second, *_ = story_lines([cluster])
    assert "published 2026-11-23 07:00  a" in first
    assert "published 2026-11-23 07:00Z  b" in second


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ("2026-11-23T07:00:59.123456+01:00", "2026-11-23 07:00+01:00"),
        ("2026-11-23T07:00:59.5Z", "2026-11-23 07:00Z"),
        ("2026-11-23T07:00:59.5", "2026-11-23 07:00"),
        ("2026-11-23T07:00Z", "2026-11-23 07:00Z"),
        ("2026-11-23T07:00-03:00", "2026-11-23 07:00-03:00"),
        ("2026-11-23", "2026-11-23"),
        ("2026-11", "2026-11"),
    ],
)
def test_fractions_of_seconds_are_no_zone(stated: str, shown: str) -> None:
    copy = replace(FIRST, published_at=stated)
    cluster = replace(CLUSTER, copies=[copy], earliest=copy)
    assert f", published {shown}  a.example" in list(story_lines([cluster]))[1]


def test_nothing_to_show_is_said() -> None:
    assert list(story_lines([])) == list(outlet_lines([])) == [NONE]


def test_who_republishes_whom() -> None:
    assert list(outlet_lines([Republishing(outlet="b.example", origin="a.example", stories=12, stated=3)])) == [
        "outlet     from       stories  stated",
        "b.example  a.example       12       3",
        f"\n{OUTLETS}",
    ]


def test_outside_text_stays_on_its_line() -> None:
    assert one_line("a\r\x9b\u2066é中") == "a\\r\\x9b\\u2066é中"
    assert shortened("abcdef", 4) == "abc…"
    assert shortened("abcd", 4) == "abcd"
