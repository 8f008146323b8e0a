"""The publishing systems of the sample outlets: one module each, which makes pages of stories."""

from __future__ import annotations

from typing import Protocol

from newscrawl.demo.outlets import SampleOutlet
from newscrawl.demo.story import SampleStory
from newscrawl.demo.surroundings import Around, Listing
from newscrawl.demo.themes import elementor, field_system, next_state, one_article, soup


class Theme(Protocol):
    """What each module here offers; all functions return a whole HTML page."""

    def article(self, outlet: SampleOutlet, story: SampleStory, around: Around) -> str:
        """The page of a story."""
        ...

    def listing(self, outlet: SampleOutlet, listing: Listing) -> str:
        """A listing page; without a heading the front page or the list of all stories."""
        ...

    def plain(self, outlet: SampleOutlet, title: str, blocks: list[str]) -> str:
        """A page that is no story: about, gallery, search, 404. "![caption](name)" is a picture, "[search]" a form."""
        ...


THEMES: dict[str, Theme] = {
    "elementor": elementor,
    "one_article": one_article,
    "soup": soup,
    "next_state": next_state,
    "fields": field_system,
}
