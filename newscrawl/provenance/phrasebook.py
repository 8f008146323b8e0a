"""Sentences about republication: reads and checks phrases/LANG.toml, finds a phrase in a line of text."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from newscrawl.items import Relation, Role
from newscrawl.provenance.dates import is_date
from newscrawl.provenance.directory import line_of

Position = Literal["line", "sentence", "anywhere"]

LONGEST = 1200
"""Characters of a block that are looked at: a line about republication is short, a paragraph may end with one."""

_SLOT = re.compile(r"\{([a-z_]+)\}")
_UNBOUNDED = re.compile(r"(?<!\\)[*+]|\{\d*,\}")
_CLASS = re.compile(r"\[(?:\\.|[^\]\\]){1,200}\]")
_BEFORE = {
    "line": r"^(?:.{0,40}?[:—–|)\]】.!*•-]\s{0,2}|\W{0,6})",
    "sentence": r"(?:^|(?<=[.!?:;)\]»”\"'*—–|。！？：】）] )|(?<=[。！？：】（(\[【*—–|]))",
    "anywhere": r"(?<!\w)",
}
_NAME_ENDS = re.compile(
    r"[;|\n\[\]{}<>()（）«»“”\"【】《》。，；！？]|\.(?=\s|$)|[,:!?](?=\s|$)|\s[–—-]{1,2}\s|\s?…|\.\.\."
)
_SITE = re.compile(r"(?:[\w-]{1,40}\.){1,3}[a-z]{2,6}(?=\s)")
_TRIM = " \t.,:;!?*'’‘_-–—»«/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One wording, with lines that it must and must not match."""

    name: str
    """Rule name within its language."""
    language: str
    """ISO 639-1."""
    regex: re.Pattern[str]
    """Matches the wording; group "name" is the slot of the publisher's name."""
    needs: tuple[str, ...]
    """Lower-case words of which a text has at least one, else it is not looked at."""
    slot: Literal["required", "optional", "none"]
    """Whether a name must stand in the slot."""
    link: bool
    """Whether it counts only with a link to another site."""
    position: Position
    """line: begins the block (after at most 40 characters); sentence: begins a sentence; anywhere."""
    relation: Relation
    role: Role
    vetoes: tuple[re.Pattern[str], ...]
    """What must not stand in the block."""
    stops: re.Pattern[str] | None
    """What ends a name in running text."""
    positive: tuple[tuple[str, str], ...]
    """Lines that match, each with the name in it ("" for none)."""
    negative: tuple[str, ...]
    """Lines that do not match."""
    seen: str
    """Kind of page it was seen on; "unseen" where the wording is known but was met on no saved page."""

    @property
    def rule(self) -> str:
        """Name for the evidence, "en/originally-appeared-on"."""
        return f"{self.language}/{self.name}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase in a text."""

    phrase: Phrase
    start: int
    end: int
    """Where the wording ends: the name's end, or the match's where there is none."""
    name: str | None
    name_start: int


class Phrasebook:
    """All phrases of all languages; a page in one language may carry a notice in another."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.phrases = tuple(phrases)
        self._by_word: dict[str, list[Phrase]] = {}
        for phrase in self.phrases:
            for word in phrase.needs:
                self._by_word.setdefault(word, []).append(phrase)

    def candidates(self, texts: Sequence[str]) -> list[tuple[int, Phrase]]:
        """Which phrases may stand in which of the lower-case texts, in order: a needed word stands there."""
        starts, position = [], 0
        for text in texts:
            starts.append(position)
            position += len(text) + 1
        joined, found = "\n".join(texts), {}
        for word, phrases in self._by_word.items():
            position = joined.find(word)
            while position >= 0:
                index = bisect_right(starts, position) - 1
                for phrase in phrases:
                    found[index, phrase.rule] = (index, phrase)
                position = joined.find(word, starts[index + 1]) if index + 1 < len(starts) else -1
        return [found[key] for key in sorted(found)]


def find(phrase: Phrase, text: str, *, linked: tuple[str, ...] = ()) -> Hit | None:
    """The phrase in a block's text; `linked` are the texts of its links, which are names as they stand."""
    text = text[:LONGEST] if len(text) <= 2 * LONGEST else text[:LONGEST] + text[-LONGEST:]
    match = phrase.regex.search(text)
    if match is None or any(veto.search(text) for veto in phrase.vetoes):
        return None
    if phrase.slot == "none":
        return Hit(phrase, match.start(), match.end(), None, match.end())
    raw, at = match["name"] or "", match.start("name") if match["name"] else match.end()
    name = clean_name(raw, phrase.stops, linked)
    if name is None and (phrase.slot == "required" or is_date(raw)):
        return None
    end = at + raw.find(name) + len(name) if name else at
    return Hit(phrase, match.start(), end, name, at)


def clean_name(raw: str, stops: re.Pattern[str] | None, linked: tuple[str, ...] = ()) -> str | None:
    """The publisher's name at the beginning of `raw`; None where none stands there."""
    for text in linked:
        if len(text) > 1 and raw[:12].find(text[:8]) >= 0 and text in raw and len(text) <= 60:
            raw = text
            break
    else:
        if end := _NAME_ENDS.search(raw.lstrip(_TRIM + '“"«《【')):
            raw = raw.lstrip(_TRIM + '“"«《【')[: end.start()]
        if stops and (end := stops.search(raw)):
            raw = raw[: end.start()]
    if site := _SITE.match(raw):
        raw = site[0]
    name = raw.strip(_TRIM + '“”"「」『』')
    return name.removeprefix("the ") if _is_name(name) else None


_GENERIC = frozenset(
    "a an it its his her our their one here this that print english german french part full original issue article"
    " story website blog ici hier aquí qui 本站 本网 网络 互联网 综合 其他".split()
)
_NOT_FIRST = re.compile(
    r"(?:a|an|his|her|our|their|my|its|this|that|one|two|three|several|many|print|issue|volume|vol|no|part|chapter|late"
    r"|early|mid|english|spring|summer|autumn|fall|winter|last|next|response|full)\b",
    re.I,
)


def _is_name(name: str) -> bool:
    if not 2 <= len(name) <= 80 or len(name.split()) > 9 or is_date(name) or name.casefold() in _GENERIC:
        return False
    first = name.removeprefix("the ").removeprefix("The ").removeprefix("l'").removeprefix("la ").removeprefix("le ")
    first = first.removeprefix("der ").removeprefix("die ").removeprefix("das ").removeprefix("el ")
    if _NOT_FIRST.match(first):
        return False
    return (
        not first[:1].islower()
        or re.search(r"\w\.\w{2,}", name) is not None
        or re.match(r"[a-z]{1,6}[A-Z]", first) is not None
        or first in ("dpa", "taz", "heise")
    )


def read_phrases(path: Path) -> list[Phrase]:
    """The phrases of one file; raises ValueError "FILE:LINE: reason" where it is not well formed."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}:1: not UTF-8: {error}") from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}:{line_of(error)}: {error}") from error
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[phrase]]"]
    try:
        language, slots = str(table["language"]), dict(table.get("slots", {}))
        stops = re.compile(_bounded(str(table["stops"]))) if "stops" in table else None
    except KeyError:
        raise ValueError(f"{path}:1: language is missing") from None
    except (TypeError, ValueError, re.error) as error:
        raise ValueError(f"{path}:1: slots or stops: {error}") from error
    if len(lines) != len(table.get("phrase", [])):
        raise ValueError(f"{path}:1: write each phrase under a line of its own, [[phrase]]")
    phrases = []
    for row, line in zip(table.get("phrase", []), lines, strict=True):
        try:
            phrases.append(_phrase(row, language, slots, stops))
        except (AttributeError, KeyError, TypeError, ValueError, re.error) as error:
            reason = f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else error
            raise ValueError(f"{path}:{line}: {reason}") from error
    return phrases


def load_phrasebook(extra: Iterable[Path] = ()) -> Phrasebook:
    """The phrases that come with newscrawl and those of further folders; ValueError names file and line at fault."""
    folders = [Path(__file__).parent / "phrases", *extra]
    return Phrasebook(phrase for folder in folders for path in _files(folder) for phrase in read_phrases(path))


def _files(folder: Path) -> list[Path]:
    if files := sorted(folder.glob("*.toml")):
        return files
    raise ValueError(f"{folder}: {'no *.toml in it' if folder.is_dir() else 'no such folder'}")


@lru_cache(maxsize=1)
def default_phrasebook() -> Phrasebook:
    """The phrases that come with newscrawl."""
    return load_phrasebook()


_KEYS = {
    "name",
    "pattern",
    "needs",
    "slot",
    "link",
    "position",
    "relation",
    "role",
    "vetoes",
    "positive",
    "negative",
    "seen",
}


def _phrase(row: dict[str, Any], language: str, slots: dict[str, str], stops: re.Pattern[str] | None) -> Phrase:
    if unknown := set(row) - _KEYS:
        raise ValueError(f"unknown key {sorted(unknown)[0]!r}")
    position = _choice(row, "position", ("line", "sentence", "anywhere"), "sentence")
    phrase = Phrase(
        name=row["name"],
        language=language,
        regex=_compile(row["pattern"], slots, _BEFORE[position]),
        needs=tuple(row["needs"]),
        slot=_choice(row, "slot", ("required", "optional", "none"), "required"),
        link=bool(row.get("link", False)),
        position=position,
        relation=_choice(row, "relation", Relation.__args__, "republished"),  # type: ignore[attr-defined]
        role=_choice(row, "role", Role.__args__, "originator"),  # type: ignore[attr-defined]
        vetoes=tuple(re.compile(_bounded(text), re.I) for text in row.get("vetoes", ())),
        stops=stops,
        positive=tuple((line, name) for line, name in row["positive"]),
        negative=tuple(row["negative"]),
        seen=row["seen"],
    )
    _check(phrase)
    return phrase


def _choice(row: dict[str, Any], key: str, allowed: tuple[Any, ...], default: Any) -> Any:
    value = row.get(key, default)
    if value not in allowed:
        raise ValueError(f"{key} is one of {', '.join(allowed)}, not {value!r}")
    return value


def _compile(pattern: str, slots: dict[str, str], before: str) -> re.Pattern[str]:
    """The pattern with its slots filled; {name} is the publisher's name."""

    def fill(match: re.Match[str]) -> str:
        if match[1] == "name":
            return r"(?P<name>.{1,120})" if not pattern[match.end() :].strip(")?") else r"(?P<name>.{1,60}?)"
        return f"(?:{slots[match[1]]})"

    return re.compile(before + _bounded(_SLOT.sub(fill, pattern)), re.I)


def _bounded(pattern: str) -> str:
    """The pattern, if every repeat in it has an upper bound: pages are hostile."""
    if _UNBOUNDED.search(_CLASS.sub("x", pattern)):
        raise ValueError("a repeat without upper bound: write {0,40} instead of *, + or {2,}")
    return pattern


def _check(phrase: Phrase) -> None:
    if not phrase.needs or any(word != word.lower() for word in phrase.needs):
        raise ValueError("needs lists at least one word, in lower case")
    if not phrase.positive or len(phrase.negative) < 2:
        raise ValueError("a phrase needs a positive and two negative lines")
    if phrase.slot != "none" and "name" not in phrase.regex.groupindex:
        raise ValueError("the pattern lacks {name}")
    for line, name in phrase.positive:
        hit = find(phrase, line)
        if hit is None or (hit.name or "") != name:
            raise ValueError(f"positive line answers {hit and hit.name!r}, not {name!r}: {line}")
        if not any(word in line.lower() for word in phrase.needs):
            raise ValueError(f"no word of needs stands in the positive line: {line}")
    for line in phrase.negative:
        if find(phrase, line) is not None:
            raise ValueError(f"negative line matches: {line}")


assert {field.name for field in fields(Phrase)} >= _KEYS - {"pattern"}
