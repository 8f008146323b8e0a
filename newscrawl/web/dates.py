"""Dates as the record and the discovery write them: ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from newscrawl.web import date_reading

_W3C = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ]\s?(\d{1,2}:\d{2})(:\d{2})?([.,]\d{1,9})?\s?(Z|z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_IN_PATH = re.compile(r"(?<=/)((?:19|20)\d{2})[/-]?(0[1-9]|1[0-2])(?:[/-]?(0[1-9]|[12]\d|3[01]))?(?=[/-]|$)")
_SAME_CLOCK = timedelta(days=14)
_FIGURE = re.compile(r"\d")


def utc(moment: datetime) -> str:
    """A moment as the record writes it: ISO 8601, UTC, seconds, "Z"."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def in_utc(written: str | None, other: str | None = None) -> str | None:
    """An ISO 8601 date with a time as the moment in UTC; None without a time or a zone.

    `other`: another date of the page, whose zone is taken where the first has none and is within two weeks of it:
    further apart the clocks may have changed.
    """
    if not written or "T" not in written:
        return None
    moment = datetime.fromisoformat(written)
    if moment.tzinfo is None and other and "T" in other:
        named = datetime.fromisoformat(other)
        if named.tzinfo and abs(named.replace(tzinfo=None) - moment) <= _SAME_CLOCK:
            moment = moment.replace(tzinfo=named.tzinfo)
    return utc(moment.astimezone(UTC)) if moment.tzinfo else None


def iso(text: str | None, language: str | None = None) -> str | None:
    """The date as ISO 8601: "2024-05-06T10:00:00+02:00", without a zone where none is given, "2024-05-06", "2024-05".

    Reads the W3C profile of ISO 8601 (sitemaps, Atom, `time` elements), RFC 822 (RSS) with the zones and languages of
    real feeds, and dates as people print them. None for anything else, for years outside 1900 to 2200, and for
    "03/10/2025" unless the language, "en-US" or one that is not English, tells which is the month.
    """
    text = (text or "").strip()[:60]
    if not _FIGURE.search(text):
        return None
    if found := _w3c(text) or _with_time(text):
        return found
    return None if _W3C.fullmatch(text) or _TIME.fullmatch(text) else _read(text, language)


def _w3c(text: str) -> str | None:
    match = _W3C.fullmatch(text) or _COMPACT.fullmatch(text)
    if not match:
        return None
    numbers = [int(number) for number in match.groups() if number]
    try:
        date(*[*numbers, 1, 1][:3])
    except ValueError:
        return None
    return "-".join(f"{number:02}" for number in numbers) if _plausible(numbers[0]) else None


def _with_time(text: str) -> str | None:
    if not (match := _TIME.fullmatch(text)):
        return None
    day, minutes, seconds, fraction, zone = match.groups()
    zone = {"Z": "+00:00", "UTC": "+00:00", "GMT": "+00:00"}.get((zone or "").upper(), zone or "")
    fraction = fraction.replace(",", ".")[:7].ljust(7, "0") if fraction and fraction.strip(".,0") else ""
    try:
        moment = datetime.fromisoformat(f"{day}T{minutes.zfill(5)}{seconds or ':00'}{fraction}{zone}")
    except ValueError:
        return None
    return moment.isoformat() if _plausible(moment.year) else None


def _read(text: str, language: str | None) -> str | None:
    tag = (language or "").lower().replace("_", "-")
    month_first = True if tag == "en-us" else False if tag and tag != "en" else None
    moment = date_reading.structured(text) or date_reading.printed(text, language, month_first=month_first)
    return moment.iso if moment and _plausible(moment.when.year) else None


def _plausible(year: int) -> bool:
    return 1900 <= year <= 2200


def date_in_url(url: str) -> str | None:
    """The date that stands in the URL's path, "2024-05-06" or "2024-05" (/2024/05/06/, /2024-05-06-, /20240506/)."""
    match = _IN_PATH.search(url.partition("?")[0], 8)
    return _w3c("-".join(part for part in match.groups() if part)) if match else None
