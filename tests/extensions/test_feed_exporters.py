"""CSV and XML of records: nested fields are JSON, and a parser reads the XML."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

from lxml import etree

import newscrawl
from newscrawl.extensions.feed_exporters import CsvExporter, XmlExporter
from newscrawl.items import Article
from tests.extraction.body.test_multipage import page


def article() -> Article:
    found = newscrawl.read(page("mill"), "https://vale.example/news/mill", fetched_at="2026-11-30T10:00:00Z")
    assert isinstance(found, Article)
    return replace(found, authors=["Ann, of Vale", "Bo"], description="<b>\x08&\ufffe", main_image=None)


def written(exporter: type[CsvExporter] | type[XmlExporter], item: object) -> bytes:
    file = io.BytesIO()
    one = exporter(file)
    one.start_exporting()
    one.export_item(item)
    one.finish_exporting()
    return file.getvalue()


def test_csv_holds_nested_fields_as_json() -> None:
    (row,) = csv.DictReader(io.StringIO(written(CsvExporter, article()).decode()))
    assert json.loads(row["authors"]) == ["Ann, of Vale", "Bo"]
    assert json.loads(row["source"])["domain"] == "vale.example"
    assert row["url"] == "https://vale.example/news/mill"
    assert row["main_image"] == ""


def test_xml_is_xml_and_holds_nested_fields_as_json() -> None:
    item = etree.fromstring(written(XmlExporter, article()))[0]
    assert json.loads(item.findtext("authors") or "") == ["Ann, of Vale", "Bo"]
    assert item.findtext("description") == "<b>&"
    assert not item.findtext("main_image")


def test_items_of_others_are_as_scrapys_exporters_have_them() -> None:
    item = {"name": "a\x01", "tags": ["x", "y"]}
    assert written(CsvExporter, item).decode().splitlines()[1] == 'a\x01,"x,y"'
    assert [one.text for one in etree.fromstring(written(XmlExporter, item)).iter("value")] == ["x", "y"]
