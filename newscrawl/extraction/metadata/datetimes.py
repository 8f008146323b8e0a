"""Dates as pages write them, as ISO 8601."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from newscrawl.extraction.metadata.words import Words

EARLIEST = 1990
"""No page was published before the web."""

_ISO = re.compile(
    r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)"
    r"(?:[T ,]{1,3}(?:at )?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s?"
    r"(Z|[+-]\d{2}:?\d{2}|[+-]\d{2}(?!\d)|[A-Z]{3,4}(?![A-Za-z+-]))?)?"
)
"""No digit may follow the day: templates glue two dates together, "2022-02-112023-06-08"."""
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?$")
_UNIX = re.compile(r"^(\d{10})(?:\d{3})?$")
_JAVA = re.compile(r"^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{2}):(\d{2}):(\d{2}) ([A-Z]{3,4}) (\d{4})$")
_JAVASCRIPT = re.compile(
    r"^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT([+-]\d{4})(?: \(|$)"
)
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?[./-]\s?(\d{4})(?!\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s{0,2}(?:de |of |-)?\s?"
    r"([^\W\d_]{3,12})\.?,?-?\s{0,2}(?:de |del |-)?(\d{4})(?!\d(?!\d?:\d\d))"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,12})\.?\s{1,2}(\d{1,2})(?:st|nd|rd|th)?,?\s{1,2}(\d{4})(?!\d(?!\d?:\d\d))")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s([^\W\d_]{3,12})\.?\s(\d{1,2})(?!\d)")
_MONTH = re.compile(r"([^\W\d_]{3,12})\.?,? (?:de |del )?(\d{4})")
_CJK = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_TIME = re.compile(
    r"(?:(下午|午後|오후)\s?)?(?<![\d:./-])([01]?\d|2[0-3])(?:[:.h]|[时時시点點]\s?)([0-5]\d)(?![\d./-])(?::([0-5]\d))?"
    r"\s?(?i:([ap])\.?m\b\.?)?(?:\s?\(?([A-Z]{3,4}(?![A-Za-z])|Z\b)?([+-](?:1[0-4]|0?\d)(?::?[0-5]\d)?(?![\d/.:-]))?)?"
)
"""A printed time of day, with its zone: "2:46 p.m. EDT", "14h46", "10:00 GMT+2", "오후 2:46", "14時46分"."""
_BETWEEN = re.compile(r"(?:\W|[A-Z]{1,4}|[A-Z]?[a-z]{2,12}){0,6}")
"""What may stand between a time and its day: "on", "ET", "Uhr, Mittwoch"."""
_HALF_DAY = re.compile(r"\d\s?[ap]\.?m\b", re.IGNORECASE)

_HOURS = (
    "UT 0 GMT 0 EST -5 EDT -4 CST -6 CDT -5 MST -7 MDT -6 PST -8 PDT -7"
    " UTC 0 WEST 1 BST 1 CET 1 CEST 2 EET 2 EEST 3 MSK 3 SAST 2 EAT 3 PKT 5 WIB 7 HKT 8 SGT 8 JST 9 KST 9"
    " AEST 10 AEDT 11 NZST 12 NZDT 13 AKST -9 AKDT -8 HST -10"
).split()
_ZONES = dict(zip(_HOURS[::2], map(int, _HOURS[1::2]), strict=True))
"""Names of zones and their hours: as RFC 2822 reads them, and others; not "IST" and "ET", which mean several."""
_ENGLISH_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_AROUND = 30
"""Characters around a printed day in which its time of day is looked for."""
_MONTH_FIRST_LANGUAGES = frozenset({"en-us"})


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, with its time where one is given."""

    when: datetime
    """Aware where a zone is given."""
    has_time: bool
    has_day: bool = True
    """False where a month and its year are given; `when` is its first day then."""

    @property
    def iso(self) -> str:
        """ISO 8601: "2024-06", "2024-06-18", "2024-06-18T10:00:00+02:00"."""
        if not self.has_day:
            return self.when.date().isoformat()[:7]
        return self.when.isoformat(timespec="seconds") if self.has_time else self.when.date().isoformat()

    @property
    def day(self) -> str:
        """The day as written."""
        return self.when.date().isoformat()

    @property
    def rank(self) -> int:
        """2 with zone, 1 with a time, 0 for a day."""
        return self.has_time + (self.has_time and self.when.tzinfo is not None)


def structured(raw: str) -> Moment | None:
    """A date of structured data: ISO 8601 and what passes for it, RFC 2822, Java's, JavaScript's, Unix seconds."""
    raw = raw.strip()[:80]
    if _HALF_DAY.search(raw):  # "Friday, December 22, 2023, 01:54 PM": for `printed`, which knows the half of the day
        return None
    if found := _UNIX.match(raw):
        return Moment(datetime.fromtimestamp(int(found[1]), UTC), True)
    found = _COMPACT.match(raw) or _ISO.match(raw)
    if found:
        return _built(*found.groups())
    if found := _JAVA.match(raw):
        month, day, *clock, zone, year = found.groups()
        return _named(year, month, day, *clock, zone)
    if found := _JAVASCRIPT.match(raw):
        month, day, year, *clock = found.groups()
        return _named(year, month, day, *clock)
    return _rfc(raw)


def printed(text: str, words: Words, *, month_first: bool) -> Moment | None:
    """The first full date in a line of the page."""
    text = text[:300]
    day = _worded(text, words) or _figures(text, month_first=month_first)
    if day is None:
        return None
    found, numbers = day
    moment = _built(*map(str, numbers))
    end = found.end(3) if found.re is _ISO else found.end()
    clock = _TIME.search(text[end:][:_AROUND]) or _clock_before(text[: found.start()][-_AROUND:])
    return _with_time(moment, clock) if moment and clock else moment


def month(text: str, words: Words) -> Moment | None:
    """The month that is all of a line, as monthly magazines date their pieces: "November 2015"."""
    found = _MONTH.fullmatch(text)
    number = words.months.get(found[1].casefold()) if found else None
    moment = _built(found[2], str(number), "1") if found and number else None
    return replace(moment, has_day=False) if moment else None


def _clock_before(text: str) -> re.Match[str] | None:
    """The time that stands right before a day: "22:04, 22 Apr 2024", "8:42 a.m. EDT October 3, 2014"."""
    clock = _TIME.search(text)
    return clock if clock and _BETWEEN.fullmatch(text, clock.end()) else None


def possible(moment: Moment | None, fetched: datetime) -> bool:
    """Whether the page can have been published then: since the web began and before it was fetched.

    A time without zone may be ahead of UTC by 14 hours, a day that has begun somewhere as well.
    """
    if moment is None or moment.when.year < EARLIEST:
        return False
    if moment.when.tzinfo is not None:
        return moment.when <= fetched + timedelta(hours=1)
    return moment.when.replace(tzinfo=UTC) <= fetched + timedelta(hours=14)


def _built(year: str, month: str, day: str, *clock: str | None) -> Moment | None:
    hour, minute, second, zone = (*clock, None, None, None, None)[:4]
    try:
        when = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))  # noqa: DTZ001 - the zone follows
        return Moment(when.replace(tzinfo=_zone(zone)), hour is not None)
    except ValueError:
        return None


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC if text == "Z" else timezone(timedelta(hours=_ZONES[text])) if text in _ZONES else None
    digits = text[1:].replace(":", "")
    digits = digits.zfill(2).ljust(4, "0") if len(digits) < 3 else digits.zfill(4)
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(offset if text[0] == "+" else -offset)


def _named(year: str, month: str, *rest: str) -> Moment | None:
    """Of a date with the English short name of its month."""
    return _built(year, str(_ENGLISH_MONTHS.index(month) + 1), *rest) if month in _ENGLISH_MONTHS else None


def _rfc(raw: str) -> Moment | None:
    try:
        return Moment(parsedate_to_datetime(raw), ":" in raw)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _worded(text: str, words: Words) -> tuple[re.Match[str], tuple[int, int, int]] | None:
    first: tuple[re.Match[str], tuple[int, int, int]] | None = None
    for pattern, year_at, month_at, day_at in ((_DAY_FIRST, 3, 2, 1), (_MONTH_FIRST, 3, 1, 2), (_YEAR_FIRST, 1, 2, 3)):
        for found in pattern.finditer(text):
            month = words.months.get(found[month_at].casefold())
            if month and (first is None or found.start() < first[0].start()):
                first = found, (int(found[year_at]), month, int(found[day_at]))
                break
    return first


def _figures(text: str, *, month_first: bool) -> tuple[re.Match[str], tuple[int, int, int]] | None:
    if found := _CJK.search(text) or _ISO.search(text):
        return found, (int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMERIC.search(text):
        one, two = int(found[1]), int(found[3])
        day, month = (two, one) if two > 12 or (month_first and found[2] == "/" and one <= 12) else (one, two)
        return found, (int(found[4]), month, day)
    return None


def _with_time(moment: Moment, clock: re.Match[str]) -> Moment:
    late, hours, minutes, seconds, half, name, offset = clock.groups()
    hour, half = int(hours), (half or "").casefold() or ("p" if late else "")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    zone = _zone(offset if name in (None, "GMT", "UTC") and offset else name)
    when = moment.when.replace(hour=hour, minute=int(minutes), second=int(seconds or 0), tzinfo=zone)
    return Moment(when, True)
