"""All malformed pages, one after the other: `hostile_pages(seed)`; the table of them is HOSTILE."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from . import metadata, structure, text
from .table import HOSTILE, TEXT, TITLE, Hostile

__all__ = ["HOSTILE", "TEXT", "TITLE", "Hostile", "hostile_pages", "make", "metadata", "structure", "text"]


def make(name: str, seed: int = 0) -> bytes:
    """One page by its name; the same seed gives the same bytes on every Python."""
    return HOSTILE[name].make(Random(f"{seed}/{name}"))


def hostile_pages(seed: int = 0) -> Iterator[tuple[str, bytes]]:
    """Every page of the table, made as it is asked for; each is small."""
    for name in HOSTILE:
        yield name, make(name, seed)
