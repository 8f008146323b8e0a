"""What DuckDB has to be told to read JSON lines right: `python -m newscrawl.delivery.duckdb_schema` prints the SQL.

Left to itself it guesses the type of a column from the first lines; a column that is null in all of them stays null.
"""

from __future__ import annotations

import sys
from dataclasses import fields, is_dataclass
from typing import Any, get_type_hints

from newscrawl.delivery.flat import TIMES, kind_of
from newscrawl.items import Article

_TYPES = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE", bool: "BOOLEAN"}


def _type_of(hint: Any, name: str) -> str:
    kind, is_list = kind_of(hint)
    if is_dataclass(kind):
        found = f"STRUCT({', '.join(f'{key} {value}' for key, value in _columns(kind))})"
    else:
        found = "TIMESTAMPTZ" if name in TIMES else _TYPES[kind]
    return found + "[]" * is_list


def _columns(of: Any) -> list[tuple[str, str]]:
    hints = get_type_hints(of)
    return [(f'"{field.name}"', _type_of(hints[field.name], field.name)) for field in fields(of)]


def sql() -> str:
    """A view of the records in the folder data, typed."""
    columns = ",\n".join(f"    {name}: '{kind}'" for name, kind in _columns(Article))
    return (
        "-- The records in data/articles for DuckDB, with the types of the record; read it with .read or execute it.\n"
        "CREATE OR REPLACE VIEW articles AS SELECT * FROM read_json('data/articles/*/*.jsonl', columns = {\n"
        f"{columns}\n}});\n"
    )


if __name__ == "__main__":
    sys.stdout.write(sql())
