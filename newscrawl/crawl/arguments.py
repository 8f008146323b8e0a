"""The arguments that every site's spider takes (`-a NAME=VALUE`): since, until, limit, section, full, revisit. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from newscrawl.items import Discovery


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """What a run is to fetch."""

    since: date | None = None
    """First day (UTC) of the articles wanted."""
    until: date | None = None
    """Last day (UTC) of the articles wanted."""
    limit: int | None = None
    """Most records of the run."""
    section: str | None = None
    """A segment of the article's path or of the discovery page's, or a keyword of its feed entry."""
    full: bool = False
    """Start over: forget what is known of the site."""
    revisit: bool | int = True
    """Look again at articles that have a record, for changes; a number: now at those published in so many seconds."""

    @classmethod
    def parse(
        cls,
        *,
        since: str | None = None,
        until: str | None = None,
        limit: str | None = None,
        section: str | None = None,
        full: str | None = None,
        revisit: str | None = None,
    ) -> Arguments:
        """From the command line's texts; ArgumentError names the one that is wrong and how it should read."""
        first, last = _day("since", since), _day("until", until)
        if first and last and first > last:
            raise ArgumentError(f"since={since} is after until={until}")
        if limit is not None and not (limit.isascii() and limit.isdigit() and int(limit) > 0):
            raise ArgumentError(f"limit={limit}: should be a number above 0")
        if section is not None and not section.strip("/ "):
            raise ArgumentError("section= is empty")
        return cls(
            since=first,
            until=last,
            limit=int(limit) if limit else None,
            section=section.strip("/ ").casefold() if section else None,
            full=_switch("full", full, default=False),
            revisit=_revisit(revisit),
        )

    def covers(self, other: Arguments) -> bool:
        """Whether all that a run with the other arguments takes is taken by one with these; limits aside, for what they
        leave stays in the ledger."""
        since = self.since is None or (other.since is not None and other.since >= self.since)
        until = self.until is None or (other.until is not None and other.until <= self.until)
        return since and until and self.section in (None, other.section)

    def takes(self, url: str, discovery: Discovery) -> bool:
        """Whether a URL that discovery named is wanted, as far as discovery tells; without a date it is."""
        return self.takes_date(discovery.date) and (self.section is None or self._in_section(url, discovery))

    def takes_date(self, moment: str | None) -> bool:
        """Whether an article of that date is wanted (ISO 8601; None passes)."""
        day = _utc_day(moment) if moment else None
        return day is None or ((not self.since or day >= self.since) and (not self.until or day <= self.until))

    def is_before(self, moment: str | None) -> bool:
        """Whether that date lies before what is wanted: behind it there is nothing left to page for."""
        day = _utc_day(moment) if moment else None
        return day is not None and self.since is not None and day < self.since

    def is_after(self, moment: str | None) -> bool:
        """Whether that date lies after what is wanted."""
        return moment is not None and not self.takes_date(moment) and not self.is_before(moment)

    def takes_period(self, period: str | None) -> bool:
        """Whether articles of that year, month or day may be wanted ("2026", "2026-11", "2026-11-24"; None passes)."""
        if not period:
            return True
        first, last = (str(day or period)[: len(period)] for day in (self.since, self.until))
        return first <= period <= last

    def _in_section(self, url: str, discovery: Discovery) -> bool:
        segments = {part for page in (url, discovery.url or "") for part in urlsplit(page).path.casefold().split("/")}
        return self.section in segments or self.section in {word.casefold() for word in discovery.keywords}


def _day(name: str, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ArgumentError(f"{name}={text}: should be a day, 2026-11-24") from None


def _switch(name: str, text: str | None, *, default: bool) -> bool:
    if text not in (None, "0", "1"):
        raise ArgumentError(f"{name}={text}: should be 1 or 0")
    return default if text is None else text == "1"


def _revisit(text: str | None) -> bool | int:
    if found := re.fullmatch(r"(\d{1,4})([hd])", text or "", re.ASCII):
        return max(1, int(found[1])) * (3600 if found[2] == "h" else 24 * 3600)
    if text not in (None, "0", "1"):
        raise ArgumentError(f"revisit={text}: should be 1, 0, or a time such as 3d or 12h")
    return text != "0"


def _utc_day(moment: str) -> date | None:
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return found.astimezone(UTC).date() if found.tzinfo else found.date()


class ArgumentError(ValueError):
    """A spider argument that cannot be meant; names the argument and how it should read."""
