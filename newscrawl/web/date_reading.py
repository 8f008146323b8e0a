"""Reads dates as pages, feeds and scripts write them: the one place that knows their forms."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

from newscrawl.web.date_words import ZONES, months

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
_RFC = re.compile(
    r"^(?:[^\W\d_]{2,12}\.?,?\s{1,3})?(\d{1,2})[\s-]{1,2}([^\W\d_]{3,12})\.?[\s-]{1,2}(\d{4}|\d\d)(?!\d)"
    r"(?:,?\s{1,3}(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s{0,2}"
    r"((?:GMT|UTC)?[+-]\d{1,2}:?(?:\d{2})?|[A-ZА-Я]{1,5})?(?:\s?\([A-Za-z ]{1,40}\))?)?$"
)
"""RFC 822 and its heirs: "Mon, 06 May 2024 10:00:00 GMT", with "+02:00", "GMT+2" or a zone's name, in any language."""
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?[./-]\s?(\d{4})(?!\d)")
_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f\u0900-\u0dff\u0e00-\u0e7f])"
"""A letter of a month's name; in the scripts of India and Thailand signs of vowels stand beside the letters."""
_NAME = rf"({_LETTER}{{2,14}}|[ก-ฮเ]{{1,2}}[ีิ]?\.[ก-ฮ])"
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?\s{{0,2}}(?:de |of |-|/)?\s?"
    rf"{_NAME}\.?,?[-/]?\s{{0,2}}(?:de |del |-)?(\d{{4}})(?!\d(?!\d?:\d\d))"
)
_MONTH_FIRST = re.compile(rf"{_NAME}\.?\s{{1,2}}(\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,2}}(\d{{4}})(?!\d(?!\d?:\d\d))")
_YEAR_FIRST = re.compile(rf"(?<!\d)(\d{{4}})\.?\s{_NAME}\.?\s(\d{{1,2}})(?!\d)")
_MONTH = re.compile(rf"{_NAME}\.?,? (?:de |del )?(\d{{4}})")
_CJK = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_TIME = re.compile(
    r"(?:(上午|午前|오전|下午|午後|오후)\s?)?(?<![\d:./-])([01]?\d|2[0-3])(?:[:.h]|[时時시点點]\s?)([0-5]\d)(?![\d./-])(?::([0-5]\d))?"
    r"\s?(?i:([ap])\.?\s?m\b\.?)?(?:\s?(?:Uhr|hrs?|uur)\b)?"
    r"(?:\s?\(?([A-ZА-Я]{3,4}(?![^\W\d_])|Z\b)?([+-](?:1[0-4]|0?\d)(?::?[0-5]\d)?(?![\d/.:-]))?)?"
)
"""A printed time of day, with its zone: "2:46 p.m. EDT", "14h46", "10:00 GMT+2", "10:00 Uhr MEZ", "오후 2:46"."""
_LATE, _EARLY = ("下午", "午後", "오후"), ("上午", "午前", "오전")
_BETWEEN = re.compile(r"(?:\W|[A-Z]{1,4}|[A-Z]?[a-z]{2,12}){0,6}")
"""What may stand between a time and its day: "on", "ET", "Uhr, Mittwoch"."""
_HALF_DAY = re.compile(r"\d\s?[ap]\.?m\b", re.IGNORECASE)
_ENGLISH_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_AROUND = 30
"""Characters around a printed day in which its time of day is looked for."""


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


class _Found(NamedTuple):
    """A day in a text."""

    match: re.Match[str]
    end: int
    numbers: tuple[int, int, int]


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


def printed(text: str, language: str | None, *, month_first: bool | None) -> Moment | None:
    """The first full date in a line of the page, or in a field of a feed; without a language in any of them.

    `month_first`: how "03/10/2025" is read; None where nothing tells, and then such a date is none.
    """
    text = text[:300]
    day = _worded(text, language) or _figures(text, month_first=month_first)
    if day is None:
        return None
    moment = _built(*map(str, day.numbers))
    clock = _TIME.search(text[day.end :][:_AROUND]) or _clock_before(text[: day.match.start()][-_AROUND:])
    return _with_time(moment, clock) if moment and clock else moment


def month(text: str, language: str | None) -> Moment | None:
    """The month that is all of a line, as monthly magazines date their pieces: "November 2015"."""
    found = _MONTH.fullmatch(text)
    number = months(language).get(found[1].casefold()) if found else None
    moment = _built(found[2], str(number), "1") if found and number else None
    return replace(moment, has_day=False) if moment else None


def possible(moment: Moment | None, fetched: datetime) -> bool:
    """Whether the page can have been published then: since the web began and before it was fetched.

    A time without zone may be ahead of UTC by 14 hours, a day that has begun somewhere as well.
    """
    if moment is None or moment.when.year < EARLIEST:
        return False
    if moment.when.tzinfo is not None:
        return moment.when <= fetched + timedelta(hours=1)
    return moment.when.replace(tzinfo=UTC) <= fetched + timedelta(hours=14)


def _clock_before(text: str) -> re.Match[str] | None:
    """The time that stands right before a day: "22:04, 22 Apr 2024", "8:42 a.m. EDT October 3, 2014"."""
    clock = _TIME.search(text)
    return clock if clock and _BETWEEN.fullmatch(text, clock.end()) else None


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
    if text[:3] in ("GMT", "UTC") and text[3:]:
        text = text[3:]
    if text[0] not in "+-":
        return UTC if text == "Z" else timezone(timedelta(minutes=ZONES[text])) if text in ZONES else None
    digits = text[1:].replace(":", "")
    digits = digits.zfill(2).ljust(4, "0") if len(digits) < 3 else digits.zfill(4)
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(offset if text[0] == "+" else -offset)


def _named(year: str, month: str, *rest: str) -> Moment | None:
    """Of a date with the English short name of its month."""
    return _built(year, str(_ENGLISH_MONTHS.index(month) + 1), *rest) if month in _ENGLISH_MONTHS else None


def _rfc(raw: str) -> Moment | None:
    found = _RFC.match(raw)
    number = months(None).get(found[2].casefold()) if found else None
    if found is None or number is None:
        return None
    day, _, year, *clock = found.groups()
    if len(year) == 2:
        year = f"{'19' if year > '69' else '20'}{year}"
    clock[3] = None if clock[3] == "-0000" else clock[3]  # RFC 2822: a time without a zone
    return _built(year, str(number), day, *clock)


def _worded(text: str, language: str | None) -> _Found | None:
    first: _Found | None = None
    names = months(language)
    for pattern, year_at, month_at, day_at in ((_DAY_FIRST, 3, 2, 1), (_MONTH_FIRST, 3, 1, 2), (_YEAR_FIRST, 1, 2, 3)):
        for found in pattern.finditer(text):
            month = names.get(found[month_at].casefold())
            if month and (first is None or found.start() < first.match.start()):
                first = _Found(found, found.end(), (int(found[year_at]), month, int(found[day_at])))
                break
    return first


def _figures(text: str, *, month_first: bool | None) -> _Found | None:
    if found := _CJK.search(text):
        return _Found(found, found.end(), (int(found[1]), int(found[2]), int(found[3])))
    if found := _ISO.search(text):
        return _Found(found, found.end(3), (int(found[1]), int(found[2]), int(found[3])))
    if not (found := _NUMERIC.search(text)):
        return None
    one, two = int(found[1]), int(found[3])
    if month_first is None and one <= 12 and two <= 12 and one != two and found[2] == "/":
        return None
    is_month_first = two > 12 or (bool(month_first) and found[2] == "/" and one <= 12)
    day, month = (two, one) if is_month_first else (one, two)
    return _Found(found, found.end(), (int(found[4]), month, day))


def _with_time(moment: Moment, clock: re.Match[str]) -> Moment:
    part, hours, minutes, seconds, half, name, offset = clock.groups()
    hour = int(hours)
    half = (half or "").casefold() or ("p" if part in _LATE else "a" if part in _EARLY else "")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    zone = _zone(offset if name in (None, "GMT", "UTC") and offset else name)
    when = moment.when.replace(hour=hour, minute=int(minutes), second=int(seconds or 0), tzinfo=zone)
    return Moment(when, True)
