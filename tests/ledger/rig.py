"""A clock that the test moves, and URLs as discovery pages name them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from newscrawl.items import DiscoveredUrl, Discovery, DiscoveryKind


class Clock:
    """Time that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **delta: float) -> None:
        self.now += timedelta(**delta)


def found(*urls: str, kind: DiscoveryKind = "feed", date: str | None = None) -> list[DiscoveredUrl]:
    """URLs as a discovery page names them; their normalized form has no www."""
    return [
        DiscoveredUrl(url=url, normalized_url=url.replace("//www.", "//"), discovery=Discovery(kind=kind, date=date))
        for url in urls
    ]
