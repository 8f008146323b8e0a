"""What a spider declares, checked before anything is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.extraction.rules import faults
from newscrawl.run import ArgumentError

if TYPE_CHECKING:
    from newscrawl.spider import SiteSpider


def check_declared(spider: SiteSpider) -> None:
    """ArgumentError names spider, attribute and position of what cannot be meant."""
    starts = (("feeds", spider.feeds), ("sitemaps", spider.sitemaps), ("listings", spider.listings))
    wrong = [f"{name}: {urls!r} is one string; write ({urls!r},)" for name, urls in starts if isinstance(urls, str)]
    wrong += faults(spider.site)
    if wrong:
        raise ArgumentError("\n".join(f"{spider.name}: {fault}" for fault in wrong))
