"""Stories with their copies, and who republishes whom, as tables for the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from newscrawl.stories.clusters import Cluster, Republishing
from newscrawl.stories.index import Copy
from newscrawl.views.terminal import one_line

NONE = "No story with several copies in that time."
STORIES = """Number: how much of the shorter of this text and the story's stands in the other.
quotes: a text of its own that has a passage of the story.
*: published first, as far as the copies say when; else seen first. Z: UTC."""
OUTLETS = """stated: stories where a copy names the origin itself. For the others it is the outlet where newscrawl saw
the story first, which need not be where it appeared first."""

_ZONE = re.compile(r"(?:Z|[+-]\d\d:\d\d)$")


def story_lines(clusters: Iterable[Cluster]) -> Iterator[str]:
    """A head line for each story, a line for each copy in the order seen; then what the marks mean."""
    told = NONE
    for cluster in clusters:
        told = STORIES
        origins = ", ".join(f"{name} ({count})" for name, count in cluster.origins.items())
        yield one_line(
            f"story {cluster.story}: {len(cluster.copies)} copies on {len(cluster.outlets)} outlets,"
            f" {_minute(cluster.first_seen_at)} to {_minute(cluster.last_seen_at)};"
            f" stated origins: {origins or 'none'}"
        )
        yield from (_copy_line(copy, is_earliest=copy is cluster.earliest) for copy in cluster.copies)
        yield from (_copy_line(copy, is_earliest=False) for copy in cluster.quoted_by)
        yield ""
    yield told


def outlet_lines(counted: Sequence[Republishing]) -> Iterator[str]:
    """A line for each pair: who carried stories, whose, how many, and in how many it says so itself."""
    if not counted:
        yield NONE
        return
    wide = max([6, *(len(one_line(row.outlet)) for row in counted)])
    wide_too = max([4, *(len(one_line(row.origin)) for row in counted)])
    yield f"{'outlet':<{wide}}  {'from':<{wide_too}}  {'stories':>7}  {'stated':>6}"
    for row in counted:
        yield f"{one_line(row.outlet):<{wide}}  {one_line(row.origin):<{wide_too}}  {row.stories:>7}  {row.stated:>6}"
    yield f"\n{OUTLETS}"


def _copy_line(copy: Copy, *, is_earliest: bool) -> str:
    """Containment, relation, time seen, time published as stated ("*": the earliest), outlet, stated origin, URL."""
    published = f"published {_minute(copy.published_at)}" if copy.published_at else "published: not stated"
    origin = f", from {copy.origin}" if copy.origin else ""
    mark = "*" if is_earliest else " "
    return one_line(
        f" {mark} {copy.containment:.2f}  {copy.relation:<7}  seen {_minute(copy.seen_at)}, {published}"
        f"  {copy.outlet}{origin}  {copy.url}"
    )


def _minute(moment: str) -> str:
    """ISO 8601 to the minute and its zone, "Z" for UTC; a time without a zone keeps none."""
    zone = _ZONE.search(moment)
    return f"{moment[:16].replace('T', ' ')}{zone[0].replace('+00:00', 'Z') if zone else ''}"
