"""Moments as the record writes them."""

from __future__ import annotations

from datetime import datetime


def utc(moment: datetime) -> str:
    """A moment as the record writes it: ISO 8601, UTC, seconds, "Z"."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
