"""Hosts that refuse the crawler: told once each, asked after the others, and left when nothing else comes any more."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, field

logger = logging.getLogger(__name__)

REFUSALS = frozenset((402, 403, 429, 451))
"""Statuses that are a host's answer to the crawler, not a page's state."""
MAX_IN_A_ROW = 10
"""Refusals without a page between them after which a host is left to the next run: what it refuses stays pending."""


@dataclass(slots=True, kw_only=True)
class HostWall:
    """How a host refused."""

    refusals: dict[str, int] = field(default_factory=dict)
    """How often, by reason: http_402, http_403, http_429, http_451, bot_wall, consent_wall, script_wall."""
    vendor: str | None = None
    """The service that answered in the site's place, where it is known."""


class HostWalls:
    """One for each crawl."""

    def __init__(self) -> None:
        self.found: dict[str, HostWall] = {}
        """By host."""
        self._in_a_row: Counter[str] = Counter()

    def refused(self, host: str, reason: str, vendor: str | None) -> bool:
        """Counts a refusal; the log tells of the host's first one. Returns whether the host is to be left."""
        is_first = host not in self.found
        wall = self.found.setdefault(host, HostWall())
        wall.refusals[reason] = wall.refusals.get(reason, 0) + 1
        wall.vendor = wall.vendor or vendor
        self._in_a_row[host] += 1
        if is_first:
            logger.warning("%s refused a page: %s%s", host, reason, f" ({vendor})" if vendor else "")
        return self._in_a_row[host] >= MAX_IN_A_ROW

    def passed(self, host: str) -> None:
        """The host has given a page."""
        self._in_a_row.pop(host, None)

    @property
    def asked_last(self) -> set[str]:
        """Hosts whose last answer was a refusal."""
        return set(self._in_a_row)
