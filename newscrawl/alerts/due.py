"""Which message is due: each trouble is told once, again after a week, and when it is over. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from newscrawl.views.site_status import SiteStatus
from newscrawl.views.terminal import shortened

REMINDER = 7 * 24 * 3600
"""Seconds after which a trouble that goes on is told again."""
WINDOW, MOST = 3600, 6
"""At most so many messages in so many seconds; what is due waits, and goes with the next one."""
MAX_LINES = 30
MAX_TEXT = 200


@dataclass(slots=True, kw_only=True)
class Told:
    """What was told, as it is kept between runs."""

    troubles: dict[str, int] = field(default_factory=dict)
    """By spider, site and problem, when it was told last, seconds since 1970."""
    sent: list[int] = field(default_factory=list)
    """When the latest messages were sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One message."""

    title: str
    body: str
    new: list[str]
    """Troubles told for the first time, as "SPIDER SITE PROBLEM"."""
    reminded: list[str]
    ended: list[str]
    told: Told
    """What is known to be told once it is sent."""


def due(sites: Iterable[SiteStatus], told: Told, now: int) -> Alert | None:
    """The message that is due; None where nothing is, or where too many were sent lately."""
    current = _troubles(sites)
    new = [key for key in current if key not in told.troubles]
    reminded = [key for key, at in told.troubles.items() if key in current and now - at >= REMINDER]
    ended = [key for key in told.troubles if key not in current]
    recent = [at for at in told.sent if now - at < WINDOW]
    if not (new or reminded or ended) or len(recent) >= MOST:
        return None
    known = {key: told.troubles.get(key, now) for key in current} | dict.fromkeys([*new, *reminded], now)
    lines = [f"{key}: {current[key]}" for key in new]
    lines += [f"still {key}: {current[key]}" for key in reminded]
    lines += [f"well again: {key}" for key in ended]
    if len(lines) > MAX_LINES:
        lines[MAX_LINES:] = [f"and {len(lines) - MAX_LINES} more; `scrapy status` shows all"]
    return Alert(
        title=_title(new, reminded, ended),
        body="\n".join(shortened(line, MAX_TEXT) for line in lines),
        new=new,
        reminded=reminded,
        ended=ended,
        told=Told(troubles=known, sent=[*recent, now]),
    )


def _troubles(sites: Iterable[SiteStatus]) -> Mapping[str, str]:
    return {
        f"{site.spider} {site.site or '-'} {problem.name}": problem.text
        for site in sites
        for problem in site.problems
        if not problem.muted
    }


def _title(new: list[str], reminded: list[str], ended: list[str]) -> str:
    counted = ((len(new), "new"), (len(reminded), "going on"), (len(ended), "well again"))
    return f"newscrawl: {', '.join(f'{count} {what}' for count, what in counted if count)}"
