"""`read_page`: one page to an Article, a Rejection or Needs. A pure function; runs in a worker process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from newscrawl.extraction.blocks.story_text import Body
from newscrawl.extraction.body.multipage import joined, missing
from newscrawl.extraction.body.read_body import read_body
from newscrawl.extraction.body.script_text import print_script_text
from newscrawl.extraction.metadata import Metadata, read_metadata
from newscrawl.extraction.metadata.graph import Graph
from newscrawl.extraction.metadata.labels import canonical_url
from newscrawl.extraction.metadata.refresh import refresh_of
from newscrawl.extraction.page_kind.classify import PageKind, page_kind
from newscrawl.items import Article, Needs, Page, Part, ReadingOptions, Rejection, Site, Source
from newscrawl.provenance import Provenance, judge
from newscrawl.provenance.phrasebook import Phrasebook
from newscrawl.reading.explained import explanation
from newscrawl.reading.explanation import Explanation
from newscrawl.reading.record import record
from newscrawl.sites.profiles import PageFingerprint, SiteProfile, is_everywhere, page_fingerprint
from newscrawl.sites.rules import SiteConfig
from newscrawl.sites.rules.apply_config import strip
from newscrawl.sites.rules.page_rules import Rules, drop
from newscrawl.web.document import Document, parse
from newscrawl.web.urls import domain_of, site_url

DEFAULTS = ReadingOptions()


def read_page(
    html: bytes,
    page: Page,
    site: Site | None = None,
    profile: SiteProfile | None = None,
    phrases: Phrasebook | None = None,
    config: SiteConfig | None = None,
    parts: Sequence[tuple[Part, bytes]] = (),
    options: ReadingOptions = DEFAULTS,
) -> Article | Rejection | Needs:
    """Reads one page by the steps of the design: parse, metadata, provenance, boilerplate out, core, verdict.

    `phrases`: sentences about republication; those that come with newscrawl where it is None. `config`: the page's
    site config file, beneath the rules of `site`. `parts`: the further pages that the answer Needs asked for so far.
    `options`: what the settings say of reading.
    """
    return _read(html, page, site, profile, phrases, config, parts, options).verdict


def read_and_fingerprint(
    html: bytes,
    page: Page,
    site: Site | None = None,
    profile: SiteProfile | None = None,
    phrases: Phrasebook | None = None,
    config: SiteConfig | None = None,
    parts: Sequence[tuple[Part, bytes]] = (),
    options: ReadingOptions = DEFAULTS,
) -> tuple[Article | Rejection | Needs, PageFingerprint | None]:
    """Reads a page as `read_page` does and takes its fingerprint, parsing it once where its rules leave its source as
    it came."""
    if config and config.replacements:
        return read_page(html, page, site, profile, phrases, config, parts, options), fingerprint(html, page)
    steps = _read(html, page, site, profile, phrases, config, parts, options, with_fingerprint=True)
    return steps.verdict, steps.fingerprint or fingerprint(html, page)


def fingerprint(html: bytes, page: Page) -> PageFingerprint | None:
    """The fingerprint of a page as it came; None for one that cannot be parsed."""
    document = parse(html, page.url, content_type=page.content_type)
    return None if isinstance(document, str) else page_fingerprint(document, fetched_at=page.fetched_at)


def explain(
    html: bytes,
    page: Page,
    site: Site | None = None,
    profile: SiteProfile | None = None,
    phrases: Phrasebook | None = None,
    config: SiteConfig | None = None,
    options: ReadingOptions = DEFAULTS,
) -> Explanation:
    """Reads a page as `read_page` does and tells, beside the verdict, what each step saw."""
    steps = _read(html, page, site, profile, phrases, config, (), options)
    return explanation(steps.verdict, steps.document, steps.provenance, steps.cut, steps.body)


def declared_url(html: bytes) -> str | None:
    """The URL that a page declares as its own (canonical, og:url), for a page that was saved without it."""
    document = parse(html, "")
    return None if isinstance(document, str) else canonical_url(document, Graph(document))


class _Steps(NamedTuple):
    """What the steps of reading came to; a page that is refused unread has a verdict only."""

    verdict: Article | Rejection | Needs
    document: Document | None = None
    provenance: Provenance | None = None
    cut: Sequence[str] = ()
    body: Body | None = None
    fingerprint: PageFingerprint | None = None
    """Of the page before its rules took anything out; None where nobody asked for it."""


def _read(
    html: bytes,
    page: Page,
    site: Site | None,
    profile: SiteProfile | None,
    phrases: Phrasebook | None,
    config: SiteConfig | None,
    parts: Sequence[tuple[Part, bytes]],
    options: ReadingOptions,
    *,
    with_fingerprint: bool = False,
) -> _Steps:
    if page.http_status >= 400:
        return _Steps(Rejection(reason="http_error", detail=str(page.http_status)))
    if not _is_html(page.content_type, html):
        return _Steps(Rejection(reason="not_html", detail=page.content_type))
    rules = Rules(site or Site(), config or SiteConfig(), options)
    fetched = [part.url for part, _ in parts]
    first = _parsed(html, page, page.url, fetched, rules, with_fingerprint=with_fingerprint)
    if isinstance(first, str):
        return _Steps(Rejection(reason=first))
    further = _parsed_parts(parts, page, fetched, rules)
    needs = (further[-1][1] if further else first).needs
    if needs and not page.is_all:
        return _Steps(needs, fingerprint=first.fingerprint)
    if needs:
        first.document.warnings.add("part_missing")
    return _read_document(first, page, rules, profile, phrases, further)._replace(fingerprint=first.fingerprint)


class _Parsed(NamedTuple):
    """A page, or one part of an article, as all steps of reading get it, and where it leads."""

    document: Document
    """Without what the site's rules drop, with the text that stands in scripts alone."""
    needs: Needs | None
    """The page without which the article is not whole."""
    refresh: str | None
    """Where the page sends its readers by itself."""
    fingerprint: PageFingerprint | None


def _parsed(
    html: bytes, page: Page, first: str, fetched: Sequence[str], rules: Rules, *, with_fingerprint: bool = False
) -> _Parsed | str:
    """The page parsed, or the reason why it cannot be. Where it leads is told by the whole page, before `drop`."""
    document = rules.parse(html, page)
    if isinstance(document, str):
        return document
    needs, refresh = missing(document, first, fetched, rules.config), refresh_of(document)
    taken = page_fingerprint(document, fetched_at=page.fetched_at) if with_fingerprint else None
    drop(document, rules.site)
    print_script_text(document)
    return _Parsed(document, needs, refresh, taken)


def _parsed_parts(
    parts: Sequence[tuple[Part, bytes]], page: Page, fetched: Sequence[str], rules: Rules
) -> list[tuple[Part, _Parsed]]:
    """The parts that can be parsed; one that cannot ends the article."""
    found: list[tuple[Part, _Parsed]] = []
    for part, html in parts:
        its_page = replace(page, url=part.url, content_type=part.content_type)
        parsed = _parsed(html, its_page, page.url, fetched, rules)
        if isinstance(parsed, str):
            break
        found.append((part, parsed))
    return found


def _read_document(
    parsed: _Parsed,
    page: Page,
    rules: Rules,
    profile: SiteProfile | None,
    phrases: Phrasebook | None,
    parts: Sequence[tuple[Part, _Parsed]] = (),
) -> _Steps:
    document, site = parsed.document, rules.site
    metadata, provenance, cut, body = _text(document, page, rules, profile, phrases)
    for part, further in parts:
        text = _text(further.document, page, rules, profile, phrases)
        provenance = provenance if provenance.origin else text.provenance
        if part.how == "next_part":
            body = joined(body, text.body)
        elif len(text.body.text) > len(body.text):
            body = text.body
    if body.repeated:
        document.warnings.add("repeats_cut")
    refused = rules.refusal(body.method)
    kind = PageKind(refused) if refused else page_kind(document, metadata, body)
    if kind.is_near_border and rules.options.export_near_border:
        document.warnings.add("near_border")
    elif kind.reason is not None:
        return _Steps(_rejection(kind, metadata, body, parsed.refresh), document, provenance, cut, body)
    source = Source(name=metadata.site_name or site.name, domain=domain_of(page.url) or "", url=site_url(page.url))
    article = record(page, rules, document, metadata, provenance, body, source)
    article.extraction.profile = profile.id if profile else None
    return _Steps(article, document, provenance, cut, body)


def _rejection(kind: PageKind, metadata: Metadata, body: Body, refresh: str | None) -> Rejection:
    return Rejection(
        reason=kind.reason or "no_story",
        detail=metadata.title,
        refresh=refresh if kind.reason in ("empty", "no_story") else None,
        sign=kind.sign,
        score=None if kind.score is None else round(kind.score, 2),
        length=len(body.text),
        near_border=kind.is_near_border,
    )


class _Text(NamedTuple):
    """What a page, or one part of an article, says."""

    metadata: Metadata
    provenance: Provenance
    cut: Sequence[str]
    """The sentences about republication that stood within paragraphs of the story."""
    body: Body


def _text(
    document: Document, page: Page, rules: Rules, profile: SiteProfile | None, phrases: Phrasebook | None
) -> _Text:
    site = rules.site
    metadata = read_metadata(document, fetched_at=page.fetched_at, site=site)
    repeats = profile.repeats(document) if profile else {}
    provenance = judge(
        document,
        source_domain=domain_of(page.url) or "",
        feed=page.discovered_via,
        site_names=_names(metadata, site),
        phrases=phrases,
        repeated=frozenset(block.text for block, repeat in repeats.items() if is_everywhere(repeat)),
    )
    cut = [part.block.cut(part.start, part.end) for part in provenance.parts]
    strip(document, rules.strip)
    body = read_body(
        document,
        metadata,
        provenance.blocks,
        site,
        repeats,
        prune=rules.prune,
        by_trafilatura=rules.options.extractor == "trafilatura",
    )
    return _Text(metadata, provenance, cut, body)


def _names(metadata: Metadata, site: Site) -> list[str]:
    return [name for name in (metadata.site_name, site.name) if name]


def _is_html(content_type: str | None, html: bytes) -> bool:
    """Whether header and first bytes let the page pass as HTML; a missing header decides nothing."""
    kind = (content_type or "text/html").partition(";")[0].strip().lower()
    if html[:4] in (b"%PDF", b"\x89PNG", b"\xff\xd8\xff\xe0", b"GIF8"):
        return False
    return kind in (
        "",
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "application/octet-stream",
        "text/xml",
        "application/xml",
    )
