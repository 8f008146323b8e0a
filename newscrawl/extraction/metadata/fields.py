"""What the page's metadata comes to: `Metadata`, and the candidates that the sources give."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from newscrawl.items import Kind, Rights
from newscrawl.web.page_blocks import Block


class Candidate(NamedTuple):
    """A value that one source on the page gives."""

    value: str
    """White space folded."""
    source: str
    """Name of the source, a key of the chooser's weights."""


@dataclass(slots=True, kw_only=True)
class Metadata:
    """All that a page says about its article but the text. Fields as in `items.Article`."""

    title: str | None
    """The headline, without the site's name, at most 500 characters."""
    title_block: Block | None
    """The block that prints the headline; None where no block does."""
    description: str | None
    """The standfirst as the page's metadata give it."""
    authors: list[str]
    """Names of persons; an agency or the outlet only where no person is named. At most 50."""
    byline: str | None
    """The line as printed."""
    byline_blocks: list[Block] = field(default_factory=list)
    """The blocks that print the byline, near the headline."""
    date_published: str | None
    """ISO 8601, with zone where the page gives one, a day only where it gives no time."""
    date_published_raw: str | None
    """The same as the source writes it."""
    date_modified: str | None
    """ISO 8601, as date_published."""
    date_modified_raw: str | None
    """The same as the source writes it."""
    language: str | None
    """ISO 639-1."""
    section: str | None
    """As the page names it, else the first path segment where it names one."""
    tags: list[str]
    """Keywords, in the page's order, each once, at most 50."""
    main_image: str | None
    """Absolute URL."""
    kind: Kind
    """Kind of the piece."""
    canonical_url: str | None
    """As declared in head or body, absolute."""
    site_name: str | None
    """Name of the outlet as the page gives it."""
    accessible_for_free: bool | None
    """JSON-LD isAccessibleForFree; None where the page does not say."""
    rights: Rights
    """What the page itself says about its use."""
    warnings: list[str] = field(default_factory=list)
    """What may be wrong: date_refused, date_guessed, date_of_update, title_not_printed."""
