"""The record as a typed Arrow schema, made from its dataclasses, and lines of JSON as tables of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any, get_type_hints

import msgspec
import pyarrow as pa
import pyarrow.json

from newscrawl.delivery.flat import TIMES, TOMBSTONE, kind_of
from newscrawl.items import Article

TIME = pa.timestamp("us", tz="UTC")
_TYPES = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
_OF_COLUMN = {"text": pa.string(), "integer": pa.int64(), "time": TIME}
BLOCK = 4 << 20
"""Bytes that the parser takes at once; a longer line makes it larger."""


def _type_of(hint: Any, name: str) -> pa.DataType:
    kind, is_list = kind_of(hint)
    if is_dataclass(kind):
        return pa.list_(pa.struct(_fields(kind))) if is_list else pa.struct(_fields(kind))
    found = TIME if name in TIMES else _TYPES[kind]
    return pa.list_(found) if is_list else found


def _fields(of: Any) -> list[pa.Field]:
    hints = get_type_hints(of)
    return [pa.field(field.name, _type_of(hints[field.name], field.name)) for field in fields(of)]


ARTICLES = pa.schema(_fields(Article))
"""Columns are the record's keys, objects are structs, times that newscrawl takes have the zone UTC."""
TOMBSTONES = pa.schema([pa.field(column.name, _OF_COLUMN[column.type]) for column in TOMBSTONE])


def table_of(lines: Sequence[bytes], schema: pa.Schema) -> pa.Table:
    """The lines as a table of exactly this schema; keys that it does not have are left out."""
    reading = pyarrow.json.ReadOptions(block_size=max(BLOCK, 2 * max(map(len, lines))))
    parsing = pyarrow.json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore")
    try:
        data = pa.py_buffer(b"\n".join(lines))
        return pyarrow.json.read_json(pa.BufferReader(data), read_options=reading, parse_options=parsing)
    except pa.ArrowInvalid:  # a time with another zone than "Z"
        records = [_timed(msgspec.json.decode(line), schema) for line in lines]
        return pa.Table.from_pylist(records, schema=schema)


def _timed(record: dict[str, Any], schema: Any) -> dict[str, Any]:
    """The record with its times as such."""
    for field in schema:
        value = record.get(field.name)
        if field.type == TIME and isinstance(value, str):
            record[field.name] = datetime.fromisoformat(value)
        elif pa.types.is_struct(field.type) and isinstance(value, dict):
            record[field.name] = _timed(value, field.type)
    return record
