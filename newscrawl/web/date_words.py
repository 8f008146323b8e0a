"""Names of months by language (months.toml) and of zones: what the words of a date mean."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

_SAME = {"nb": "no", "nn": "no", "bs": "hr", "mo": "ro", "fil": "en", "tl": "en"}
"""Languages whose months are written as another's."""

_OFFSETS = (
    "UT 0 GMT 0 UTC 0 WET 0 WEST 1 BST 1 IRST 3:30 CET 1 CEST 2 MEZ 1 MESZ 2 EET 2 EEST 3 OEZ 2 OESZ 3 TRT 3 IDT 3"
    " MSK 3 МСК 3 SAST 2 CAT 2 EAT 3 WAT 1 GST 4 PKT 5 NPT 5:45 MMT 6:30 ICT 7 WIB 7 WITA 8 WIT 9 HKT 8 SGT 8 MYT 8"
    " PHT 8 JST 9 KST 9 AWST 8 ACST 9:30 ACDT 10:30 AEST 10 AEDT 11 NZST 12 NZDT 13"
    " EST -5 EDT -4 CST -6 CDT -5 MST -7 MDT -6 PST -8 PDT -7 AKST -9 AKDT -8 HST -10 AST -4 ADT -3 NST -3:30 NDT -2:30"
    " HNE -5 HAE -4 BRT -3 ART -3 CLT -4 CLST -3 COT -5 PET -5 VET -4 BOT -4 UYT -3"
).split()


def _minutes(hours: str) -> int:
    whole, _, part = hours.lstrip("-").partition(":")
    return (-1 if hours.startswith("-") else 1) * (60 * int(whole) + int(part or 0))


ZONES: Mapping[str, int] = {name: _minutes(hours) for name, hours in zip(_OFFSETS[::2], _OFFSETS[1::2], strict=True)}
"""Names of zones and their minutes east of UTC; without "IST" and "ET", which mean several. "BST" is Britain's, "CST"
and "AST" are America's."""


@lru_cache(maxsize=64)
def months(language: str | None) -> Mapping[str, int]:
    """The months of a language and of English by name, case folded, without the dot. Without a language, or for one
    without a list, of all languages, but for names that mean two months ("listopad")."""
    key = (language or "").lower().partition("-")[0]
    table = _table()
    key = _SAME.get(key, key)
    return {**_unambiguous(), **table["en"]} if key not in table else {**table["en"], **table[key]}


def has_months(language: str | None) -> bool:
    """Whether the language has a list of its own."""
    return (language or "").lower().partition("-")[0] in {*_table(), *_SAME}


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, int]]:
    rows: dict[str, list[str]] = tomllib.loads(files(__package__).joinpath("months.toml").read_text("utf-8"))
    return {
        language: {name.casefold(): number for number, row in enumerate(listed, 1) for name in row.split()}
        for language, listed in rows.items()
    }


@lru_cache(maxsize=1)
def _unambiguous() -> dict[str, int]:
    meanings: defaultdict[str, set[int]] = defaultdict(set)
    for names in _table().values():
        for name, number in names.items():
            meanings[name].add(number)
    return {name: min(numbers) for name, numbers in meanings.items() if len(numbers) == 1}
