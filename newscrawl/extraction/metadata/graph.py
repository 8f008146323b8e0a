"""The page's structured data: JSON-LD with its references by @id resolved, and the elements that microdata mark."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from lxml.html import HtmlElement

from newscrawl.web.document import Document
from newscrawl.web.json_ld import ARTICLE_TYPES, types_of
from newscrawl.web.text import fold

Node = dict[str, Any]

NEAR_ARTICLE = frozenset("VideoObject PodcastEpisode Recipe SocialMediaPosting ClaimReview CreativeWork HowTo".split())
"""Types that carry headline, author and date on pages without a NewsArticle."""

MEMBERS = 200
"""Members of one JSON-LD list that are looked at."""
LONGEST = 20_000
"""Characters of one text of JSON-LD that are looked at."""


class Graph:
    """The structured data of a page."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def _by_id(self) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for node in self._document.json_ld:
            key = node.get("@id")
            if isinstance(key, str) and len(node) > len(found.get(key, {})):
                found[key] = node
        return found

    def nodes(self, value: object) -> Iterator[Node | str]:
        """The members of a JSON-LD value, of lists in it too, references by @id resolved; texts folded, none empty."""
        queue, seen = [value], 0
        while queue and seen < MEMBERS:
            member, seen = queue.pop(0), seen + 1
            if isinstance(member, list):
                queue = member[:MEMBERS] + queue
            elif isinstance(member, str) and (text := fold(member[:LONGEST])):
                yield text
            elif isinstance(member, dict):
                yield self._resolved(member)

    def _resolved(self, node: Node) -> Node:
        key = node.get("@id")
        known = self._by_id.get(key) if isinstance(key, str) else None
        return {**known, **node} if known else node

    def text(self, value: object) -> str | None:
        """The first text of a value: itself, or the name of a node."""
        for member in self.nodes(value):
            found = member if isinstance(member, str) else member.get("name") or member.get("@value")
            if isinstance(found, str) and (text := fold(found[:LONGEST])):
                return text
        return None

    @cached_property
    def article(self) -> Node:
        """The node of the page's article; an empty one where there is none."""
        articles = [*self._document.json_ld_articles, *self._nested()]
        articles.sort(key=self._rank, reverse=True)
        return articles[0] if articles else self._near_article()

    def _nested(self) -> Iterator[Node]:
        """Articles that hang on a WebPage: {"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", ...}}."""
        for node in self._document.json_ld:
            for key in ("mainEntity", "mainEntityOfPage"):
                for member in self.nodes(node.get(key)):
                    if isinstance(member, dict) and ARTICLE_TYPES.intersection(types_of(member)):
                        yield member

    def _rank(self, node: Node) -> tuple[bool, bool, bool]:
        """A page of teasers beside its article marks them up too: the page's own names the page's URL."""
        named = {self._document.url.partition("#")[0].rstrip("/")}
        own = {text.rstrip("/") for key in ("url", "mainEntityOfPage", "@id") if (text := _address(node.get(key)))}
        return bool(node.get("headline") or node.get("name")), bool(named & own), "datePublished" in node

    def _near_article(self) -> Node:
        for node in self._document.json_ld:
            if NEAR_ARTICLE.intersection(types_of(node)):
                return node
        return {}

    @cached_property
    def marked(self) -> dict[str, list[HtmlElement]]:
        """The elements by their itemprop ("author"), by "pubdate", and by rel ("rel=license", "rel=canonical")."""
        found: dict[str, list[HtmlElement]] = {}
        for node in self._document.elements.marked():
            properties = (node.get("itemprop") or "").split()
            relations = [f"rel={name.lower()}" for name in (node.get("rel") or "").split()]
            for name in [*properties, *relations, *(["pubdate"] if node.get("pubdate") is not None else [])]:
                found.setdefault(name, []).append(node)
        return found

    @cached_property
    def page(self) -> Node:
        """The WebPage node; it dates the page where the article does not."""
        for node in self._document.json_ld:
            if any(kind.endswith("WebPage") for kind in types_of(node)):
                return node
        return {}


def _address(value: object) -> str | None:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value.partition("#")[0] if isinstance(value, str) else None
