"""Sentences in a notation that a speaker can check: "(článek|text) původně|poprvé vyšel|vyšla v|ve|na NAME".

Words are parted by blanks. "a|b" is a choice, "( ... )" may be missing, "_" is a blank within a choice, "~" any ending
of a word, "..." a few words. NAME is the publisher's name; KNOWN one that the directory knows or that is linked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ANY = r"[^.!?…。！？⟦]{1,60}?"
_TOKEN = re.compile(r"\(|\)|\.\.\.|[^\s()]+")
_SLOTS = ("NAME", "KNOWN")


@dataclass(frozen=True, slots=True)
class SentencePattern:
    """A sentence as a regular expression, and the words of which a text has one if the sentence can stand in it."""

    regex: str
    needs: tuple[str, ...]
    known: bool
    has_name: bool


@dataclass(frozen=True, slots=True)
class _Item:
    regex: str
    optional: bool
    words: tuple[str, ...] = ()


def compile_sentence(text: str, *, spaced: bool) -> SentencePattern:
    """The sentence as a pattern; ValueError where it is not well formed. `spaced`: whether blanks part words."""
    parts = _TOKEN.findall(text)
    blank = r"\s{1,2}" if spaced else r"\s{0,2}"
    items, rest = _items(parts, blank)
    if rest:
        raise ValueError(f"a bracket too many in {text!r}")
    words = [item.words for item in items if item.words and not item.optional]
    if not words:
        raise ValueError(f"no word is always in {text!r}")
    needs = max(words, key=lambda choice: min(len(word) for word in choice))
    slots = [word for word in parts if word in _SLOTS]
    if len(slots) > 1:
        raise ValueError(f"more than one name in {text!r}")
    return SentencePattern(_joined(items, blank), needs, "KNOWN" in slots, bool(slots))


def _items(parts: list[str], blank: str) -> tuple[list[_Item], list[str]]:
    items: list[_Item] = []
    while parts:
        word, parts = parts[0], parts[1:]
        if word == ")":
            return items, [word, *parts]
        if word == "(":
            inner, parts = _items(parts, blank)
            if parts[:1] != [")"]:
                raise ValueError("a bracket that is not closed")
            items.append(_Item(_joined(inner, blank), optional=True))
            parts = parts[1:]
        elif word == "...":
            items.append(_Item(ANY, optional=True))
        elif word in _SLOTS:
            items.append(_Item("{name}", optional=False))
        else:
            choices = word.replace("_", " ").split("|")
            items.append(
                _Item(_choice(choices), optional=False, words=tuple(word.split("~")[0].lower() for word in choices))
            )
    return items, []


def _choice(choices: list[str]) -> str:
    texts = [
        re.escape(word).replace(r"\~", r"\w{0,8}").replace("~", r"\w{0,8}").replace(r"\ ", r"\s") for word in choices
    ]
    return texts[0] if len(texts) == 1 else f"(?:{'|'.join(texts)})"


def _joined(items: list[_Item], blank: str) -> str:
    """The items in a row; what may be missing takes its blank with it."""
    must = [at for at, item in enumerate(items) if not item.optional]
    last = must[-1] if must else len(items) - 1
    texts = []
    for at, item in enumerate(items):
        if item.optional:
            texts.append(f"(?:{item.regex}{blank})?" if at < last else f"(?:{blank}{item.regex})?")
        else:
            texts.append(item.regex + (blank if at < last else ""))
    return "".join(texts)
