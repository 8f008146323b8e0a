"""The record as flat columns, made from its dataclasses: `source.name` is the column source_name.

Columns stand in the record's order, so a new key of the record is a new column. Lists stay lists; lists of objects and
the origin, which has a list in it, are for tables of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from newscrawl.items import Article, Origin

Type = Literal["text", "integer", "real", "boolean", "time", "list"]
TIMES = frozenset({"fetched_at", "first_seen_at", "gone_at", "date_published_utc"})
"""Keys that newscrawl writes itself, in UTC; dates of a page may be a day or a month only, so they stay text."""
_SCALARS: dict[type, Type] = {str: "text", int: "integer", float: "real", bool: "boolean"}


@dataclass(frozen=True, slots=True)
class Column:
    """One flat column."""

    name: str
    type: Type
    path: tuple[str, ...]
    """Keys that lead to its value in the record."""


TOMBSTONE = (
    Column("id", "text", ("id",)),
    Column("revision", "integer", ("revision",)),
    Column("url", "text", ("url",)),
    Column("normalized_url", "text", ("normalized_url",)),
    Column("http_status", "integer", ("http_status",)),
    Column("gone_at", "time", ("gone_at",)),
    Column("spider", "text", ("spider",)),
    Column("run_id", "text", ("run_id",)),
)
"""Columns of a tombstone."""


def kind_of(hint: Any) -> tuple[Any, bool]:
    """The type without None, and whether it was a list's."""
    if get_origin(hint) in (Union, UnionType):
        hint = next(part for part in get_args(hint) if part is not NoneType)
    if get_origin(hint) is list:
        return get_args(hint)[0], True
    return (str if get_origin(hint) is Literal else hint), False


def columns(of: Any = Article, path: tuple[str, ...] = ()) -> Iterator[Column]:
    """The flat columns of a dataclass."""
    hints = get_type_hints(of)
    for field in fields(of):
        kind, is_list = kind_of(hints[field.name])
        here = (*path, field.name)
        if is_list:
            if not is_dataclass(kind):
                yield Column("_".join(here), "list", here)
        elif kind is Origin:
            continue
        elif is_dataclass(kind):
            yield from columns(kind, here)
        else:
            yield Column("_".join(here), "time" if field.name in TIMES else _SCALARS[kind], here)


ARTICLE = tuple(columns())
"""Columns of a record."""


def value_at(record: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """The value there; None where the record is older than the key."""
    found: Any = record
    for key in path:
        if not isinstance(found, Mapping):
            return None
        found = found.get(key)
    return found
