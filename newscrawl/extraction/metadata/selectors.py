"""A site's own selectors, CSS or XPath, applied to a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from cssselect import HTMLTranslator
from lxml.etree import XPath
from lxml.html import HtmlElement

from newscrawl.document import fold


@lru_cache(maxsize=1024)
def compiled(selector: str) -> XPath:
    """The selector as XPath; it raises ValueError or XPathSyntaxError where it is none."""
    if selector.startswith(("/", "(")):
        return XPath(selector)
    return XPath(HTMLTranslator().css_to_xpath(selector))


def texts(tree: HtmlElement, selectors: Iterable[str]) -> Iterator[str]:
    """What the first selector that finds text finds: an element's `content` or `datetime`, else its text."""
    for selector in selectors:
        found = [text for hit in _hits(tree, selector) if (text := fold(_text(hit)))]
        if found:
            yield from found
            return


def elements(tree: HtmlElement, selector: str) -> list[HtmlElement]:
    """The elements that the selector finds; texts and attributes that an XPath finds are none."""
    return [hit for hit in _hits(tree, selector) if not isinstance(hit, str)]


def _hits(tree: HtmlElement, selector: str) -> list[HtmlElement | str]:
    result = compiled(selector)(tree)
    return result if isinstance(result, list) else [str(result)]


def _text(hit: HtmlElement | str) -> str:
    if isinstance(hit, str):
        return hit
    return str(hit.get("content") or hit.get("datetime") or hit.text_content())
