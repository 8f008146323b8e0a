"""Pages of an outlet that exists for these tests only: stories in its template, copies of them, front pages."""

from __future__ import annotations

from newscrawl.sites.profiles import (
    PageFingerprint,
    SiteMemory,
    SiteProfile,
    encoded_profile,
    page_fingerprint,
    remember,
    without_boilerplate,
)
from newscrawl.web.document import Document, parse

DAY = "2026-11-23T08:00:00Z"
APPEAL = (
    "The Harbour Post is read by the people of the coast. Help us to print it for another year, from two crowns a week."
)
FOOTER = "Every word on these pages belongs to the Harbour Post and may be read out loud on the ferry, if it is late."


def paragraphs(name: str, count: int = 6) -> list[str]:
    """Paragraphs that no other story has."""
    return [
        f"Paragraph {number} of the story of {name} tells in its own words what {name} did on day {number} at sea."
        for number in range(1, count + 1)
    ]


def html(title: str, texts: list[str], *, boilerplate: tuple[str, ...] = (APPEAL, FOOTER)) -> str:
    """A page of the outlet's template: the texts, then its boilerplate in the same element."""
    body = "".join(f"<p>{text}</p>" for text in (*texts, *boilerplate))
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"


def document(name: str, page: str) -> Document:
    """The parsed page at the address that `name` gives it."""
    parsed = parse(page.encode(), f"https://harbour-post.example/{name}", content_type="text/html; charset=utf-8")
    assert isinstance(parsed, Document)
    return parsed


def story(name: str, texts: list[str] | None = None, *, boilerplate: tuple[str, ...] = (APPEAL, FOOTER)) -> Document:
    """A story with its own title."""
    return document(
        name, html(f"Story of {name}", paragraphs(name) if texts is None else texts, boilerplate=boilerplate)
    )


def fingerprints(*pages: Document, day: str = DAY) -> list[PageFingerprint]:
    return [page_fingerprint(page, fetched_at=day) for page in pages]


def profile(*pages: Document) -> SiteProfile:
    """What is learned of these pages, which must be enough."""
    encoded = encoded_profile(remember(SiteMemory(), fingerprints(*pages)))
    assert encoded is not None
    return SiteProfile.decode(encoded)


def kept(page: Document, learned: SiteProfile) -> list[str]:
    """What is left of a page all of whose paragraphs were taken for the story's."""
    chosen = [block for block in page.blocks if block.tag == "p"]
    return [block.text for block in without_boilerplate(chosen, learned.repeats(page))]
