"""What is remembered of a page for its site's profile: 64-bit hashes of its blocks, made in a worker, kept as JSON."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from newscrawl.web.document import Document
from newscrawl.web.page_blocks import Block
from newscrawl.web.text import fold
from newscrawl.web.urls import normalized_url

MAX_BLOCKS = 2_000
"""Blocks of a page that are looked at, half of them from its end: boilerplate stands at both ends of an endless
page."""
MAX_LONG = 24
"""Long blocks of a page that are kept, the first ones: the story stands before footers and boxes."""
LONG = 80
"""Characters from which a block with few links counts as text, by which pages of one text know each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFingerprint:
    """A page as its site's memory keeps it: about 2 KB."""

    page: int
    """Hash of its normalized URL."""
    day: str
    """The day it was fetched, "2026-11-23"."""
    title: int
    """Hash of its `title` element; 0 without one."""
    blocks: bytes
    """Hashes of its blocks, each once, ascending, 8 bytes each, little-endian."""
    long: bytes
    """Hashes of its first long blocks that are not links, in the page's order."""


def page_fingerprint(document: Document, *, fetched_at: str) -> PageFingerprint:
    """The print of a page, an article or a listing; `fetched_at` is ISO 8601 in UTC."""
    hashes = block_hashes(document.blocks)
    return PageFingerprint(
        page=url_hash(document.url),
        day=fetched_at[:10],
        title=title_hash(document),
        blocks=pack(sorted(set(hashes.values()))),
        long=pack(long_hashes(hashes)[:MAX_LONG]),
    )


def block_hashes(blocks: Sequence[Block]) -> dict[Block, int]:
    """The hash of each block that has letters or digits; neither case nor punctuation counts."""
    if len(blocks) > MAX_BLOCKS:
        blocks = [*blocks[: MAX_BLOCKS // 2], *blocks[-MAX_BLOCKS // 2 :]]
    keys = ((block, block.squashed) for block in blocks)
    return {block: _hash(key) for block, key in keys if key}


def long_hashes(hashes: Mapping[Block, int]) -> list[int]:
    """The hashes of the blocks that are text, each once, in the page's order."""
    return list(dict.fromkeys(hashed for block, hashed in hashes.items() if is_long(block)))


def is_long(block: Block) -> bool:
    """Whether the block is text rather than label or link."""
    return len(block.text) >= LONG and block.link_share < 0.5


def url_hash(url: str) -> int:
    """Hash of the normalized URL: one for all variants of a page's address."""
    return _hash(normalized_url(url))


def title_hash(document: Document) -> int:
    """Hash of the page's `title` element; 0 without one."""
    title = fold(document.tree.findtext(".//title"))
    return _hash(title) if title else 0


def pack(hashes: Iterable[int]) -> bytes:
    """64-bit numbers as bytes, 8 each, little-endian."""
    return _little(array("Q", hashes)).tobytes()


def unpack(packed: bytes) -> array[int]:
    """The numbers of `pack`. ValueError where the bytes are not 8 a number."""
    numbers = array("Q")
    numbers.frombytes(packed)
    return _little(numbers)


def _little(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
