"""A site's own selectors, CSS or XPath: compiled, checked, applied to a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from cssselect import HTMLTranslator
from cssselect.parser import SelectorError
from lxml.etree import XPath, XPathError
from lxml.html import HtmlElement, fragment_fromstring

from newscrawl.web.text import fold

FUNCTIONS = frozenset(
    "last position count id local-name namespace-uri name string concat starts-with contains substring-before"
    " substring-after substring string-length normalize-space translate boolean not true false lang number sum floor"
    " ceiling round".split()
)
"""The functions of XPath 1.0. Others are told when they are called only, and no page may call any."""
_NODE_TESTS = frozenset(("node", "text", "comment", "processing-instruction"))
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_CALL = re.compile(r"([\w.-]+)\s*\(")
_PREFIXED = re.compile(r"(?<![\w.-])[\w.-]+:(?!:)[\w*.-]+")
_OPERATORS = frozenset(("and", "or", "mod", "div"))


@lru_cache(maxsize=4096)
def compiled(selector: str) -> XPath:
    """The selector as XPath; ValueError says why it is none."""
    if not selector.startswith(("/", "(")):
        try:
            selector = HTMLTranslator().css_to_xpath(selector)
        except SelectorError as error:
            raise ValueError(str(error)) from None
    _check_names(selector)
    try:
        xpath = XPath(selector)
        result = xpath(fragment_fromstring("<p>.</p>"))
    except XPathError as error:  # XPathSyntaxError, or of types: count('x')
        raise ValueError(str(error)) from None
    if not isinstance(result, list | str):
        raise ValueError(f"finds neither elements nor text but a {type(result).__name__}")
    return xpath


def texts(tree: HtmlElement, selectors: Iterable[str]) -> Iterator[str]:
    """What the first selector that finds text finds: an element's `content` or `datetime`, else its text."""
    for selector in selectors:
        found = [text for hit in hits(tree, selector) if (text := fold(_text(hit)))]
        if found:
            yield from found
            return


def elements(tree: HtmlElement, selector: str) -> list[HtmlElement]:
    """The elements that the selector finds; texts and attributes that an XPath finds are none."""
    return [hit for hit in hits(tree, selector) if not isinstance(hit, str)]


def _check_names(xpath: str) -> None:
    """Raises ValueError for a function, prefix or variable that XPath 1.0 does not have: lxml finds them only where
    the rest of the expression matches, in the midst of a crawl."""
    bare = _QUOTED.sub("''", xpath)
    if "$" in bare:
        raise ValueError("XPath has no variables here")
    for prefixed in _PREFIXED.findall(bare):
        raise ValueError(f"prefixed names are not known here: {prefixed}")
    for name in _CALL.findall(bare):
        if name not in FUNCTIONS | _NODE_TESTS | _OPERATORS:
            raise ValueError(f"XPath 1.0 has no function {name}()")


def hits(tree: HtmlElement, selector: str) -> list[HtmlElement | str]:
    """The elements, texts and attributes that the selector finds; texts know their element (lxml's smart strings)."""
    try:
        result = compiled(selector)(tree)
    except XPathError:  # a wrong type within a condition shows only where it is asked
        return []
    return result if isinstance(result, list) else [result]


def _text(hit: HtmlElement | str) -> str:
    if isinstance(hit, str):
        return hit
    return str(hit.get("content") or hit.get("datetime") or hit.text_content())
