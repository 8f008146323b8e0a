"""Reads phrases/LANG.toml: labels, sentences in words, phrases; checks them by the test lines beside them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from newscrawl.items import Relation, Role
from newscrawl.provenance.directory.directory import line_of
from newscrawl.provenance.label_words import Labels
from newscrawl.provenance.phrasebook import LINK, Phrase, Phrasebook, Position, find
from newscrawl.provenance.word_patterns import compile_sentence

_SLOT = re.compile(r"\{([a-z_]+)\}")
_UNBOUNDED = re.compile(r"(?<!\\)[*+]|\{\d*,\}")
_CLASS = re.compile(r"\[(?:\\.|[^\]\\]){1,200}\]")
_BEFORE = {
    "opening": r"^\W{0,6}",
    "line": r"^(?:.{0,40}?[:—–|)\]】.!*•-]\s{0,2}|\W{0,6})",
    "sentence": r"(?:^|(?<=[.!?:;)\]»”\"'*—–|。！？：】）] )|(?<=[。！？：】（(\[【*—–|]))",
    "anywhere": r"(?<!\w)",
    "label": r"^\W{0,6}",
    "note": r"(?<![^\W\u2e80-\uffff])",
}


def read_phrases(path: Path) -> list[Phrase]:
    """The phrases of one file; raises ValueError "FILE:LINE: reason" where it is not well formed."""
    if not path.is_file():  # a pipe would wait for ever
        raise ValueError(f"{path}:1: not a file")
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
    try:
        return phrases + read_sentences(table.get("sentences", {}), language)
    except (AttributeError, TypeError, ValueError, re.error) as error:
        raise ValueError(f"{path}:{_line_with(text, '[sentences]')}: {error}") from error


def read_labels(path: Path, labels: Labels) -> None:
    """Adds the labels of one file; raises ValueError "FILE:LINE: reason" where they are not well formed."""
    text = path.read_text(encoding="utf-8")
    table = tomllib.loads(text)
    try:
        labels.add(str(table["language"]), table.get("labels", {}))
    except (AttributeError, TypeError, ValueError) as error:
        raise ValueError(f"{path}:{_line_with(text, '[labels]')}: {error}") from error


def _line_with(text: str, heading: str) -> int:
    return next((number for number, line in enumerate(text.splitlines(), 1) if line.strip() == heading), 1)


_UNSPACED = frozenset(("ja", "th", "zh"))
_PARTIAL, _OPENING = "partial", "opening"
_NEVER, _ENDS, _RIGHT, _WRONG = "never", "ends", "right", "wrong"


def read_sentences(table: dict[str, Any], language: str) -> list[Phrase]:
    """The sentences in words of one file, by their relation; "partial" names a contributor,
    "opening" the agency that a story's first sentence names."""
    relations = [key for key in table if key not in (_NEVER, _ENDS, _RIGHT, _WRONG)]
    if unknown := set(relations) - {*Relation.__args__, _PARTIAL, _OPENING}:  # type: ignore[attr-defined]
        raise ValueError(f"unknown relation {sorted(unknown)[0]!r}")
    never = [re.escape(word) for word in table.get(_NEVER, ())]
    vetoes = (re.compile(rf"(?<!\w)(?:{'|'.join(never)})", re.I),) if never else ()
    ends = [re.escape(word) for word in table.get(_ENDS, ())]
    stops = re.compile(rf"\s(?:{'|'.join(ends)})(?:\s|$)") if ends else None
    phrases = [
        _sentence(text, language, relation, number, vetoes, stops)
        for relation in relations
        for number, text in enumerate(table[relation], 1)
    ]
    for line, name in table.get(_RIGHT, ()):
        hits = [hit for phrase in phrases if (hit := find(phrase, line))]
        if all((hit.name or "") != name for hit in hits):
            raise ValueError(f"{line!r} gives {[hit.name for hit in hits]}, not {name!r}")
    for line in table.get(_WRONG, ()):
        if hit := next((hit for phrase in phrases if (hit := find(phrase, line))), None):
            raise ValueError(f"{line!r} matches {hit.phrase.rule}")
    return phrases


_RELATIONS = {_PARTIAL: "republished", _OPENING: "wire"}


def _sentence(
    text: str,
    language: str,
    relation: str,
    number: int,
    vetoes: tuple[re.Pattern[str], ...],
    stops: re.Pattern[str] | None,
) -> Phrase:
    pattern = compile_sentence(text, spaced=language not in _UNSPACED)
    return Phrase(
        name=f"{relation}-{number}",
        language=language,
        regex=_compile(pattern.regex, {}, _BEFORE["opening" if relation == _OPENING else "sentence"]),
        needs=pattern.needs,
        slot="required" if pattern.has_name else "none",
        link=not pattern.has_name,
        known=pattern.known,
        partial=False,
        position="opening" if relation == _OPENING else "sentence",
        marked=False,
        relation=_RELATIONS.get(relation, relation),  # type: ignore[arg-type]
        role="contributor" if relation == _PARTIAL else "originator",
        vetoes=vetoes,
        stops=stops,
        positive=(),
        negative=(),
        seen="unseen",
    )


def load_phrasebook(extra: Iterable[Path] = ()) -> Phrasebook:
    """The phrases that come with newscrawl and those of further folders; ValueError names file and line at fault."""
    folders = [Path(__file__).parent / "phrases", *extra]
    paths, labels = [path for folder in folders for path in _files(folder)], Labels()
    phrases = [phrase for path in paths for phrase in read_phrases(path)]
    for path in paths:
        read_labels(path, labels)
    return Phrasebook(phrases, labels)


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
    "known",
    "partial",
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
    position = _choice(row, "position", Position.__args__, "sentence")  # type: ignore[attr-defined]
    phrase = Phrase(
        name=row["name"],
        language=language,
        regex=_compile(row["pattern"], slots, _BEFORE[position]),
        needs=tuple(row["needs"]),
        slot=_choice(row, "slot", ("required", "optional", "none"), "required"),
        link=bool(row.get("link", False)),
        known=bool(row.get("known", False)),
        partial=bool(row.get("partial", False)),
        position=position,
        marked="{link}" in row["pattern"],
        relation=_choice(row, "relation", Relation.__args__, "republished"),  # type: ignore[attr-defined]
        role=_choice(row, "role", Role.__args__, "originator"),  # type: ignore[attr-defined]
        vetoes=tuple(_compile(text, slots, "") for text in row.get("vetoes", ())),
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
    """The pattern with its slots filled; {name} is the publisher's name, {link} a link that counts, see `marked`."""

    def fill(match: re.Match[str]) -> str:
        if match[1] == "name":
            return r"(?P<name>.{1,120})" if not pattern[match.end() :].strip(")?") else r"(?P<name>.{1,60}?)"
        if match[1] == "link":
            return LINK
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
        raise ValueError("the pattern lacks {name} or {link}")
    for line, name in phrase.positive:
        hit = find(phrase, line)
        if hit is None or (hit.name or "") != name:
            raise ValueError(f"positive line gives {hit and hit.name!r}, not {name!r}: {line}")
        if not any(word in line.lower() for word in phrase.needs):
            raise ValueError(f"the positive line has no word of needs: {line}")
    for line in phrase.negative:
        if find(phrase, line) is not None:
            raise ValueError(f"negative line matches: {line}")


assert {field.name for field in fields(Phrase)} >= _KEYS - {"pattern"}
