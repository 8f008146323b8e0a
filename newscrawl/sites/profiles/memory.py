"""What is remembered of a site between runs: the fingerprints of its newest pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import msgspec

from newscrawl.sites.profiles.fingerprints import PageFingerprint, unpack

VERSION = 1
"""Of memories and profiles; one of another version is forgotten."""
WINDOW = 64
"""Pages remembered of a site, the newest: a block that left the site is forgotten with the last page that had it."""
FEW_PAGES = 4
"""Pages below which nothing is told of a change of the boilerplate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteMemory:
    """The pages of a site that its profile is made from, as the ledger keeps them: about 100 KB."""

    version: int = VERSION
    pages: tuple[PageFingerprint, ...] = ()
    """At most WINDOW, the newest first."""
    shapes: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Shapes of its URLs with how many articles and how many other pages each has had."""

    def encode(self) -> bytes:
        """The memory as JSON."""
        return msgspec.json.encode(self)

    @classmethod
    def decode(cls, encoded: bytes) -> SiteMemory:
        """The memory of that JSON; an empty one where it is damaged or of another version."""
        try:
            memory = msgspec.json.decode(encoded, type=cls)
        except msgspec.DecodeError:
            return cls()
        whole = all(len(page.blocks) % 8 == 0 == len(page.long) % 8 for page in memory.pages)
        return memory if memory.version == VERSION and whole else cls()


def remember(memory: SiteMemory, fingerprints: Iterable[PageFingerprint]) -> SiteMemory:
    """The memory with these pages: each URL once, the newest pages first. The order of `fingerprints` does not
    count."""
    newest = {page.page: page for page in sorted((*memory.pages, *fingerprints), key=_age)}
    # Within a day by the hash of the URL: a sample of the day's pages that no order of arrival changes.
    by_hash = sorted(newest.values(), key=lambda page: page.page)
    return replace(memory, pages=tuple(sorted(by_hash, key=lambda page: page.day, reverse=True)[:WINDOW]))


def new_boilerplate(memory: SiteMemory, fingerprints: Iterable[PageFingerprint]) -> int:
    """How many blocks stand on most of these pages and on none that is remembered: what a redesign brings. 0 where
    too few pages are there to tell."""
    pages = [*fingerprints]
    if len(pages) < FEW_PAGES or len(memory.pages) < FEW_PAGES:
        return 0
    counts = Counter(hashed for page in pages for hashed in {*unpack(page.blocks)})
    known = {hashed for page in memory.pages for hashed in unpack(page.blocks)}
    return sum(2 * count > len(pages) for hashed, count in counts.items() if hashed not in known)


def _age(page: PageFingerprint) -> tuple[str, int, bytes, bytes]:
    return page.day, page.title, page.blocks, page.long
