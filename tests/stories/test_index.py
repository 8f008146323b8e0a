"""The index: which texts are one story, and what is kept of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from newscrawl.items import Story
from newscrawl.stories.index import COMMON, Copy, StoryIndex, create_tables
from newscrawl.stories.sketches import sketch

Prose = Callable[..., str]
TABLES = ("stories", "story_postings", "story_copies")


def file(index: StoryIndex, name: str, text: str, day: int = 1, month: int = 11) -> Story | None:
    copy = Copy(
        url=f"https://{name}.example/a", outlet=f"{name}.example", seen_at=f"2026-{month:02}-{day:02}T08:00:00Z"
    )
    return index.assign(copy, sketch(text))


def rows(database: sqlite3.Connection) -> list[int]:
    return [database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES]


@pytest.fixture
def index(database: sqlite3.Connection) -> StoryIndex:
    return StoryIndex(database)


def test_the_first_copy_is_no_copy_and_the_second_names_it(index: StoryIndex, prose: Prose) -> None:
    assert file(index, "first", prose(1)) is None
    found = file(index, "second", prose(1), day=2)
    assert found == Story(
        id="33ef14e2e6a51b47",
        first_seen_url="https://first.example/a",
        first_seen_at="2026-11-01T08:00:00Z",
        containment=1.0,
    )


@pytest.mark.parametrize(
    "edit",
    [
        lambda text, own: text[: len(text) // 2],
        lambda text, own: f"{own} {text} {own[::-1]}",
        lambda text, own: f"{own[: len(own) // 3]} {text[len(text) // 4 :]}",
    ],
    ids=["cut", "framed", "both"],
)
def test_edited_copies_are_found(index: StoryIndex, prose: Prose, edit: Callable[[str, str], str]) -> None:
    file(index, "first", prose(1, 400))
    found = file(index, "second", edit(prose(1, 400), prose(2, 300)))
    assert found is not None
    assert found.first_seen_url == "https://first.example/a"


def test_two_pieces_that_quote_one_speech_are_two_stories(index: StoryIndex, prose: Prose) -> None:
    speech = prose(9, 120)
    file(index, "first", f"{prose(1, 140)} {speech} {prose(2, 140)}")
    assert file(index, "second", f"{prose(3, 200)} {speech} {prose(4, 80)}") is None


def test_a_text_told_otherwise_is_found_by_what_no_other_story_has(index: StoryIndex, prose: Prose) -> None:
    words = prose(1, 600).split()
    file(index, "first", " ".join(words))
    strewn = " ".join(f"{' '.join(words[at : at + 20])} {prose(at + 2, 40)}" for at in range(0, 600, 60))
    found = file(index, "second", strewn)
    assert found is not None
    assert 0.3 <= found.containment < 0.4


def test_a_stub_that_is_mostly_chrome_is_no_copy_of_another(index: StoryIndex, prose: Prose) -> None:
    chrome = prose(9, 24)
    file(index, "first", f"{prose(1, 15)} {chrome}")
    assert file(index, "second", f"{prose(2, 15)} {chrome}") is None
    assert file(index, "third", f"{prose(1, 15)} {chrome}") is not None


def test_a_wire_story_stays_one_story_however_many_carry_it(index: StoryIndex, prose: Prose) -> None:
    """Frequency counts stories and not copies, else the story would be lost as a stock phrase."""
    for number in range(COMMON * 2):
        found = file(index, f"outlet{number}", f"{prose(number + 100, 60)} {prose(1, 300)}")
    assert found is not None
    assert found.first_seen_url == "https://outlet0.example/a"


def test_what_stands_in_many_stories_leads_nowhere(
    database: sqlite3.Connection, index: StoryIndex, prose: Prose
) -> None:
    chrome = prose(9, 200)
    for number in range(COMMON + 20):
        file(index, f"outlet{number}", f"{prose(number + 100, 400)} {chrome}")
    most = database.execute("SELECT max(n) FROM (SELECT count(*) AS n FROM story_postings GROUP BY hash)").fetchone()
    assert most == (COMMON,)
    assert file(index, "late", chrome) is None


def test_short_texts_are_not_filed(database: sqlite3.Connection, index: StoryIndex, prose: Prose) -> None:
    assert file(index, "first", prose(1, 20)) is None
    assert rows(database) == [0, 0, 0]


def test_a_url_filed_again_keeps_its_story(database: sqlite3.Connection, index: StoryIndex, prose: Prose) -> None:
    file(index, "first", prose(1))
    found = file(index, "second", prose(1), day=2)
    assert file(index, "second", prose(1), day=3) == found
    assert file(index, "first", prose(1), day=3) is None
    assert rows(database)[2] == 2


def test_a_new_text_takes_the_place_of_an_only_copy(
    database: sqlite3.Connection, index: StoryIndex, prose: Prose
) -> None:
    file(index, "first", prose(1))
    file(index, "first", prose(2), day=2)
    assert file(index, "second", prose(1), day=3) is None
    assert file(index, "third", prose(2), day=3) is not None
    assert rows(database)[0] == 2


def test_old_stories_are_left_alone_and_then_forgotten(database: sqlite3.Connection, prose: Prose) -> None:
    index = StoryIndex(database, window_days=30)
    file(index, "first", prose(1), month=9)
    assert file(index, "second", prose(1), month=11) is None
    assert index.prune("2026-10-01T00:00:00Z") == 1
    assert rows(database)[0] == rows(database)[2] == 1
    assert index.prune("2026-12-01T00:00:00Z") == 1
    assert rows(database) == [0, 0, 0]


def test_a_story_lives_as_long_as_copies_come(database: sqlite3.Connection, prose: Prose) -> None:
    index = StoryIndex(database, window_days=30)
    file(index, "first", prose(1), month=8, day=20)
    file(index, "second", prose(1), month=9, day=10)
    found = file(index, "third", prose(1), month=10, day=5)
    assert found is not None
    assert found.first_seen_at == "2026-08-20T08:00:00Z"


def test_nothing_is_committed(database: sqlite3.Connection, index: StoryIndex, prose: Prose) -> None:
    database.execute("BEGIN")
    create_tables(database)
    file(index, "first", prose(1))
    file(index, "second", prose(1))
    database.execute("ROLLBACK")
    assert rows(database) == [0, 0, 0]
