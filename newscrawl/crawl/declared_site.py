"""What a spider declares of its site, as a crawl takes it."""

from __future__ import annotations

from dataclasses import dataclass, field

from newscrawl.discovery import DiscoveryLink
from newscrawl.discovery.discovery_result import LinkKind
from newscrawl.fetch.browser import Step
from newscrawl.items import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredSite:
    """A site as its spider declares it."""

    spider: str
    """Name of the spider."""
    site: Site = field(default_factory=Site)
    """The rules by which its pages are read."""
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    browser: bool = False
    """Whether articles and listing pages are rendered."""
    steps: tuple[Step, ...] = ()
    """What is done in an article's page in the browser."""
    listing_steps: tuple[Step, ...] = ()
    """The same in a listing page."""
    autodiscovers: bool = False
    """Whether feeds and sitemaps that a page names are read, beside those declared."""

    @property
    def starts(self) -> list[DiscoveryLink]:
        """The discovery pages declared."""
        declared: tuple[tuple[LinkKind, tuple[str, ...]], ...] = (
            ("feed", self.feeds),
            ("sitemap", self.sitemaps),
            ("listing", self.listings),
        )
        return [DiscoveryLink(url=url, kind=kind, rel="declared") for kind, urls in declared for url in urls]
