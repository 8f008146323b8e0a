"""All that one sample outlet serves, by path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from newscrawl.demo import demo_feeds as feeds
from newscrawl.demo.outlets import SampleOutlet
from newscrawl.demo.pictures import picture
from newscrawl.demo.story import SampleStory, front_matter
from newscrawl.demo.surroundings import Listing, around, listings, page_links, section_paths
from newscrawl.demo.themes import THEMES, Theme

FOLDER = Path(__file__).parent
BUILT = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
"""When the pages that carry no story were changed last."""
FEED_LENGTH = 8
"""Feeds name the newest stories only, as real ones do: the rest is found on the listing pages."""


@dataclass(frozen=True)
class Resource:
    """What is answered for one path."""

    body: bytes
    content_type: str
    modified: datetime = BUILT

    @classmethod
    def text(cls, text: str, kind: str, modified: datetime = BUILT, encoding: str = "utf-8") -> Resource:
        """A text as a resource; what its encoding lacks becomes character references, as in old systems."""
        return cls(text.encode(encoding, "xmlcharrefreplace"), f"{kind}; charset={encoding}", modified)

    @cached_property
    def etag(self) -> str:
        """Entity tag: a digest of the body."""
        return f'"{sha256(self.body).hexdigest()[:20]}"'


def resources(outlet: SampleOutlet) -> dict[str, Resource]:
    """Everything that an outlet serves, by path with query."""
    return dict(_resources(outlet, THEMES[outlet.theme]))


def not_found(outlet: SampleOutlet) -> Resource:
    """The page for paths that the outlet does not have."""
    return Resource.text(THEMES[outlet.theme].plain(outlet, "404", []), "text/html", encoding=outlet.encoding)


def _resources(outlet: SampleOutlet, theme: Theme) -> Iterator[tuple[str, Resource]]:
    for story in outlet.stories:
        page = theme.article(outlet, story, around(outlet, story))
        yield outlet.path_of(story), _html(outlet, page, changed([story]))
    for path, listing in all_listings(outlet).items():
        yield path, _html(outlet, theme.listing(outlet, listing), changed(listing.stories))
    yield "/", _html(outlet, theme.listing(outlet, _front(outlet)), changed(outlet.stories))
    for path, title, blocks in plain_pages(outlet):
        yield path, _html(outlet, theme.plain(outlet, title, blocks), BUILT)
    yield from _discovery(outlet)
    yield from _pictures(outlet)
    yield from _assets(outlet)


def _html(outlet: SampleOutlet, page: str, modified: datetime) -> Resource:
    return Resource.text(page, "text/html", modified, outlet.encoding)


def changed(stories: list[SampleStory]) -> datetime:
    """When a page with these stories was changed last, UTC."""
    return max(story.modified or story.published for story in stories).astimezone(UTC)


def all_listings(outlet: SampleOutlet) -> dict[str, Listing]:
    """Every listing page, of all stories and of each section, by path."""
    found = listings("", outlet.stories, outlet.listing, outlet.per_page)
    for section, name in outlet.sections.items():
        members = [story for story in outlet.stories if story.section == section]
        if members:
            found |= listings(name, members, section_paths(outlet, section), outlet.per_page)
    return found


def _front(outlet: SampleOutlet) -> Listing:
    """The front page: the newest stories and the links to all."""
    pages = -(-len(outlet.stories) // outlet.per_page)
    return Listing(
        heading="",
        stories=outlet.stories[: outlet.per_page + 1],
        page=1,
        links=page_links(outlet.listing, 0, pages),
        next_path=outlet.listing[0],
    )


def plain_pages(outlet: SampleOutlet) -> list[tuple[str, str, list[str]]]:
    """Path, title and blocks of the pages that are neither story nor listing: about, gallery, search."""
    found = []
    for file in sorted((FOLDER / "pages" / outlet.key).glob("*.md")):
        fields, blocks = front_matter(file.read_text(encoding="utf-8"))
        found.append((fields["path"], fields["title"], list(blocks)))
    return found


def _discovery(outlet: SampleOutlet) -> Iterator[tuple[str, Resource]]:
    """robots.txt, feeds and sitemaps."""
    named = "".join(f"Sitemap: {outlet.url(path)}\n" for path in outlet.sitemaps)
    yield "/robots.txt", Resource.text(f"User-agent: *\n{outlet.robots}\n{named}", "text/plain")
    newest = outlet.stories[:FEED_LENGTH]
    for path in outlet.feeds:
        kind, write = ("atom", feeds.atom) if "atom" in path else ("rss", feeds.rss)
        yield path, Resource.text(write(outlet, newest, path), f"application/{kind}+xml", changed(newest))
    for path in outlet.sitemaps:
        if "news" in path:
            text = feeds.news_sitemap(outlet, outlet.stories)
            yield path, Resource.text(text, "application/xml", changed(outlet.stories))
        else:
            yield from _sitemap_index(outlet, path)


def _sitemap_index(outlet: SampleOutlet, path: str) -> Iterator[tuple[str, Resource]]:
    """A sitemap index with a sitemap for each month, and one for the pages without a story."""
    months: dict[str, list[SampleStory]] = {}
    for story in outlet.stories:
        months.setdefault(f"/sitemap-{story.published:%Y-%m}.xml", []).append(story)
    pages = "/sitemap-pages.xml"
    entries = [(outlet.url(name), changed(members)) for name, members in months.items()]
    index = feeds.sitemap_index([*entries, (outlet.url(pages), None)])
    yield path, Resource.text(index, "application/xml", changed(outlet.stories))
    for name, members in months.items():
        text = feeds.sitemap((outlet.url_of(story), changed([story])) for story in members)
        yield name, Resource.text(text, "application/xml", changed(members))
    others = [outlet.home, *(outlet.url(path) for path, _, _ in plain_pages(outlet))]
    yield pages, Resource.text(feeds.sitemap((url, None) for url in others), "application/xml")


def _assets(outlet: SampleOutlet) -> Iterator[tuple[str, Resource]]:
    """Style and, where the theme has one, script."""
    file = FOLDER / "themes" / outlet.theme
    yield "/style.css", Resource.text(file.with_suffix(".css").read_text(encoding="utf-8"), "text/css")
    if (script := file.with_suffix(".js")).exists():
        yield "/app.js", Resource.text(script.read_text(encoding="utf-8"), "text/javascript")


def _pictures(outlet: SampleOutlet) -> Iterator[tuple[str, Resource]]:
    for story in outlet.stories:
        if story.photo:
            yield f"/media/{story.slug}.svg", Resource(picture(story.slug), "image/svg+xml", changed([story]))
    for number in range(1, 5):
        name = f"gallery-{number}"
        yield f"/media/{name}.svg", Resource(picture(outlet.key + name), "image/svg+xml")
