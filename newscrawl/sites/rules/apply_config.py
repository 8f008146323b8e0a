"""What a site config file does to a page, beside the selectors that it shares with a spider's rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from lxml.html import HtmlElement

from newscrawl.items import Needs
from newscrawl.sites.rules import PageLink, SiteConfig
from newscrawl.sites.rules.selectors import hits
from newscrawl.web.charset import decode
from newscrawl.web.document import Document
from newscrawl.web.text import fold
from newscrawl.web.urls import domain_of

GROWTH = 2
"""How many times its size a page may have after the replacements."""
ROOM = 64 * 2**10
"""Characters by which a small page may grow beyond that."""

Piece = tuple[HtmlElement, bool]


def replaced(html: bytes, content_type: str | None, config: SiteConfig) -> tuple[bytes, str | None, set[str]]:
    """The page's source after the config's replacements, its type, and warnings; unchanged where none of them applies.

    A replacement that would make the page too large is left out.
    """
    text, warnings = decode(html, content_type)
    most, before = GROWTH * len(text) + ROOM, text
    for find, substitute in config.replacements:
        times = text.count(find)
        if len(text) + times * (len(substitute) - len(find)) > most:
            warnings.add("replacement_left_out")
        elif times:
            text = text.replace(find, substitute)
    if text is before:
        return html, content_type, warnings & {"replacement_left_out"}
    return text.encode("utf-8", "replace"), "text/html; charset=utf-8", warnings


def needed(document: Document, config: SiteConfig) -> Needs | None:
    """The single-page view or the next part that the page links to; None where it has no such link to elsewhere."""
    if (url := _linked(document, config.single_page)) is not None:
        return Needs(url=url, how="single_page")
    url = _linked(document, config.next_page)
    return None if url is None else Needs(url=url, how="next_part")


def is_native_ad(document: Document, config: SiteConfig) -> bool:
    """Whether the page is an advertisement in the form of an article."""
    return any(hits(document.tree, selector) for selector in config.native_ad)


def strip(document: Document, selectors: Iterable[str]) -> None:
    """Takes the text of what the selectors find out of the page: elements, or texts. The page itself is never taken."""
    gone = {piece for selector in selectors for hit in hits(document.tree, selector) for piece in _pieces(hit)}
    for block in document.blocks if gone else ():
        left = [piece for piece in block.pieces if piece not in gone]
        if len(left) == len(block.pieces):
            continue
        text = fold("".join((node.tail if is_tail else node.text) or "" for node, is_tail in left))
        if not text:
            block.take_out("site_config")
            continue
        for node, is_tail in set(block.pieces) & gone:
            if is_tail:
                node.tail = None
            else:
                node.text = None
        block.text, block.pieces = text, left
        block.links = [link for link in block.links if (link.node, False) not in gone]


def _pieces(hit: HtmlElement | str) -> Iterable[Piece]:
    """Where the text of a hit stands in the tree; that of an attribute stands nowhere."""
    if isinstance(hit, str):
        text: Any = hit  # lxml's string knows its element; one that XPath put together has none
        return (
            [(text.getparent(), text.is_tail)]
            if getattr(text, "is_text", False) or getattr(text, "is_tail", False)
            else []
        )
    if hit.tag in ("html", "body"):
        return []
    return [*((node, False) for node in hit.iter()), *((node, True) for node in hit.iterdescendants())]


def _linked(document: Document, links: Sequence[PageLink]) -> str | None:
    """Where the first link that counts leads: to another page of the same site. A page of another site is never asked
    for, whatever stands on this one."""
    here = document.url.partition("#")[0]
    for link in links:
        if link.condition and not hits(document.tree, link.condition):
            continue
        for hit in hits(document.tree, link.selector):
            url = document.absolute(hit if isinstance(hit, str) else hit.get("href"))
            if url and domain_of(url) == domain_of(here):
                there = url.partition("#")[0]
                return there if there != here else None
    return None
