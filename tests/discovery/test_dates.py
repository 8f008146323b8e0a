"""Dates as feeds, sitemaps and URLs write them."""

from __future__ import annotations

import pytest

from newscrawl.discovery import date_in_url, iso


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-06T10:00:00Z", "2024-05-06T10:00:00+00:00"),
        ("2024-05-06T10:00+02:00", "2024-05-06T10:00:00+02:00"),
        ("2024-05-06T10:00:00-0500", "2024-05-06T10:00:00-05:00"),
        ("2024-05-06 10:00:00 +0200", "2024-05-06T10:00:00+02:00"),
        ("2024-05-06T10:00:00", "2024-05-06T10:00:00"),
        ("2024-05-06T9:05", "2024-05-06T09:05:00"),
        ("2024-05-06T10:00:00.123456789Z", "2024-05-06T10:00:00.123456+00:00"),
        ("2024-05-06T10:00:00.000Z", "2024-05-06T10:00:00+00:00"),
        ("2024-05-06", "2024-05-06"),
        ("20240506", "2024-05-06"),
        ("2024-05", "2024-05"),
        ("2024", "2024"),
        (" Mon, 06 May 2024 10:00:00 GMT ", "2024-05-06T10:00:00+00:00"),
        ("Mon, 06 May 2024 10:00:00 EST", "2024-05-06T10:00:00-05:00"),
        ("6 May 2024 10:00", "2024-05-06T10:00:00"),
        ("Mon, 06 May 2024 10:00:00 -0000", "2024-05-06T10:00:00"),
        ("2024-13-01", None),
        ("2024-02-30T10:00:00Z", None),
        ("0001-01-01T00:00:00Z", None),
        ("9999", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("Mon, 99 May 99999999999 10:00:00 GMT", None),
    ],
)
def test_iso(text: str | None, expected: str | None) -> None:
    assert iso(text) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://k.example/2024/05/06/ferry", "2024-05-06"),
        ("https://k.example/news/2024-05-06-ferry", "2024-05-06"),
        ("https://k.example/20240506/ferry", "2024-05-06"),
        ("https://k.example/2024/05/ferry", "2024-05"),
        ("https://k.example/2024/13/ferry", None),
        ("https://k.example/p/20245", None),
        ("https://k.example/ferry?d=/2024/05/06/", None),
    ],
)
def test_date_in_url(url: str, expected: str | None) -> None:
    assert date_in_url(url) == expected
