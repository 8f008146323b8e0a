"""What runs in a worker process: the tasks, what they return, and the limits under which each runs."""

from __future__ import annotations

import gc
import os
import resource
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import msgspec

from newscrawl.discovery import DiscoveryResult, discover
from newscrawl.items import Article, Needs, Page, Part, ReadingOptions, Rejection, Site
from newscrawl.provenance.phrase_files import load_phrasebook
from newscrawl.provenance.phrasebook import Phrasebook
from newscrawl.reading.explanation import Explanation
from newscrawl.reading.read_page import declared_url, explain, fingerprint, read_and_fingerprint, read_page
from newscrawl.sites.profiles import PageFingerprint, SiteProfile
from newscrawl.sites.rules import SiteConfig
from newscrawl.sites.rules.config_folders import decoded

LOOK = 2.0
"""Seconds between a worker's looks at whether its crawl still runs."""
GARBAGE = 50_000
"""Objects made beyond those gone, from which the collector looks for circles: a page makes about as many, and with
Python's 700 the collector takes 6 % of reading's CPU."""


@dataclass(slots=True, kw_only=True)
class FurtherPart:
    """A further page of an article with its bytes."""

    part: Part
    html: bytes


class PageTask(msgspec.Struct, kw_only=True):
    """A page, and by which rules it is read."""

    html: bytes
    page: Page
    site: Site | None = None
    profile: bytes = b""
    """The site's learned profile, encoded."""
    config: bytes = b""
    """The page's site config file, encoded."""
    options: ReadingOptions = ReadingOptions()
    """What the settings say of reading."""


class ReadTask(PageTask, tag="read", kw_only=True):
    """Reads a page; returns an `Answer`."""

    parts: list[FurtherPart] = []
    """The further pages that the answers asked for so far."""
    with_fingerprint: bool = False
    """Whether the answer holds the page's fingerprint."""


class ExplainTask(PageTask, tag="explain", kw_only=True):
    """Reads a page and tells what each step saw; returns an `Explanation`."""


class DeclaredUrlTask(msgspec.Struct, tag="declared_url", kw_only=True):
    """Looks for the URL that a page declares as its own; returns it, or None."""

    html: bytes


class FingerprintTask(msgspec.Struct, tag="fingerprint", kw_only=True):
    """Returns the fingerprint of a page, or None for one that cannot be parsed."""

    html: bytes
    page: Page


class DiscoverTask(msgspec.Struct, tag="discover", kw_only=True):
    """Reads a feed, sitemap, robots.txt or listing page; returns a `DiscoveryPage`."""

    body: bytes
    url: str
    content_type: str | None = None
    fingerprint_at: str | None = None
    """When it was fetched, UTC, where the fingerprint of a listing page is wanted."""


Task = ReadTask | ExplainTask | DeclaredUrlTask | FingerprintTask | DiscoverTask


class ReadAnswer(msgspec.Struct, kw_only=True):
    """What a worker says of a page."""

    fingerprint: PageFingerprint | None = None
    """What is remembered of the page for its site's profile, where that was asked for."""


class ArticleAnswer(ReadAnswer, tag="article", kw_only=True):
    """The page is an article."""

    verdict: Article


class RejectionAnswer(ReadAnswer, tag="rejection", kw_only=True):
    """The page gives no record."""

    verdict: Rejection


class NeedsAnswer(ReadAnswer, tag="needs", kw_only=True):
    """The page cannot be read without another one."""

    verdict: Needs


Answer = ArticleAnswer | RejectionAnswer | NeedsAnswer


class DiscoveryPage(msgspec.Struct, kw_only=True):
    """What a worker says of a discovery page."""

    found: DiscoveryResult
    fingerprint: PageFingerprint | None = None
    """What is remembered of a listing page for its site's profile, where that was asked for."""


_tasks = msgspec.msgpack.Decoder(Task)
_cpu_seconds = 10
_phrases: Phrasebook | None = None


def begin(cpu_seconds: int, memory_mb: int, crawl: int, phrase_dirs: tuple[Path, ...]) -> None:
    """Called once in each worker: sets its limits. `crawl`: the process without which it ends."""
    global _cpu_seconds, _phrases
    _cpu_seconds = cpu_seconds
    _phrases = load_phrasebook(phrase_dirs) if phrase_dirs else None
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the crawl's to handle
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(crawl, os.getppid()), daemon=True).start()
    gc.freeze()  # what was loaded stays
    gc.set_threshold(GARBAGE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 2**20, memory_mb * 2**20))


def _end_with(crawl: int, server: int) -> None:
    """Ends this worker when the crawl is gone, or the fork server that tells the crawl of it: after a kill -9 nobody
    else would."""
    while os.getppid() == server:
        try:
            os.kill(crawl, 0)
        except ProcessLookupError:
            break
        time.sleep(LOOK)
    os._exit(0)


def ready() -> None:
    """Nothing: a worker that returned from it is there."""


def bounded(work: Callable[[bytes], bytes], task: bytes) -> bytes:
    """Runs one task under a CPU limit of its own: the kernel ends the process, whatever C code it is in."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + _cpu_seconds, hard))
    return work(task)


def run(encoded: bytes) -> bytes:
    """Does an encoded task; returns what it comes to, encoded."""
    return msgspec.msgpack.encode(_done(_tasks.decode(encoded)))


def _done(task: Task) -> Answer | Explanation | DiscoveryPage | PageFingerprint | str | None:
    match task:
        case ReadTask():
            return _read(task)
        case ExplainTask():
            return _explain(task)
        case DiscoverTask():
            return _discover(task)
        case FingerprintTask():
            return fingerprint(task.html, task.page)
        case DeclaredUrlTask():
            return declared_url(task.html)


def _rules(task: PageTask) -> tuple[SiteProfile | None, SiteConfig | None]:
    return SiteProfile.decode(task.profile) if task.profile else None, decoded(task.config) if task.config else None


def _read(task: ReadTask) -> Answer:
    profile, config = _rules(task)
    parts = [(further.part, further.html) for further in task.parts]
    rest = (task.site, profile, _phrases, config, parts, task.options)
    taken: PageFingerprint | None = None
    if task.with_fingerprint:
        verdict, taken = read_and_fingerprint(task.html, task.page, *rest)
    else:
        verdict = read_page(task.html, task.page, *rest)
    match verdict:
        case Article():
            return ArticleAnswer(verdict=verdict, fingerprint=taken)
        case Needs():
            return NeedsAnswer(verdict=verdict, fingerprint=taken)
        case _:
            return RejectionAnswer(verdict=verdict, fingerprint=taken)


def _explain(task: ExplainTask) -> Explanation:
    if not task.page.url:
        return Explanation(rejection=Rejection(reason="no_url"))
    profile, config = _rules(task)
    return explain(task.html, task.page, task.site, profile, _phrases, config, task.options)


def _discover(task: DiscoverTask) -> DiscoveryPage:
    found = discover(task.body, url=task.url, content_type=task.content_type)
    wants_fingerprint = task.fingerprint_at is not None and found.kind == "listing"
    page = Page(
        url=task.url, requested_url=task.url, content_type=task.content_type, fetched_at=task.fingerprint_at or ""
    )
    return DiscoveryPage(found=found, fingerprint=fingerprint(task.body, page) if wants_fingerprint else None)
