"""What a survey of a site found, and which of its feeds, sitemaps and listings a spider should declare. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from newscrawl.discovery import DiscoveryLink
from newscrawl.discovery.discovery_result import DocumentKind
from newscrawl.reading.explanation import Explanation

ENOUGH = 0.8
"""Share of the newest articles that a sitemap must name for listings to be needless. Reasoned, not tuned: a sitemap
made by a cron job lacks the last hours."""
MAX_LISTINGS = 12


@dataclass(slots=True, kw_only=True)
class NamedUrl:
    """A URL that a discovery page named."""

    url: str
    title: str | None = None


@dataclass(slots=True, kw_only=True)
class Asked:
    """A discovery page that was asked for."""

    link: DiscoveryLink
    kind: DocumentKind | None = None
    """What it is; None for one that could not be had or read."""
    trouble: str | None = None
    """Why it could not be had or read, or why it is of no use."""
    named: dict[str, NamedUrl] = field(default_factory=dict)
    """The articles it names, by normalized_url."""
    more: list[DiscoveryLink] = field(default_factory=list)
    """Where it leads."""

    @property
    def has_next(self) -> bool:
        """Whether it says what its next page is."""
        return any(link.rel == "next" for link in self.more)

    @property
    def lists(self) -> bool:
        """Whether it names articles, or leads to pages that do: its next one, dated archives."""
        return bool(self.named) or any(link.rel in ("next", "archive") for link in self.more)


@dataclass(slots=True, kw_only=True)
class Sampled:
    """A page of the sample."""

    url: str
    seen: Explanation
    is_rendered: bool = False
    """Whether the browser was needed to see an article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What a spider declares."""

    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    browser: bool = False


@dataclass(slots=True, kw_only=True)
class Survey:
    """All that was asked of a site."""

    home: str
    """URL of its front page, or the page given."""
    asked: list[Asked] = field(default_factory=list)
    """Discovery pages in the order of asking, the front page first."""
    sample: list[Sampled] = field(default_factory=list)
    is_rendered: bool = False
    """Whether the front page names articles in the browser only."""

    def of(self, *kinds: DocumentKind) -> list[Asked]:
        """The discovery pages that were read and are of these kinds."""
        return [one for one in self.asked if one.kind in kinds and one.trouble is None]

    @property
    def read(self) -> list[Sampled]:
        """The pages of the sample that gave an article."""
        return [one for one in self.sample if one.seen.article is not None]

    @property
    def site_name(self) -> str | None:
        """The name that most pages of the sample give the outlet."""
        names = Counter(one.seen.article.source.name for one in self.sample if one.seen.article)
        names.pop(None, None)
        return names.most_common(1)[0][0] if names else None

    @property
    def languages(self) -> list[str]:
        """Languages of the sample, the most frequent first."""
        found = Counter(one.seen.article.language or "" for one in self.sample if one.seen.article)
        return [language for language, _ in found.most_common() if language]

    @property
    def needs_browser(self) -> bool:
        """Whether the front page or most pages of the sample show nothing without scripts."""
        bare = [one for one in self.sample if one.is_rendered or _needs_scripts(one.seen)]
        return self.is_rendered or len(bare) * 2 > len(self.sample)

    @property
    def paid(self) -> int:
        """Pages of the sample that say that they are not free."""
        articles = [one.seen.article for one in self.sample if one.seen.article]
        return sum(article.accessible_for_free is False for article in articles)

    @property
    def rejected(self) -> int:
        """Pages of the sample that gave no article."""
        return len(self.sample) - len(self.read)

    def broken(self) -> Iterator[str]:
        """Declared pages that could not be had, or name no article any more."""
        yield from (
            f"{one.link.url}: {one.trouble}" for one in self.asked if one.link.rel == "declared" and one.trouble
        )

    def candidates(self) -> Iterator[str]:
        """URLs for a sample: of each discovery page in turn, those that name articles by trade first; each once."""
        order = self.of("feed") + self.of("news_sitemap") + self.of("listing") + self.of("sitemap")
        rows = [[(key, named.url) for key, named in one.named.items()] for one in order]
        seen = set[str]()
        for at in range(max(map(len, rows), default=0)):
            for key, url in (row[at] for row in rows if at < len(row)):
                if key not in seen:
                    seen.add(key)
                    yield url

    def declared(self) -> Declared:
        """The feeds that add something, all sitemaps, and listings where the sitemaps do not name what is new."""
        return Declared(
            feeds=tuple(one.link.url for one in _adding(self.of("feed"))),
            sitemaps=tuple(one.link.url for one in self.sitemaps()),
            listings=tuple(one.link.url for one in self.listings()),
            browser=self.needs_browser,
        )

    def sitemaps(self) -> list[Asked]:
        """News sitemaps, sitemaps and indexes that lead somewhere; members of an index are read through it."""
        found = self.of("news_sitemap", "sitemap", "sitemap_index")
        return [one for one in found if one.link.rel != "index" and (one.named or one.more)]

    @property
    def has_no_yield(self) -> bool:
        """Whether nothing was found that a spider could begin with, or no article."""
        found = self.declared()
        return not self.read or not (found.feeds or found.sitemaps or found.listings)

    @property
    def is_in_sitemaps(self) -> bool:
        """Whether the sitemaps name what is new."""
        new = {key for one in self.of("feed", "listing") for key in one.named}
        in_sitemaps = {key for one in self.of("sitemap") for key in one.named}
        return bool(new) and len(new & in_sitemaps) >= ENOUGH * len(new)

    def listings(self) -> list[Asked]:
        """The front page where it has a next page, else it, the sections and the archives; none where a sitemap has it
        all."""
        if self.is_in_sitemaps:
            return []
        pages = [one for one in self.of("listing") if one.lists]
        if pages and pages[0] is self.asked[0] and pages[0].has_next:
            return pages[:1]
        return pages[:MAX_LISTINGS]


def _adding(feeds: Iterable[Asked]) -> list[Asked]:
    """The feeds that name what none before them named: of an RSS and an Atom form of one feed the first."""
    known, kept = set[str](), list[Asked]()
    for feed in feeds:
        if feed.named.keys() - known:
            kept.append(feed)
            known |= feed.named.keys()
    return kept


def _needs_scripts(seen: Explanation) -> bool:
    return seen.rejection is not None and seen.rejection.reason == "script_wall"
