"""URL patterns, and which of a site's URL patterns are articles: learned from what gave records and from what did
not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urlsplit

from newscrawl.web.urls import is_tracking

_WORDS = re.compile(r"[-_+.,:~ ]+")
_ENDING = re.compile(r"\.(?:s?html?|php|aspx?|jsp|cms|ece|story|article)$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_DATE = re.compile(r"(?:19|20)\d{2}[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\d|3[01])")
_TOKEN = re.compile(r"(?=\D{0,40}\d)[0-9A-Za-z]{8,40}")
_HOST = re.compile(r"^(?:www\d?|m|mobile|amp)\.")
_VARIANT = re.compile(r"(?:ref|source|outputtype|amp)(?:=|$)", re.IGNORECASE)

_MAX_PATH, _MAX_SEGMENTS = 1_000, 12

SLUG_WORDS = 3
"""A segment of so many words is a slug: "storm-closes-port"; section names have one or two."""
SLUG_LENGTH = 24
"""A single word that long is a slug too: scripts without hyphens, percent-encoded."""


@lru_cache(maxsize=4096)
def url_pattern(url: str) -> str:
    """The URL with what varies from article to article replaced by its kind: "example.com/news/{year}/{n}/{slug}.html".

    Kinds are {slug}, {slug-id} (a slug with a number at an end), {id}, {n}, {year}, {date}; single words stay,
    since "/tag/" and "/news/" tell pages apart, also before a short number ("entry-{n}"). Names of parameters stay,
    tracking parameters go.
    """
    parts = _parts(url)
    segments = [segment for segment in parts.path[:_MAX_PATH].split("/", _MAX_SEGMENTS)[:_MAX_SEGMENTS] if segment]
    path = "".join("/" + _segment(segment) for segment in segments)
    pairs = [pair for pair in parts.query.split("&")[:20] if pair and not (is_tracking(pair) or _VARIANT.match(pair))]
    names = sorted({_parameter(pair) for pair in pairs})
    return _HOST.sub("", (parts.hostname or "").lower()) + (path or "/") + ("?" + "&".join(names) if names else "")


def _parts(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:  # "http://[" is no URL
        return urlsplit("")


def _parameter(pair: str) -> str:
    name, _, value = pair.partition("=")
    return f"{name[:40]}={_segment(value)}" if name == "p" or value.isdigit() else name[:40]


@lru_cache(maxsize=4096)
def _segment(raw: str) -> str:
    """The kind of a path segment, with its file ending."""
    ending = match[0].lower() if (match := _ENDING.search(raw[-12:])) else ""
    text = unquote(raw[: len(raw) - len(ending)][:300])
    return (_whole(text) or _words(text)) + ending


def _whole(text: str) -> str | None:
    if text.isdigit():
        return "{year}" if _YEAR.fullmatch(text) else "{n}"
    if _DATE.fullmatch(text):
        return "{date}"
    return None


def _words(text: str) -> str:
    words = [word for word in _WORDS.split(text) if word]
    numbered = any(_is_id(word) for word in words[:1] + words[-1:])
    slug = len(text) >= SLUG_LENGTH or sum(not _is_id(word) for word in words) >= SLUG_WORDS
    if slug and len(words) > 1:
        return "{slug-id}" if numbered else "{slug}"
    if len(words) > 1 and numbered:
        return "{slug-id}"
    if numbered:
        return "{id}"
    if len(words) == 2 and words[1].isdigit() and not _YEAR.fullmatch(words[1]):
        return f"{words[0].lower()}-{{n}}"
    return "{slug}" if slug else text.lower().replace("{", "").replace("}", "")


def _is_id(word: str) -> bool:
    if word.isalpha():  # as most are
        return False
    return (word.isdigit() and len(word) >= 4 and not _YEAR.fullmatch(word)) or bool(_TOKEN.fullmatch(word))


def general(of: str) -> str:
    """The URL pattern with host and single words generalised: what one section tells about another."""
    path = of.partition("/")[2].partition("?")
    segments = [segment if "{" in segment else "{word}" for segment in path[0].split("/") if segment]
    return "/" + "/".join(segments) + path[1] + path[2]


YES, NO = 2, 3
"""Articles that make a URL pattern one of articles; other pages, without an article, that make it one of other pages.
One article may be a slip of the reading, two other pages a paywall's."""
MAX_SHAPES = 500
"""UrlPatterns remembered of a site: 50 KB. A site that makes up its paths has no end of them."""


class UrlPatterns:
    """What is known of the URL patterns of a site's URLs: how many articles and how many other pages each has had."""

    def __init__(self, counts: Mapping[str, tuple[int, int]] | None = None) -> None:
        self.counts: dict[str, tuple[int, int]] = {}
        """By URL pattern: articles, other pages."""
        self._general: dict[str, tuple[int, int]] = {}
        for of, (yes, no) in (counts or {}).items():
            self.add(of, yes, no)

    def add(self, of: str, yes: int = 0, no: int = 0) -> None:
        """Notes articles and other pages of a URL pattern."""
        if of in self.counts or len(self.counts) < MAX_SHAPES:
            for counts, name in ((self.counts, of), (self._general, general(of))):
                articles, others = counts.get(name, (0, 0))
                counts[name] = (articles + yes, others + no)

    def is_article(self, of: str) -> bool | None:
        """Whether URLs of this URL pattern are articles; None where too little is known.

        What is known of other words in the same places ("/sport/{slug}" for "/culture/{slug}") counts where the URL
        pattern itself is unknown and all of them agree."""
        yes, no = self.counts.get(of, (0, 0))
        if yes >= YES and yes >= no:
            return True
        if no >= NO and no > 10 * yes:
            return False
        yes, no = self._general.get(general(of), (0, 0))
        return True if yes >= YES and not no else False if no >= NO and not yes else None
