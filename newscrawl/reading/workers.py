"""The pool of worker processes in which everything from outside is parsed: limits, restarts, plain data back.

A page can stall lxml for minutes, eat the memory or crash the C code. In a worker that costs a worker: its CPU time is
limited by the kernel, its address space too, and a dead worker is replaced.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from newscrawl.items import DiscoveredUrl, Page, ReadingOptions, Rejection, Site
from newscrawl.reading import worker
from newscrawl.reading.explanation import Explanation
from newscrawl.reading.tasks import (
    Answer,
    DeclaredUrlTask,
    DiscoverTask,
    DiscoveryPage,
    ExplainTask,
    FingerprintTask,
    FurtherPart,
    ReadTask,
    RejectionAnswer,
    Task,
)
from newscrawl.reading.worker_pool import WorkerPool
from newscrawl.sites.profiles import PageFingerprint
from newscrawl.sites.rules import SiteConfigs

T = TypeVar("T")
WALL_FACTOR = 4
"""Wall seconds allowed for each CPU second: on a machine that is busy otherwise a page waits for its turn."""

_answers: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)
_fingerprints: msgspec.msgpack.Decoder[PageFingerprint | None] = msgspec.msgpack.Decoder(PageFingerprint | None)
_declared_urls: msgspec.msgpack.Decoder[str | None] = msgspec.msgpack.Decoder(str | None)
_explanations = msgspec.msgpack.Decoder(Explanation)
_discovery_pages = msgspec.msgpack.Decoder(DiscoveryPage)
_entries = msgspec.msgpack.Decoder(list[DiscoveredUrl])


class Workers:
    """Reads pages and discovery documents in other processes. Make one a run; `close` it."""

    def __init__(
        self,
        *,
        count: int = 0,
        cpu_seconds: int = 10,
        memory_mb: int = 1024,
        phrase_dirs: Sequence[Path] = (),
        site_configs: SiteConfigs | None = None,
        options: ReadingOptions | None = None,
    ) -> None:
        """`count` 0 means one worker for each core. `phrase_dirs`: folders of further sentences about republication,
        which `load_phrasebook` must be able to read. `site_configs`: rules of pages by their hosts. `options`: what
        the settings say of reading."""
        self._options = options or ReadingOptions()
        self._site_configs = site_configs or SiteConfigs([])
        self.count = count or os.cpu_count() or 1
        self._pool = WorkerPool(
            count=self.count,
            cpu_seconds=cpu_seconds,
            memory_mb=memory_mb,
            phrase_dirs=phrase_dirs,
            wall=cpu_seconds * WALL_FACTOR,
        )

    async def read(
        self,
        html: bytes,
        page: Page,
        site: Site | None = None,
        profile: bytes = b"",
        *,
        parts: Sequence[FurtherPart] = (),
        with_fingerprint: bool = False,
    ) -> Answer:
        """Reads one page; too_slow, out_of_memory and crashed are rejections like any other.

        `profile`: the site's learned profile, encoded. `parts`: the further pages that the answer asked for so far.
        `with_fingerprint`: the answer holds the page's fingerprint.
        """
        config = self._site_configs.encoded(page.url)
        task = ReadTask(
            html=html,
            page=page,
            site=site,
            profile=profile,
            config=config,
            options=self._options,
            parts=list(parts),
            with_fingerprint=with_fingerprint,
        )
        answer = await self._ask(task, _answers)
        return RejectionAnswer(verdict=answer) if isinstance(answer, Rejection) else answer

    async def explain(
        self, html: bytes, page: Page, site: Site | None = None, learned: Callable[[str], bytes] | None = None
    ) -> Explanation:
        """Reads one page and tells what each step saw. A page without URL takes the one that it declares; where it
        declares none it is rejected as no_url. `learned`: the encoded profile for the page's URL."""
        if not page.url:
            declared = await self._ask(DeclaredUrlTask(html=html), _declared_urls)
            if isinstance(declared, Rejection):
                return Explanation(rejection=declared)
            page.url = page.requested_url = declared or ""
        profile = learned(page.url) if learned else b""
        config = self._site_configs.encoded(page.url)
        task = ExplainTask(html=html, page=page, site=site, profile=profile, config=config, options=self._options)
        answer = await self._ask(task, _explanations)
        return Explanation(rejection=answer) if isinstance(answer, Rejection) else answer

    async def discover(
        self, body: bytes, url: str, content_type: str | None, *, fingerprint_at: str | None = None
    ) -> DiscoveryPage | Rejection:
        """Reads a feed, sitemap, robots.txt or listing page. `fingerprint_at`: when it was fetched, UTC, where the
        fingerprint of a listing page is wanted."""
        task = DiscoverTask(body=body, url=url, content_type=content_type, fingerprint_at=fingerprint_at)
        read = await self._ask(task, _discovery_pages)
        if not isinstance(read, Rejection):
            for batch in read.batches:
                read.found.entries += _entries.decode(batch)
                await asyncio.sleep(0)
            read.batches.clear()
        return read

    async def fingerprint(self, html: bytes, page: Page) -> PageFingerprint | None:
        """What is remembered of a page for its site's profile; None for one that cannot be parsed."""
        answer = await self._ask(FingerprintTask(html=html, page=page), _fingerprints)
        return None if isinstance(answer, Rejection) else answer

    @property
    def is_stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._pool.is_stopped

    def stop(self) -> None:
        """Ends what the workers are at; what waits for them raises InterruptedError."""
        self._pool.stop()

    def close(self) -> None:
        """Ends the workers at once; what they were at is not answered."""
        self._pool.close()

    async def _ask(self, task: Task, decoder: msgspec.msgpack.Decoder[T]) -> T | Rejection:
        size = len(task.body) if isinstance(task, DiscoverTask) else len(task.html)
        answer = await self._pool.call(worker.run, partial(msgspec.msgpack.encode, task), size)
        return answer if isinstance(answer, Rejection) else decoder.decode(answer)
