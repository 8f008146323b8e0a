"""Texts of our own in four languages, put together from lists of words by chance that a key fixes."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

LANGUAGES = ("en", "de", "fr", "es")


@cache
def words(language: str) -> dict[str, Any]:
    """The word lists of a language, from words/LANG.toml."""
    return tomllib.loads((Path(__file__).parent / "words" / f"{language}.toml").read_text(encoding="utf-8"))


def title(language: str, chance: Random) -> str:
    """A headline."""
    said = words(language)
    return chance.choice(said["titles"]).format(
        place=chance.choice(said["places"]), thing=chance.choice(said["things"]), n=chance.randrange(12, 990)
    )


def person(language: str, chance: Random) -> str:
    """First and last name."""
    return f"{chance.choice(words(language)['first'])} {chance.choice(words(language)['last'])}"


def paragraphs(language: str, key: str) -> list[str]:
    """Four to nine paragraphs of two to four sentences."""
    chance = Random(f"text/{key}")
    return [
        " ".join(sentence(language, chance) for _ in range(chance.randint(2, 4))) for _ in range(chance.randint(4, 9))
    ]


def sentence(language: str, chance: Random) -> str:
    """Somebody did something, when and why."""
    said = words(language)
    who = chance.choice(said["who"]).format(place=chance.choice(said["places"]))
    did = chance.choice(said["did"]).format(n=chance.randrange(12, 990))
    return f"{who} {did} {chance.choice(said['when'])}, {chance.choice(said['why'])}."


def zone(language: str) -> timezone:
    """The outlet's zone; winter time all year."""
    return timezone(timedelta(hours=words(language)["offset"]))


def printed(language: str, moment: datetime) -> str:
    """A date as the outlet prints it."""
    said = words(language)
    return said["date"].format(
        day=moment.day, month=said["months"][moment.month - 1], year=moment.year, time=f"{moment:%H:%M}"
    )


def slug(text: str) -> str:
    """Lower-case ASCII words with hyphens."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
