"""What a perfect crawl of the demo says: the expected record of each story's page."""

from __future__ import annotations

from dataclasses import dataclass

from newscrawl.demo.markup import plain
from newscrawl.demo.outlets import OUTLETS, SampleOutlet, origin_url
from newscrawl.demo.story import SampleStory, stories
from newscrawl.items import Kind, Relation
from newscrawl.web.urls import host_domain


@dataclass(frozen=True, kw_only=True)
class TrueOrigin:
    """The expected `originally_appeared_on`. A directory of publishers may know the name in another spelling."""

    name: str
    domain: str
    url: str | None
    relation: Relation


@dataclass(frozen=True, kw_only=True)
class TrueRecord:
    """What the record of one page says."""

    url: str
    outlet: str
    """Key of the outlet."""
    title: str
    description: str | None
    body: tuple[str, ...]
    """The lines of the record's body in order, without the blank ones."""
    optional: tuple[str, ...]
    """Lines of the page that may close the body or be left out: partial credits, "first published on 3 May"."""
    authors: tuple[str, ...]
    date_published: str
    """ISO 8601 with zone, or the day where the page gives no more."""
    language: str
    section: str
    tags: tuple[str, ...]
    kind: Kind
    origin: TrueOrigin | None
    contributors: tuple[str, ...]
    """Names of those credited in part."""
    copies: tuple[str, ...]
    """URLs of the other copies of this story in the demo, the original among them."""


def expected() -> dict[str, TrueRecord]:
    """The expected record of every article page, by its URL."""
    return {
        OUTLETS[story.outlet].url_of(story): _expected(OUTLETS[story.outlet], story) for story in stories().values()
    }


def _expected(outlet: SampleOutlet, story: SampleStory) -> TrueRecord:
    standfirst = (story.standfirst,) if story.standfirst and outlet.prints_standfirst else ()
    return TrueRecord(
        url=outlet.url_of(story),
        outlet=outlet.key,
        title=story.title,
        description=story.standfirst,
        body=standfirst + tuple(line for block in story.body for line in plain(block).splitlines()),
        optional=(plain(story.notice),) if story.notice else (),
        authors=story.authors,
        date_published=story.published.isoformat() if outlet.states_time else story.published.date().isoformat(),
        language=outlet.language.partition("-")[0],
        section=outlet.sections[story.section],
        tags=story.tags,
        kind=story.kind,
        origin=_origin(story),
        contributors=story.contributors,
        copies=tuple(OUTLETS[other.outlet].url_of(other) for other in _others(story)),
    )


def _others(story: SampleStory) -> list[SampleStory]:
    return [other for other in stories().values() if other.original == story.original and other != story]


def _origin(story: SampleStory) -> TrueOrigin | None:
    if story.origin is None:
        return None
    source = OUTLETS[story.origin.story.partition("/")[0]] if story.origin.story else None
    return TrueOrigin(
        name=story.origin.name or (source.name if source else ""),
        domain=host_domain(source.host) if source else story.origin.domain or "",
        url=origin_url(story),
        relation=story.origin.relation,
    )
