"""The outlet's names, and titles without them: "Headline | Site", "Site - Headline"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from urllib.parse import urlsplit

from newscrawl.extraction.metadata.graph import Graph
from newscrawl.extraction.metadata.plain_text import plain
from newscrawl.web.document import Document
from newscrawl.web.json_ld import types_of
from newscrawl.web.text import fold, squash
from newscrawl.web.urls import domain_of

_SEPARATOR = re.compile(
    r"\s+[|\-–—―·•»«›‹:/~⋆★]+\s+|\s?[|｜]+\s?|\s?»\s?|(?<=\S)\s[—–]\s?|(?<=[^\W\d_]):\s+|\s+::\s+|[_＿](?=[^_＿]{1,40}$)"
)
_UNDERSCORE = re.compile(r"[_＿]+|(?<=[\u3040-\ud7a3])-+(?=[\u3040-\ud7a3])")
"""What parts headline, section and site's name in Chinese titles."""
_LOOSE = re.compile(r"[:_＿]")

_KINDS = frozenset("editorial opinion opinions column letter letters commentary kommentar meinung opinión".split())
_ORGANISATIONS = frozenset("Organization NewsMediaOrganization WebSite Corporation".split())
_NAMES = ("og:site_name", "site_name")
_SHORT_NAMES = ("application-name", "apple-mobile-web-app-title", "twitter:site")


class Outlet:
    """What the page calls the site it stands on."""

    def __init__(self, document: Document, graph: Graph, declared: str | None) -> None:
        self.domain = domain_of(document.url) or ""
        found = [*_meta_names(document, _NAMES), *_graph_names(document, graph), *_meta_names(document, _SHORT_NAMES)]
        found = [name for name in found if "://" not in name]
        self.name = _best(found) or declared
        found += _home_links(document)
        self._sections = {squash(part) for part in urlsplit(document.url).path.strip("/").split("/")[:-1]} | _KINDS
        """Names of sections, which some sites print behind their titles: "Council backs bridge | Politics"."""
        self._label = squash(self.domain.split(".")[0])
        self._keys = {squash(name) for name in [*found, declared or "", self.domain] if name} - {""}
        self._keys |= {squash(name.rsplit(".", 1)[0]) for name in found if "." in name} | {self._label}

    def is_named_by(self, text: str, *, exactly: bool = False) -> bool:
        """Whether the text is a name of the outlet: "BILD.de", "The Province", "National Post" on nationalpost.com."""
        squashed = squash(text).removeprefix("www")
        bare = squashed.removeprefix("the")
        return bool(squashed) and any(
            squashed == name
            or bare == name.removeprefix("the")
            or (not exactly and len(bare) > 3 and self._extends(bare, name))
            for name in self._keys
        )

    @staticmethod
    def _extends(text: str, name: str) -> bool:
        """ "CNN Business" and "CNN", "diepresse" and "DiePresse.com": one begins the other and is half of it."""
        short, long = sorted((text, name), key=len)
        return len(short) > 3 and long.startswith(short) and len(short) * 2 >= len(long)

    def cut(self, title: str) -> str:
        """The title without names of the outlet at its ends."""
        for _ in range(3):
            shorter = self._cut_once(title)
            if shorter == title:
                return title
            title = shorter
        return title

    def _cut_once(self, title: str) -> str:
        marks = list(_SEPARATOR.finditer(title))
        if not marks:
            return title
        for mark in reversed(marks[-3:]):
            behind, loose = title[mark.end() :], bool(_LOOSE.match(mark.group()))
            if self.is_named_by(behind, exactly=loose) or (not loose and squash(behind) in self._sections):
                return title[: mark.start()].strip()
        for mark, after in pairwise(marks):
            if mark.start() >= 10 and self.is_named_by(title[mark.end() : after.start()], exactly=True):
                return title[: mark.start()].strip()
        for mark in marks[:2]:
            if self.is_named_by(title[: mark.start()], exactly=bool(_LOOSE.match(mark.group()))):
                return title[mark.end() :].strip()
        return title


def _home_links(document: Document) -> Iterator[str]:
    """What the page's first links to the front page say, most of all its logo: the outlet's name."""
    root = urlsplit(document.url)
    homes = {"/", f"{root.scheme}://{root.netloc}", f"{root.scheme}://{root.netloc}/", f"//{root.netloc}/"}
    for node in islice((node for node in document.tree.iter("a") if node.get("href") in homes), 3):
        if 2 < len(name := fold(node.text_content()[:200])) <= 40:
            yield name


def segments(title: str) -> list[str]:
    """What a title's opening segments say: "A | B | C" gives "A | B" and "A"."""
    marks = [mark for mark in _SEPARATOR.finditer(title) if not _LOOSE.match(mark.group())]
    marks = marks or list(_UNDERSCORE.finditer(title))
    return [title[: mark.start()].strip() for mark in reversed(marks[:6]) if mark.start() > 0]


def _best(names: list[str]) -> str | None:
    """The first name; in a better spelling where one is given: "nationalpost" is "National Post"."""
    if not names:
        return None
    same = [name for name in names if squash(name) == squash(names[0])]
    return max(same, key=lambda name: (" " in name, name != name.lower()))


def _meta_names(document: Document, keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        for value in document.meta.get(key, ())[:2]:
            if name := plain(value, 100).lstrip("@"):
                yield name


def _graph_names(document: Document, graph: Graph) -> Iterator[str]:
    publishers = [member for member in graph.nodes(graph.article.get("publisher")) if isinstance(member, dict)]
    sites = [node for node in document.json_ld[:100] if _ORGANISATIONS.intersection(types_of(node))]
    for node in [*publishers[:5], *sites[:5]]:
        for key in ("name", "alternateName"):
            if name := plain(graph.text(node.get(key)), 100):
                yield name
