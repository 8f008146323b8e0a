"""Dates as feeds, sitemaps and URLs write them."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from newscrawl.web.dates import date_in_url, in_utc, iso


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


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Thu, 27 Nov 2025 01:57:00 +02:00", None, "2025-11-27T01:57:00+02:00"),
        ("Thu, 27 Nov 2025 01:57:00 AEDT", None, "2025-11-27T01:57:00+11:00"),
        ("Tue, 27 May 2025 01:57:00 BST", None, "2025-05-27T01:57:00+01:00"),
        ("Di, 27 Mai 2025 01:57:00 MESZ", "de", "2025-05-27T01:57:00+02:00"),
        ("Do, 27 Nov 2025 01:57:00 MEZ", None, "2025-11-27T01:57:00+01:00"),
        ("Thu, 27 Nov 2025 01:57:00 JST", None, "2025-11-27T01:57:00+09:00"),
        ("Чт, 27 ноября 2025 01:57 МСК", "ru", "2025-11-27T01:57:00+03:00"),
        ("27 Nov 2025 01:57 GMT+2", None, "2025-11-27T01:57:00+02:00"),
        ("Thu, 27 Nov 2025 01:57:00 UTC+05:30", None, "2025-11-27T01:57:00+05:30"),
        ("Thu, 27 Nov 25 01:57:00 GMT", None, "2025-11-27T01:57:00+00:00"),
        ("Thu, 27 Nov 2025 01:57:00 IST", None, "2025-11-27T01:57:00"),
        ("Thu, 27 Nov 2025 10:00 PM", None, "2025-11-27T22:00:00"),
        ("Nov 27, 2025 12:05 AM EST", None, "2025-11-27T00:05:00-05:00"),
        ("2025/11/02", None, "2025-11-02"),
        ("2025/11/02 10:00", None, "2025-11-02T10:00:00"),
        ("2025.11.02", None, "2025-11-02"),
        ("Mi, 03 Dez 2025 08:00:00 +0100", None, "2025-12-03T08:00:00+01:00"),
        ("Donnerstag, 27. November 2025 - 01:57 Uhr", "de", "2025-11-27T01:57:00"),
        ("27. März 2025, 01:57 Uhr MEZ", "de", "2025-03-27T01:57:00+01:00"),
        ("mer., 03 déc. 2025 08:00:00 +0100", None, "2025-12-03T08:00:00+01:00"),
        ("27 août 2025 à 14h46", "fr", "2025-08-27T14:46:00"),
        ("mié, 03 dic 2025 08:00:00 GMT", "es", "2025-12-03T08:00:00+00:00"),
        ("27 de noviembre de 2025 10:00", "es", "2025-11-27T10:00:00"),
        ("27 novembre 2025", "it", "2025-11-27"),
        ("3 maart 2025", None, "2025-03-03"),
        ("2025年11月27日 10:04", "ja", "2025-11-27T10:04:00"),
        ("2025년 11월 27일 오후 2:46", "ko", "2025-11-27T14:46:00"),
        ("03/10/2025", None, None),
        ("03/10/2025", "en", None),
        ("03/10/2025 10:00 PM", "en-US", "2025-03-10T22:00:00"),
        ("03/10/2025", "fr", "2025-10-03"),
        ("23/10/2025", None, "2025-10-23"),
        ("5 listopad 2025", None, None),
        ("5 listopada 2025", "pl", "2025-11-05"),
        ("5 listopada 2025", "hr", "2025-10-05"),
        ("12 days ago", None, None),
        ("Issue 4 of 2025", None, None),
    ],
)
def test_dates_of_real_feeds(text: str, language: str | None, expected: str | None) -> None:
    assert iso(text, language) == expected


LANGUAGES = tomllib.loads(files("newscrawl.web").joinpath("months.toml").read_text("utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_months_of_a_language(language: str) -> None:
    assert len(LANGUAGES[language]) == 12
    for number, row in enumerate(LANGUAGES[language], start=1):
        for month in row.split():
            assert iso(f"5 {month} 2024", language) == f"2024-{number:02}-05"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2025-11-27T01:57:00+02:00", "2025-11-26T23:57:00Z"),
        ("2025-11-27T01:57:00Z", "2025-11-27T01:57:00Z"),
        ("2025-11-27T01:57:00", None),
        ("2025-11-27", None),
        (None, None),
    ],
)
def test_in_utc(written: str | None, expected: str | None) -> None:
    assert in_utc(written) == expected
