"""The extractors that benchmarks/quality.py compares, each a function of an archived page.

Those that want text get it decoded by newscrawl, so that none loses for a charset.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from benchmarks.quality_measures import Read
from newscrawl.archive.warc import ArchivedResponse
from newscrawl.items import Article, Page
from newscrawl.reading.read_page import read_page
from newscrawl.sites.profiles import (
    PageFingerprint,
    SiteMemory,
    SiteProfile,
    encoded_profile,
    page_fingerprint,
    remember,
)
from newscrawl.web.charset import decode
from newscrawl.web.document import Document, parse
from newscrawl.web.urls import domain_of

Extract = Callable[[ArchivedResponse], Read]


def newscrawl(page: ArchivedResponse, profile: SiteProfile | None = None) -> Read:
    """The whole reading of a page by itself: extraction, metadata, provenance."""
    fetched = Page(
        url=page.url,
        requested_url=page.url,
        content_type=page.headers.get("content-type"),
        http_status=page.status,
        fetched_at=page.date or "2100-01-01T00:00:00Z",
        is_all=True,
    )
    found = read_page(page.body, fetched, profile=profile)
    if not isinstance(found, Article):
        return Read()
    return Read(found.body, found.title, found.authors, found.date_published)


def learned(profiles: Mapping[str, SiteProfile]) -> Extract:
    """The same with what a crawl has learned of the page's site."""
    return lambda page: newscrawl(page, profiles.get(domain_of(page.url) or ""))


def profiles_of(pages: Callable[[], Iterable[ArchivedResponse]]) -> dict[str, SiteProfile]:
    """The profiles of the pages' sites by domain, learned of the same pages as `scrapy crawl warc` does."""
    from newscrawl.crawl.site_learner import Sampling  # Scrapy comes with it: 20 MB that a worker does not hold

    sampling = Sampling()
    for page in pages():
        sampling.add(page.url, page.date or "", (page.file, page.offset))
    chosen = sampling.chosen()
    fingerprints: dict[str, list[PageFingerprint]] = defaultdict(list)
    for page in pages():
        if (page.file, page.offset) in chosen:
            document = parse(page.body, page.url, content_type=page.headers.get("content-type"))
            if isinstance(document, Document):
                fingerprints[domain_of(page.url) or ""].append(page_fingerprint(document, fetched_at=page.date or ""))
    encoded = {site: encoded_profile(remember(SiteMemory(), seen)) for site, seen in fingerprints.items()}
    return {site: SiteProfile.decode(profile) for site, profile in encoded.items() if profile}


def _text_of(page: ArchivedResponse) -> str:
    return decode(page.body, page.headers.get("content-type"))[0]


def trafilatura() -> Extract:
    """Default options, with metadata."""
    from trafilatura import bare_extraction

    def extract(page: ArchivedResponse) -> Read:
        found = bare_extraction(page.body, url=page.url, with_metadata=True, include_comments=False)
        if found is None:
            return Read()
        fields = found.as_dict()
        authors = [name.strip() for name in (fields.get("author") or "").split(";") if name.strip()]
        return Read(fields.get("text") or "", fields.get("title"), authors, fields.get("date"))

    return extract


def readability() -> Extract:
    """The summary's text; it knows no authors and dates."""
    from lxml.html import fromstring
    from readability import Document as Readable

    def extract(page: ArchivedResponse) -> Read:
        found = Readable(_text_of(page), url=page.url)
        tree = fromstring(found.summary(html_partial=True))
        for node in tree.iter("p", "li", "h2", "h3", "br", "div"):
            node.tail = "\n" + (node.tail or "")
        return Read(str(tree.text_content()), found.short_title())

    return extract


def newspaper4k() -> Extract:
    """Its article, parsed from bytes; nothing is fetched."""
    from newspaper import Article as NewspaperArticle

    def extract(page: ArchivedResponse) -> Read:
        found = NewspaperArticle(page.url, fetch_images=False)
        found.download(input_html=_text_of(page))
        found.parse()
        date = found.publish_date.isoformat() if hasattr(found.publish_date, "isoformat") else None
        return Read(found.text or "", found.title, found.authors, date)

    return extract


def goose3() -> Extract:
    """Without images; nothing is fetched."""
    from goose3 import Goose

    reader = Goose({"enable_image_fetching": False})

    def extract(page: ArchivedResponse) -> Read:
        found = reader.extract(url=page.url, raw_html=_text_of(page))
        return Read(found.cleaned_text or "", found.title, found.authors, found.publish_date)

    return extract


def resiliparse() -> Extract:
    """Main content as text; it knows no authors and dates."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    def extract(page: ArchivedResponse) -> Read:
        tree = HTMLTree.parse_from_bytes(page.body, detect_encoding(page.body))
        return Read(extract_plain_text(tree, main_content=True), tree.title)

    return extract


def peers() -> dict[str, Extract]:
    """trafilatura, which comes with newscrawl, and those of the others that are installed, by name."""
    for noisy in ("trafilatura", "readability.readability", "newspaper", "goose3", "justext"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    found = {"trafilatura": trafilatura()}
    for make in (readability, newspaper4k, goose3, resiliparse):
        try:
            found[make.__name__] = make()
        except ImportError as error:
            print(f"{make.__name__} is left out: {error}")
    return found
