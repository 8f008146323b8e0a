"""The index: which texts are one story, and what is kept of them."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from newscrawl.items import Story
from newscrawl.stories.index import Copy, StoryIndex
from newscrawl.stories.postings import COMMON
from newscrawl.stories.sketches import sketch
from newscrawl.stories.tables import create_tables

Prose = Callable[..., str]
TABLES = ("stories", "story_postings", "story_copies", "story_texts")


def file(index: StoryIndex, name: str, text: str, day: int = 1, month: int = 11) -> Story | None:
    copy = Copy(
        url=f"https://{name}.example/a", outlet=f"{name}.example", seen_at=f"2026-{month:02}-{day:02}T08:00:00Z"
    )
    return index.assign(copy, sketch(text))


def rows(database: sqlite3.Connection) -> list[int]:
    return [database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES]


def test_the_first_copy_is_no_copy_and_the_second_names_it(index: StoryIndex, prose: Prose) -> None:
    assert file(index, "first", prose(1)) is None
    found = file(index, "second", prose(1), day=2)
    assert found == Story(
        id="33ef14e2e6a51b47",
        first_seen_url="https://first.example/a",
        first_seen_at="2026-11-01T08:00:00Z",
        containment=1.0,
        relation="copy",
        contained=1.0,
        contains=1.0,
        outside_quotes=1.0,
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


@pytest.mark.parametrize(
    "letters",
    [
        "あいうえおかがきぎくけこさしすせそたちつてとなにのはまみやゆよりるをんアイカキサタナラ市長発表計画水道",
        "กขคงจชซดตถทนบปผพมยรลวสหอะาิีึืุูเแโใไ่้",
        "市政府周三宣布将暂停投资有轨电车项目并在十月公新的方案",
    ],
    ids=["Japanese", "Thai", "Chinese"],
)
def test_copies_in_scripts_without_spaces(index: StoryIndex, letters: str) -> None:
    first, other = (
        "。".join("".join(Random(f"{seed}{at}").choices(letters, k=45)) for at in range(16)) for seed in "ab"
    )
    file(index, "first", first)
    assert file(index, "other", other) is None
    found = file(index, "second", f"{other[:150]}「{first[300:]}」")
    assert found is not None
    assert found.first_seen_url == "https://first.example/a"


def test_two_pieces_that_quote_one_speech_are_two_stories(index: StoryIndex, prose: Prose) -> None:
    """Even where the speech is most of them."""
    speech = prose(9, 240)
    file(index, "first", f'{prose(1, 100)} "{speech}" {prose(2, 60)}')
    found = file(index, "second", f"{prose(3, 90)}, «{speech}», {prose(4, 50)}")
    assert found is not None
    assert (found.relation, found.outside_quotes) == ("quotes", 0.0)
    assert found.containment > 0.5


def test_a_text_that_quotes_is_a_story_of_its_own_and_keeps_what_it_quotes(
    database: sqlite3.Connection, index: StoryIndex, prose: Prose
) -> None:
    speech = prose(9, 120)
    file(index, "first", f"{prose(1, 140)} “{speech}”")
    quotes = file(index, "second", f"{prose(3, 200)} “{speech}”")
    copy = file(index, "third", f"{prose(3, 200)} “{speech}”", day=2)
    assert quotes is not None
    assert copy is not None
    assert (quotes.first_seen_url, copy.first_seen_url) == ("https://first.example/a", "https://second.example/a")
    assert file(index, "second", f"{prose(3, 200)} “{speech}”", day=3) == quotes
    file(index, "first", f"{prose(1, 140)} “{speech}” {prose(5, 20)}")
    assert file(index, "second", f"{prose(3, 200)} “{speech}”", day=5) == quotes
    index.prune("2026-12-01T00:00:00Z")
    assert database.execute("SELECT count(*) FROM story_quotes").fetchone() == (0,)


def test_a_transcript_that_is_all_quotation_has_copies(index: StoryIndex, prose: Prose) -> None:
    file(index, "first", f"“{prose(1, 200)}”")
    found = file(index, "second", f"„{prose(1, 200)}“")
    assert found is not None
    assert found.relation == "copy"


def test_a_later_state_of_a_wire_story_is_a_version(index: StoryIndex, prose: Prose) -> None:
    kept = [prose(seed, 40) for seed in range(10)]
    file(index, "first", " ".join(kept))
    later = [text if at % 2 else prose(at + 100, 40) for at, text in enumerate(kept)]
    found = file(index, "second", " ".join(later))
    assert found is not None
    assert found.relation == "version"


def test_a_text_told_otherwise_is_found_by_what_no_other_story_has(index: StoryIndex, prose: Prose) -> None:
    words = prose(1, 600).split()
    file(index, "first", " ".join(words))
    strewn = " ".join(f"{' '.join(words[at : at + 20])} {prose(at + 2, 40)}" for at in range(0, 600, 60))
    found = file(index, "second", strewn)
    assert found is not None
    assert 0.3 <= found.containment < 0.4


def test_a_stub_that_is_mostly_boilerplate_is_no_copy_of_another(index: StoryIndex, prose: Prose) -> None:
    boilerplate = prose(9, 24)
    file(index, "first", f"{prose(1, 15)} {boilerplate}")
    assert file(index, "second", f"{prose(2, 15)} {boilerplate}") is None
    assert file(index, "third", f"{prose(1, 15)} {boilerplate}") is not None


def test_a_wire_story_stays_one_story_however_many_carry_it(index: StoryIndex, prose: Prose) -> None:
    """Frequency counts stories and not copies, else the story would be lost as a stock phrase."""
    found = [file(index, f"outlet{n}", f"{prose(n + 100, 60)} {prose(1, 300)}") for n in range(500)]
    assert {story.first_seen_url for story in found[1:] if story} == {"https://outlet0.example/a"}
    assert None not in found[1:]


def test_what_stands_in_many_stories_leads_nowhere(
    database: sqlite3.Connection, index: StoryIndex, prose: Prose
) -> None:
    boilerplate = prose(9, 200)
    for number in range(COMMON + 20):
        file(index, f"outlet{number}", f"{prose(number + 100, 400)} {boilerplate}")
    common = database.execute("SELECT count(*) FROM story_postings WHERE story < 0").fetchone()[0]
    most = database.execute("SELECT max(n) FROM (SELECT count(*) AS n FROM story_postings GROUP BY hash)").fetchone()
    assert common > 0
    assert most == (1,)
    assert file(index, "late", boilerplate) is None


def test_what_was_common_is_counted_anew_when_its_stories_are_gone(
    database: sqlite3.Connection, index: StoryIndex, prose: Prose
) -> None:
    boilerplate = prose(9, 200)
    for number in range(COMMON):
        file(index, f"outlet{number}", f"{prose(number + 100, 400)} {boilerplate}")
    assert index.prune("2026-12-01T00:00:00Z") == COMMON
    assert rows(database) == [0, 0, 0, 0]
    assert file(index, "first", boilerplate) is None
    assert file(index, "second", boilerplate) is not None


def test_a_copy_of_the_longer_text_that_joined_a_shorter_ones_story_is_found(
    database: sqlite3.Connection, index: StoryIndex, prose: Prose
) -> None:
    """Seen first was an excerpt; the last text has little of it, and most of the whole."""
    start, rest = prose(1, 100), prose(2, 500)
    file(index, "excerpt", start)
    assert file(index, "whole", f"{start} {rest}") is not None
    found = file(index, "shortened", f"{start[: len(start) // 4]} {rest}")
    assert found is not None
    assert (found.first_seen_url, found.contained) == ("https://excerpt.example/a", 1.0)
    index.prune("2026-12-01T00:00:00Z")
    assert rows(database) == [0, 0, 0, 0]


def test_a_story_is_no_chain_of_texts_that_share_nothing(index: StoryIndex, prose: Prose) -> None:
    """A round-up of two stories belongs to the first one, and takes no copy of the second one in."""
    file(index, "first", prose(1, 200))
    assert file(index, "round-up", f"{prose(1, 200)} {prose(2, 300)}") is not None
    found = file(index, "second", prose(2, 300))
    assert found is None or found.relation == "quotes"


def test_a_story_keeps_four_texts_at_most(database: sqlite3.Connection, index: StoryIndex, prose: Prose) -> None:
    file(index, "first", prose(1, 200))
    for number in range(9):
        file(index, f"outlet{number}", f"{prose(1, 200)} {prose(number + 2, 300)}")
    assert rows(database)[0] == 1
    assert rows(database)[3] == 3


def test_what_an_outlet_prints_on_many_texts_is_no_evidence(index: StoryIndex, prose: Prose) -> None:
    box = prose(9, 260)
    texts = [f"{prose(number, 40)} {box}" for number in range(10, 13)]
    for at, text in enumerate([f"{prose(1, 250)} {box}", f"{prose(2, 250)} {box}", *texts]):
        copy = Copy(url=f"https://paper.example/{at}", outlet="paper.example", seen_at="2026-11-01T08:00:00Z")
        found = index.assign(copy, sketch(text))
        assert found is None or at < 2


def test_what_another_outlet_prints_on_many_texts_is_no_evidence(index: StoryIndex, prose: Prose) -> None:
    notice = prose(9, 100)
    for number in range(3):
        copy = Copy(url=f"https://a.example/{number}", outlet="a.example", seen_at="2026-11-01T08:00:00Z")
        assert index.assign(copy, sketch(f"{prose(number + 10, 200)} {notice}")) is None
    assert file(index, "b", f"{prose(1, 60)} {notice}") is None


def test_short_texts_are_not_filed(database: sqlite3.Connection, index: StoryIndex, prose: Prose) -> None:
    assert file(index, "first", prose(1, 20)) is None
    assert rows(database) == [0, 0, 0, 0]


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
    assert rows(database) == [0, 0, 0, 0]


def test_a_story_lives_as_long_as_copies_come(database: sqlite3.Connection, prose: Prose) -> None:
    index = StoryIndex(database, window_days=30)
    file(index, "first", prose(1), month=8, day=20)
    file(index, "second", prose(1), month=9, day=10)
    found = file(index, "third", prose(1), month=10, day=5)
    assert found is not None
    assert found.first_seen_at == "2026-08-20T08:00:00Z"


def test_the_room_of_forgotten_stories_is_used_again(database: sqlite3.Connection, prose: Prose) -> None:
    """Month after month the file stays as large as its window needs."""
    index, pages = StoryIndex(database, window_days=20), []
    for month in range(1, 7):
        index.prune(f"2026-{month:02}-01T00:00:00Z")
        for number in range(60):
            file(index, f"outlet{number}-{month}", prose(100 * month + number, 120), month=month)
        pages.append(database.execute("PRAGMA page_count").fetchone()[0])
    assert rows(database)[0] == 60
    assert pages[-1] <= pages[0] * 1.2


@pytest.mark.parametrize("first", range(3))
def test_a_killed_process_leaves_whole_stories(tmp_path: Path, prose: Prose, first: int) -> None:
    """Of a transaction that was not committed nothing is left, and its articles are filed as if seen anew."""
    path = tmp_path / "ledger.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        create_tables(database)
        for number in range(first):
            file(StoryIndex(database), f"outlet{number}", prose(1))
        before = rows(database)
    filed = subprocess.run([sys.executable, "-c", _KILLED, path, prose(1), prose(2)], timeout=60)
    assert filed.returncode == -signal.SIGKILL
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        assert rows(database) == before
        again = file(StoryIndex(database), "late", prose(1))
    assert (again is None) == (first == 0)


_KILLED = """
import os, signal, sqlite3, sys
from newscrawl.stories import StoryIndex, sketch
from newscrawl.stories.index import Copy
path, *texts = sys.argv[1:]
database = sqlite3.connect(path, isolation_level=None)
database.execute("PRAGMA cache_size = 1")  # so that pages reach the file before the commit
database.execute("BEGIN")
for at, text in enumerate(texts):
    copy = Copy(url=f"https://late.example/{at}", outlet="late.example", seen_at="2026-11-01T08:00:00Z")
    StoryIndex(database).assign(copy, sketch(text))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_nothing_is_committed(database: sqlite3.Connection, index: StoryIndex, prose: Prose) -> None:
    database.execute("BEGIN")
    create_tables(database)
    file(index, "first", prose(1))
    file(index, "second", prose(1))
    database.execute("ROLLBACK")
    assert rows(database) == [0, 0, 0, 0]
