"""The faults, by theme; importing them fills the table."""

from . import (
    bodies,
    charsets,
    entries,
    feeds,
    redirects,
    revisits,
    robots,
    sitemaps,
    sizes,
    statuses,
    transport,
    traps,
    walls,
)

__all__ = [
    "bodies",
    "charsets",
    "entries",
    "feeds",
    "redirects",
    "revisits",
    "robots",
    "sitemaps",
    "sizes",
    "statuses",
    "transport",
    "traps",
    "walls",
]
