"""Articles in several parts: which further page an article needs, and the parts' texts as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from newscrawl.extraction.blocks.story_text import Body
from newscrawl.items import Needs
from newscrawl.sites.rules import SiteConfig
from newscrawl.sites.rules.apply_config import needed
from newscrawl.web.document import Document
from newscrawl.web.text import fold, squash

MAX_PARTS = 20
"""Further pages of one article; the longest serials on news sites have about a dozen."""
MAX_LINKS = 5_000
"""Links of a page that are looked at."""
SHORT_HREF = 16
"""Characters of a link relative to the first part: "2/", "?page=2"."""
MAX_LABEL = 30
"""Characters of what a link to the next part is called: "2", "Next page »". Longer texts are headlines."""

_NUMBERS = (
    re.compile(r"(?P<stem>.+?)/(?:(?:page|pag|p|seite|pagina|part|teil)[/_-]?)?(?P<number>[1-9]\d?)/?"),
    re.compile(
        r"(?P<stem>.+?)[-_,](?:(?:page|p|seite|pagina|part|teil)[-_]?)?(?P<number>[1-9]\d?)(?:\.(?:html?|php|aspx))?"
    ),
)
"""How a part's path differs from the first one's: /story/2, /story/page/2/, story-2.html, story_p2.html."""
_QUERY = frozenset("page p pg pag pagina seite part teil pn".split())
_ALL_QUERY = frozenset("singlepage fullpage onepage allpages viewall view_all".split())
_ALL_VALUES = frozenset("all alle full single todo todas tout".split())
_ALL_PATH = re.compile(r"/(?:komplettansicht|single-?page|full-?page|view-?all|all)/?")
_ENDING = re.compile(r"\.(?:html?|php|aspx)$|/$")
_LABEL = re.compile(
    r"\W*(?:(?:next|weiter|nächste|suivant|siguiente|seguinte|avanti|volgende|page|seite|pagina|página|teil|part|dalej|далее|下一[页頁]|次)\b.*|\d{1,2}|[›»→>]+)\W*",
    re.IGNORECASE,
)


def missing(document: Document, first: str, fetched: Sequence[str], config: SiteConfig) -> Needs | None:
    """What is to be fetched before the article can be read whole; None where everything is there.

    `document`: the last part so far. `first`: URL of the first part. `fetched`: URLs of all further parts so far. A
    site config's links go before what the URLs show: a link that differs from the first part's URL by the next number
    alone, or by asking for the whole on one page.
    """
    if len(fetched) >= MAX_PARTS:
        return None
    needs = needed(document, config) or _numbered(document, first)
    return needs if needs and needs.url not in (first, *fetched) else None


def joined(body: Body, part: Body) -> Body:
    """The text with what the next part adds: each block once, so that a standfirst or a box that every part prints
    stands once; a part that shows the same text again (a page of its comments) adds nothing."""
    seen = {squash(line) for line in body.blocks}
    return replace(body, blocks=[*body.blocks, *(line for line in part.blocks if squash(line) not in seen)])


def _numbered(document: Document, first: str) -> Needs | None:
    wanted = (_number(document.url, first) or 1) + 1
    whole, following = None, None
    for url, label in _links(document, first):
        if whole is None and _is_whole(url, first):
            whole = url
        elif following is None and _number(url, first) == wanted and _LABEL.fullmatch(label):
            following = url
    if following is None:
        return None
    return Needs(url=whole, how="single_page") if whole else Needs(url=following, how="next_part")


def _links(document: Document, first: str) -> Iterator[tuple[str, str]]:
    """The links whose URL begins as the first part's does, with their texts."""
    stem = _stem(urlsplit(first).path)
    for node in islice(document.tree.iter("a"), MAX_LINKS):
        href = node.get("href") or ""
        if (stem in href or len(href) <= SHORT_HREF) and (url := document.absolute(href)):
            label = fold(" ".join(node.itertext()))
            if len(label) <= MAX_LABEL:
                yield url.partition("#")[0], label or node.get("aria-label") or ""


def _stem(path: str) -> str:
    """The last segment of the first part's path without its ending: what all parts' links hold."""
    return _ENDING.sub("", path).rpartition("/")[2] or "\0"


def _number(url: str, first: str) -> int | None:
    """The number by which alone a URL differs from the first part's; None where it differs otherwise."""
    one, other = urlsplit(first), urlsplit(url)
    if one.netloc != other.netloc:
        return None
    if _ENDING.sub("", one.path) == _ENDING.sub("", other.path):
        return _number_in_query(one.query, other.query)
    if one.query != other.query:
        return None
    for form in _NUMBERS:
        match = form.fullmatch(other.path)
        if match and match["stem"] == _ENDING.sub("", one.path):
            return int(match["number"])
    return None


def _number_in_query(first: str, query: str) -> int | None:
    own, others = parse_qsl(first, max_num_fields=50), parse_qsl(query, max_num_fields=50)
    added = [pair for pair in others if pair not in own]
    if len(added) != 1 or [pair for pair in own if pair not in others]:
        return None
    name, value = added[0]
    return int(value) if name.lower() in _QUERY and re.fullmatch(r"[1-9]\d?", value) else None


def _is_whole(url: str, first: str) -> bool:
    """Whether the URL is the first part's, asked for on one page."""
    one, other = urlsplit(first), urlsplit(url)
    if one.netloc != other.netloc:
        return False
    base = _ENDING.sub("", one.path)
    if other.path.startswith(base) and _ALL_PATH.fullmatch(other.path[len(base) :]):
        return True
    added = [
        pair
        for pair in parse_qsl(other.query, max_num_fields=50)
        if pair not in parse_qsl(one.query, max_num_fields=50)
    ]
    if base != _ENDING.sub("", other.path) or len(added) != 1:
        return False
    name, value = added[0]
    return name.lower() in _ALL_QUERY or (name.lower() in _QUERY | {"view"} and value.lower() in _ALL_VALUES)
