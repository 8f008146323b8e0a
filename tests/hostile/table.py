"""The table of malformed pages: how each is made, and what a good reader may say of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Literal

Make = Callable[[Random], bytes]

May = Literal["read", "reject", "either"]
"""read: a person sees an article, so a record (a warning is welcome). reject: there is no article. either: both are
sound answers, so long as one comes, in time and with bounded memory."""

TITLE = "Ferry to Kettlewick sails again after nine weeks"
TEXT = (
    "The ferry between Eastmere and Kettlewick sailed again on Monday morning, nine weeks after a broken shaft left it "
    "tied up at the old coal pier, and some forty people stood in the rain to see it off.",
    "Ida Verhoven, who has run the ticket office since before the new bridge was planned, sold one hundred and twelve "
    "tickets before eight o'clock, more than in the whole of an ordinary week in November.",
    "The repair cost the county a little under three million crowns, twice the first estimate, because the yard found "
    "cracks in both bearings once the shaft was out and no spare part had been made since the yard's founding year.",
    "A second crossing in the evening will follow from the first of December, the county said, provided that the crew "
    "can be found; two of the former deckhands now work on the dredgers in Port Sorrel.",
    "Until then the bus by way of the bridge goes on as before, forty minutes to the other side and forty back.",
)
"""The one article that the pages which can be read hold; our own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """One row."""

    name: str
    make: Make
    """chance -> the page."""
    may: May
    article: bool
    """Whether TITLE and TEXT stand in it."""
    note: str


HOSTILE: dict[str, Hostile] = {}


def hostile(may: May, *, article: bool | None = None) -> Callable[[Make], Make]:
    """Puts the function into the table, under its name with hyphens; `article` follows from `may` where left alone."""

    def register(make: Make) -> Make:
        name = make.__name__.replace("_", "-")
        holds = may == "read" if article is None else article
        note = " ".join((make.__doc__ or "").split())
        HOSTILE[name] = Hostile(name=name, make=make, may=may, article=holds, note=note)
        return make

    return register


def page(
    head: str = "", body: str = "", before: str = "", *, title: str = TITLE, doctype: str = "<!DOCTYPE html>"
) -> str:
    """The article, with something in the head, behind its text, or before it."""
    text = "\n".join(f"<p>{paragraph}</p>" for paragraph in TEXT)
    return (
        f'{doctype}\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{before}'
        f'<main><article><h1>{title}</h1><p class="byline">By Ida Verhoven</p>'
        f'<time datetime="2026-11-16T09:00:00Z">16 November 2026</time>{text}{body}</article></main></body></html>\n'
    )
