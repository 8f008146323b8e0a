"""Text that no reader sees: taken out of a page's tree before any step reads it.

Elements with `hidden`, inline styles that hide, classes for screen readers, tooltips, closed dialogs and ruby readings.
Declarative shadow roots, which readers do see, are opened. A style sheet is not read: what it hides stays.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from lxml.etree import XPath
from lxml.html import HtmlElement

from newscrawl.web.elements import Elements
from newscrawl.web.page_blocks import INLINE

PARAGRAPH = 80
"""Characters from which text may be a paragraph of the story, which some pages hide until a script shows it."""

_HIDES = re.compile(
    r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|(?:left|top|text-indent)\s*:\s*-99)", re.IGNORECASE
)
_FOR_SCREEN_READERS = re.compile(
    r"(?:.*[-_])?(?:(?:for|show|is)[-_])?"
    r"(?:sr[-_]?(?:only|text)(?:[-_]focusable)?|(?:for|show)-sr|screen[-_]?readers?(?:[-_]?(?:only|text|content))?"
    r"|visually[-_]?hidden(?:[-_]focusable)?|hidden[-_]?visually|a11y[-_]?(?:hidden|text|only)"
    r"|accessib(?:ility|le)[-_]?(?:hidden|text|only)|assistive[-_]?text|off[-_]?screen|element[-_]invisible)"
    r"(?:[-_].*)?",
    re.IGNORECASE,
)
"""A class for screen readers as frameworks and CSS modules write it: sr-only, screen-reader-text, u-visuallyHidden,
VisuallyHidden_root__x1."""
_SHOWN = re.compile(r"(?!focus|active)\S+:not-sr-only|not-sr-only")
_TIP_TEXT = re.compile(
    r"(?:tool[-_]?tip|pop[-_]?over)(?:[-_]*(?:text|content|contents|body|inner|message|bubble|box|popup))|tippy[-_]\w+",
    re.IGNORECASE,
)
_TIP = re.compile(r"(?:\w+[-_]+)?tooltip", re.IGNORECASE)
_DIALOG = re.compile(r"\b(?:modal|dialog|popup|pop-up|lightbox|overlay|newsletter|cookie|consent)", re.IGNORECASE)
_LABELLED = re.compile(r"byline|author|date|time|meta|publish|posted|dek|headline|title", re.IGNORECASE)
"""What the elements around "By" and "Published" are called: labels for screen readers that bylines are read by."""
_OPENED = re.compile(
    r"accord|collaps|expand|toggle|panel|tab|faq|answer|spoiler|read-?more|show-?more|full-?text|paywall|subscri|premium",
    re.IGNORECASE,
)
"""What elements are called that a click of the reader opens, or a subscription."""
_ROLES = frozenset(("tooltip", "dialog", "alertdialog"))
_BLOCKS = frozenset("p div section li blockquote h2 h3 h4 ul ol figure".split())
_NEVER = frozenset("html body main article h1".split())
_HEADLINE = XPath("boolean(descendant-or-self::h1 or descendant::article)")
_STATED = XPath("boolean(descendant-or-self::*[@itemprop])")


def drop_unseen(elements: Elements, tree: HtmlElement) -> None:
    """Takes what no reader sees out of the tree."""
    hidden = [node for node in _candidates(elements, tree) if _is_unseen(node)]
    rest = Counter(node.getparent() for node in hidden if _is_paragraph(node))
    for node in hidden:
        if not (node.tag in _BLOCKS and rest[node.getparent()] > 1):
            node.drop_tree()


def _candidates(elements: Elements, tree: HtmlElement) -> dict[HtmlElement, None]:
    """The elements that may be unseen."""
    found = dict.fromkeys(tree.iter("rt", "rp", "rtc", "dialog"))
    found.update(dict.fromkeys(elements.having("hidden")))
    found.update(dict.fromkeys(elements.having("class", _may_be_unseen)))
    found.update(dict.fromkeys(elements.having("style", _HIDES.search)))
    found.update(dict.fromkeys(elements.having("role", _ROLES.__contains__)))
    return found


def _may_be_unseen(classes: str) -> bool:
    return any(map(_is_unseen_class, classes[:500].split()))


@lru_cache(maxsize=16_384)
def _is_unseen_class(name: str) -> bool:
    """Whether a class may be one of what is not seen; sites print the same ones on all their pages."""
    return any(pattern.fullmatch(name) for pattern in (_FOR_SCREEN_READERS, _TIP_TEXT, _TIP))


def _is_unseen(node: HtmlElement) -> bool:
    if node.tag in ("rt", "rp", "rtc"):
        return True
    if node.tag in _NEVER or node.getparent() is None:
        return False
    is_dialog = node.tag == "dialog" or node.get("role") in ("dialog", "alertdialog")
    if is_dialog and node.get("open") is None:
        closed = node.tag == "dialog" or node.get("aria-hidden") == "true" or _is_hidden(node)
        return closed and not _HEADLINE(node)
    if _is_hidden(node):
        named = f"{node.get('class', '')} {node.get('id', '')} {node.get('role', '')}"
        if _HEADLINE(node) or _STATED(node) or _OPENED.search(named):
            return False
        return bool(_DIALOG.search(named)) or _paragraphs(node) < 2
    return _is_for_screen_readers(node) or _is_tip(node)


def _is_hidden(node: HtmlElement) -> bool:
    """By its own attributes. What a search within the page opens ("until-found") is no secret."""
    hidden = node.get("hidden")
    return (hidden is not None and hidden.lower() != "until-found") or bool(_HIDES.search(node.get("style") or ""))


def _is_for_screen_readers(node: HtmlElement) -> bool:
    classes = (node.get("class") or "").split()[:30]
    if not any(map(_FOR_SCREEN_READERS.fullmatch, classes)) or any(map(_SHOWN.fullmatch, classes)):
        return False
    is_read = _HEADLINE(node) or _STATED(node) or _is_all_of_headline(node) or _is_label(node)
    return not is_read and _paragraphs(node) < 2


def _is_all_of_headline(node: HtmlElement) -> bool:
    above = next(node.iterancestors("h1"), None)
    return above is not None and not (len(_text(above)) - len(_text(node)))


def _is_label(node: HtmlElement) -> bool:
    """Whether it labels a name or a date, for those who read bylines."""
    if node.find(".//time") is not None or node.getparent().find("time") is not None or node.tag == "time":
        return True
    above = [node, *node.iterancestors()][1:4]
    names = " ".join(f"{one.get('class', '')} {one.get('id', '')}" for one in above if one.tag not in _NEVER)
    return len(_text(node)) < 30 and bool(_LABELLED.search(names))


def _is_tip(node: HtmlElement) -> bool:
    """Whether it is the text of a tooltip, and not the word that has one."""
    if node.get("role") == "tooltip":
        return True
    classes = (node.get("class") or "").split()[:30]
    if any(map(_TIP_TEXT.fullmatch, classes)):
        return _paragraphs(node) < 2
    if node.tag not in ("span", "div", "small", "i", "em") or not any(map(_TIP.fullmatch, classes)):
        return False
    if any(name == "title" or name.startswith(("data-", "aria-")) for name in node.attrib) or _has_tip(node):
        return False
    text = _text(node)
    return len(text.split()) > 2 and (text[0].isupper() or not _before(node)[-1:].isspace()) and _paragraphs(node) < 2


def _has_tip(node: HtmlElement) -> bool:
    return any(
        isinstance(below.tag, str)
        and (below.get("role") == "tooltip" or "tip" in (below.get("class") or "").lower() or below.get("title"))
        for below in node.iterdescendants()
    )


def _before(node: HtmlElement) -> str:
    """The text right before an element, "" at the start of its parent."""
    previous = node.getprevious()
    text = previous.tail if previous is not None else node.getparent().text
    return text or " "


def _text(node: HtmlElement) -> str:
    return " ".join("".join(node.itertext()).split())


def _is_paragraph(node: HtmlElement) -> bool:
    return node.tag in _BLOCKS and len(_text(node)) >= PARAGRAPH


def _paragraphs(node: HtmlElement) -> int:
    """About how many paragraphs of prose stand in an element."""
    marked = sum(len(_text(one)) >= PARAGRAPH for one in node.iter("p"))
    return max(marked, len(_text(node)) // (5 * PARAGRAPH))


def open_shadow_roots(tree: HtmlElement) -> None:
    """Turns declarative shadow roots into elements as browsers show them: what the host holds stands in the slots."""
    for root in list(tree.iter("template")):
        if (root.get("shadowrootmode") or root.get("shadowroot")) and (host := root.getparent()) is not None:
            root.tag = "div"
            given: dict[str, list[HtmlElement]] = {}
            for child in [child for child in host if child is not root]:
                given.setdefault(child.get("slot") or "", []).append(child)
            for slot in list(root.iter("slot")):
                _fill(slot, given.pop(slot.get("name") or "", []))


def _fill(slot: HtmlElement, given: list[HtmlElement]) -> None:
    if given:
        slot.text = None
        slot[:] = given
    slot.tag = "span" if all(child.tag in INLINE for child in slot) else "div"
