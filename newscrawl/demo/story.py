"""The demo's stories as data: one file a story, stories/OUTLET/SLUG.md: TOML between +++ lines, then the text."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from newscrawl.items import Kind, Relation

FOLDER = Path(__file__).parent / "stories"


@dataclass(frozen=True, kw_only=True)
class SampleOrigin:
    """Where a copy comes from, and the line that says so. Exactly one of `story` and `domain` is given."""

    line: str | None = None
    """The line as printed, links as [text](url), `{url}` for the original's; None where a dateline or byline tells."""
    place: str = "below"
    """Where the line stands: above, below (in the text's own container) or outside (a box after it)."""
    story: str | None = None
    """OUTLET/SLUG of the demo story that was copied."""
    name: str | None = None
    """Publisher as the page names it; None means the name of the copied story's outlet."""
    domain: str | None = None
    """Registrable domain of a publisher outside the demo."""
    url: str | None = None
    """The original outside the demo; None where only the publisher is known."""
    relation: Relation = "republished"
    """As in the record."""
    canonical: bool = False
    """True where the copy declares the original as its canonical URL."""


@dataclass(frozen=True, kw_only=True)
class SampleStory:
    """One article of one outlet. `body` holds blocks: paragraphs, "## sub-headings", "- list lines", "> quotes"."""

    outlet: str
    slug: str
    title: str
    body: tuple[str, ...]
    published: datetime
    section: str
    standfirst: str | None = None
    authors: tuple[str, ...] = ()
    byline: str | None = None
    """Printed byline where it is not made of `authors`: an agency's name, "NAME with AFP"."""
    modified: datetime | None = None
    tags: tuple[str, ...] = ()
    kind: Kind = "news"
    number: int = 0
    """For outlets whose URLs have numeric ids."""
    photo: str | None = None
    """Caption and credit of the picture; None means no picture."""
    notice: str | None = None
    """A closing line that may be read as part of the text or not: partial credit, "first published on 3 May"."""
    contributors: tuple[str, ...] = ()
    origin: SampleOrigin | None = None
    family: str | None = None
    """Name shared by copies whose original is no demo story."""

    @property
    def key(self) -> str:
        """OUTLET/SLUG."""
        return f"{self.outlet}/{self.slug}"

    @property
    def original(self) -> str:
        """What all copies of one story share."""
        return self.family or (self.origin and self.origin.story) or self.key


def parse(text: str, outlet: str, slug: str) -> SampleStory:
    """A story from the text of its file; TypeError names a key that no field has."""
    fields, body = front_matter(text)
    origin = fields.pop("origin", None)
    if origin:
        fields["origin"] = SampleOrigin(**origin)
    lists = {name: tuple(value) for name, value in fields.items() if isinstance(value, list)}
    return SampleStory(outlet=outlet, slug=slug, body=body, **{**fields, **lists})


def front_matter(text: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The TOML between the +++ lines and the blocks of text after it."""
    _, head, body = text.split("+++\n", 2)
    return tomllib.loads(head), tuple(block.strip() for block in body.split("\n\n") if block.strip())


@cache
def stories() -> dict[str, SampleStory]:
    """All stories by key, newest first."""
    found = [
        parse(path.read_text(encoding="utf-8"), path.parent.name, path.stem) for path in sorted(FOLDER.glob("*/*.md"))
    ]
    found.sort(key=lambda story: story.published, reverse=True)
    return {story.key: story for story in found}


def stories_of(outlet: str) -> list[SampleStory]:
    """One outlet's stories, newest first."""
    return [story for story in stories().values() if story.outlet == outlet]
