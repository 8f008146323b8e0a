"""The directory of publishers: whose a name, a credit or a domain is. Hand-written tables, *.toml."""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from newscrawl.provenance.name_keys import name_key, shortened, site_in
from newscrawl.web.urls import host_domain

KINDS = ("agency", "publisher", "press_release", "distributor", "aggregator")
"""agency: its copy is wire. publisher: any outlet. press_release: carries others' releases. distributor: sells others'
copy and is no origin. aggregator: shows others' copy and is no origin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """One outlet, agency or distributor."""

    name: str
    """Its usual name; a place behind it, "La Prensa (Honduras)", where outlets of several places bear it."""
    domain: str
    """Registrable domain of its site."""
    kind: str = "publisher"
    """One of KINDS."""
    names: tuple[str, ...] = ()
    """Other spellings in credits; case and a leading article do not count."""
    marks: tuple[str, ...] = ()
    """Short forms in datelines, letter by letter: "AP" in "PARIS (AP) -"."""
    aliases: tuple[str, ...] = ()
    """Its other registrable domains."""
    group: str | None = None
    """Owner, where several titles of it share their stories."""
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    weak: bool = False
    """Whether its short form is also a word or a button ("AA", "MAP"): it counts only where a byline is marked up."""
    source: str = "unverified"
    """How the domain is known."""

    @property
    def title(self) -> str:
        """The name without the place behind it."""
        return self.name.split(" (", maxsplit=1)[0]

    def called(self, printed: str) -> str:
        """Its name as the page prints it, "La Presse canadienne"; of a short form ("共同") the name that holds it."""
        key = name_key(printed)
        if held := [name for name in (self.title, *self.names) if _is_long(name) and name_key(name) in key]:
            return max(held, key=len)
        longer = (name for name in self.names if not printed.isascii() and key and key in name_key(name))
        return next(longer, self.title)


def _is_long(name: str) -> bool:
    """Whether a name is no mere abbreviation; Chinese names are short: 中新社."""
    return len(name_key(name)) > (3 if name.isascii() else 2)


_WORLDWIDE = frozenset(("BBC", "CNN", "CNBC", "NPR", "DW", "RFI", "VOA", "NHK", "RT", "CGTN", "CCTV", "ESPN"))
"""Short names that mean one publisher everywhere."""
_INFLECTED = re.compile(r"(?<=\w{4})n(?= )")


class Directory:
    """Looks publishers up by name, mark and domain."""

    def __init__(self, publishers: Iterable[Publisher]) -> None:
        self.publishers = tuple(publishers)
        self._names: dict[str, Publisher] = {}
        self._joined: dict[str, Publisher] = {}
        self._shared: dict[str, list[Publisher]] = {}
        self._marks: dict[str, Publisher] = {}
        self._domains: dict[str, Publisher] = {}
        self.country: str | None = None
        """The outlet's, where it is known: see `seen_from`."""
        for publisher in self.publishers:
            self._add(publisher)
        self.marks = tuple(sorted(self._marks, key=lambda mark: (-len(mark), mark)))
        """All marks, the longest first."""

    def _add(self, publisher: Publisher) -> None:
        for name in (publisher.name, *publisher.names):
            self._names.setdefault(name_key(name), publisher)
            self._joined.setdefault(name_key(name).replace(" ", ""), publisher)
        if publisher.title != publisher.name:
            self._shared.setdefault(name_key(publisher.title), []).append(publisher)
        for mark in publisher.marks:
            self._marks.setdefault(mark, publisher)
        for domain in (publisher.domain, *publisher.aliases):
            self._domains.setdefault(domain, publisher)

    def seen_from(self, country: str | None) -> Directory:
        """The same directory for an outlet of that country: a name of several is the one's at home there."""
        near = copy.copy(self)
        near.country = country
        return near

    def by_name(self, name: str | None) -> Publisher | None:
        """The publisher of that name; case and a leading "the" do not count, nor do blanks in long names.

        Of several with one name the one of the outlet's country, else the one that is entered without a place.
        """
        key = name_key(name) if name else ""
        found = self._names.get(key) or (self._joined.get(key.replace(" ", "")) if len(key) > 8 else None)
        if found is None and "en " in key:
            found = self._names.get(_INFLECTED.sub("", key))  # "aus der Süddeutschen Zeitung"
        return self._nearest(key, found)

    def named(self, name: str) -> Publisher | None:
        """The publisher of that name or mark, also with what outlets add to theirs: 京华时报网络版."""
        found = self.by_name(name) or self.by_mark(name.strip())
        if found is None:
            found = next((near for shorter in shortened(name) if (near := self.by_name(shorter))), None)
        if found is None and (site := site_in(name)):
            found = self.by_domain(host_domain(site))
        return found

    def within(self, printed: str) -> Publisher | None:
        """The publisher of a printed name that has more around it: "Báo Thanh Niên", "Sveriges Radio Ekot"."""
        if found := self.named(printed):
            return found
        words = printed.split()
        shorter = [words[1:], words[:-1], words[1:-1]] if len(words) > 2 else [words[1:], words[:-1]]
        names = [" ".join(part) for part in shorter if len(part) > 1 or (part and not part[0].isascii())]
        return next((near for name in names if len(name) > 3 and (near := self.named(name))), None)

    def by_mark(self, mark: str) -> Publisher | None:
        """The agency that signs its datelines so."""
        return self._nearest(name_key(mark), self._marks.get(mark)) if mark in self._marks else None

    def is_stray(self, name: str, publisher: Publisher) -> bool:
        """Whether a few capitals are rather something of the outlet's own country: CBS, the statistics of the Dutch."""
        return (
            publisher.kind == "publisher"
            and name.isascii()
            and name.isupper()
            and len(name) <= 4
            and name not in _WORLDWIDE
            and publisher.country is not None
            and self.country is not None
            and publisher.country != self.country
        )

    def _nearest(self, key: str, usual: Publisher | None) -> Publisher | None:
        if key not in self._shared:
            return usual
        bearers = [*self._shared[key], *([usual] if usual else [])]
        near = [publisher for publisher in bearers if publisher.country == self.country]
        return near[0] if len(near) == 1 else usual

    def by_domain(self, domain: str | None) -> Publisher | None:
        """The publisher whose site that is."""
        return self._domains.get(domain) if domain else None

    def same_outlet(self, one: str, other: str) -> bool:
        """Whether two registrable domains are one outlet's."""
        mine = self.by_domain(one)
        return one == other or (mine is not None and mine is self.by_domain(other))

    def same_group(self, one: str | None, other: str) -> bool:
        """Whether two registrable domains are titles of one owner that shares its stories."""
        mine, theirs = self.by_domain(one), self.by_domain(other)
        return mine is not None and theirs is not None and mine.group is not None and mine.group == theirs.group


def read_directory(path: Path) -> list[Publisher]:
    """The publishers of one table; raises ValueError "FILE:LINE: reason" where it is not well formed."""
    text = path.read_text(encoding="utf-8")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}:{line_of(error)}: {error}") from error
    lines = text.splitlines()
    return [_publisher(row, path, lines) for row in table.get("publishers", [])]


@lru_cache(maxsize=1)
def default_directory() -> Directory:
    """The directory that comes with newscrawl."""
    folder = Path(__file__).parent
    return Directory(entry for path in sorted(folder.glob("*.toml")) for entry in read_directory(path))


def line_of(error: tomllib.TOMLDecodeError) -> int:
    """The line of a TOML error, from 1 (an attribute of it only since Python 3.14)."""
    match = re.search(r"at line (\d+)", str(error))
    return int(match[1]) if match else 1


def _publisher(row: dict[str, Any], path: Path, lines: list[str]) -> Publisher:
    known = {field.name for field in fields(Publisher)}
    reason = None
    if not isinstance(row.get("name"), str) or not isinstance(row.get("domain"), str):
        reason = "a publisher needs name and domain"
    elif unknown := set(row) - known:
        reason = f"unknown key {sorted(unknown)[0]!r}"
    elif row.get("kind", "publisher") not in KINDS:
        reason = f"kind is one of {', '.join(KINDS)}"
    if reason:
        raise ValueError(f"{path}:{_line_of(row, lines)}: {reason}")
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return Publisher(**values)


def _line_of(row: dict[str, Any], lines: list[str]) -> int:
    """The first line that quotes the row's first value, from 1; 1 where none does."""
    first = next((str(value) for value in row.values() if isinstance(value, str)), "")
    return next((number for number, line in enumerate(lines, 1) if first and f'"{first}"' in line), 1)
