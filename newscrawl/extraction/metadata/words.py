"""The words by which a language's bylines and dates are read, from words/LANG.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from newscrawl.web.date_words import months

_SAME = {"nb": "no", "nn": "no"}
"""Languages that are read with another's words."""

_BEFORE_DATES = "on at am um le el il em op den vom min mins".split()


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists of a page's language, English added, all in lower case."""

    by: tuple[str, ...]
    """What opens a byline: "by", "written by", "von"."""
    not_by: tuple[str, ...]
    """What opens the names of others: "edited by", "photos by"."""
    conjunctions: tuple[str, ...]
    """What stands between two names: "and", "und"."""
    helped: tuple[str, ...]
    """What stands before those who helped: "with", "avec"."""
    roles: frozenset[str]
    """Words that only job titles hold: "editor", "korrespondentin"."""
    collective: frozenset[str]
    """Words that mark an author who is no person: "staff", "redaktion", "team"."""
    boilerplate: frozenset[str]
    """Words of a byline's surroundings that no name holds: "updated", "minutes"."""
    months: Mapping[str, int]
    """Names of months and their short forms, without the dot, and their numbers."""
    published: tuple[str, ...]
    """What opens a date of publication: "published", "erschienen"."""
    modified: tuple[str, ...]
    """What opens a date of change, "updated", "aktualisiert", and other dates than the publication's: "received"."""
    opinion: frozenset[str]
    """Names of sections that hold opinion."""
    profile: tuple[str, ...]
    """What opens the text of a link to an author's page: "more from", "alle Artikel von"."""
    dates: frozenset[str]
    """Words that may follow a bare name: "on", "am", names of months, what opens a date."""


@lru_cache(maxsize=64)
def words(language: str | None) -> Words:
    """The words of a language and of English, which templates of all countries use."""
    tables = [_table("en"), *([_table(language)] if language and language != "en" else [])]

    def merged(key: str) -> list[str]:
        return [word for table in tables for word in table.get(key, ())]

    return Words(
        by=tuple(sorted(merged("by"), key=len, reverse=True)),
        not_by=tuple(merged("not_by")),
        conjunctions=tuple(merged("conjunctions")),
        helped=tuple(merged("helped")),
        roles=frozenset(merged("roles")),
        collective=frozenset(merged("collective")),
        boilerplate=frozenset(merged("boilerplate")),
        months=months(language or "en"),
        published=tuple(merged("published")),
        modified=tuple(merged("modified")),
        opinion=frozenset(merged("opinion")),
        profile=tuple(sorted(merged("profile"), key=len, reverse=True)),
        dates=_date_words(merged("published") + merged("modified"), months(language or "en")),
    )


def _date_words(labels: list[str], names: Mapping[str, int]) -> frozenset[str]:
    return frozenset([*_BEFORE_DATES, *names, *(label.split()[0] for label in labels)])


def _table(language: str) -> dict[str, list[str]]:
    path = files(__package__).joinpath("words", f"{_SAME.get(language, language)}.toml")
    if not (language.isalpha() and path.is_file()):
        return {}
    table: dict[str, list[str]] = tomllib.loads(path.read_text("utf-8"))
    return table
