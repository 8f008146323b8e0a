"""Markup that a page escaped once too often: "&lt;p&gt;First.&lt;/p&gt;" is read as the paragraph that was meant."""

from __future__ import annotations

import re
from typing import cast

from lxml.etree import LxmlError
from lxml.html import HtmlElement, fragments_fromstring

_MEANT = re.compile(
    r"<(p|div|li|h[1-6]|blockquote|section)\b[^<>]{0,300}>[^<]{20,}|</(?:p|div|li|h[1-6]|blockquote)>\s*<"
    r"|<(a|strong|em|b|i|u|span|figcaption)\b[^<>]{0,300}>[^<>]{1,300}</\2>|<br\s?/?>",
    re.IGNORECASE,
)
_CODE = frozenset("pre code kbd samp script style textarea noscript template title xmp tt iframe".split())
"""Where markup is shown as such, or is none."""
_DROPPED = ("script", "style", "iframe", "object", "embed", "form", "link", "meta")


def read_escaped_markup(tree: HtmlElement, text: str) -> bool:
    """Puts elements where the tree's texts print tags; whether it put any. `text`: the page's, asked cheaply whether
    there are any."""
    if not any(sign in text for sign in ("&lt;/", "&lt;br", "&#60;/", "3c;/", "3C;/")):
        return False
    changed = False
    body = tree.find("body")
    for node in list((tree if body is None else body).iter()):
        if not isinstance(node.tag, str):
            continue
        if node.tail and "<" in node.tail and _is_escaped(node.tail) and not _in_code(node.getparent()):
            changed = _replace(node, node.tail, is_tail=True) or changed
        if node.text and "<" in node.text and _is_escaped(node.text) and not _in_code(node):
            changed = _replace(node, node.text, is_tail=False) or changed
    return changed


def _is_escaped(text: str) -> bool:
    return _MEANT.search(text[:20_000]) is not None


def _in_code(node: HtmlElement | None) -> bool:
    return node is None or node.tag in _CODE or any(above.tag in _CODE for above in node.iterancestors())


def _replace(node: HtmlElement, text: str, *, is_tail: bool) -> bool:
    try:
        parts = fragments_fromstring(text)
    except (ValueError, AssertionError, LxmlError):
        return False
    opening = str(parts.pop(0)) if parts and isinstance(parts[0], str) else ""
    elements = [part for part in cast(list[HtmlElement], parts) if part.tag not in _DROPPED]
    for element in elements:
        for gone in list(element.iter(*_DROPPED)):
            gone.drop_tree()
    if is_tail:
        parent = node.getparent()
        node.tail = opening
        at = parent.index(node) + 1
        parent[at:at] = elements
    else:
        node.text = opening
        node[0:0] = elements
    return True
