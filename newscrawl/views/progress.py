"""How far a run is, in one line of a terminal, and a stream that keeps that line below what is written to it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import Any, TextIO

VISITS = ("new", "revised", "unchanged", "rejected", "failed", "alias", "gone")
PAGES = "downloader/response_count"
"""Scrapy's count of responses."""
CLEAR = "\r\x1b[2K"
"""Back to the line's beginning, and the line emptied (ECMA-48 EL)."""


class LiveStream:
    """Text stream for log handlers: what is written scrolls by above one line that stays."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._line = ""

    def write(self, text: str) -> int:
        """Writes whole lines above the live one."""
        self._stream.write(f"{CLEAR if self._line else ''}{text}{self._line if text.endswith(chr(10)) else ''}")
        return len(text)

    def flush(self) -> None:
        """Flushes the stream."""
        self._stream.flush()

    def show(self, line: str) -> None:
        """Puts another line in place of the live one; "" takes it away. Cut at the terminal's width."""
        self._line = line[: shutil.get_terminal_size().columns - 1]
        self._stream.write(f"{CLEAR}{self._line}")
        self._stream.flush()


def progress_line(spider: str, stats: Mapping[str, Any], rate: float, limit: int | None) -> str:
    """The line: `stats` are the crawl's, `rate` its responses of a second, lately, `limit` the most new records."""
    pages = int(stats.get(PAGES, 0))
    visits = {kind: int(stats.get(f"newscrawl/visits/{kind}", 0)) for kind in VISITS}
    articles = visits["new"] + visits["revised"] + visits["unchanged"]
    parts = [f"{pages} pages", f"{articles} articles, {visits['new']} new", f"{rate:.1f} pages/s"]
    if errors := visits["failed"] + int(stats.get("newscrawl/discovery/failed", 0)):
        parts.append(f"{errors} failed")
    left = int(stats.get("newscrawl/queue/found", 0)) - sum(visits.values())
    if limit is not None:
        left = min(left, limit - visits["new"])
    if left > 0 and rate > 0:
        parts.append(f"{left} to go, {_duration(left / rate)} left")
    return f"{spider}: {'; '.join(parts)}"


def _duration(seconds: float) -> str:
    """About how long: "40 s", "12 min", "3 h"."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.0f} h"
