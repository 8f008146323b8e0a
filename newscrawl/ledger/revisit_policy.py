"""When an exported article is fetched again, and when a failed URL is tried again."""

from __future__ import annotations

HOUR = 3600
DAY = 24 * HOUR

FIRST = HOUR
"""Seconds after which a fresh article is looked at again."""
GROWTH = 2
"""The wait is the article's age times this, so visits come at 1 h, 3 h, 9 h, 27 h, 3 d, 10 d, 30 d, 91 d, 273 d."""
UNTIL = 365 * DAY
"""Older articles are left alone."""
MAX_QUIET = 10
"""Cap of the doubling in `brought_forward`: 1,024 h."""


def next_visit(published: int, visited: int) -> int | None:
    """When to visit again an article of that date, seconds since 1970; None for never."""
    age = max(0, visited - published)
    return None if age > UNTIL else visited + max(FIRST, GROWTH * age)


def brought_forward(visited: int, quiet: int) -> int:
    """When to visit an article that a page dates after our last visit.

    Some feeds date everything "now": each visit that found nothing changed (`quiet` of them in a row) doubles the wait.
    """
    return visited + FIRST * (1 << min(quiet, MAX_QUIET))


def retry_at(attempts: int, now: int) -> int:
    """When a URL that failed in that many runs may be tried again: in the next run, then after 1, 4, 16 ... hours.

    The waits keep a site's outage of a day from making all its URLs dead under a schedule of minutes.
    """
    return now if attempts < 2 else now + HOUR * (1 << 2 * min(attempts - 2, 5))


MAY_CHANGE = frozenset(("bot_wall", "consent_wall", "script_wall", "robots_disallowed", "rights_reserved"))
"""Rejections that tell of a moment, not of the page."""
MAX_TRIES = 4
"""Times that such a URL is tried again: after 1, 3, 9 and 27 days."""


def try_again_at(attempts: int, now: int) -> int | None:
    """When to try a URL again that was rejected so in that many runs; None for never."""
    return now + DAY * 3 ** (attempts - 1) if 1 <= attempts <= MAX_TRIES else None
