"""newscrawl: news sites to article records that say who published the story first.

`read(html, url)` reads one page; `scrapy crawl` does the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newscrawl.version import __version__

if TYPE_CHECKING:
    from newscrawl.reading.read_html import read as read

__all__ = ["__version__", "read"]


def __getattr__(name: str) -> Any:
    """`newscrawl.read`, imported when it is first used, because it imports lxml and trafilatura."""
    if name != "read":
        raise AttributeError(f"module 'newscrawl' has no attribute {name!r}")
    from importlib import import_module

    return import_module("newscrawl.reading.read_html").read
