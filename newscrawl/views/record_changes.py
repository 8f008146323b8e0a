"""What differs between two sets of records, field by field: counts and examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from newscrawl.views.terminal import one_line
from newscrawl.views.word_changes import Piece, shortened, word_changes

OF_THE_RUN = frozenset(("fetched_at", "run_id", "archive.file", "archive.offset", "archive"))
"""Fields that tell of the run and not of the page."""
MAX_EXAMPLES = 20
"""Examples of a field."""
WIDTH = 100
"""Characters of a value on the terminal."""

Record = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Example:
    """One record of which a field differs."""

    url: str
    old: str
    new: str

    @property
    def pieces(self) -> list[Piece]:
        """The difference by words, with little around it."""
        return shortened(word_changes(self.old, self.new))


@dataclass(slots=True, kw_only=True)
class FieldChanges:
    """How the values of one field differ."""

    changed: int = 0
    filled: int = 0
    """Of those: null, or an empty list, before."""
    emptied: int = 0
    """Of those: null, or an empty list, now."""
    examples: list[Example] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class RecordChanges:
    """What differs between OLD and NEW."""

    same: int = 0
    changed: int = 0
    only_old: list[str] = field(default_factory=list)
    """URLs of records that NEW lacks."""
    only_new: list[str] = field(default_factory=list)
    fields: dict[str, FieldChanges] = field(default_factory=dict)
    """By name, those that differ most often first; the fields of an object as `source.name`."""

    @property
    def compared(self) -> int:
        """Records that both have."""
        return self.same + self.changed


def compare(old: Mapping[str, bytes], new: Iterable[bytes], *, skip: frozenset[str] = OF_THE_RUN) -> RecordChanges:
    """Compares the lines of NEW with those of OLD, which are given by `key_of`."""
    found, counts, seen = RecordChanges(), Counter[str](), set[str]()
    for line in new:
        record = msgspec.json.decode(line)
        key = key_of(record)
        seen.add(key)
        if (before := old.get(key)) is None:
            found.only_new.append(str(record.get("url")))
            continue
        names = list(_differing(msgspec.json.decode(before), record, skip))
        found.changed += bool(names)
        found.same += not names
        for name, was, now in names:
            counts[name] += 1
            _note(found.fields.setdefault(name, FieldChanges()), str(record.get("url")), was, now)
    found.only_old = [str(msgspec.json.decode(old[key]).get("url")) for key in old.keys() - seen]
    found.fields = {name: found.fields[name] for name, _ in counts.most_common()}
    found.only_old.sort()
    return found


def key_of(record: Record) -> str:
    """By what two records are of one text: spider and page; the URL asked for where there is no id."""
    return f"{record.get('id') or record.get('requested_url') or record.get('url')} {record.get('revision', 1)}"


def lines_of_changes(found: RecordChanges) -> Iterator[str]:
    """For the terminal."""
    yield f"{found.compared} records in both: {found.same} the same, {found.changed} differ"
    yield f"{len(found.only_old)} only in OLD, {len(found.only_new)} only in NEW"
    for name, one in found.fields.items():
        yield f"{name}: {one.changed} differ, {one.filled} filled, {one.emptied} emptied"
        for example in one.examples[:2]:
            yield f"    {one_line(example.url)}"
            yield f"    - {_short(example.old)}"
            yield f"    + {_short(example.new)}"
    for sign, urls in (("-", found.only_old), ("+", found.only_new)):
        yield from (f"{sign} {one_line(url)}" for url in urls[:MAX_EXAMPLES])


def _short(value: str) -> str:
    return one_line(value if len(value) <= WIDTH else f"{value[:WIDTH]}...")


def _differing(old: Any, new: Any, skip: frozenset[str], name: str = "") -> Iterator[tuple[str, Any, Any]]:
    if name in skip or old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in {**old, **new}:
            yield from _differing(old.get(key), new.get(key), skip, f"{name}.{key}" if name else key)
    else:
        yield name, old, new


def _note(one: FieldChanges, url: str, old: Any, new: Any) -> None:
    one.changed += 1
    one.filled += old in (None, [])
    one.emptied += new in (None, [])
    if len(one.examples) < MAX_EXAMPLES:
        one.examples.append(Example(url=url, old=_as_text(old), new=_as_text(new)))


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.format(msgspec.json.encode(value), indent=1).decode()
