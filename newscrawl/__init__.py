"""newscrawl: news sites to article records that say who published the story first.

`read(html, url)` reads one page, `crawl(url)` gives the articles of a site; `scrapy crawl` does the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newscrawl.version import __version__

if TYPE_CHECKING:
    from newscrawl.crawl.from_python import CrawlError as CrawlError
    from newscrawl.crawl.from_python import crawl as crawl
    from newscrawl.crawl.from_python import crawl_async as crawl_async
    from newscrawl.reading.read_html import read as read

__all__ = ["CrawlError", "__version__", "crawl", "crawl_async", "read"]

_HOMES = {
    "read": "newscrawl.reading.read_html",
    "crawl_async": "newscrawl.crawl.from_python",
    "CrawlError": "newscrawl.crawl.from_python",
}


def __getattr__(name: str) -> Any:
    """Imported when it is first used: `newscrawl.read` imports lxml and trafilatura."""
    from importlib import import_module

    if name == "crawl":
        return import_module("newscrawl.crawl")
    if name not in _HOMES:
        raise AttributeError(f"module 'newscrawl' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
