"""The words by which a language's bylines and dates are read, from words/LANG.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_SAME = {"nb": "no", "nn": "no"}
"""Languages that are read with another's words."""


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
    months: dict[str, int]
    """Names of months and their short forms, without the dot, and their numbers; none where dates are in figures."""
    published: tuple[str, ...]
    """What opens a date of publication: "published", "erschienen"."""
    modified: tuple[str, ...]
    """What opens a date of change, "updated", "aktualisiert", and other dates than the publication's: "received"."""
    opinion: frozenset[str]
    """Names of sections that hold opinion."""


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
        months={name: number for table in tables for number, row in _months(table) for name in row},
        published=tuple(merged("published")),
        modified=tuple(merged("modified")),
        opinion=frozenset(merged("opinion")),
    )


def _months(table: dict[str, list[str]]) -> list[tuple[int, list[str]]]:
    return [(number, row.split()) for number, row in enumerate(table.get("months", ()), start=1)]


def _table(language: str) -> dict[str, list[str]]:
    path = files(__package__).joinpath("words", f"{_SAME.get(language, language)}.toml")
    if not (language.isalpha() and path.is_file()):
        return {}
    table: dict[str, list[str]] = tomllib.loads(path.read_text("utf-8"))
    return table
