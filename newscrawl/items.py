"""What flows through newscrawl: pages, records (`Article`, in the order of export), verdicts. Missing is None or []."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import msgspec

SCHEMA_VERSION = 2

Kind = Literal["news", "opinion", "live", "press_release", "video", "other"]
Relation = Literal[
    "republished", "wire", "translated", "excerpt", "cross_post", "press_release", "network_copy","aggregator","adapted"
]  # fmt: skip
StoryRelation = Literal["copy", "version", "quotes"]
Confidence = Literal["explicit_link", "explicit_name", "structured", "inferred"]
DomainBasis = Literal["linked", "stated", "directory"]
Role = Literal["originator", "distributor", "intermediary", "contributor"]
DiscoveryKind = Literal["feed", "news_sitemap", "sitemap", "listing", "archive", "given"]


def _one_of(literal: Any) -> dict[str, Any]:
    """Field metadata that puts the values of a Literal into the published JSON Schema."""
    return {"json_schema_extra": {"enum": list(literal.__args__)}}


@dataclass(slots=True, kw_only=True)
class Source:
    """The outlet crawled. Always taken from the response's URL."""

    name: str | None
    """Name of the outlet as the page gives it (og:site_name, JSON-LD publisher), else as the spider declares it."""
    domain: str
    """Registrable domain of the response's URL, e.g. "example.co.uk"."""
    url: str
    """Scheme and host of the response's URL with a trailing slash."""


@dataclass(slots=True, kw_only=True)
class Evidence:
    """One signal on the page that says where the story comes from."""

    kind: str
    """phrase, label, pixel, byline, dateline, copyright, json_ld_author, meta_author, json_ld, meta, canonical, feed"""
    text: str | None = None
    """The text as printed, white space folded, at most 500 characters."""
    href: str | None = None
    """The absolute link that belongs to it."""
    rule: str
    """Name of the rule or phrase that matched, e.g. "en/originally-appeared-on"."""
    language: str | None = None
    """ISO 639-1 of the phrase; None for signals without words."""


@dataclass(slots=True, kw_only=True)
class Origin:
    """Where the page or its feed states that the story appeared first."""

    name: str | None
    """The publisher as the page names it, or as the directory of publishers does."""
    domain: str | None
    """Registrable domain of the publisher, from the link or the directory."""
    url: str | None
    """The original article, absolute; None where only the publisher is known."""
    relation: Relation = field(metadata=_one_of(Relation))
    """How this page relates to the original."""
    confidence: Confidence = field(metadata=_one_of(Confidence))
    """How the origin is stated, strongest first: explicit_link, explicit_name, structured, inferred."""
    evidence: list[Evidence]
    """All signals for this origin, the strongest first."""
    probability: float | None = None
    """How likely the publisher is right, 0 to 1, by weights fitted on labelled pages. Since schema version 2."""
    domain_basis: DomainBasis | None = None
    """What the domain rests on: linked, stated (for programs, or as a name), directory. Since version 2."""


@dataclass(slots=True, kw_only=True)
class Party:
    """One publisher in the story's way from its originator to this page."""

    name: str | None
    """Name of the publisher."""
    domain: str | None
    """Registrable domain of the publisher, where known."""
    role: Role = field(metadata=_one_of(Role))
    """Its part, after ninjs `infosources`."""


@dataclass(slots=True, kw_only=True)
class Story:
    """The story that this article is a copy of, another version of or quotes, as known when the record was made."""

    id: str
    """Stable id of the story."""
    first_seen_url: str
    """URL of the copy that newscrawl saw first."""
    first_seen_at: str
    """When newscrawl saw that copy first, UTC."""
    containment: float
    """How much of the shorter of the two texts, this one and the story's, is in the other, estimated, 0 to 1."""
    relation: StoryRelation = field(metadata=_one_of(StoryRelation))
    """What this text is to the story: "copy" (most of the shorter text is in the other), "version" (another version
    of it, as of a wire story), "quotes" (a passage is in both, and each is a story of its own). Since version 2."""
    contained: float | None
    """How much of this text is in the story's. Since version 2."""
    contains: float | None
    """How much of the story's text is in this one. Since version 2."""
    outside_quotes: float | None
    """How much of the shorter text both have outside quotations. Since version 2."""


@dataclass(slots=True, kw_only=True)
class Rights:
    """What the page and its site say about its use, each as stated or None. The page's own meta and JSON-LD go before
    the response's headers, these before robots.txt and /.well-known/tdmrep.json."""

    license: str | None = None
    """Licence URL, absolute, or name (rel=license, JSON-LD license, Link header, License of robots.txt)."""
    robots: str | None = None
    """Content of meta robots, else the X-Robots-Tag header; of several, all."""
    tdm: str | None = None
    """Text and data mining reservation: "1" or "0" (TDMRep's tdm-reservation)."""
    content_signal: str | None = None
    """Content-Signal of the response's headers or robots.txt."""
    tdm_policy: str | None = None
    """Where the terms of text and data mining are (TDMRep's tdm-policy), absolute. Since schema version 2."""
    content_usage: str | None = None
    """Content-Usage of the page, the response's headers or robots.txt (IETF aipref). Since schema version 2."""


@dataclass(slots=True, kw_only=True)
class Discovery:
    """How the URL was found."""

    kind: DiscoveryKind = field(default="given", metadata=_one_of(DiscoveryKind))
    """Kind of the page that named the URL; "given" for URLs from the command line or an archive of pages."""
    url: str | None = None
    """The feed, sitemap or listing page that named it."""
    title: str | None = None
    """Title given there."""
    date: str | None = None
    """Date given there, ISO 8601."""
    language: str | None = None
    """Language given there, as stated."""
    keywords: list[str] = field(default_factory=list)
    """Keywords or categories given there."""
    source_name: str | None = None
    """Name in the feed's `<source>` element, which names the feed that the entry was taken from."""
    source_url: str | None = None
    """Its URL."""
    authors: list[str] = field(default_factory=list)
    """Authors given there (dc:creator, Atom's and JSON Feed's authors), as stated. Since schema version 2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscoveredUrl:
    """A URL that a discovery page names and that may be an article's."""

    url: str
    """As discovered, absolute; fetched as it is."""
    normalized_url: str
    """`newscrawl.web.urls.normalized_url(url)`, worked out in the worker that read the page, because it costs 50 us."""
    discovery: Discovery = field(default_factory=Discovery)
    """What the page says of it; its date decides the order and brings a revisit forward."""
    url_pattern: str = ""
    """`newscrawl.discovery.url_pattern(url)`."""
    score: float = 1.0
    """How sure it is an article, 0 to 1: 1 in feeds and sitemaps, which name articles; less on listing pages."""
    is_uncertain: bool = False
    """Whether it may well be no article: it is handed out after all others of its host."""


@dataclass(slots=True, kw_only=True)
class Archive:
    """Where the page is in a WARC file."""

    file: str
    """Path of the WARC file: as given to `scrapy crawl warc`, or beneath the data folder."""
    offset: int
    """Byte offset of the record."""
    digest: str | None = None
    """WARC-Payload-Digest."""


@dataclass(slots=True, kw_only=True)
class Extraction:
    """How the record was made."""

    method: str
    """How the body was found: blocks (each judged), trafilatura, json-ld or state (text in scripts alone), rules."""
    version: str
    """Versions of newscrawl and trafilatura, "0.1.0/2.3.1"."""
    rules: str | None = None
    """Digest of the site's own rules; None without any."""
    profile: str | None = None
    """Id of the site profile that was used; None without one."""
    warnings: list[str] = field(default_factory=list)
    """Any of charset_guessed, charset_wrong, date_from_feed, date_guessed, date_of_update, date_refused, near_border,
    json_ld_malformed, part_missing, paywall, repeats_cut, rights_reserved, title_not_printed, truncated; sorted."""
    confidence: float | None = None
    """How sure the choice of the text is, 0 to 1; None where the site's rules chose. Since schema version 2."""


@dataclass(slots=True, kw_only=True)
class Article:
    """One article of one outlet: the record that newscrawl exports."""

    schema_version: int = SCHEMA_VERSION
    """Version of this record."""
    id: str
    """Stable key: 32 hex digits of the sha256 of spider and normalized_url."""
    url: str
    """URL of the response, after redirects, without tracking ("utm_source") and the number of a visitor's session."""
    requested_url: str
    """URL as discovered, unchanged."""
    canonical_url: str | None
    """URL that the page declares, in head or body, absolute; may be another domain's."""
    normalized_url: str
    """newscrawl's key: tracking parameters, fragments, AMP and mobile variants folded."""
    kind: Kind = field(metadata=_one_of(Kind))
    """Kind of the piece."""
    title: str | None
    """The headline, without the site's name."""
    description: str | None
    """The standfirst, as printed or from the page's metadata."""
    body: str
    """Plain text: blocks parted by a blank line, list lines begin "- ", table rows are lines with " | ". Without
    boilerplate, title and lines about republication; with the standfirst once, the dateline and sub-headings."""
    authors: list[str]
    """Names of persons; an agency or the outlet only where no person is named. No job titles."""
    byline: str | None
    """The line as printed."""
    date_published: str | None
    """ISO 8601, with zone where the page gives one, "2024-06-18" or "2024-06" where it gives a day or month only. Where
    the page gives none, the date of the feed or news sitemap that named it, with the warning "date_from_feed"."""
    date_published_raw: str | None
    """The same as printed."""
    date_modified: str | None
    """ISO 8601, as date_published."""
    date_modified_raw: str | None
    """The same as printed."""
    language: str | None
    """ISO 639-1."""
    section: str | None
    """The section as the page names it, else the first path segment where it names one."""
    tags: list[str]
    """Keywords of the article, in the page's order, each once."""
    main_image: str | None
    """Absolute URL of the main image."""
    source: Source
    """The outlet crawled."""
    originally_appeared_on: Origin | None
    """Who published the story first; only what the page or its feed states."""
    provenance_chain: list[Party]
    """From the originator to the last intermediary."""
    contributors: list[Party]
    """Those credited in part: "with files from X"."""
    story: Story | None
    """The story that this is a copy of, as known when the record was made."""
    accessible_for_free: bool | None
    """False where the page declares a paywall (isAccessibleForFree of the article or a part of it,
    article:content_tier) or prints its offer, True where it declares none; with False comes the warning "paywall"."""
    rights: Rights
    """What the page says about its use."""
    discovered_via: Discovery
    """How the URL was found."""
    fetched_at: str
    """When the page was fetched, UTC."""
    first_seen_at: str
    """When newscrawl saw the URL first, UTC."""
    revision: int
    """1, 2, ... for changed texts of one URL."""
    content_hash: str
    """sha256 of title and body, hex."""
    spider: str
    """Name of the spider."""
    run_id: str
    """Id of the run."""
    http_status: int
    """Status of the response."""
    archive: Archive | None
    """Where the page is in a WARC file; None for a page from the web that was not archived."""
    extraction: Extraction
    """How the record was made."""
    date_published_utc: str | None = None
    """date_published in UTC, "2024-06-18T08:00:00Z", where it has a time and its zone is known: given with it, or with
    another date of the page within two weeks of it. Since schema version 2."""

    def to_dict(self) -> dict[str, Any]:
        """The record as it is exported: plain dicts, lists, strings and numbers, all keys in their order."""
        return asdict(self)

    def to_json(self) -> str:
        """The record as one line of JSON, as it stands in a file of records."""
        return msgspec.json.encode(self).decode()


@dataclass(slots=True, kw_only=True)
class Page:
    """A page before reading, without its bytes, which travel beside it."""

    url: str
    """URL of the response, after redirects."""
    requested_url: str
    """URL as discovered, unchanged."""
    content_type: str | None = None
    """Content-Type header of the response."""
    http_status: int = 200
    """Status of the response."""
    fetched_at: str
    """When the page was fetched, UTC, ISO 8601 with "Z"."""
    first_seen_at: str | None = None
    """When the URL was discovered first, UTC; None means at this fetch."""
    discovered_via: Discovery = field(default_factory=Discovery)
    """How the URL was found."""
    spider: str = ""
    """Name of the spider."""
    run_id: str = ""
    """Id of the run."""
    revision: int = 1
    """What the record's revision will be."""
    archive: Archive | None = None
    """Where the page is in a WARC file."""
    rights: Rights = field(default_factory=Rights)
    """What its headers and its site's files say about its use."""
    is_truncated: bool = False
    """Whether its body lacks the end: the record then has the warning "truncated"."""
    is_all: bool = False
    """Whether nothing more can be fetched for it: the article is then read from what is there, with a warning."""


@dataclass(slots=True, kw_only=True)
class Part:
    """A further page that an article needed, without its bytes, which travel beside it."""

    url: str
    """URL of the response."""
    how: Literal["next_part", "single_page"]
    """What it is to the first page."""
    content_type: str | None = None
    """Content-Type header of the response."""


@dataclass(slots=True, kw_only=True)
class Site:
    """What is declared for a site: its rules of reading. Selectors are CSS; XPath where they begin with "/" or "("."""

    name: str | None = None
    """Name of the outlet."""
    drop: tuple[str, ...] = ()
    """Selectors of the site's own boilerplate, taken out before reading."""
    body: tuple[str, ...] = ()
    """Selectors of the article's text; the first that finds text wins."""
    title: tuple[str, ...] = ()
    """Selectors of the headline."""
    authors: tuple[str, ...] = ()
    """Selectors of the authors."""
    date: tuple[str, ...] = ()
    """Selectors of the date of publication."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """How pages are read, by the settings of the run."""

    extractor: Literal["auto", "trafilatura"] = "auto"
    """Who chooses the text: the block model, which hears trafilatura where it is unsure, or trafilatura alone."""
    export_near_border: bool = False
    """Whether a page that is just no article gives a record, with the warning near_border."""


@dataclass(slots=True, kw_only=True)
class Rejection:
    """A page that gives no record, and why."""

    reason: str
    """One word of the documented list, e.g. "listing", "too_large"; counted as newscrawl/reading/REASON."""
    detail: str | None = None
    """What was seen, for the log."""
    refresh: str | None = None
    """Where a page without a story sends its readers by a meta refresh; of whatever scheme."""
    sign: str | None = None
    """What spoke most against an article (a name of page_kind/classify.toml); None where nothing was weighed."""
    score: float | None = None
    """The weighed sum of the page's signs, 0 or less; None where nothing was weighed."""
    length: int | None = None
    """Characters of the text that the article would have had; None where there was none to look for."""
    near_border: bool = False
    """Whether the score is so near to 0 that the page may be an article all the same."""


@dataclass(slots=True, kw_only=True)
class Needs:
    """A page that cannot be read from what was fetched so far."""

    url: str
    """What to fetch."""
    how: Literal["next_part", "single_page"]
    """Why: the next part of a multi-page article, or its single-page view."""
