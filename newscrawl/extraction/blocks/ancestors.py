"""What the elements around a block say: their tags, and what their class names usually mark."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

ANCESTORS = tuple(
    "article main aside footer header nav figure form table ul section button blockquote dl figcaption".split()
)
"""Elements that say something of all they hold."""

HINTS = {
    "good": "article-?_?body|entry-content|story-?_?body|post-?_?content|post-?_?body|article-?_?content"
    "|article-?_?text|story-?_?content|body-?_?text|main-?_?content|rich-?_?text|paragraph|prose|content-?_?body"
    "|article__",
    "related": "relat|recirc|recommend|read-?_?more|also-?_?read|see-?_?also|teaser|trending|popular|most-?_?read"
    "|latest|more-?_?(?:from|stories|news|on)|promo|outbrain|taboola|suggest|carousel",
    "share": "share|social|follow|tool",
    "appeal": "newsletter|subscri|sign-?up|donat|paywall|piano|offer|cta|member|register|login|app-",
    "comment": "comment|disqus|discuss|reply|replies",
    "author": r"author|byline|\bbio\b|writer|contributor|profile",
    "caption": "caption|credit|figure|photo|image|img|media|gallery|video|player|embed",
    "meta": "meta|date|time|publish|timestamp|info|label|kicker|eyebrow|section-",
    "tag": "tag|topic|keyword|categor|breadcrumb|pagination|pager",
    "nav": "nav|menu|header|footer|masthead|toolbar|sidebar|aside|widget|rail",
    "legal": r"cookie|consent|gdpr|banner|modal|popup|advert|\bads?\b|-ad-|sponsor|disclaim|copyright|legal|correction",
    "standfirst": "standfirst|subtitle|sub-?head|dek|lead|lede|intro|summary|description|excerpt|chapo|abstract",
    "quote": "quote|pullquote",
    "box": "fact|box|inset|highlight|key-?points|callout",
}
"""Words in class names, ids and roles, by what they usually mark (read off the development pages); the model weighs
them."""

FADE = 0.7
"""What an element's class says weakens so with each level below it."""

# On lower case: a pattern that ignores case cannot pass over the letters that begin none of the words.
_PATTERN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in HINTS.items()))
_FIRST_HINT = 1 + len(ANCESTORS)
_PLACE = {tag: place for place, tag in enumerate(ANCESTORS, 1)} | {"ol": 1 + ANCESTORS.index("ul")}
_NUMBER = {name: number for number, name in enumerate(HINTS)}
_NAMING = ("class", "id", "itemprop", "role", "data-testid", "data-component")


class Surroundings:
    """The surroundings of a page's elements; each element is looked at once."""

    def __init__(self) -> None:
        self._known: dict[HtmlElement, list[float]] = {}

    def of(self, node: HtmlElement) -> list[float]:
        """Depth, 1 for each of ANCESTORS that is around, and each of HINTS between 0 and 1."""
        known = self._known.get(node)
        if known is None:
            parent = node.getparent()
            known = self._known[node] = _root() if parent is None else _below(self.of(parent), node)
        return known


def _root() -> list[float]:
    return [0.0] * (1 + len(ANCESTORS) + len(HINTS))


def _below(above: list[float], node: HtmlElement) -> list[float]:
    around = above[:_FIRST_HINT]
    around[0] += 1
    around += [FADE * hint for hint in above[_FIRST_HINT:]]
    tag = str(node.tag)
    if (place := _PLACE.get(tag)) is not None:
        around[place] = 1.0
    for hint in hints_of(node):
        around[_FIRST_HINT + hint] = 1.0
    return around


def hints_of(node: HtmlElement) -> set[int]:
    """The places in HINTS of what the element's own names say."""
    if node.tag in ("html", "body"):
        return set()
    return {hint for name, value in node.items() if name in _NAMING for hint in _hints_of_names(value[:200])}


@lru_cache(maxsize=20_000)
def _hints_of_names(names: str) -> frozenset[int]:
    """Which hints a class attribute gives; they recur within a page and a site."""
    return frozenset(hint for word in names.split() for hint in _hints_of(word))


@lru_cache(maxsize=20_000)
def _hints_of(word: str) -> frozenset[int]:
    return frozenset(_NUMBER[match.lastgroup or ""] for match in _PATTERN.finditer(word[:60].lower()))
