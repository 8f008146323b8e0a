"""What a page says of its own outlet: its names, which cannot be where the story came from, and its country."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from newscrawl.provenance.directory.directory import Directory
from newscrawl.provenance.name_keys import name_key, names_domain, shortened
from newscrawl.provenance.signal import Context
from newscrawl.web.document import Document
from newscrawl.web.json_ld import strings, types_of
from newscrawl.web.urls import domain_of

_TITLE_PARTS = re.compile(r"\s[-–—|•·:«»]\s|[|｜_—–]|(?<=[^\x00-\x7f])-|-(?=[^\x00-\x7f])")
_HOME = re.compile(r"^(?:https?://[^/]{1,80})?/?(?:index\.\w{2,5})?$")

_REGION = re.compile(r"^([a-z]{2,3})(?:[-_](?:[A-Za-z]{4}[-_])?([A-Za-z]{2}))?$")
_WORLDWIDE = frozenset("ai am be cc cd co fm gg im io is la li ly me mn mu nu pm re sc sh st tk to tv vc ws".split())
"""Endings of countries that outlets of all countries use."""
_MAIN_COUNTRY: dict[str, str] = dict(
    pair.split(":")
    for pair in (
        "bg:BG cs:CZ da:DK de:DE el:GR et:EE fi:FI fr:FR he:IL hi:IN hr:HR hu:HU id:ID it:IT ja:JP ka:GE ko:KR"
        " lt:LT lv:LV nb:NO nl:NL no:NO pl:PL ro:RO ru:RU sk:SK sl:SI sq:AL sr:RS sv:SE th:TH tr:TR uk:UA vi:VN"
    ).split()
)
"""Where most outlets of a language are; English, Spanish, Portuguese, Arabic and Chinese have no such country."""


def home_country(document: Document, source_domain: str, directory: Directory) -> str | None:
    """The outlet's country (ISO 3166-1 alpha-2) by the directory, its domain's ending, or the page's language."""
    entry = directory.by_domain(source_domain)
    ending = source_domain.rsplit(".", maxsplit=1)[-1]
    if entry and entry.country:
        return entry.country
    if len(ending) == 2 and ending not in _WORLDWIDE:
        return "GB" if ending == "uk" else ending.upper()
    stated = [document.tree.get("lang"), document.first_meta("og:locale")]
    regions = [match for text in stated if text and (match := _REGION.match(text.strip()))]
    named = next((match[2].upper() for match in regions if match[2]), None)
    return named or next((_MAIN_COUNTRY.get(match[1]) for match in regions), None)


def outlet_names(
    document: Document, source_domain: str, directory: Directory, given: Iterable[str] = ()
) -> frozenset[str]:
    """The outlet's names as `name_key`s.

    From the spider, og:site_name, JSON-LD, the end of the title, logos that lead home. What the page says of itself
    only in passing (all but the first two) does not count if the directory knows it as another outlet's name.
    """
    names = {*given, *document.meta.get("og:site_name", ())[:2], *document.meta.get("application-name", ())[:1]}
    for name in _in_passing(document, source_domain):
        entry = directory.by_name(name)
        if entry is None or directory.same_outlet(entry.domain, source_domain):
            names.add(name)
    return frozenset(key for name in names if (key := name_key(name)))


def _in_passing(document: Document, source_domain: str) -> Iterator[str]:
    for node in document.json_ld:
        if set(types_of(node)) & {"WebSite", "Organization", "NewsMediaOrganization"}:
            yield from list(strings(node.get("name")))[:2]
        yield from list(strings(node.get("publisher")))[:1]
    title = document.tree.findtext(".//title") or ""
    parts = _TITLE_PARTS.split(title[:300])
    if len(parts) > 1:
        yield from (part.strip() for part in parts[-2:] if 1 < len(part.strip()) <= 30)
    yield from _home_links(document, source_domain)


def _home_links(document: Document, source_domain: str) -> Iterator[str]:
    """Titles and logos of the links to the front page, among the first 60 links; their texts are "Home" and "News"."""
    for count, node in enumerate(document.tree.iter("a")):
        if count >= 60:
            return
        href = node.get("href") or ""
        if not href or not _HOME.match(href) or (href.startswith("http") and domain_of(href) != source_domain):
            continue
        image = node.find(".//img")
        for text in (node.get("title"), image.get("alt") if image is not None else None):
            if text and 1 < len(text.strip()) <= 40:
                yield text.strip()


_COPYRIGHT = re.compile(r"©|\(c\)|copyright|版[权權]|all rights|主办|主辦|承办", re.I)
_FOOT = 60
"""Blocks at a page's end among which its copyright lines stand."""


def frame_of(document: Document, story_end: int) -> tuple[str, str]:
    """What the page says of its outlet around the story, folded: its title's end; its copyright lines."""
    first = max(story_end + 3, len(document.blocks) - _FOOT)
    texts = [block.text for block in document.blocks[first:] if len(block.text) <= 400]
    lines = [name_key(text) for text in texts if _COPYRIGHT.search(text)]
    parts = _TITLE_PARTS.split((document.tree.findtext(".//title") or "")[:300])
    meta = [text for name in ("copyright", "organization") for text in document.meta.get(name, ())[:1]]
    return " | ".join(name_key(part) for part in parts[1:]), " | ".join([*lines[:6], *map(name_key, meta)])


def in_frame(name: str, context: Context, *, known: bool) -> bool:
    """Whether the page bears the name around the story, so that it is the outlet's own.

    Of a name that the directory knows as another outlet's both title and copyright line have to say so.
    """
    keys = [name_key(one) for one in (name, *shortened(name))]
    keys = [key for key in keys if len(key) >= (2 if not key.isascii() else 5)]
    found = [any(key in text for key in keys) for text in context.frame]
    return all(found) if known else any(found)


def is_own_name(name: str, context: Context) -> bool:
    """Whether the name is the outlet's own: a name the page gives it, its domain's, or an alias in the directory."""
    entry = context.directory.by_name(name)
    if entry and context.directory.same_outlet(entry.domain, context.source_domain):
        return True
    key = name_key(name)
    if key in context.site_names or names_domain(name, context.source_domain):
        return True
    return not key.isascii() and any(_same_chinese(key, own) for own in context.site_names if len(own) > 1)


def _same_chinese(name: str, own: str) -> bool:
    """Whether two Chinese names are one outlet's: 半月谈网 and 半月谈, 法制日报 and 法制日报社."""
    one, other = _CHINESE_ENDING.sub("", name), _CHINESE_ENDING.sub("", own)
    return len(one) > 1 and one == other


_CHINESE_ENDING = re.compile(r"(?:网站|网|網|报社|社|杂志社|杂志|在线|客户端|新闻网|新闻)$")
