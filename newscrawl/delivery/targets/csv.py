"""csv:FILE: the record in flat columns, for spreadsheets. What a spreadsheet would compute begins with an apostrophe.

Lists are joined by "; ". The evidence of an origin is left out. A tombstone is a row with gone_at, id, url and little
else.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from newscrawl.delivery.flat import ARTICLE, TOMBSTONE, Column, value_at
from newscrawl.delivery.growing_file import GrowingFile
from newscrawl.delivery.reader import Entry

_ORIGIN = tuple(
    Column(f"originally_appeared_on_{name}", "text", ("originally_appeared_on", name))
    for name in ("name", "domain", "url", "relation", "confidence")
)
_PARTIES = tuple(Column(name, "list", (name,)) for name in ("provenance_chain", "contributors"))
COLUMNS = (*ARTICLE, *_ORIGIN, *_PARTIES, *(column for column in TOMBSTONE if column.name == "gone_at"))

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula, after https://owasp.org/www-community/attacks/CSV_Injection."""


class CsvFile(GrowingFile):
    """The target of a file. One that an older newscrawl began keeps its columns until it begins anew."""

    def __init__(self, path: Path, consumer: str) -> None:
        columns = _begun_with(path) or COLUMNS
        super().__init__(path, consumer, partial(encode, columns), _header(columns))

    def reset(self) -> None:
        """Deletes the file."""
        super().reset()
        self._encode, self._header = partial(encode, COLUMNS), _header(COLUMNS)


def _header(columns: Sequence[Column]) -> bytes:
    return _rows([[column.name for column in columns]])


def _begun_with(path: Path) -> tuple[Column, ...]:
    """The columns of a file that is there: one that an older newscrawl began goes on with its own."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            names = next(csv.reader(file), [])
    except (OSError, UnicodeDecodeError, csv.Error):
        return ()
    known = {column.name: column for column in COLUMNS}
    return tuple(known.get(name, Column(name, "text", (name,))) for name in names)


def encode(columns: Sequence[Column], entries: Sequence[Entry]) -> bytes:
    """Rows as RFC 4180 has them, in UTF-8."""
    records = (msgspec.json.decode(entry.body) for entry in entries)
    return _rows([[_cell(value_at(record, column.path)) for column in columns] for record in records])


def _rows(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def _cell(value: Any) -> str:
    if isinstance(value, list):
        value = "; ".join(_party(item) if isinstance(item, dict) else str(item) for item in value)
    if value is None or isinstance(value, bool):
        return {None: "", True: "true", False: "false"}[value]
    if not isinstance(value, str):
        return str(value)
    value = value.replace("\0", "")
    return f"'{value}" if value.startswith(_FORMULA) else value


def _party(party: dict[str, Any]) -> str:
    return f"{party.get('name') or party.get('domain') or ''} ({party.get('role') or ''})"
