"""The word lists: every language's file is whole, and reads a byline and a date of its own."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from newscrawl.extraction.metadata import datetimes, names
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
    "months",
    "published",
    "modified",
    "opinion",
}
IN_FIGURES = ("ja", "ko", "zh")
"""Languages that write months in figures."""
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_whole(language: str) -> None:
    table = tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))
    assert set(table) == KEYS
    assert len(table["months"]) == (0 if language in IN_FIGURES else 12)
    every = [word for row in table.values() for word in row]
    assert every == [word.lower() for word in every] or language == "tr"
    assert len(table["by"]) == len(set(table["by"]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_byline_and_date_are_read(language: str) -> None:
    table = tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))
    line = f"{table['by'][0].capitalize()} Ann Lee {table['conjunctions'][0]} Bob Ray"
    assert names.in_line(line, words(language)) == (["Ann Lee", "Bob Ray"], True)
    for number, row in enumerate(table["months"], start=1):
        for month in row.split():
            moment = datetimes.printed(f"5 {month} 2024", words(language), month_first=False)
            assert moment is not None
            assert moment.iso == f"2024-{number:02}-05"


def test_languages_that_share_words() -> None:
    assert names.in_line("Av Ann Lee", words("nb")) == (["Ann Lee"], True)
    assert words("xx") == words("en")
    assert words("../en") == words("en")
