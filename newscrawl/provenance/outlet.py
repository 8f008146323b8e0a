"""The names that a page gives its own outlet: what it calls itself cannot be where the story came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from newscrawl.document import Document, strings, types_of
from newscrawl.provenance.directory import Directory
from newscrawl.provenance.names import name_key
from newscrawl.urls import domain_of

_TITLE_PARTS = re.compile(r"\s[-–—|•·:«»]\s|[|｜_—–]|(?<=[^\x00-\x7f])-|-(?=[^\x00-\x7f])")
_HOME = re.compile(r"^(?:https?://[^/]{1,80})?/?(?:index\.\w{2,5})?$")


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
