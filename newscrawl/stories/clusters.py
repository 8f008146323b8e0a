"""What the index knows of a period, as rows: each story with its copies, and which outlets republish whom."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from newscrawl.stories.index import Copy, story_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A story with two copies or more."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Republishing:
    """How often one outlet carried what another had."""

    outlet: str
    """Who carried the copies."""
    origin: str
    """Whom they state as the origin; where they state none, the outlet where newscrawl saw the story first."""
    copies: int
    """Number of copies."""
    stated: int
    """How many of them state that origin; the others rest on the text alone, and so on the order of crawling."""


def clusters(connection: sqlite3.Connection, since: str, until: str) -> Iterator[Cluster]:
    """The stories with a copy seen from `since` until before `until` (UTC, as in Copy.seen_at), the oldest first.

    One story is held in memory at a time. Stories with one copy are left out.
    """
    query = """
        SELECT stories.first_copy, c.url, c.outlet, c.seen_at, c.published_at, c.containment, c.origin
        FROM stories JOIN story_copies AS c ON c.story = stories.id
        WHERE stories.copies > 1 AND stories.last_seen_at >= :since AND EXISTS (
            SELECT 1 FROM story_copies AS seen
            WHERE seen.story = stories.id AND seen.seen_at >= :since AND seen.seen_at < :until)
        ORDER BY stories.id, c.seen_at, c.key != stories.first_copy, c.url"""
    rows = connection.execute(query, {"since": since, "until": until})
    for first_copy, found in groupby(rows, key=lambda row: int(row[0])):
        yield _cluster(story_id(first_copy), [_copy(row) for row in found])


def by_outlet(found: Iterable[Cluster]) -> list[Republishing]:
    """Who republishes whom, most copies first. An outlet's own further copies of a story are not counted."""
    copies: Counter[tuple[str, str]] = Counter()
    stated: Counter[tuple[str, str]] = Counter()
    for cluster in found:
        first = cluster.copies[0].outlet
        for copy in cluster.copies:
            pair = (copy.outlet, copy.origin or first)
            if pair[0] != pair[1]:
                copies[pair] += 1
                stated[pair] += copy.origin is not None
    ranked = sorted(copies, key=lambda pair: (-copies[pair], pair))
    return [Republishing(outlet=p[0], origin=p[1], copies=copies[p], stated=stated[p]) for p in ranked]


def _copy(row: tuple[object, ...]) -> Copy:
    names = ("url", "outlet", "seen_at", "published_at", "containment", "origin")
    return Copy(**dict(zip(names, row[1:], strict=True)))  # type: ignore[arg-type]


def _cluster(story: str, copies: list[Copy]) -> Cluster:
    origins = Counter(copy.origin for copy in copies if copy.origin is not None)
    return Cluster(
        story=story,
        copies=copies,
        outlets=list(dict.fromkeys(copy.outlet for copy in copies)),
        first_seen_at=copies[0].seen_at,
        last_seen_at=copies[-1].seen_at,
        origins=dict(origins.most_common()),
        earliest=_earliest(copies),
    )


def _earliest(copies: list[Copy]) -> Copy:
    """The copy with the first stated moment of publication; one without time or zone cannot be ordered."""
    moments = [(moment, at) for at, copy in enumerate(copies) if (moment := _moment(copy.published_at)) is not None]
    return copies[min(moments)[1]] if moments else copies[0]


def _moment(published_at: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(published_at or "")
        return moment.astimezone(UTC) if moment.tzinfo is not None else None
    except (ValueError, OverflowError):  # "0001-01-01T00:00:00+14:00" lies before the year 1 in UTC
        return None
