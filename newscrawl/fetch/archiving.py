"""Every exchange of a crawl into its WARC files, where the setting NEWSCRAWL_WARC is on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakKeyDictionary

import msgspec
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response

from newscrawl.archive.exchange import Exchange
from newscrawl.fetch.browser.browser_requests import is_rendered
from newscrawl.fetch.errors import PostponedError
from newscrawl.fetch.fetched_page import ROBOTS_STATEMENTS
from newscrawl.items import Archive
from newscrawl.ledger import UrlEntry

if TYPE_CHECKING:
    from newscrawl.archive.warc_writer import WarcWriter  # the extra warc may not be installed

ARCHIVED = "newscrawl_archived"
"""Where a request carries the place of its answer."""


class Archiver:
    """One for each crawl that has one: `Archiver.find(crawler)`."""

    _all: ClassVar[WeakKeyDictionary[Crawler, Archiver]] = WeakKeyDictionary()

    def __init__(
        self, crawler: Crawler, writer: WarcWriter, *, spider: str, run_id: str, failed: Callable[[OSError], None]
    ) -> None:
        """`failed`: called when the disk has no room."""
        self._writer = writer
        self._spider, self._run_id = spider, run_id
        self._failed = failed
        Archiver._all[crawler] = self

    @classmethod
    def find(cls, crawler: Crawler) -> Archiver | None:
        """The crawl's own."""
        return cls._all.get(crawler)

    async def keep(self, request: Request, response: Response) -> None:
        """Writes the exchange, and leaves its place in the request; PostponedError where it cannot be written."""
        try:
            request.meta[ARCHIVED] = await asyncio.to_thread(self._writer.write, self._exchange(request, response))
        except OSError as error:
            self._failed(error)
            raise PostponedError("archive") from error

    def _exchange(self, request: Request, response: Response) -> Exchange:
        rendered = is_rendered(response)
        return Exchange(
            url=response.url,
            method=request.method,
            sent=_fields(request.headers),
            status=response.status,
            headers=_fields(response.headers),
            body=response.body,
            is_rendered=rendered,
            is_cut="download_stopped" in response.flags,
            about=self._about(request, response) | ({"page": _rendered(response)} if rendered else {}),
        )

    def _about(self, request: Request, response: Response) -> dict[str, Any]:
        """What the crawl knows beside the bytes; pages of articles have an entry in the ledger."""
        about: dict[str, Any] = {"spider": self._spider, "run_id": self._run_id}
        entry = request.cb_kwargs.get("entry")
        if isinstance(entry, UrlEntry):
            about |= {
                "requested_url": entry.url,
                "first_seen_at": entry.first_seen_at,
                "revision": entry.revision + 1,
                "discovered_via": msgspec.to_builtins(entry.discovery),
            }
        if "partial" in response.flags:
            about["partial"] = True
        if stated := request.meta.get(ROBOTS_STATEMENTS):
            about["robots"] = list(stated)
        return about


def archived(response: Response) -> Archive | None:
    """Where the response is in a WARC file."""
    return response.meta.get(ARCHIVED) if response.request else None


def _rendered(response: Response) -> dict[str, Any]:
    """Status and headers of a rendered page, which a resource record has not."""
    return {"status": response.status, "headers": {name.lower(): value for name, value in _fields(response.headers)}}


def _fields(headers: Headers) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), " ".join(value.decode("latin-1").split("\n")))
        for name, values in headers.items()
        for value in values
    ]
