"""Retry-After in seconds or as a date."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.fetch.retry_after import seconds_to_wait

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("5", 5),
        (" 120 ", 120),
        ("Tue, 24 Nov 2026 12:01:00 GMT", 60),
        ("Tue, 24 Nov 2026 11:00:00 GMT", 0),
        ("-5", None),
        ("soon", None),
        ("٥", None),
        ("9" * 400, 999_999_999_999),
        ("", None),
        (None, None),
    ],
)
def test_seconds_to_wait(value: str | None, seconds: float | None) -> None:
    assert seconds_to_wait(value, NOW) == seconds
