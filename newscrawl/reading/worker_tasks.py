"""What a worker process does: reads the pages and discovery documents of its tasks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from newscrawl.discovery import discover
from newscrawl.items import Article, Needs, Page, Rejection
from newscrawl.provenance.phrase_files import load_phrasebook
from newscrawl.provenance.phrasebook import Phrasebook
from newscrawl.reading.explanation import Explanation
from newscrawl.reading.read_page import declared_url, explain, fingerprint, read_and_fingerprint, read_page
from newscrawl.reading.tasks import (
    BATCH,
    Answer,
    ArticleAnswer,
    DeclaredUrlTask,
    DiscoverTask,
    DiscoveryPage,
    ExplainTask,
    FingerprintTask,
    NeedsAnswer,
    PageTask,
    ReadTask,
    RejectionAnswer,
    Task,
)
from newscrawl.sites.profiles import PageFingerprint, SiteProfile
from newscrawl.sites.rules import SiteConfig
from newscrawl.sites.rules.config_folders import decoded

_tasks = msgspec.msgpack.Decoder(Task)
_phrases: Phrasebook | None = None


def load(phrase_dirs: Sequence[Path]) -> None:
    """Called once in each worker: reads the sentences about republication that the settings name."""
    global _phrases
    _phrases = load_phrasebook(phrase_dirs) if phrase_dirs else None


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
    entries, found.entries = found.entries, found.entries[:BATCH]
    batches = [msgspec.msgpack.encode(entries[at : at + BATCH]) for at in range(BATCH, len(entries), BATCH)]
    return DiscoveryPage(
        found=found, batches=batches, fingerprint=fingerprint(task.body, page) if wants_fingerprint else None
    )
