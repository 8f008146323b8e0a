"""The pool of worker processes in which everything from outside is parsed: limits, restarts, JSON bytes back.

A page can stall lxml for minutes, eat the memory or crash the C code. In a worker that costs a worker: its CPU time is
limited by the kernel, its address space too, and a dead worker is replaced.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Callable, Sequence
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Thread
from typing import Any

import msgspec
from pebble import ProcessExpired, ProcessPool

from newscrawl.discovery import Found, discover, url_pattern
from newscrawl.items import Article, DiscoveredUrl, Needs, Page, Part, Rejection, Site
from newscrawl.provenance.phrase_files import load_phrasebook
from newscrawl.provenance.phrasebook import Phrasebook
from newscrawl.reading.explanation import Explanation
from newscrawl.reading.read_page import declared_url, explain, read_page
from newscrawl.sites.profiles import PageFingerprint, SiteProfile, page_fingerprint
from newscrawl.sites.rules import SiteConfigs
from newscrawl.sites.rules.config_folders import decoded
from newscrawl.web.document import parse
from newscrawl.web.urls import normalized_url

WALL_FACTOR = 4
"""Wall seconds allowed for each CPU second: on a machine that is busy otherwise a page waits for its turn."""
LOOK = 2.0
"""Seconds between a worker's looks at whether its crawl still runs."""
TASKS_PER_WORKER = 2_000
"""A worker is replaced after so many pages, since lxml and dictionaries of words never shrink."""


@dataclass(slots=True, kw_only=True)
class Answer:
    """What a worker says of a page: exactly one of the first three."""

    article: Article | None = None
    rejection: Rejection | None = None
    needs: Needs | None = None
    print: PageFingerprint | None = None
    """What is remembered of the page for its site's profile, where that was asked for."""

    @property
    def verdict(self) -> Article | Rejection | Needs:
        """What the page came to."""
        return self.article or self.needs or self.rejection or Rejection(reason="crashed")


@dataclass(slots=True, kw_only=True)
class Candidate:
    """A URL that a discovery page names."""

    found: DiscoveredUrl
    """As the ledger takes it."""
    url_pattern: str
    """Of the URL."""
    score: float
    """How sure it is an article by its place on the page, as in `Entry`."""


@dataclass(slots=True, kw_only=True)
class DiscoveryPage:
    """What a worker says of a discovery page."""

    found: Found
    """As `discover` answers it, what it names moved to `candidates`."""
    candidates: list[Candidate]
    """The entries and the uncertain ones."""
    print: PageFingerprint | None = None
    """What is remembered of a listing page for its site's profile, where that was asked for."""


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
    ) -> None:
        """`count` 0 means one worker for each core. `phrase_dirs`: folders of further sentences about republication,
        which `load_phrasebook` must be able to read. `site_configs`: rules of pages by their hosts."""
        self._site_configs = site_configs or SiteConfigs([])
        self.count = count or os.cpu_count() or 1
        self._wall_seconds = cpu_seconds * WALL_FACTOR
        self.is_stopped = False
        """Whether `stop` was called."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["newscrawl.reading.workers"])
        self._pool = ProcessPool(
            max_workers=self.count,
            max_tasks=TASKS_PER_WORKER,
            initializer=_limit,
            initargs=(cpu_seconds, memory_mb, os.getpid(), tuple(phrase_dirs)),
            context=context,
        )
        # Starting the pool takes half a second in which the event loop stands still: now, not under the first page.
        self._pool.schedule(_ready)

    async def read(
        self,
        html: bytes,
        page: Page,
        site: Site | None = None,
        profile: bytes = b"",
        *,
        parts: Sequence[tuple[Part, bytes]] = (),
        with_fingerprint: bool = False,
    ) -> Answer:
        """Reads one page; too_slow, out_of_memory and crashed are rejections like any other.

        `profile`: the site's learned profile, encoded. `parts`: the further pages that the answer asked for so far.
        `with_fingerprint`: the answer holds the page's print.
        """
        further = [(msgspec.json.encode(part), body) for part, body in parts]
        declared = msgspec.json.encode(site) if site else b""
        config = self._site_configs.encoded(page.url)
        answer = await self._call(
            _read, html, msgspec.json.encode(page), declared, profile, config, further, with_fingerprint
        )
        return Answer(rejection=answer) if isinstance(answer, Rejection) else msgspec.json.decode(answer, type=Answer)

    async def explain(
        self, html: bytes, page: Page, site: Site | None = None, learned: Callable[[str], bytes] | None = None
    ) -> Explanation:
        """Reads one page and tells what each step saw. A page without URL takes the one that it declares; where it
        declares none it is rejected as no_url. `learned`: the encoded profile for the page's URL."""
        if not page.url:
            declared = await self._call(_declared_url, html)
            if isinstance(declared, Rejection):
                return Explanation(rejection=declared)
            page.url = page.requested_url = declared.decode()
        site_rules, config = msgspec.json.encode(site) if site else b"", self._site_configs.encoded(page.url)
        profile = learned(page.url) if learned else b""
        answer = await self._call(_explain, html, msgspec.json.encode(page), site_rules, profile, config)
        if isinstance(answer, Rejection):
            return Explanation(rejection=answer)
        return msgspec.json.decode(answer, type=Explanation)

    async def discover(
        self, body: bytes, url: str, content_type: str | None, *, fingerprint_at: str | None = None
    ) -> DiscoveryPage | Rejection:
        """Reads a feed, sitemap, robots.txt or listing page. `fingerprint_at`: when it was fetched, UTC, where the
        print of a listing page is wanted."""
        answer = await self._call(_discover, body, url, content_type, fingerprint_at)
        return answer if isinstance(answer, Rejection) else msgspec.json.decode(answer, type=DiscoveryPage)

    async def print(self, html: bytes, page: Page) -> PageFingerprint | None:
        """What is remembered of a page for its site's profile; None for one that cannot be parsed."""
        answer = await self._call(_print, html, msgspec.json.encode(page))
        return None if isinstance(answer, Rejection) else msgspec.json.decode(answer, type=PageFingerprint | None)

    def stop(self) -> None:
        """Ends what the workers are at; `read`, `discover` and `print` raise InterruptedError."""
        self.is_stopped = True
        self._pool.stop()  # type: ignore[no-untyped-call]

    async def _call(self, task: Callable[..., bytes], *args: Any) -> bytes | Rejection:
        if self.is_stopped:
            raise InterruptedError("the run is stopped")
        future = self._pool.schedule(_bounded, args=(task, *args), timeout=self._wall_seconds)
        try:
            answer: bytes = await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            if not self.is_stopped:
                raise
            raise InterruptedError("the run is stopped") from None
        except (FutureTimeout, TimeoutError):
            return Rejection(reason="too_slow", detail=f"over {self._wall_seconds} s")
        except ProcessExpired as error:
            return _verdict_on_death(error.exitcode)
        except MemoryError:
            return Rejection(reason="out_of_memory")
        except RecursionError:
            return Rejection(reason="too_deep")
        return answer

    def close(self) -> None:
        """Ends the workers at once; what they were at is not answered."""
        self.stop()
        self._pool.join()


def _verdict_on_death(exitcode: int) -> Rejection:
    if exitcode == -signal.SIGXCPU:
        return Rejection(reason="too_slow", detail="CPU limit")
    return Rejection(reason="crashed", detail=f"worker ended with {exitcode}")


# What follows runs in the workers.

_cpu_seconds = 10
_phrases: Phrasebook | None = None


def _limit(cpu_seconds: int, memory_mb: int, crawl: int, phrase_dirs: tuple[Path, ...]) -> None:
    global _cpu_seconds, _phrases
    _cpu_seconds = cpu_seconds
    _phrases = load_phrasebook(phrase_dirs) if phrase_dirs else None
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    Thread(target=_end_with, args=(crawl,), daemon=True).start()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 2**20, memory_mb * 2**20))


def _end_with(crawl: int) -> None:
    """Ends this worker when the crawl is gone: after its kill -9 nobody else would."""
    while True:
        try:
            os.kill(crawl, 0)
        except ProcessLookupError:
            os._exit(0)
        time.sleep(LOOK)


def _ready() -> None:
    """Nothing: to have answered means to be there."""


def _bounded(task: Callable[..., bytes], *args: Any) -> bytes:
    """Runs one task under a CPU limit of its own: the kernel ends the process, whatever C code it is in."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + _cpu_seconds, hard))
    return task(*args)


def _read(
    html: bytes,
    page: bytes,
    site: bytes,
    profile: bytes,
    config: bytes,
    parts: list[tuple[bytes, bytes]],
    with_fingerprint: bool,
) -> bytes:
    fetched = msgspec.json.decode(page, type=Page)
    verdict = read_page(
        html,
        fetched,
        _site(site) if site else None,
        SiteProfile.decode(profile) if profile else None,
        _phrases,
        decoded(config) if config else None,
        [(msgspec.json.decode(part, type=Part), body) for part, body in parts],
    )
    found = _page_fingerprint(html, fetched.url, fetched.content_type, fetched.fetched_at) if with_fingerprint else None
    match verdict:
        case Article():
            answer = Answer(article=verdict, print=found)
        case Needs():
            answer = Answer(needs=verdict, print=found)
        case _:
            answer = Answer(rejection=verdict, print=found)
    return msgspec.json.encode(answer)


def _declared_url(html: bytes) -> bytes:
    return (declared_url(html) or "").encode()


def _explain(html: bytes, page: bytes, site: bytes, profile: bytes, config: bytes) -> bytes:
    fetched = msgspec.json.decode(page, type=Page)
    if not fetched.url:
        return msgspec.json.encode(Explanation(rejection=Rejection(reason="no_url")))
    rules = (_site(site) if site else None), (decoded(config) if config else None)
    learned = SiteProfile.decode(profile) if profile else None
    return msgspec.json.encode(explain(html, fetched, rules[0], learned, _phrases, rules[1]))


def _print(html: bytes, page: bytes) -> bytes:
    fetched = msgspec.json.decode(page, type=Page)
    return msgspec.json.encode(_page_fingerprint(html, fetched.url, fetched.content_type, fetched.fetched_at))


def _page_fingerprint(html: bytes, url: str, content_type: str | None, fetched_at: str) -> PageFingerprint | None:
    document = parse(html, url, content_type=content_type)
    return None if isinstance(document, str) else page_fingerprint(document, fetched_at=fetched_at)


def _discover(body: bytes, url: str, content_type: str | None, fingerprint_at: str | None) -> bytes:
    found = discover(body, url=url, content_type=content_type)
    candidates = [
        Candidate(
            found=DiscoveredUrl(url=entry.url, normalized_url=normalized_url(entry.url), discovery=entry.discovery),
            url_pattern=url_pattern(entry.url),
            score=entry.score,
        )
        for entry in (*found.entries, *found.uncertain)
    ]
    found.entries, found.uncertain = [], []
    page = DiscoveryPage(found=found, candidates=candidates)
    if fingerprint_at and found.kind == "listing":
        page.print = _page_fingerprint(body, url, content_type, fingerprint_at)
    return msgspec.json.encode(page)


@lru_cache(maxsize=256)
def _site(encoded: bytes) -> Site:
    return msgspec.json.decode(encoded, type=Site)
