"""Made-up texts for the tests of stories."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from random import Random

import pytest

from newscrawl.stories import StoryIndex
from newscrawl.stories.tables import create_tables

SYLLABLES = ["ba", "ren", "dor", "mi", "tal", "ves", "ko", "lin", "har", "wick", "ston", "el"]


@pytest.fixture
def prose() -> Callable[..., str]:
    """Writes `words` made-up words, the same for the same seed; no two seeds share five words in a row."""

    def write(seed: int, words: int = 300) -> str:
        rng = Random(seed)
        return " ".join("".join(rng.choices(SYLLABLES, k=3)) for _ in range(words))

    return write


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    create_tables(connection)
    yield connection
    connection.close()


@pytest.fixture
def index(database: sqlite3.Connection) -> StoryIndex:
    return StoryIndex(database)
