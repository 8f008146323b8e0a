"""Reads and checks the wordings of a language, and finds the one that a text is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from newscrawl.extraction.wording.forms import BUILT_IN, Slots, anchors, compile_form, is_unspaced, words

Kind = Literal["line", "heading", "start"]
"""line: the whole block; heading: the whole block, and what follows belongs to it; start: the block begins so."""

CATEGORIES = (
    "advert app audio author_bio byline caption comments contact cookie copyright donation follow"
    " navigation newsletter pagination poll reading_time related republish share subscription tags updated"
).split()
"""Kinds of site boilerplate, in alphabetical order."""

LONGEST = 400
"""Characters of a block up to which it may be boilerplate as a whole; of a longer one only the beginning is looked
at."""
_BEGINNING = 200
_END = 100
"""Characters at both ends of a text in which the word that a form needs is looked for."""
_FOLDER = Path(__file__).parent
LANGUAGES = tuple(sorted(path.stem for path in _FOLDER.glob("??.toml")))
"""Languages with wordings, ISO 639-1."""
_SAME = {"nb": "no", "nn": "no"}
_BEFORE = re.compile(r"(?:[^\w\"'“”„«‘’‚‹「『《©@#&$€£℗]){0,20}")
_BEHIND = " \t.:!?…»›>→▸►▶↓)]】}|*,·•–—-。！？："
_KEYS = {"category", "kind", "forms", "positive", "negative"}


class Wording(NamedTuple):
    """What a text says it is."""

    category: str
    """One of CATEGORIES."""
    kind: Kind
    """How much of the text says so."""


@dataclass(frozen=True, slots=True)
class Form:
    """One wording, ready to be matched."""

    wording: Wording
    text: str
    """As it stands in the file."""
    regex: re.Pattern[str]
    anchors: frozenset[str]
    rank: int
    """Order in which forms are tried: whole lines before beginnings, then as they stand in the file."""

    def matches(self, core: str) -> bool:
        """Whether the text, without the signs around it, is worded so."""
        if self.wording.kind != "start":
            return self.regex.fullmatch(core) is not None
        return (found := self.regex.match(core)) is not None and _ends_word(core, found.end())


@dataclass(frozen=True, slots=True)
class Pattern:
    """Wordings of one kind, with lines that must match and lines that must not."""

    wording: Wording
    forms: tuple[Form, ...]
    positive: tuple[str, ...]
    negative: tuple[str, ...]


@dataclass(slots=True)
class Book:
    """The wordings of a language."""

    patterns: tuple[Pattern, ...]
    _by_word: dict[str, list[Form]] = field(default_factory=dict)
    _by_piece: dict[str, list[Form]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for form in (form for pattern in self.patterns for form in pattern.forms):
            for word in form.anchors:
                shelf = self._by_piece if is_unspaced(word) else self._by_word
                shelf.setdefault(word, []).append(form)

    def find(self, text: str) -> Form | None:
        """The first form that the text is worded in."""
        is_short = len(text) <= LONGEST
        core = _core(text if is_short else text[:_BEGINNING])
        candidates = self._candidates(core)
        if len(candidates) > 1:
            candidates.sort(key=attrgetter("rank"))
        for form in candidates:
            if (is_short or form.wording.kind == "start") and form.matches(core):
                return form
        return None

    def _candidates(self, core: str) -> list[Form]:
        ends = core if len(core) <= 2 * _END else f"{core[:_END]} {core[-_END:]}"
        shelves = [self._by_word[word] for word in words(ends) if word in self._by_word]
        shelves += [forms for piece, forms in self._by_piece.items() if piece in core]
        return [form for shelf in shelves for form in shelf]


def wording(text: str, language: str | None) -> Wording | None:
    """Which boilerplate the block's text (white space folded) says it is; None for none, as with nearly all of a story.

    A page of unknown language, or of one without a file, is held against the English wordings and the neutral ones.
    """
    return _wording(text[: LONGEST + 1], language_key(language))


@lru_cache(maxsize=4096)
def _wording(text: str, language: str) -> Wording | None:
    """Several steps ask it of the same blocks, and a site prints the same boilerplate on all its pages."""
    found = _book(language).find(text)
    return found.wording if found else None


def language_key(language: str | None) -> str:
    """The file that serves a page's language: "pt-BR" has "pt"."""
    key = (language or "")[:2].lower()
    key = _SAME.get(key, key)
    return key if key in LANGUAGES else "en"


@lru_cache(maxsize=len(LANGUAGES) + 1)
def _book(language: str) -> Book:
    return read_book([_FOLDER / f"{language}.toml", _FOLDER / "any.toml"])


def read_book(paths: Sequence[Path]) -> Book:
    """The wordings of these files, the first before the others; ValueError "FILE:LINE: reason" where one is no good."""
    tables = [_table(path) for path in paths]
    slots: dict[str, list[str]] = {}
    for table in tables:
        slots.update(table.get("slots", {}))
    return Book(tuple(_patterns(list(zip(paths, tables, strict=True)), slots)))


def _table(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: {error}") from error
    if unknown := set(table) - {"slots", "pattern"}:
        raise ValueError(f"{path}:{_line_of(path, min(unknown), 1)}: key {min(unknown)!r} is unknown")
    for name, listed in table.get("slots", {}).items():
        if name in BUILT_IN or not _are_lines(listed, least=1):
            raise ValueError(f"{path}:{_line_of(path, name, 1)}: slot {name!r} is built in, or no list of texts")
    return table


def _patterns(files: Iterable[tuple[Path, dict[str, Any]]], slots: Slots) -> Iterator[Pattern]:
    rank = 0
    for path, table in files:
        lines = path.read_text(encoding="utf-8").splitlines()
        heads = [number for number, line in enumerate(lines, 1) if line.strip() == "[[pattern]]"]
        if len(heads) != len(table.get("pattern", ())):
            raise ValueError(f"{path}:1: [[pattern]] should be on a line of its own")
        for row, head in zip(table.get("pattern", ()), heads, strict=True):
            rank += 1000
            try:
                yield _pattern(row, slots, rank)
            except FormError as error:
                raise ValueError(f"{path}:{_line_of(path, error.form, head)}: {error}") from None
            except ValueError as error:
                raise ValueError(f"{path}:{head}: {error}") from None


class FormError(ValueError):
    """A form that cannot be read."""

    def __init__(self, form: str, reason: str) -> None:
        super().__init__(reason)
        self.form = form


def _line_of(path: Path, text: str, behind: int) -> int:
    """Number of the first line from `behind` on that holds the text."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if number >= behind and text in line), behind)


def _pattern(row: Mapping[str, Any], slots: Slots, rank: int) -> Pattern:
    _check_row(row)
    said = Wording(row["category"], row["kind"])
    first = rank + 1_000_000 * get_args(Kind).index(said.kind)
    forms = tuple(_form(text, said, slots, first + number) for number, text in enumerate(row["forms"]))
    return Pattern(said, forms, tuple(row["positive"]), tuple(row["negative"]))


def _check_row(row: Mapping[str, Any]) -> None:
    if wrong := set(row) ^ _KEYS:
        raise ValueError(f"key {min(wrong)!r} is {'unknown' if min(wrong) in row else 'missing'}")
    if row["category"] not in CATEGORIES:
        raise ValueError(f"category is one of {', '.join(CATEGORIES)}, not {row['category']!r}")
    if row["kind"] not in get_args(Kind):
        raise ValueError(f"kind is one of {', '.join(get_args(Kind))}, not {row['kind']!r}")
    for key, least in (("forms", 1), ("positive", 2), ("negative", 2)):
        if not _are_lines(row[key], least=least):
            raise ValueError(f"{key} is a list of at least {least} texts")


def _are_lines(value: object, *, least: int) -> bool:
    return isinstance(value, list) and len(value) >= least and all(isinstance(text, str) and text for text in value)


def _form(text: str, said: Wording, slots: Slots, rank: int) -> Form:
    try:
        return Form(said, text, compile_form(text, slots), anchors(text, slots), rank)
    except ValueError as error:
        raise FormError(text, str(error)) from error


def _core(text: str) -> str:
    """The text without bullets, arrows, brackets and full stops around it; quotation marks stay, for they cite."""
    found = _BEFORE.match(text)
    return text[found.end() if found else 0 :].rstrip(_BEHIND)


def _ends_word(text: str, end: int) -> bool:
    if end >= len(text) or is_unspaced(text[end - 1 : end]):
        return True
    return not (text[end - 1].isalnum() and text[end].isalnum())
