"""CSV and XML of `-O FILE` and FEEDS: nested fields of an article as JSON, and XML that is XML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import msgspec
from itemadapter import ItemAdapter
from scrapy.exporters import CsvItemExporter, XmlItemExporter

from newscrawl.items import Article

NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML 1.0 file may hold."""


class CsvExporter(CsvItemExporter):
    """Scrapy's; a field that is no single value is JSON."""

    def get_serialized_fields(self, item: Any, *args: Any, **kwargs: Any) -> Iterable[tuple[str, Any]]:
        """Names and values of an item."""
        fields: Iterable[tuple[str, Any]] = super().get_serialized_fields(_flat(item), *args, **kwargs)
        return fields


class XmlExporter(XmlItemExporter):
    """The same; characters that XML does not know are left out, of all items."""

    def get_serialized_fields(self, item: Any, *args: Any, **kwargs: Any) -> Iterable[tuple[str, Any]]:
        """Names and values of an item."""
        for name, value in super().get_serialized_fields(_flat(item), *args, **kwargs):
            if isinstance(item, Article) and value is None:
                yield name, ""
            else:
                yield name, NO_XML.sub("", value) if isinstance(value, str) else value


def _flat(item: Any) -> Any:
    """An article's fields, each one value; other items as they are."""
    if not isinstance(item, Article):
        return item
    return {name: _text(value) for name, value in ItemAdapter(item).items()}


def _text(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    return msgspec.json.encode(value).decode()
