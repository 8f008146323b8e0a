"""Writes made-up news articles: an event with its names and figures, told in patterns of stories_prose.toml.

No third party's text goes in. The patterns are few, so that two articles of ours share more wording than two
of real outlets do: as a background they are harder than nature, not easier.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

PROSE: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_name("stories_prose.toml").read_text("utf-8"))
LANGUAGES = ("en", "de", "es", "zh")
DRAWN = ("adj", "noun", "project", "building", "product", "trade", "field", "weather", "late", "fell")
_SLOT = re.compile(r"(\[[^\]]*\]|\{\w+\})")
_CURRENCY = {"en": "${} million", "de": "{} Millionen Euro", "es": "{} millones de euros", "zh": "{}万元"}


@dataclass(frozen=True)
class Text:
    """An article as an outlet would hold it before reading."""

    title: str
    paragraphs: tuple[str, ...]
    language: str

    @property
    def body(self) -> str:
        """The text as newscrawl exports it: blocks parted by a blank line."""
        return "\n\n".join(self.paragraphs)

    def having(self, paragraphs: list[str]) -> Text:
        """The same article with other paragraphs."""
        return replace(self, paragraphs=tuple(p for p in paragraphs if p.strip()))


@lru_cache(maxsize=4096)
def _parts(pattern: str) -> tuple[str | tuple[str, ...], ...]:
    """A pattern as literal strings and tuples of alternatives; a slot is left as "{slot}"."""
    parts = [part for part in _SLOT.split(pattern) if part]
    return tuple(tuple(part[1:-1].split("|")) if part[0] == "[" else part for part in parts)


class Event:
    """What happened, where and to whom: the names and figures that all articles about it share."""

    def __init__(self, rng: Random, language: str) -> None:
        self.language = language
        self.words = PROSE[language]
        name = [self.name(rng) for _ in range(8)]
        self.fixed = {"place": name[0], "other": name[1], "person": self.person(rng), "rival": self.person(rng)}
        self.fixed |= {"minister": self.person(rng), "X": name[2]}
        self.fixed["org"] = rng.choice(self.words["orgs"]).replace("{X}", name[3])
        self.fixed["firm"] = rng.choice(self.words["firms"]).replace("{X}", name[4])
        self.topics = {key: rng.sample(self.words[key], k=min(7, len(self.words[key]))) for key in DRAWN}

    def name(self, rng: Random) -> str:
        """A made-up place or family name."""
        word = "".join(rng.choices(self.words["syllables"], k=rng.choice((2, 2, 3))))
        return word if self.language == "zh" else word.capitalize()

    def person(self, rng: Random) -> str:
        """A made-up person."""
        return rng.choice(self.words["first"]) + ("" if self.language == "zh" else " ") + self.name(rng)

    def slot(self, rng: Random, slot: str) -> str:
        """What fills a slot: the event's own name, or a word or figure drawn anew."""
        key = slot[1:-1]
        if key.lower() in self.topics:
            word = str(rng.choice(self.topics[key.lower()]))
            return word if key.islower() else _upper(word)
        if key.lower() in self.fixed:
            return self.fixed[key.lower()] if key.islower() else _upper(self.fixed[key.lower()])
        return self.fixed["X"] if key == "X" else self.figure(rng, key)

    def figure(self, rng: Random, key: str) -> str:
        """A number, day or sum."""
        if key in ("day", "month"):
            return str(rng.choice(self.words[f"{key}s"]))
        if key == "money":
            return _CURRENCY[self.language].format(rng.randint(2, 900))
        if key == "pct":
            return str(rng.choice((rng.randint(1, 60), rng.randint(11, 400) / 10)))
        return f"{rng.randint(1, 90) * 100 + 1000:,}" if key == "big" else str(rng.randint(2, 48))

    def fill(self, rng: Random, pattern: str) -> str:
        """The pattern with its alternatives picked and slots filled."""
        text = ""
        for part in _parts(pattern):
            text += self.slot(rng, part) if isinstance(part, str) and part[0] == "{" and part[-1] == "}" else ""
            text += rng.choice(part) if isinstance(part, tuple) else "" if part[0] == "{" else part
        while "{" in text:  # slots inside alternatives and inside other slots
            text = _SLOT.sub(lambda match: self.slot(rng, match[0]) if match[0][0] == "{" else match[0], text, count=1)
        return text

    def quote(self, rng: Random) -> str:
        """A sentence of direct speech."""
        opening, closing = self.words["quotes"]
        said = opening + rng.choice(self.words["quote"]) + closing
        return self.fill(rng, rng.choice(self.words["attribution"]).replace("{q}", said))

    def background(self, rng: Random) -> str:
        """A paragraph of the kind that agencies paste under every piece."""
        return self.fill(rng, rng.choice(self.words["background"]))


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def article(rng: Random, event: Event, words: int) -> Text:
    """An article on the event of about so many words, with quotes and a background paragraph in longer ones."""
    count = max(3, words // 27)
    bodies = event.words["body"]
    picked = rng.sample(bodies, k=min(count, len(bodies))) + rng.choices(bodies, k=max(0, count - len(bodies)))
    sentences = [_upper(event.fill(rng, pattern)) for pattern in picked]
    for at in range(2, len(sentences), 4):
        sentences[at] = event.quote(rng)
    lead = _upper(event.fill(rng, rng.choice(event.words["lead"])))
    blocks = [lead, *_paragraphs(rng, sentences, event.words["join"])]
    if count > 7 and rng.random() < 0.6:
        blocks.append(event.background(rng))
    return Text(event.fill(rng, rng.choice(event.words["title"])), tuple(blocks), event.language)


def _paragraphs(rng: Random, sentences: list[str], join: str) -> list[str]:
    blocks = []
    while sentences:
        size = rng.choice((1, 1, 2, 2, 3))
        blocks.append(join.join(sentences[:size]))
        sentences = sentences[size:]
    return blocks


def length(rng: Random) -> int:
    """Words of an article, log-normal: median 340, 60 to 1,500."""
    return int(min(1500, max(60, rng.lognormvariate(5.83, 0.65))))


def some_article(rng: Random) -> Text:
    """An article of ours on an event of its own; two in three are English."""
    event = Event(rng, rng.choice(("en", "en", "en", "en", *LANGUAGES)))
    return article(rng, event, length(rng))


def boilerplate(rng: Random, language: str) -> str:
    """A block that an outlet fingerprints under its articles."""
    event = Event(rng, language)
    return event.fill(rng, rng.choice(event.words["boilerplate"]))
