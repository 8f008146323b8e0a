"""The extractors that benchmarks/quality.py compares, each a function of a page's bytes and URL.

Those that want text get it decoded by newscrawl, so that none loses for a charset.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from benchmarks.quality_measures import Read
from newscrawl.document import decode
from newscrawl.items import Article, Page
from newscrawl.reading import read_page

Extract = Callable[[bytes, str], Read]


def newscrawl(html: bytes, url: str) -> Read:
    """The whole reading of a page: extraction, metadata, provenance; without what a crawl learns of a site."""
    found = read_page(html, Page(url=url, requested_url=url, fetched_at="2100-01-01T00:00:00Z"))
    if not isinstance(found, Article):
        return Read()
    return Read(found.body, found.title, found.authors, found.date_published)


def trafilatura() -> Extract:
    """Default options, with metadata."""
    from trafilatura import bare_extraction

    def extract(html: bytes, url: str) -> Read:
        found = bare_extraction(html, url=url, with_metadata=True, include_comments=False)
        if found is None:
            return Read()
        fields = found.as_dict()
        authors = [name.strip() for name in (fields.get("author") or "").split(";") if name.strip()]
        return Read(fields.get("text") or "", fields.get("title"), authors, fields.get("date"))

    return extract


def readability() -> Extract:
    """The summary's text; it knows no authors and dates."""
    from lxml.html import fromstring
    from readability import Document

    def extract(html: bytes, url: str) -> Read:
        page = Document(decode(html, None)[0], url=url)
        tree = fromstring(page.summary(html_partial=True))
        for node in tree.iter("p", "li", "h2", "h3", "br", "div"):
            node.tail = "\n" + (node.tail or "")
        return Read(str(tree.text_content()), page.short_title())

    return extract


def newspaper4k() -> Extract:
    """Its article, parsed from bytes; nothing is fetched."""
    from newspaper import Article as NewspaperArticle

    def extract(html: bytes, url: str) -> Read:
        page = NewspaperArticle(url, fetch_images=False)
        page.download(input_html=decode(html, None)[0])
        page.parse()
        date = page.publish_date.isoformat() if hasattr(page.publish_date, "isoformat") else None
        return Read(page.text or "", page.title, page.authors, date)

    return extract


def goose3() -> Extract:
    """Without images; nothing is fetched."""
    from goose3 import Goose

    reader = Goose({"enable_image_fetching": False})

    def extract(html: bytes, url: str) -> Read:
        page = reader.extract(url=url, raw_html=decode(html, None)[0])
        return Read(page.cleaned_text or "", page.title, page.authors, page.publish_date)

    return extract


def resiliparse() -> Extract:
    """Main content as text; it knows no authors and dates."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    def extract(html: bytes, _url: str) -> Read:
        tree = HTMLTree.parse_from_bytes(html, detect_encoding(html))
        return Read(extract_plain_text(tree, main_content=True), tree.title)

    return extract


def extractors() -> dict[str, Extract]:
    """newscrawl and those of its peers that are installed, by name."""
    for noisy in ("trafilatura", "readability.readability", "newspaper", "goose3", "justext"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    found: dict[str, Extract] = {"newscrawl": newscrawl}
    for make in (trafilatura, readability, newspaper4k, goose3, resiliparse):
        try:
            found[make.__name__] = make()
        except ImportError as error:
            print(f"{make.__name__} is left out: {error}")
    return found
