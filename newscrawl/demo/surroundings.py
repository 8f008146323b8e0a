"""What stands around a story and on listing pages: which teasers, which page links."""

from __future__ import annotations

from dataclasses import dataclass

from newscrawl.demo.outlets import SampleOutlet
from newscrawl.demo.story import SampleStory


@dataclass(frozen=True)
class ListingLink:
    """One entry of "1 2 3 ... 6": its label, and a path unless it is this page or the dots."""

    label: str
    path: str | None = None


@dataclass(frozen=True, kw_only=True)
class Listing:
    """One listing page."""

    heading: str
    stories: list[SampleStory]
    page: int
    links: list[ListingLink]
    next_path: str | None


def page_path(paths: tuple[str, str], page: int) -> str:
    """Path of page n, from the paths of the first page and of the others."""
    return paths[0] if page == 1 else paths[1].format(page=page)


def page_links(paths: tuple[str, str], page: int, pages: int) -> list[ListingLink]:
    """Links "1 2 3 ... N" around a page; page 0 means that none of them is this page."""
    shown = sorted({1, 2, 3, page - 1, page, page + 1, pages} & set(range(1, pages + 1)))
    links: list[ListingLink] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number > before + 1:
            links.append(ListingLink("…"))
        links.append(ListingLink(str(number), None if number == page else page_path(paths, number)))
    return links


def listings(heading: str, stories: list[SampleStory], paths: tuple[str, str], per_page: int) -> dict[str, Listing]:
    """All pages of one listing, by path."""
    pages = max(1, -(-len(stories) // per_page))
    return {
        page_path(paths, page): Listing(
            heading=heading,
            stories=stories[(page - 1) * per_page : page * per_page],
            page=page,
            links=page_links(paths, page, pages),
            next_path=page_path(paths, page + 1) if page < pages else None,
        )
        for page in range(1, pages + 1)
    }


def section_paths(outlet: SampleOutlet, section: str) -> tuple[str, str]:
    """Paths of a section's listing; `{page}` stays to be filled."""
    first, rest = (path.replace("{section}", section) for path in outlet.section_listing)
    return first, rest


@dataclass(frozen=True, kw_only=True)
class Around:
    """The teasers and the pagination of an article page."""

    related: list[SampleStory]
    more: list[SampleStory]
    dont_miss: list[SampleStory]
    links: list[ListingLink]


def around(outlet: SampleOutlet, story: SampleStory) -> Around:
    """Teasers of the same section first, then the newest, then the oldest, and the links of the latest stories."""
    others = [other for other in outlet.stories if other != story]
    related = sorted(others, key=lambda other: other.section != story.section)[:3]
    more = [other for other in others if other not in related]
    return Around(
        related=related,
        more=more[:3],
        dont_miss=more[-2:],
        links=page_links(outlet.listing, 0, -(-len(outlet.stories) // outlet.per_page)),
    )
