#!/bin/sh
# Scrapy's XML feed export writes control characters of a text as they are. XML 1.0 has no way to hold them, so one such character,
# as "&#8;" in a page gives it, makes the whole file unreadable for every XML parser; the exporter raises nothing.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install 'scrapy==2.19.0' 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
from io import BytesIO

import scrapy
from lxml import etree, html
from scrapy.exporters import XmlItemExporter

print("scrapy", scrapy.__version__)
readable = {}
for source in ("<p>Wall mended</p>", "<p>Wall &#8;mended</p>"):
    text = html.fromstring(source).text_content()
    file = BytesIO()
    exporter = XmlItemExporter(file)
    exporter.start_exporting()
    exporter.export_item({"title": text})
    exporter.finish_exporting()
    try:
        etree.fromstring(file.getvalue())
        readable[text] = True
    except etree.XMLSyntaxError as error:
        readable[text] = False
        print(repr(text), "->", file.getvalue(), error)
assert readable == {"Wall mended": True, "Wall \x08mended": False}, readable
PYTHON
