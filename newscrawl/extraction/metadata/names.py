"""Names out of bylines: "By Ann Lee and Bob Ray, Senior Editor" gives Ann Lee and Bob Ray."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from newscrawl.extraction.metadata.text import key, plain
from newscrawl.extraction.metadata.words import Words

LIMIT = 50
"""Authors of one article."""

_AROUND = " \t,;:.|/·•*-–—―_\"'“”„«»()[]<>@"
_BRACKETS = re.compile(r"\([^()]{0,120}\)|\[[^\[\]]{0,120}\]|<[^<>]{0,120}>")
_MAIL = re.compile(r"\S{1,64}@\S{1,100}")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,300}|^\S+\.(?:com|org|net|co|de|uk|fr)/\S*")
_HARD = re.compile(r"\s*(?:[;|·•\n\t/]|\s[-–—]\s|、|،|，)\s*")
_COMMA = re.compile(r"\s*,\s*")
_DIGIT = re.compile(r"\d")
_NICKNAME = re.compile(r"\S+")

PARTICLES = frozenset(
    "de da do dos das del della di du des la le van von der den ten ter zu bin ibn al el y e af av vom zum dal".split()
)
"""Words in lower case that stand within names."""


def without_by(text: str, words: Words) -> tuple[str, bool]:
    """The text without what opens a byline, and whether it had one: "By Ann Lee", "Von: Ann Lee", "ByAnn Lee"."""
    stripped = text.lstrip(_AROUND)
    found = _opening(words.by).match(stripped)
    return (stripped[found.end() :].strip(), True) if found else (text, False)


@lru_cache(maxsize=64)
def _opening(by: tuple[str, ...]) -> re.Pattern[str]:
    """The opening word ends in a colon, a blank, or where a capital is glued to it."""
    choice = "|".join(re.escape(word) for word in by)
    return re.compile(rf"(?i:{choice})(?:\s{{0,3}}:\s{{0,3}}|\s{{1,3}}|(?=[A-ZÀ-Þ][a-zß-ÿ]))")


@lru_cache(maxsize=64)
def _between(conjunctions: tuple[str, ...]) -> re.Pattern[str]:
    choice = "|".join(re.escape(word) for word in conjunctions)
    return re.compile(rf"\s{{1,3}}(?i:{choice})\s{{1,3}}")


def split(text: str, words: Words) -> list[str]:
    """The names of a line: "By Ann Lee and Bob Ray (Paris), Senior Editor" gives ["Ann Lee", "Bob Ray"]."""
    text = plain(text, 1000)
    text = _BRACKETS.sub(" ", _MAIL.sub(" ", _ADDRESS.sub(" ", text)))
    text, _ = without_by(text, words)
    found: list[str] = []
    for part in _HARD.split(text)[:LIMIT]:
        for name in _listed(part, words):
            if key(name) not in map(key, found):
                found.append(name)
    return found[:LIMIT]


def _listed(text: str, words: Words) -> list[str]:
    """The names of a part that holds commas and conjunctions alone. "Lee, Ann" is one name."""
    pieces = [_tidy(piece, words) for piece in _COMMA.split(text)]
    if len(pieces) == 2 and all(piece and " " not in piece for piece in pieces) and all(map(_capital, pieces)):
        return [f"{pieces[1]} {pieces[0]}"]
    found: list[str] = []
    for piece in pieces:
        found += [_tidy(name, words) for name in _between(words.conjunctions).split(piece)]
    return [name for name in found if name and not is_role(name, words)]


def _tidy(name: str, words: Words) -> str:
    name, _ = without_by(name.strip(_AROUND), words)
    return name.strip(_AROUND) + ("." if re.search(r"\b(?:Jr|Sr)\.$", name) else "")


def is_role(text: str, words: Words) -> bool:
    """Whether the text is a job title: it holds a word that only those hold."""
    return any(word in words.roles for word in key(text).split())


def is_name(text: str, words: Words) -> bool:
    """Whether the text can be a person's name as a byline prints it."""
    parts = text.split()
    if not (1 <= len(parts) <= 6 and 2 <= len(text) <= 60) or _DIGIT.search(text):
        return False
    if any(word in words.chrome or word in words.roles for word in key(text).split()):
        return False
    return all(_capital(part) or part.casefold() in PARTICLES for part in parts) and _capital(parts[-1])


def _capital(word: str) -> bool:
    """A capital first letter, or a letter of a script without case; nothing but letters, dots, hyphens, apostrophes."""
    letters = word.lstrip("'’‘\"“(").removeprefix("d'").removeprefix("d’").removeprefix("l'")
    first = letters[:1]
    return unicodedata.category(first) in ("Lu", "Lt", "Lo") if first else False


def is_collective(name: str, words: Words) -> bool:
    """Whether the name is an agency's, a newsroom's or a company's: one of its words marks it so."""
    return any(word in words.collective for word in key(name).split())
