"""`record`: what the steps of reading found, as the record of one article."""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

from newscrawl.extraction.blocks.story_text import Body
from newscrawl.extraction.metadata import Metadata
from newscrawl.items import Article, Extraction, Page, Source
from newscrawl.provenance import Provenance
from newscrawl.sites.rules.page_rules import Rules
from newscrawl.version import __version__
from newscrawl.web.control_characters import one_line_field
from newscrawl.web.dates import in_utc
from newscrawl.web.document import Document
from newscrawl.web.rights import first_stated
from newscrawl.web.urls import normalized_url, url_key, without_tracking


def record(
    page: Page, rules: Rules, document: Document, metadata: Metadata, provenance: Provenance, body: Body, source: Source
) -> Article:
    """The record of an article."""
    made = _made(page, rules, document, metadata, provenance, body, source)
    _one_line_fields(made)
    return made


def _made(
    page: Page, rules: Rules, document: Document, metadata: Metadata, provenance: Provenance, body: Body, source: Source
) -> Article:
    dated, is_offered = _dated(page, metadata), "paywall" in document.warnings
    normalized = normalized_url(page.url)
    return Article(
        id=url_key(page.spider, normalized).hex(),
        url=without_tracking(page.url),
        requested_url=page.requested_url,
        canonical_url=metadata.canonical_url,
        normalized_url=normalized,
        kind=metadata.kind,
        title=metadata.title,
        description=metadata.description,
        body=body.text,
        authors=metadata.authors,
        byline=metadata.byline,
        date_published=dated or metadata.date_published,
        date_published_raw=metadata.date_published_raw,
        date_modified=metadata.date_modified,
        date_modified_raw=metadata.date_modified_raw,
        language=metadata.language,
        section=metadata.section,
        tags=metadata.tags,
        main_image=metadata.main_image,
        source=source,
        originally_appeared_on=provenance.origin,
        provenance_chain=provenance.chain,
        contributors=provenance.contributors,
        story=None,
        accessible_for_free=False
        if is_offered and metadata.accessible_for_free is None
        else metadata.accessible_for_free,
        rights=first_stated([metadata.rights, page.rights]),
        discovered_via=page.discovered_via,
        fetched_at=page.fetched_at,
        first_seen_at=page.first_seen_at or page.fetched_at,
        revision=page.revision,
        content_hash=content_hash(metadata.title, body.text),
        spider=page.spider,
        run_id=page.run_id,
        http_status=page.http_status,
        archive=page.archive,
        extraction=Extraction(
            method=body.method,
            version=_versions(),
            rules=rules.digest,
            profile=None,
            warnings=sorted(_warnings(document, metadata, page, dated)),
            confidence=None if body.method == "rules" else round(1 - min(1.0, body.uncertainty), 3),
        ),
        date_published_utc=in_utc(dated or metadata.date_published, metadata.date_modified),
    )


def _dated(page: Page, metadata: Metadata) -> str | None:
    """The feed's date, for a page that has none or one that was only guessed; a sitemap's is the last change's."""
    if metadata.date_published is not None and "date_guessed" not in metadata.warnings:
        return None
    return page.discovered_via.date if page.discovered_via.kind in ("feed", "news_sitemap") else None


def _warnings(document: Document, metadata: Metadata, page: Page, dated: str | None) -> set[str]:
    found = (
        document.warnings | set(metadata.warnings) | ({"paywall"} if metadata.accessible_for_free is False else set())
    )
    found |= {"truncated"} if page.is_truncated else set()
    return (found - {"date_guessed"}) | {"date_from_feed"} if dated else found


def _one_line_fields(value: Any, name: str = "") -> Any:
    """The article with one line in each of its texts but the body; feeds and headers have their say in it, too."""
    if isinstance(value, str):
        return value if name in ("body", "requested_url") else one_line_field(value)
    if isinstance(value, list):
        return [_one_line_fields(member) for member in value]
    if is_dataclass(value):
        for field in fields(value):
            setattr(value, field.name, _one_line_fields(getattr(value, field.name), field.name))
    return value


def content_hash(title: str | None, body: str) -> str:
    """sha256 of title and body, hex."""
    return hashlib.sha256(f"{title or ''}\n{body}".encode()).hexdigest()


@cache
def _versions() -> str:
    return f"{__version__}/{version('trafilatura')}"
