"""Reads pages from WARC files instead of the web: `scrapy crawl warc -a path=FILE_OR_GLOB -O out.jsonl`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from newscrawl.archive.paths import files_of, hosts_in, listed_in
from newscrawl.archive.resumed import WrittenPages
from newscrawl.archive.warc import Archived, ArchivedProfile, ArchivedResponse, Damage, read_records
from newscrawl.crawl.archive_visit import ArchiveVisit
from newscrawl.crawl.arguments import ArgumentError
from newscrawl.crawl.own_archive import OwnArchive
from newscrawl.crawl.site_learner import Sampling
from newscrawl.fetch.fetched_page import FetchedPage
from newscrawl.items import Archive, Discovery, Page
from newscrawl.sites.profiles import PageFingerprint, SiteMemory, remember
from newscrawl.spider import SiteSpider, declared_site
from newscrawl.web.dates import utc
from newscrawl.web.limits import Limits
from newscrawl.web.rights import of_headers
from newscrawl.web.urls import domain_of

IN_FLIGHT_PER_WORKER = 4
"""Pages handed to the pipelines and not yet answered, for each worker: enough to keep it busy, and bounded."""


class WarcSpider(SiteSpider):
    """Fetches nothing and writes no ledger: every run gives every record.

    Of an archive that newscrawl has written (`NEWSCRAWL_WARC=1`) it gives the records that the crawls gave, by today's
    rules. Arguments beside those of all spiders: path (file, pattern or URI), paths_file (a list of such), hosts (the
    hosts wanted, in a file), resume (1: go on behind what is in the file of -o).
    """

    name = "warc"
    room: asyncio.Semaphore
    own: OwnArchive
    written: WrittenPages

    def __init__(
        self,
        path: str | None = None,
        paths_file: str | None = None,
        hosts: str | None = None,
        resume: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if resume not in (None, "0", "1"):
            raise ArgumentError(f"resume={resume}: should be 1 or 0")
        self.resumes = resume == "1"
        if bool(path) == bool(paths_file):
            raise ArgumentError("scrapy crawl warc needs -a path=FILE_OR_GLOB or -a paths_file=LIST")
        try:
            named = [path] if path else list(listed_in(Path(paths_file or "")))
            self.paths = [file for one in named for file in files_of(one)]
            self.takes_host: Callable[[str], bool] = hosts_in(Path(hosts) if hosts else None)
        except (OSError, ValueError) as error:
            raise ArgumentError(str(error)) from None
        if not self.paths:
            raise ArgumentError(f"path={path or paths_file}: no such file")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> WarcSpider:
        """Called by Scrapy."""
        spider: WarcSpider = super().from_crawler(crawler, *args, **kwargs)
        if not has_output(crawler.settings):
            raise ArgumentError("scrapy crawl warc writes its records to a file only: name it by -O FILE")
        try:
            spider.written = WrittenPages(output_of(crawler.settings) if spider.resumes else None)
        except (OSError, ValueError) as error:
            raise ArgumentError(str(error)) from None
        spider.room = asyncio.Semaphore(IN_FLIGHT_PER_WORKER * spider.session.workers.count)
        spider.own = OwnArchive(spider.session, lambda name: declared_site(crawler.settings, name), spider.written)
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
            elif isinstance(found, ArchivedResponse) and self.takes(found):
                if found.problem:
                    self.session.problem(f"{found.file}: offset {found.offset}: {found.problem}: {found.url}")
                if page := self._fetched(found, visit):
                    await self.room.acquire()
                    yield page

    def _fetched(self, found: ArchivedResponse, visit: ArchiveVisit) -> FetchedPage | None:
        """The page; None for what is none, and in an archive of others' for what is written already."""
        if found.about:
            return self.own.page(found)
        page = self.archived_page(found)
        return None if self.written.has(page.archive) else FetchedPage(page=page, html=found.body, visit=visit)

    def takes(self, found: ArchivedResponse) -> bool:
        """Whether the page is of a host that is wanted, and was fetched since the first day that is."""
        is_before = found.date is not None and self.session.arguments.is_before(found.date)
        return not is_before and self.takes_host(found.url)

    async def archived(self) -> AsyncIterator[Archived]:
        """What the files hold. A thread reads: decompression would stall the event loop."""
        for path in self.paths:
            responses = read_records(path, max_bytes=Limits().bytes)
            while (found := await asyncio.to_thread(_next, responses, path)) is not None:
                if self.session.workers.is_stopped:
                    return
                yield found

    async def learn(self) -> None:
        """Makes the profiles of the archive's sites: a page's record must not depend on its place among others."""
        sampling = Sampling()
        async for found in self.archived():
            if isinstance(found, ArchivedProfile):
                self.own.add_profile(found)
            elif isinstance(found, ArchivedResponse) and found.about:
                self.own.add_place(found)
            if isinstance(found, ArchivedResponse) and found.status < HTTPStatus.BAD_REQUEST and self.takes(found):
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


def output_of(settings: BaseSettings) -> Path:
    """The file of JSON lines that the run adds to; ArgumentError where it does otherwise."""
    feeds = list(settings.getdict("FEEDS").items())
    if len(feeds) != 1 or feeds[0][1].get("overwrite") or "://" in str(feeds[0][0]):
        raise ArgumentError("resume=1 goes on behind one file of JSON lines: name it by -o FILE, not -O")
    return Path(str(feeds[0][0]))


def _next(responses: Iterator[Archived], path: Path | str) -> Archived | None:
    try:
        return next(responses, None)
    except OSError as error:
        return Damage(str(path), 0, str(error))
