"""Whole news outlets of 16 URL patterns with their truth, made from a seed: what discovery is measured on.

    outlet = site("numbered-listing", seed=7)
    with server([outlet]) as running:      # NEWSCRAWL_HOSTS=running.hosts
        ...                                # crawl outlet.home, or declare outlet.feeds, .sitemaps, .listings
    outlet.judge(urls_of_records)          # .recall, .precision, .missed, .wrong, .doubled
    running.asked(outlet, "listing")       # requests of listing pages

Knows nothing of newscrawl's code, and was written before anything was measured with it.
"""

from collections.abc import Callable, Iterable

from .big import big
from .by_document import feed_only, malformed_feed, news_sitemap_only, quiet_feeds, sitemap_index
from .by_listing import bare_numbers, cursor, dated_archives, next_page, numbered, query_pages, two_languages
from .model import NOW, PAGES_OF_LISTS, Answer, Article, GeneratedSite, Judgement
from .serving import OutletServer, Request
from .tangled import cluttered, endless, rough_links

SHAPES: dict[str, Callable[[int], GeneratedSite]] = {
    "feed-only": feed_only,
    "news-sitemap-only": news_sitemap_only,
    "sitemap-index": sitemap_index,
    "numbered-listing": numbered,
    "dated-archives": dated_archives,
    "two-languages": two_languages,
    "rough-links": rough_links,
    "query-pages": query_pages,
    "rel-next": next_page,
    "malformed-feed": malformed_feed,
    "quiet-feeds": quiet_feeds,
    "clutter": cluttered,
    "bare-numbers": bare_numbers,
    "load-more": cursor,
    "endless": endless,
    "big": big,
}


def site(url_pattern: str, seed: int) -> GeneratedSite:
    """An outlet of a URL pattern. Same URL pattern, same seed: same bytes at every URL."""
    return SHAPES[url_pattern](seed)


def server(sites: Iterable[GeneratedSite]) -> OutletServer:
    """A context manager that serves them on 127.0.0.1, on a free port."""
    return OutletServer(sites)


__all__ = [
    "NOW", "PAGES_OF_LISTS", "SHAPES", "Answer", "Article", "GeneratedSite", "Judgement", "OutletServer", "Request",
    "server", "site",
]  # fmt: skip
