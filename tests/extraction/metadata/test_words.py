"""The word lists: every language's file is whole, and reads a byline of its own."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from newscrawl.extraction.metadata import names
from newscrawl.extraction.metadata.words import words

FOLDER = Path(str(files("newscrawl.extraction.metadata").joinpath("words")))
KEYS = {
    "by",
    "not_by",
    "conjunctions",
    "helped",
    "roles",
    "collective",
    "boilerplate",
    "published",
    "modified",
    "opinion",
}
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_whole(language: str) -> None:
    table = tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))
    assert set(table) - {"profile"} == KEYS
    every = [word for row in table.values() for word in row]
    assert every == [word.lower() for word in every] or language == "tr"
    assert len(table["by"]) == len(set(table["by"]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_byline_is_read(language: str) -> None:
    table = tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))
    line = f"{table['by'][0].capitalize()} Ann Lee {table['conjunctions'][0]} Bob Ray"
    assert names.in_line(line, words(language)) == (["Ann Lee", "Bob Ray"], True)


def test_languages_that_share_words() -> None:
    assert names.in_line("Av Ann Lee", words("nb")) == (["Ann Lee"], True)
    assert words("xx").by == words("../en").by == words("en").by
