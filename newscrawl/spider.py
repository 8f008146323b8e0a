"""`SiteSpider`, the class that sites subclass: what a site declares, and how its URLs become pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from inspect import signature
from typing import Any, ClassVar

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings
from scrapy.spiderloader import get_spider_loader

from newscrawl.crawl.arguments import ArgumentError, Arguments
from newscrawl.crawl.crawling import Crawling
from newscrawl.crawl.declaration_checks import check_declared
from newscrawl.crawl.declared_site import DeclaredSite
from newscrawl.crawl.exit_codes import ExitCode
from newscrawl.crawl.run_ledger import RunError
from newscrawl.crawl.session import Session
from newscrawl.discovery import DiscoveryLink
from newscrawl.fetch.browser import Step
from newscrawl.fetch.browser.chromium import NoBrowserError, find_chromium
from newscrawl.fetch.in_flight import Traffic
from newscrawl.items import Site
from newscrawl.ledger import LedgerError


class SiteSpider(Spider):
    """A site: declare where its articles are named, and what its pages need beyond the general rules.

    Arguments (`-a NAME=VALUE`): since, until (days), limit (records), section, full (1: start over),
    revisit (0: new articles only).
    """

    site_name: ClassVar[str | None] = None
    """Name of the outlet, for pages that do not give it."""
    feeds: ClassVar[tuple[str, ...]] = ()
    """RSS, Atom or JSON feeds."""
    sitemaps: ClassVar[tuple[str, ...]] = ()
    """Sitemaps, news sitemaps, indexes, robots.txt."""
    listings: ClassVar[tuple[str, ...]] = ()
    """Pages that list articles; their pagination is followed."""
    drop: ClassVar[tuple[str, ...]] = ()
    """Selectors of the site's own boilerplate."""
    body: ClassVar[tuple[str, ...]] = ()
    """Selectors of the article's text."""
    title: ClassVar[tuple[str, ...]] = ()
    """Selectors of the headline."""
    authors: ClassVar[tuple[str, ...]] = ()
    """Selectors of the authors."""
    date: ClassVar[tuple[str, ...]] = ()
    """Selectors of the date of publication."""
    browser: ClassVar[bool] = False
    """Whether articles and listing pages show nothing without scripts, so that all of them are rendered."""
    steps: ClassVar[tuple[Step, ...]] = ()
    """What is done in an article's page in the browser before it is read."""
    listing_steps: ClassVar[tuple[Step, ...]] = ()
    """The same in a listing page."""

    autodiscovers: ClassVar[bool] = False
    """Whether feeds and sitemaps that a page names are read, beside those declared."""

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name)
        arguments = {key: value for key, value in arguments.items() if not key.startswith("_")}  # scrapyd's _job
        try:
            self.arguments = Arguments.parse(**arguments)
        except TypeError:
            own = [one.name for one in signature(type(self)).parameters.values() if one.kind is not one.VAR_KEYWORD]
            known = ", ".join([*(one for one in own if one != "name"), *Arguments.__dataclass_fields__])
            unknown = ", ".join(sorted(set(arguments) - set(Arguments.__dataclass_fields__)))
            raise ArgumentError(f"{self.name}: unknown argument: {unknown}; there are {known}") from None
        check_declared(declared_by(self))

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Any:
        """Called by Scrapy."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        Session(crawler, declared_by(spider), spider.arguments)
        return spider

    @property
    def session(self) -> Session:
        """What belongs to the crawl of this spider: settings, workers, counts."""
        return Session.of(self.crawler)

    def starts(self) -> Iterable[DiscoveryLink]:
        """The discovery pages that a run begins with."""
        return declared_by(self).starts

    def articles(self) -> Sequence[str]:
        """The URLs of articles, in place of discovery pages, that the run is to fetch and no others."""
        return ()

    async def start(self) -> AsyncIterator[Any]:
        """Discovery pages first, then what the ledger has pending, until nothing is left."""
        starts, articles = list(self.starts()), self.articles()
        if not starts and not articles:
            raise ArgumentError(f"{self.name}: declares no feeds, sitemaps or listings")
        session = self.session
        try:
            if self.browser:
                find_chromium(session.config.chromium)
            crawling = await Crawling.open(session, starts, articles)
            Traffic.of(self.crawler).permit = crawling.permit
            async for wanted in crawling.requests(starts):
                yield wanted
        except RunError as failure:
            session.fail(failure.code, str(failure))
        except NoBrowserError as error:
            session.fail(ExitCode.START_FAILED, f"{self.name}: {error}")
        except LedgerError as error:
            session.fail(ExitCode.LEDGER_TROUBLE, f"ledger: {error}")


def declared_by(spider: SiteSpider | type[SiteSpider]) -> DeclaredSite:
    """What a spider declares of its site."""
    site = Site(
        name=spider.site_name,
        drop=spider.drop,
        body=spider.body,
        title=spider.title,
        authors=spider.authors,
        date=spider.date,
    )
    return DeclaredSite(
        spider=spider.name,
        site=site,
        feeds=spider.feeds,
        sitemaps=spider.sitemaps,
        listings=spider.listings,
        browser=spider.browser,
        steps=spider.steps,
        listing_steps=spider.listing_steps,
        autodiscovers=spider.autodiscovers,
    )


def declared_site(settings: BaseSettings, name: str) -> Site | None:
    """The rules of the site's spider of that name; None where the project has none."""
    try:
        spider = get_spider_loader(settings).load(name)
    except KeyError:
        return None
    return declared_by(spider).site if issubclass(spider, SiteSpider) else None


def start_requests_alone(spider: type[Spider]) -> str | None:
    """What to write in place of start_requests(), which Scrapy does not call; None where there is a start()."""
    if not hasattr(spider, "start_requests") or spider.start not in (Spider.start, SiteSpider.start):
        return None
    return (
        f"{spider.__name__} defines start_requests(), which Scrapy does not call. Declare feeds, sitemaps or listings,"
        " or write `async def start(self)` that yields the requests."
    )
