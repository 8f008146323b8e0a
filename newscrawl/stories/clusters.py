"""What the index knows of a period, as rows: each story with its copies, and which outlets republish whom."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from newscrawl.stories.index import Copy, story_id

DAY = timedelta(days=1)
"""What a time without a zone may be off by, at most: zones span 26 hours, and outlets print their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A story with two copies or more, or one that others quote."""

    story: str
    """Id of the story, as in the record's `story.id`."""
    copies: list[Copy]
    """Every copy, in the order in which newscrawl saw them."""
    outlets: list[str]
    """The outlets, each once, in the same order."""
    first_seen_at: str
    """When newscrawl saw its first copy, UTC."""
    last_seen_at: str
    """When newscrawl saw its latest copy, UTC."""
    origins: dict[str, int]
    """Whom the copies state as the origin, with the number of copies that do, most first."""
    earliest: Copy
    """The copy that was published first, as far as the copies say when; else the one seen first."""
    quoted_by: list[Copy]
    """Texts of their own that have a passage of it, where they were asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Republishing:
    """How many stories of another one an outlet carried."""

    outlet: str
    """Who carried the copies."""
    origin: str
    """Whom they state as the origin; where they state none, the outlet where newscrawl saw the story first."""
    stories: int
    """Number of stories; an outlet's further copies of a story are not counted."""
    stated: int
    """In how many of them it states that origin; the others rest on the text alone, and so on the order of crawling."""


def clusters(connection: sqlite3.Connection, since: str, until: str, *, quotes: bool = False) -> Iterator[Cluster]:
    """The stories with a copy seen from `since` until before `until` (UTC, as in Copy.seen_at), the oldest first.

    One story is held in memory at a time. Stories with one copy are left out, but with `quotes` not those that others
    quote.
    """
    rows = connection.execute(_COPIES, {"since": since, "until": until, "quotes": quotes})
    for first_copy, found in groupby(rows, key=lambda row: int(row[0])):
        copies = [_copy(row[1:]) for row in found]
        quoting = connection.execute(_QUOTING, (first_copy,)) if quotes else ()
        yield _cluster(story_id(first_copy), copies, [_copy(row) for row in quoting])


_COPIES = """
    SELECT stories.first_copy, c.url, c.outlet, c.seen_at, c.published_at, c.containment, c.origin, c.relation
    FROM stories JOIN story_copies AS c ON c.story = stories.id
    WHERE (stories.copies > 1 OR (:quotes AND EXISTS (SELECT 1 FROM story_quotes WHERE story = stories.first_copy)))
        AND stories.last_seen_at >= :since AND EXISTS (
            SELECT 1 FROM story_copies AS seen
            WHERE seen.story = stories.id AND seen.seen_at >= :since AND seen.seen_at < :until)
    ORDER BY stories.id, c.seen_at, c.key != stories.first_copy, c.url"""
_QUOTING = """
    SELECT c.url, c.outlet, c.seen_at, c.published_at, q.containment, c.origin, 'quotes'
    FROM story_quotes AS q JOIN story_copies AS c ON c.key = q.key WHERE q.story = ? ORDER BY c.seen_at, c.url"""


def by_outlet(found: Iterable[Cluster]) -> list[Republishing]:
    """Who republishes whom, most stories first. A story counts once, however many copies of it an outlet has."""
    stories: Counter[tuple[str, str]] = Counter()
    stated: Counter[tuple[str, str]] = Counter()
    for cluster in found:
        first = cluster.copies[0].outlet
        says = dict[tuple[str, str], bool]()
        for copy in cluster.copies:
            pair = (copy.outlet, copy.origin or first)
            if pair[0] != pair[1]:
                says[pair] = says.get(pair, False) or copy.origin is not None
        stories.update(says.keys())
        stated.update(pair for pair, is_stated in says.items() if is_stated)
    ranked = sorted(stories, key=lambda pair: (-stories[pair], pair))
    return [Republishing(outlet=p[0], origin=p[1], stories=stories[p], stated=stated[p]) for p in ranked]


def _copy(row: tuple[object, ...]) -> Copy:
    names = ("url", "outlet", "seen_at", "published_at", "containment", "origin", "relation")
    return Copy(**dict(zip(names, row, strict=True)))  # type: ignore[arg-type]


def _cluster(story: str, copies: list[Copy], quoted_by: list[Copy]) -> Cluster:
    origins = Counter(copy.origin for copy in copies if copy.origin is not None)
    return Cluster(
        story=story,
        copies=copies,
        outlets=list(dict.fromkeys(copy.outlet for copy in copies)),
        first_seen_at=copies[0].seen_at,
        last_seen_at=copies[-1].seen_at,
        origins=dict(origins.most_common()),
        earliest=_earliest(copies),
        quoted_by=quoted_by,
    )


def _earliest(copies: list[Copy]) -> Copy:
    """The copy with the first stated moment of publication.

    A time or day without a zone is no moment: it is the first where it lies more than a day before every moment, or
    where no copy states one, before the copy that was seen first was seen.
    """
    moments = [(moment, at) for at, copy in enumerate(copies) if (moment := _moment(copy.published_at)) is not None]
    seen = datetime.fromisoformat(copies[0].seen_at).astimezone(UTC)
    first = min(moments) if moments else (seen, 0)
    local = [(moment, at) for at, copy in enumerate(copies) if (moment := _local(copy.published_at)) is not None]
    if local and min(local)[0] + DAY < first[0]:
        first = min(local)
    return copies[first[1]]


def _moment(published_at: str | None) -> datetime | None:
    """A stated time with its zone, in UTC."""
    try:
        moment = datetime.fromisoformat(published_at or "")
        return moment.astimezone(UTC) if moment.tzinfo is not None else None
    except (ValueError, OverflowError):  # "0001-01-01T00:00:00+14:00" lies before the year 1 in UTC
        return None


def _local(published_at: str | None) -> datetime | None:
    """A stated time without a zone as if it were UTC; the end of a stated day, and nothing for a month."""
    try:
        day = date.fromisoformat(published_at or "")
        return datetime(day.year, day.month, day.day, tzinfo=UTC) + DAY
    except (ValueError, OverflowError):
        pass
    try:
        time = datetime.fromisoformat(published_at or "")
        return time.replace(tzinfo=UTC) if time.tzinfo is None else None
    except ValueError:
        return None
