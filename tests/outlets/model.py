"""What a generated site is: its articles as the truth, and an answer to every request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

HTML = "text/html; charset=utf-8"
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
"""The moment at which every outlet is seen; nothing is published after it."""
NOISE = frozenset(
    ("utm_source", "utm_medium", "utm_campaign", "fbclid", "ref", "PHPSESSID", "sid", "sessid", "from", "cmpid")
)
"""Parameters that change nothing about what a URL shows."""
PAGES_OF_LISTS = frozenset(("front", "listing", "section", "tag", "author", "archive", "calendar"))
"""Kinds of pages that list articles, or days on which there might be some."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article as a reader would count it."""

    number: int
    """0 is the newest of its site."""
    url: str
    """Absolute, without tracking parameters, percent-encoded in UTF-8."""
    title: str
    author: str
    published: datetime
    """To the minute, in the outlet's zone."""
    section: str
    """As it stands in URLs; `section_name` as printed."""
    section_name: str
    tag: str
    language: str
    key: str
    """From which its paragraphs are made."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A response, and what kind of page it is."""

    body: bytes
    kind: str
    """article, one of PAGES_OF_LISTS, feed, sitemap, redirect, missing, elsewhere, about, shop, ..."""
    content_type: str = HTML
    status: int = 200
    location: str = ""
    modified: datetime = NOW


@dataclass(frozen=True, slots=True)
class Judgement:
    """URLs of records against the truth of a site."""

    found: frozenset[str]
    """URLs of articles, in the truth's form."""
    missed: frozenset[str]
    wrong: tuple[tuple[str, str], ...]
    """(URL, kind) of each record that is no article of this site."""
    doubled: tuple[str, ...]
    """URLs of records beyond the first of one article."""

    @property
    def recall(self) -> float:
        wanted = len(self.found) + len(self.missed)
        return len(self.found) / wanted if wanted else 1.0

    @property
    def precision(self) -> float:
        """Share of the records that are an article of this site, each counted once."""
        records = len(self.found) + len(self.wrong) + len(self.doubled)
        return len(self.found) / records if records else 1.0


@dataclass
class GeneratedSite:
    """One outlet. `answer` is all that a server needs; the rest is the truth."""

    url_pattern: str
    seed: int
    host: str
    languages: tuple[str, ...]
    articles: Sequence[Article] = ()
    """Newest first. The big outlet's are made when asked for."""
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    """Absolute URLs that together lead to every article: what the site's spider would declare."""
    per_page: int = 0
    """Articles on each page of the one listing of everything, newest first; 0 where there is none."""
    others: dict[str, str] = field(default_factory=dict)
    """Each page that can be named and is no article, with its kind. None of them must become a record."""
    redirects: dict[str, str] = field(default_factory=dict)
    """Linked URLs that answer 301, with where they lead."""
    neighbours: frozenset[str] = frozenset()
    """Hosts of other outlets that this one links to. They are served too; nothing of theirs must become a record."""
    routes: dict[str, Callable[[], Answer]] = field(default_factory=dict, repr=False)
    families: list[Callable[[str, Mapping[str, str]], Answer | None]] = field(default_factory=list, repr=False)
    """Pages without number: asked with path and query in queued, until one answers."""
    find: Callable[[str], Article | None] = field(default=lambda target: None, repr=False)
    """The article at a target without noise."""
    article_page: Callable[[Article], Answer] = field(default=lambda article: Answer(b"", "article"), repr=False)
    missing: Callable[[], Answer] = field(default=lambda: Answer(b"", "missing", status=404), repr=False)

    @property
    def home(self) -> str:
        return f"http://{self.host}/"

    @property
    def hosts(self) -> frozenset[str]:
        """Every host that has to be served."""
        return self.neighbours | {self.host}

    def answer(self, host: str, target: str) -> Answer:
        """The response to a path with its query. Same target, same bytes."""
        if host != self.host:
            return self._neighbour(host, target)
        if article := self.find(plain := tidy(target)):
            return self.article_page(article)
        if page := self.routes.get(target) or self.routes.get(plain):
            return page()
        parts = urlsplit(plain)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        for family in self.families:
            if found := family(parts.path, query):
                return found
        return self._with_or_without_slash(plain) or self.missing()

    def _with_or_without_slash(self, target: str) -> Answer | None:
        path, mark, query = target.partition("?")
        other = path.rstrip("/") if path.endswith("/") else f"{path}/"
        where = other + mark + query
        if where not in self.routes and not self.find(where):
            return None
        return Answer(b"", "redirect", status=301, location=f"http://{self.host}{where}")

    def _neighbour(self, host: str, target: str) -> Answer:
        if target == "/robots.txt":
            return Answer(b"User-agent: *\nAllow: /\n", "robots", "text/plain")
        url = f"http://{host}{target}"
        return Answer(self.article_page(replace(self.articles[0], url=url, key=url)).body, "elsewhere")

    def kind(self, url: str) -> str:
        """What kind of page a URL shows, redirects not followed."""
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        return self.answer(host, target_of(url)).kind if host in self.hosts else "elsewhere"

    def canonical(self, url: str) -> str | None:
        """The article a URL leads to, as the truth writes it; None where it leads to none."""
        for _ in range(5):
            if (urlsplit(url).hostname or "").lower() != self.host:
                return None
            plain = tidy(target_of(url))
            if article := self.find(plain):
                return article.url
            slashed = None if plain in self.routes else self._with_or_without_slash(plain)
            url = self.redirects.get(f"http://{self.host}{plain}") or (slashed.location if slashed else "")
        return None

    def judge(self, urls: Iterable[str], wanted: Iterable[Article] | None = None) -> Judgement:
        """Records, each by its URL, against the wanted articles (all of the site's, where none are given)."""
        expected = frozenset(article.url for article in (self.articles if wanted is None else wanted))
        seen: set[str] = set()
        wrong, doubled = [], []
        for url in urls:
            if (article := self.canonical(url)) is None or article not in expected:
                wrong.append((url, self.kind(url)))
            elif article in seen:
                doubled.append(url)
            seen |= {article} & expected if article else set()
        return Judgement(frozenset(seen), expected - seen, tuple(wrong), tuple(doubled))

    def since(self, moment: datetime) -> list[Article]:
        """Articles published at or after a moment. The list of articles is walked no further than needed."""
        newer = []
        for article in self.articles:
            if article.published < moment:
                break
            newer.append(article)
        return newer

    def pages_for(self, articles: int) -> int:
        """Listing pages that hold the newest so many."""
        return -(-articles // self.per_page)

    def pages_since(self, moment: datetime) -> int:
        """Listing pages up to the first that shows something older: only then is it known that all were seen."""
        return self.pages_for(min(len(self.since(moment)) + 1, len(self.articles)))


def tidy(target: str) -> str:
    """Path and query in one spelling: percent-encoding renewed, noise parameters gone, the others in order."""
    parts = urlsplit(target)
    pairs = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key not in NOISE]
    return encoded(parts.path) + (f"?{urlencode(sorted(pairs))}" if pairs else "")


def encoded(path: str) -> str:
    """A path in ASCII, whether it was percent-encoded or not."""
    return quote(unquote(path), safe="/:@!$&'()*+,;=~-._")


def target_of(url: str) -> str:
    """Path and query of a URL, as a request has them."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
