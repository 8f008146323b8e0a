"""Shapes of URLs, and which of a site's shapes are articles, learned from what its feeds name against the rest."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urlsplit

_WORDS = re.compile(r"[-_+.,:~ ]+")
_ENDING = re.compile(r"\.(?:s?html?|php|aspx?|jsp|cms|ece|story|article)$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_DATE = re.compile(r"(?:19|20)\d{2}[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\d|3[01])")
_TOKEN = re.compile(r"(?=\D{0,40}\d)[0-9A-Za-z]{8,40}")
_HOST = re.compile(r"^(?:www\d?|m|mobile|amp)\.")
_TRACKING = re.compile(r"(?:utm_|fbclid|gclid|mc_|cmp|_ga)|(?:ref|source|outputtype|amp)(?:=|$)", re.IGNORECASE)

_LONGEST_PATH, _MOST_SEGMENTS = 1_000, 12

SLUG_WORDS = 3
"""A segment of so many words is a slug: "storm-closes-port"; section names have one or two."""
SLUG_LENGTH = 24
"""A single word that long is a slug too: scripts without hyphens, percent-encoded."""


@lru_cache(maxsize=4096)
def shape(url: str) -> str:
    """The URL with what varies from article to article replaced by its kind: "example.com/news/{year}/{n}/{slug}.html".

    Kinds are {slug}, {slug-id} (a slug with a number at an end), {id}, {n}, {year}, {date}; single words stay, since
    "/tag/" and "/news/" tell pages apart. Names of query parameters stay, tracking parameters go.
    """
    parts = _parts(url)
    segments = [
        segment for segment in parts.path[:_LONGEST_PATH].split("/", _MOST_SEGMENTS)[:_MOST_SEGMENTS] if segment
    ]
    path = "".join("/" + _segment(segment) for segment in segments)
    pairs = [pair for pair in parts.query.split("&")[:20] if pair and not _TRACKING.match(pair)]
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
    slug = len([word for word in words if not _is_id(word)]) >= SLUG_WORDS or len(text) >= SLUG_LENGTH
    if slug and len(words) > 1:
        return "{slug-id}" if numbered else "{slug}"
    if len(words) > 1 and numbered:
        return "{slug-id}"
    if numbered:
        return "{id}"
    return "{slug}" if slug else text.lower().replace("{", "").replace("}", "")


def _is_id(word: str) -> bool:
    return (word.isdigit() and len(word) >= 4 and not _YEAR.fullmatch(word)) or bool(_TOKEN.fullmatch(word))


def _general(of: str) -> str:
    """The shape with host and single words generalised: what one section tells about another."""
    path = of.partition("/")[2].partition("?")
    segments = [segment if "{" in segment else "{word}" for segment in path[0].split("/") if segment]
    return "/" + "/".join(segments) + path[1] + path[2]


@dataclass(frozen=True, slots=True)
class Shapes:
    """Which shapes of a site's URLs are articles. Plain data: goes through msgspec.json into a SiteProfile."""

    verdicts: dict[str, bool] = field(default_factory=dict)
    """By shape: True for articles, False for other pages; general shapes begin with "/"."""

    def is_article(self, url: str) -> bool | None:
        """Whether the URL has the shape of the site's articles; None where nothing was learned of it."""
        exact = shape(url)
        verdict = self.verdicts.get(exact)
        return self.verdicts.get(_general(exact)) if verdict is None else verdict


def learn_shapes(article_urls: Iterable[str], other_urls: Iterable[str]) -> Shapes:
    """Learns from URLs that feeds and news sitemaps name, and from the rest of the site's links.

    The rest holds older articles too, so a shape that feeds name twice is an article's even if the rest has it more
    often (up to ten times), and a shape that they never name is another page's once the rest has it three times. A
    general shape speaks for unseen sections only where none of the sections seen speaks against it.
    """
    named = Counter(shape(url) for url in dict.fromkeys(article_urls))
    rest = Counter(shape(url) for url in dict.fromkeys(other_urls))
    exact = {of: verdict for of in named | rest if (verdict := _verdict(named[of], rest[of])) is not None}
    return Shapes(dict(sorted((_generals(named, rest, exact) | exact).items())))


def _verdict(named: int, rest: int) -> bool | None:
    if named >= 2 and named * 10 >= rest:
        return True
    return False if not named and rest >= 3 else None


def _generals(named: Counter[str], rest: Counter[str], exact: dict[str, bool]) -> dict[str, bool]:
    beneath: defaultdict[str, list[str]] = defaultdict(list)
    for of in named | rest:
        beneath[_general(of)].append(of)
    found: dict[str, bool] = {}
    for general, shapes in beneath.items():
        verdict = _verdict(sum(named[of] for of in shapes), sum(rest[of] for of in shapes))
        if verdict is not None and not (verdict and any(exact.get(of) is False for of in shapes)):
            found[general] = verdict
    return found
