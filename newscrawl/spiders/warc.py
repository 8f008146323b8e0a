"""Reads pages from WARC files instead of the web: `scrapy crawl warc -a path=FILE_OR_GLOB -O out.jsonl`."""

from __future__ import annotations

import asyncio
import glob
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from newscrawl.archive.warc import ArchivedResponse, Damage, read_warc
from newscrawl.crawl.archive_visit import ArchiveVisit
from newscrawl.crawl.arguments import ArgumentError
from newscrawl.crawl.site_learner import Sampling
from newscrawl.fetch.fetched_page import FetchedPage
from newscrawl.items import Archive, Discovery, Page
from newscrawl.sites.profiles import PageFingerprint, SiteMemory, remember
from newscrawl.spider import SiteSpider
from newscrawl.web.dates import utc
from newscrawl.web.limits import Limits
from newscrawl.web.rights import of_headers
from newscrawl.web.urls import domain_of

IN_FLIGHT_PER_WORKER = 4
"""Pages handed to the pipelines and not yet answered, for each worker: enough to keep it busy, and bounded."""


class WarcSpider(SiteSpider):
    """Fetches nothing and keeps no ledger: every run gives every record."""

    name = "warc"
    room: asyncio.Semaphore

    def __init__(self, path: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not path:
            raise ArgumentError("scrapy crawl warc needs -a path=FILE_OR_GLOB")
        self.paths = [Path(name) for name in sorted(glob.glob(path, recursive=True))]  # noqa: PTH207 - any path
        if not self.paths:
            raise ArgumentError(f"path={path}: no such file")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> WarcSpider:
        """Called by Scrapy."""
        spider: WarcSpider = super().from_crawler(crawler, *args, **kwargs)
        if not has_output(crawler.settings):
            raise ArgumentError("scrapy crawl warc writes its records to a file only: name it by -O FILE")
        spider.room = asyncio.Semaphore(IN_FLIGHT_PER_WORKER * spider.session.workers.count)
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(spider.page_answered, signal)
        return spider

    def page_answered(self) -> None:
        """One page has left the pipelines: room for another."""
        self.room.release()

    async def start(self) -> AsyncIterator[FetchedPage]:
        """The pages of all files, as fast as the workers take them, once what repeats on their sites is learned."""
        await self.learn()
        visit = ArchiveVisit(self.session)
        async for found in self.archived():
            if isinstance(found, Damage):
                self.report_damage(found)
            else:
                if found.problem:
                    self.session.problem(f"{found.file}: offset {found.offset}: {found.problem}: {found.url}")
                await self.room.acquire()
                yield FetchedPage(page=self.archived_page(found), html=found.body, visit=visit)

    async def archived(self) -> AsyncIterator[ArchivedResponse | Damage]:
        """What the files hold. A thread reads: decompression would stall the event loop."""
        for path in self.paths:
            responses = read_warc(path, max_bytes=Limits().bytes)
            while (found := await asyncio.to_thread(_next, responses, path)) is not None:
                if self.session.workers.is_stopped:
                    return
                yield found

    async def learn(self) -> None:
        """Makes the profiles of the archive's sites: a page's record must not depend on its place among others."""
        sampling = Sampling()
        async for found in self.archived():
            if isinstance(found, ArchivedResponse) and found.status < HTTPStatus.BAD_REQUEST:
                sampling.add(found.url, found.date or "", (found.file, found.offset))
        chosen = sampling.chosen()
        fingerprints: dict[str, list[PageFingerprint]] = {}
        async with asyncio.TaskGroup() as tasks:
            async for found in self.archived():
                if isinstance(found, ArchivedResponse) and (found.file, found.offset) in chosen:
                    await self.room.acquire()
                    tasks.create_task(self.look_at(found, fingerprints))
        for site, pages in fingerprints.items():
            self.session.profiles.learn(site, remember(SiteMemory(), pages))

    async def look_at(self, found: ArchivedResponse, fingerprints: dict[str, list[PageFingerprint]]) -> None:
        """Adds the page's fingerprint to its site's."""
        try:
            page = await self.session.workers.fingerprint(found.body, self.archived_page(found))
            if page is not None:
                fingerprints.setdefault(domain_of(found.url) or "", []).append(page)
        except InterruptedError:
            return
        finally:
            self.room.release()

    def report_damage(self, damage: Damage) -> None:
        """What cannot be read is named with its place, counted, and fails the run at its end."""
        self.session.count("archive/damaged")
        self.session.problem(f"{damage.file}: offset {damage.offset}: {damage.problem}")

    def archived_page(self, found: ArchivedResponse) -> Page:
        """The page of a response in an archive; it was fetched when the archive says."""
        return Page(
            url=found.url,
            requested_url=found.url,
            content_type=found.headers.get("content-type"),
            http_status=found.status,
            fetched_at=found.date or utc(datetime.now(UTC)),
            discovered_via=Discovery(kind="given"),
            spider=self.name,
            run_id=self.session.run_id,
            archive=Archive(file=found.file, offset=found.offset, digest=found.digest),
            rights=of_headers(found.headers, found.url),
            is_truncated=found.is_truncated,
            is_all=True,
        )


def has_output(settings: BaseSettings) -> bool:
    """Whether records go anywhere: to a feed, or to a pipeline of the user's."""
    pipelines = settings.getwithbase("ITEM_PIPELINES")
    own = [path for path, order in pipelines.items() if order is not None and not str(path).startswith("newscrawl.")]
    return bool(settings.getdict("FEEDS") or settings.get("FEED_URI") or own)


def _next(responses: Iterator[ArchivedResponse | Damage], path: Path) -> ArchivedResponse | Damage | None:
    try:
        return next(responses, None)
    except OSError as error:
        return Damage(str(path), 0, str(error))
