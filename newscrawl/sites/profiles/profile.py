"""SiteProfile: which blocks repeat on a site's pages. Made from the fingerprints of its pages, frozen for a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from typing import NamedTuple

import msgspec

from newscrawl.sites.profiles.fingerprints import (
    MAX_LONG,
    PageFingerprint,
    block_hashes,
    long_hashes,
    pack,
    title_hash,
    unpack,
    url_hash,
)
from newscrawl.sites.profiles.memory import VERSION, WINDOW, SiteMemory
from newscrawl.web.document import Document
from newscrawl.web.page_blocks import Block

FEWEST = 4
"""Pages from which a profile is made: below, a site's pages have too little in common to be told from its stories."""
MAX_REPEATED = 5_000
"""Blocks a profile holds at most, those on most pages first."""
SKETCH = 12
"""Long blocks kept of each page, the first that are its own, to know copies of it by."""
FAMILY = 3
"""Pages that may be copies of one text: what more pages share, and more than a quarter of all, is the site's."""
SAME_TEXT = 0.5
"""Share of the shorter page's long blocks from which two pages are copies of one text."""

TINY = 2
"""Long blocks of a page that may be a copy by one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """A profile as JSON, for the workers: 2 to 20 KB on the dev pages' sites. Its digest is the profile's id."""

    version: int
    pages: tuple[int, ...]
    """Hash of each page's URL."""
    titles: tuple[int, ...]
    """Hash of its title; 0 where the title names no single page."""
    texts: tuple[bytes, ...]
    """Hashes of its first long blocks that few others have, packed."""
    repeated: bytes
    """Hashes of the blocks that stand on two pages or more, packed."""
    masks: bytes
    """For each of them the pages it stands on, a bit for each page, packed."""


def encoded_profile(memory: SiteMemory) -> bytes | None:
    """The profile that these pages give, as JSON; None for fewer than FEWEST. The same pages give the same bytes."""
    pages = memory.pages[:WINDOW]
    if len(pages) < FEWEST:
        return None
    masks = _masks(pages)
    limit = _family_limit(len(pages))
    titles = Counter(page.title for page in pages)
    kept = sorted(sorted(masks, key=lambda hashed: (-masks[hashed].bit_count(), hashed))[:MAX_REPEATED])
    stored = _Stored(
        version=VERSION,
        pages=tuple(page.page for page in pages),
        titles=tuple(page.title if titles[page.title] <= limit else 0 for page in pages),
        texts=tuple(pack(_own_text(unpack(page.long), masks, limit)) for page in pages),
        repeated=pack(kept),
        masks=pack(masks[hashed] for hashed in kept),
    )
    return msgspec.json.encode(stored)


def _masks(pages: Sequence[PageFingerprint]) -> dict[int, int]:
    """The blocks that stand on more than one page, with the pages they stand on as bits."""
    masks: dict[int, int] = {}
    for number, page in enumerate(pages):
        for hashed in unpack(page.blocks):
            masks[hashed] = masks.get(hashed, 0) | 1 << number
    return {hashed: mask for hashed, mask in masks.items() if mask & (mask - 1)}


def _family_limit(pages: int) -> int:
    """Pages of so many that may still be copies of one text."""
    return max(FAMILY, pages // 4)


def _own_text(long: Iterable[int], masks: Mapping[int, int], limit: int) -> list[int]:
    """The first of these hashes of long blocks that no more than `limit` pages have."""
    return list(islice((hashed for hashed in long if masks.get(hashed, 0).bit_count() <= limit), SKETCH))


class Repeat(NamedTuple):
    """How a block repeats on its site."""

    pages: int
    """Other pages that it stands on; copies of the page itself do not count."""
    share: float
    """Their share of the other pages that are known, 0 to 1."""


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """What repeats on a site's pages. Immutable."""

    id: str
    """First 12 hex digits of the sha256 of its JSON."""
    pages: tuple[int, ...] = field(repr=False)
    titles: tuple[int, ...] = field(repr=False)
    texts: tuple[frozenset[int], ...] = field(repr=False)
    masks: dict[int, int] = field(repr=False)

    @classmethod
    def decode(cls, encoded: bytes) -> SiteProfile:
        """The profile of that JSON. msgspec.DecodeError or ValueError for bytes that encoded_profile did not make."""
        return _decoded(encoded)

    def repeats(self, document: Document) -> dict[Block, Repeat]:
        """The page's blocks that stand on other pages of the site too."""
        hashes = block_hashes(document.blocks)
        others = ~self._copies(document, hashes) & ((1 << len(self.pages)) - 1)
        counts = {block: (self.masks.get(hashed, 0) & others).bit_count() for block, hashed in hashes.items()}
        return {block: Repeat(count, count / others.bit_count()) for block, count in counts.items() if count}

    def _copies(self, document: Document, hashes: Mapping[Block, int]) -> int:
        """The pages that are this page or copies of it (another URL, a print view, an excerpt), as bits."""
        page, title = url_hash(document.url), title_hash(document)
        own = set(_own_text(long_hashes(hashes)[:MAX_LONG], self.masks, _family_limit(len(self.pages))))
        copies = 0
        for number, text in enumerate(self.texts):
            named = page == self.pages[number] or (title != 0 and title == self.titles[number])
            copies |= (named or _is_copy(own, text)) << number
        return copies


def _is_copy(own: set[int], text: frozenset[int]) -> bool:
    """Whether half of the shorter text's long blocks stand in the other; one block counts only where there are few:
    a page that holds one teaser is no copy of the story."""
    common, shorter, longer = len(own & text), *sorted((len(own), len(text)))
    return common >= max(1, SAME_TEXT * shorter) and (common > 1 or longer <= TINY)


@lru_cache(maxsize=64)
def _decoded(encoded: bytes) -> SiteProfile:
    stored = msgspec.json.decode(encoded, type=_Stored)
    return SiteProfile(
        id=sha256(encoded).hexdigest()[:12],
        pages=stored.pages,
        titles=stored.titles,
        texts=tuple(frozenset(unpack(text)) for text in stored.texts),
        masks=dict(zip(unpack(stored.repeated), unpack(stored.masks), strict=True)),
    )
