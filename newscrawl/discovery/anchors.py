"""The links of a listing page with where they stand: in a heading, a card, the site's boilerplate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from newscrawl.discovery.discovery_result import MAX_URL, absolute, clean, plain
from newscrawl.web.document import Document
from newscrawl.web.urls import without_session

MAX_ANCHORS = 5_000
"""Links read of one page: ten times what a long front page has; 45,000 took 5.6 s."""
_BOILERPLATE_TAGS = frozenset(("nav", "footer", "aside", "form", "dialog"))
_BOILERPLATE_ROLES = frozenset(
    ("navigation", "contentinfo", "banner", "complementary", "search", "menu", "menubar", "dialog")
)
_CARD_TAGS = frozenset(("article", "li", "tr"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_UNSEEN = frozenset(("script", "style", "noscript", "template", "svg", "head"))


@dataclass(slots=True, eq=False)
class Anchor:
    """A link of the page."""

    url: str
    """Absolute, without fragment and number of a session."""
    text: str
    """The heading in it, else its text, its title, the text of its image; ""."""
    node: HtmlElement
    """The `a` element."""
    heading: bool
    """Whether it stands in a heading or holds one."""
    card: bool
    """Whether it stands in an article, list item or table row."""
    boilerplate: bool
    """Whether it stands in navigation, footer, aside, form or the page's header."""
    place: str
    """Tags of the innermost five elements around it: links in one list share it."""


def anchors(document: Document) -> list[Anchor]:
    """The page's http links in document order, the first `MAX_ANCHORS` of them."""
    found: list[Anchor] = []
    base = document.base_url if len(document.base_url) <= MAX_URL else document.url
    for node, around in islice(_with_ancestors(document.tree), MAX_ANCHORS):
        url = absolute(base, node.get("href"))
        if url and not (node.get("href") or "").lstrip().startswith("#"):
            found.append(_anchor(node, without_session(url.partition("#")[0]), around))
    return found


def _with_ancestors(tree: HtmlElement) -> Iterator[tuple[HtmlElement, list[str]]]:
    """Each `a` with the names of the elements around it: its tag, or its role where that is boilerplate's."""
    around: list[str] = []
    walk = iterwalk(tree, events=("start", "end"))
    for event, node in walk:
        if event == "end":
            around.pop()
            continue
        around.append(_name(node))
        if around[-1] in _UNSEEN:
            walk.skip_subtree()
        elif node.tag == "a" and node.get("href"):
            yield node, around


def _name(node: HtmlElement) -> str:
    role = (node.get("role") or "").lower()
    return "nav" if role in _BOILERPLATE_ROLES else str(node.tag)


def _anchor(node: HtmlElement, url: str, around: list[str]) -> Anchor:
    names = set(around)
    in_content = not names.isdisjoint(("article", "main", "section", "li"))
    return Anchor(
        url=url,
        text=_text(node),
        node=node,
        heading=not _HEADINGS.isdisjoint(names) or any(child.tag in _HEADINGS for child in node.iterdescendants()),
        card=not _CARD_TAGS.isdisjoint(names),
        boilerplate=not _BOILERPLATE_TAGS.isdisjoint(names) or ("header" in names and not in_content),
        place="/".join(around[-6:-1]),
    )


def _text(node: HtmlElement) -> str:
    headings = (child for child in node.iterdescendants() if child.tag in _HEADINGS)
    for holder in (*islice(headings, 1), node):
        if text := plain("".join(holder.itertext())):
            return text
    images = (child.get("alt") for child in node.iterdescendants("img"))
    return clean(node.get("title") or next(images, None) or node.get("aria-label")) or ""
