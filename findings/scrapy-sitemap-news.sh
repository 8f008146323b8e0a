#!/bin/sh
# Scrapy's Sitemap reader, and so SitemapSpider.sitemap_filter, knows the children of <url> by their text alone. A news sitemap has
# elements there: the entry says "news": "" and title, date and publication of every article are gone.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install 'scrapy==2.19.0' 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
import scrapy
from scrapy.utils.sitemap import Sitemap

BODY = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
  <url><loc>https://paper.example/bridge</loc>
    <news:news><news:publication><news:name>The Paper</news:name><news:language>en</news:language></news:publication>
      <news:publication_date>2026-11-02T08:00:00Z</news:publication_date><news:title>Bridge reopens</news:title></news:news></url>
</urlset>"""
(entry,) = Sitemap(BODY)
print("scrapy", scrapy.__version__, entry)
assert entry == {"loc": "https://paper.example/bridge", "news": ""}, entry
PYTHON
