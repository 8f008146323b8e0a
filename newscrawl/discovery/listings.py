"""Listing pages: which links are article candidates, by structure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newscrawl.discovery.anchors import MAX_ANCHORS, Anchor, anchors
from newscrawl.discovery.discovery_result import DiscoveryResult, Draft, plain
from newscrawl.discovery.home_page import autodiscover
from newscrawl.discovery.pagination import pagination
from newscrawl.discovery.url_patterns import general, url_pattern
from newscrawl.web.dates import date_in_url, iso
from newscrawl.web.document import Document
from newscrawl.web.urls import domain_of

WEIGHTS = {"url_pattern": 0.35, "heading": 0.3, "text": 0.2, "card": 0.15, "row": 0.15, "boilerplate": -0.5}
"""What speaks for a link: a URL with a slug, date or number; standing in a heading; a text as long as a headline;
standing in a card; three links or more of this URL pattern in one place; against it, the site's boilerplate. Reasoned
from the layouts in the tests, not tuned on a collection."""
ENOUGH = 0.6
"""A headline in a heading passes, and a row of headlines; a single long link ("Terms and conditions") does not."""
UNCERTAIN = 0.3
"""From here on a link is named, but as an uncertain one: a lone headline, a headline in a "most read" box."""
MAX_SECTIONS = 50
MAX_ARCHIVES = 100

_VARIES = re.compile(r"\{(?:slug|slug-id|id|n|date)\}")
_NO_PAGE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|xml|rss|json|zip|docx?|xlsx?|ics|epub|css|js)$", re.IGNORECASE
)
_ARCHIVE = re.compile(r"(?:/[a-z]{0,12})?(?:/\{(?:year|n|date)\}){1,3}")
_RELS = frozenset(("tag", "author", "category", "next", "prev", "license", "home"))
_PAGE_NUMBER = re.compile(r"[\d\W]*")
_CLIMB = 6


def read_listing(document: Document, *, aliases: Collection[str] = ()) -> DiscoveryResult:
    """The links of a page that may be articles, its next page, the site's feeds, sections and dated archives.

    What is below ENOUGH is among the uncertain ones; below UNCERTAIN with score 0, where the URL could be an article's.
    """
    draft = Draft("listing", document.url)
    draft.base = document.base_url
    every = anchors(document)
    if len(every) >= MAX_ANCHORS:
        draft.problem(f"cut after {MAX_ANCHORS} links")
    links = _own(document, every, aliases)
    pages = pagination(document, links)
    draft.found.page, draft.found.pages = pages.page, pages.pages
    if pages.next_url:
        draft.link(pages.next_url, "listing", "next", page=pages.next_page)
    for link in autodiscover(document):
        draft.link(link.url, link.kind, "autodiscovery", title=link.title)
    groups = _groups(link for link in links if link.url != pages.next_url)
    scores = _scores(groups)
    _add_entries(draft, document, groups, scores)
    _add_further(draft, groups, scores)
    return draft.done()


def _own(document: Document, links: list[Anchor], aliases: Collection[str]) -> list[Anchor]:
    """The links that lead to pages of the outlet itself, other than this page."""
    domains = {domain_of(document.url), *aliases}
    own = document.url.partition("#")[0]
    return [
        link
        for link in links
        if domain_of(link.url) in domains and link.url != own and not _NO_PAGE.search(urlsplit(link.url).path[-8:])
    ]


def _groups(links: Iterable[Anchor]) -> dict[str, list[Anchor]]:
    """The links by URL: picture, headline and "read more" of one card are one."""
    groups: defaultdict[str, list[Anchor]] = defaultdict(list)
    for link in links:
        groups[link.url].append(link)
    return {url: group for url, group in groups.items() if _is_page(url, group)}


def _is_page(url: str, group: list[Anchor]) -> bool:
    rels = {rel for link in group for rel in (link.node.get("rel") or "").lower().split()}
    return rels.isdisjoint(_RELS) and urlsplit(url).path + urlsplit(url).query not in ("", "/")


def _scores(groups: dict[str, list[Anchor]]) -> dict[str, float]:
    """How sure it is of each URL that it is an article, 0 to 1."""
    rows = Counter(
        (link.place, general(url_pattern(url)))
        for url, group in groups.items()
        for link in group[:1]
        if _is_headline(link.text)
    )
    scores = {url: round(_score(url, group, rows), 2) for url, group in groups.items()}
    return scores | dict.fromkeys(_alike(groups, scores), ENOUGH)


def _score(url: str, group: list[Anchor], rows: Counter[tuple[str, str]]) -> float:
    if _is_archive(url) or all(_PAGE_NUMBER.fullmatch(link.text) for link in group):
        return 0.0
    signals = {
        "url_pattern": bool(_VARIES.search(url_pattern(url))),
        "heading": any(link.heading for link in group),
        "text": any(_is_headline(link.text) for link in group),
        "card": any(link.card for link in group),
        "row": any(rows[link.place, general(url_pattern(url))] >= 3 for link in group),
        "boilerplate": all(link.boilerplate for link in group),
    }
    if not (signals["text"] or signals["heading"]):
        return 0.0
    return min(1.0, max(0.0, sum(WEIGHTS[name] for name, holds in signals.items() if holds)))


def _is_headline(text: str) -> bool:
    """Whether the text is as long as a headline: four words, or ten characters in a script without spaces."""
    wide = sum(character > "\u2e7f" for character in text[:60])
    return (len(text.split()) >= 4 and len(text) >= 18) or wide >= 10


def _alike(groups: dict[str, list[Anchor]], scores: dict[str, float]) -> Iterator[str]:
    """Further links of a URL pattern that three sure ones have: a lead story outside the row, a "most read" box.

    Only for URL patterns that tell something: of "example.com/{slug}" are the articles, but also the terms of use.
    """
    counts = Counter(url_pattern(url) for url, score in scores.items() if score >= ENOUGH)
    for url, group in groups.items():
        of = url_pattern(url)
        tells = of.count("/") + of.count("?") > 1
        if scores[url] < ENOUGH and counts[of] >= 3 and tells and any(len(link.text.split()) >= 3 for link in group):
            yield url


def _add_entries(draft: Draft, document: Document, groups: dict[str, list[Anchor]], scores: dict[str, float]) -> None:
    dates = _dates(document, {link.node: url for url in groups for link in groups[url] if scores[url] >= UNCERTAIN})
    for url, group in groups.items():
        title = max(group, key=lambda link: (link.heading, len(link.text))).text
        if scores[url] >= UNCERTAIN or (_VARIES.search(url_pattern(url)) and not _is_archive(url)):
            discovery = draft.discovery("listing", title=plain(title), date=dates.get(url))
            score = scores[url] if scores[url] >= UNCERTAIN else 0.0
            draft.entry(url, discovery, where="link", score=score)
    named = draft.found.entries
    draft.found.entries = [entry for entry in named if entry.score >= ENOUGH]
    draft.found.uncertain = [entry for entry in named if entry.score < ENOUGH]


def _dates(document: Document, nodes: dict[HtmlElement, str]) -> dict[str, str]:
    """The date beside each chosen link: the first `time` in the innermost element that holds one chosen URL only."""
    around: defaultdict[HtmlElement, set[str]] = defaultdict(set)
    for node, url in nodes.items():
        around[node].add(url)
        for parent in _above(node):
            around[parent].add(url)
    found: dict[str, str] = {}
    for time in document.tree.iter("time"):
        date = iso(time.get("datetime")) or iso(time.text)
        holder = next((above for above in _above(time) if above in around), None)
        if date and holder is not None and len(around[holder]) == 1:
            found.setdefault(next(iter(around[holder])), date)
    return found


def _above(node: HtmlElement) -> list[HtmlElement]:
    """The elements around it, the innermost first, as many as a card is deep."""
    return [parent for _, parent in zip(range(_CLIMB), node.iterancestors(), strict=False)]


def _add_further(draft: Draft, groups: dict[str, list[Anchor]], scores: dict[str, float]) -> None:
    """Sections of the site, those in its navigation first, and dated archives, the newest first."""
    rest = {url: group for url, group in groups.items() if scores[url] < UNCERTAIN}
    sections = [url for url, group in rest.items() if _is_section(url, group)]
    sections.sort(key=lambda url: min(_distance(link) for link in rest[url]))
    for url in sections[:MAX_SECTIONS]:
        draft.link(url, "listing", "section", title=plain(rest[url][0].text, 200))
    archives = [(date, url) for url in rest if _is_archive(url) and (date := date_in_url(url) or _year(url))]
    for date, url in sorted(archives, reverse=True)[:MAX_ARCHIVES]:
        draft.link(url, "listing", "archive", date=date)


def _distance(link: Anchor) -> int:
    """How far a link stands from the site's menu: in it, in the page, in the footer or a form."""
    return 2 if "footer" in link.place or "form" in link.place else 1 - link.boilerplate


def _is_section(url: str, group: list[Anchor]) -> bool:
    path = url_pattern(url).partition("/")[2]
    is_named = any(1 <= len(link.text.split()) <= 4 and not _PAGE_NUMBER.fullmatch(link.text) for link in group)
    return "{" not in path and "?" not in path and path.count("/") <= 1 and is_named


def _is_archive(url: str) -> bool:
    """Whether nothing but a date follows the section: /2024/05/, /news/2024-05-06/."""
    path = "/" + url_pattern(url).partition("/")[2]
    return bool(_ARCHIVE.fullmatch(path)) and bool(date_in_url(url) or _year(url))


def _year(url: str) -> str | None:
    match = re.search(r"/((?:19|20)\d{2})/?$", url.partition("?")[0][-8:])
    return match[1] if match else None
