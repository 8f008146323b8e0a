"""The sitemaps that a robots.txt names."""

from __future__ import annotations

from newscrawl.discovery.discovery_result import DiscoveryResult, Draft

MAX_ROBOTS_BYTES = 500 * 1024
"""What of a robots.txt is read: RFC 9309 asks for 500 KiB at least, and a longer file is read to there."""


def read_robots(text: str, url: str) -> DiscoveryResult:
    """The sitemaps named, in order; rules for robots are read elsewhere."""
    draft = Draft("robots", url)
    if len(text) > MAX_ROBOTS_BYTES:
        draft.problem(f"cut at {MAX_ROBOTS_BYTES // 1024} KiB")
        text = text[:MAX_ROBOTS_BYTES].rpartition("\n")[0]
    for line in text.splitlines():
        name, colon, value = line.partition(":")
        if colon and name.strip().lower() in ("sitemap", "site-map"):
            draft.link(value.partition(" #")[0].strip(), "sitemap", "robots")
    return draft.done()
