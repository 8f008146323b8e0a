"""Pages for the tests of metadata, made of a head and a body."""

import json
from typing import Any

from newscrawl.extraction.metadata import Metadata, read_metadata
from newscrawl.items import Site
from newscrawl.web.document import Document, parse

URL = "https://www.harbour-courier.example/politics/bridge-reopens"
FETCHED = "2026-03-10T12:00:00Z"


def document(head: str = "", body: str = "", *, url: str = URL, lang: str = "en") -> Document:
    html = f'<html lang="{lang}"><head>{head}</head><body>{body}</body></html>'
    parsed = parse(html.encode(), url, content_type="text/html; charset=utf-8")
    assert isinstance(parsed, Document)
    return parsed


def read(head: str = "", body: str = "", *, url: str = URL, lang: str = "en", site: Site | None = None) -> Metadata:
    return read_metadata(document(head, body, url=url, lang=lang), fetched_at=FETCHED, site=site or Site())


def json_ld(**node: Any) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **node}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


STORY = "<p>" + "The ferry left the pier at nine and came back at noon. " * 5 + "</p>"
