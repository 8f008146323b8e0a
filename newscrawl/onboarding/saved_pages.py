"""Saved pages of sites, SPIDER/SLUG/{page.html.gz, expected.json}: written once, read by the tests."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec

from newscrawl.crawl.whole_files import write_whole
from newscrawl.items import Article, Page

PAGE = "page.html.gz"
EXPECTED = "expected.json"
MAX_SLUG = 60


@dataclass(slots=True, kw_only=True)
class ExpectedOrigin:
    """Where the page must be found to have appeared first."""

    name: str | None
    domain: str | None
    url: str | None

    @classmethod
    def of(cls, article: Article) -> ExpectedOrigin | None:
        """What a record says; None where it names no origin."""
        origin = article.originally_appeared_on
        return cls(name=origin.name, domain=origin.domain, url=origin.url) if origin else None


@dataclass(slots=True, kw_only=True)
class Expected:
    """What a saved page must give: the content of expected.json."""

    url: str
    """URL of the page."""
    content_type: str | None = None
    """Its Content-Type header."""
    fetched_at: str
    """When it was saved, UTC."""
    title: str | None
    authors: list[str]
    date: str | None
    """As the record's date_published."""
    origin: ExpectedOrigin | None
    body_has: list[str]
    """Texts that stand in the body, each within one block."""
    body_lacks: list[str]
    """Texts that stand on the page and not in the body."""
    to_confirm: list[str] = field(default_factory=list)
    """Fields that nobody has compared with the page yet: the page's test fails until none is left."""


CONFIRMED = ("title", "authors", "date", "origin", "body_has", "body_lacks")
"""What a person compares with the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """A page on disk."""

    slug: str
    html: bytes
    expected: Expected

    @property
    def page(self) -> Page:
        """The page as a crawl would have had it."""
        wanted = self.expected
        return Page(
            url=wanted.url, requested_url=wanted.url, content_type=wanted.content_type, fetched_at=wanted.fetched_at
        )


def load(folder: Path) -> SavedPage:
    """Reads SLUG/; ValueError says what is wrong with its files."""
    try:
        html = gzip.decompress((folder / PAGE).read_bytes())
        expected = msgspec.json.decode((folder / EXPECTED).read_bytes(), type=Expected, strict=True)
    except (OSError, EOFError, ValueError) as error:
        raise ValueError(f"{folder}: {error}") from None
    return SavedPage(slug=folder.name, html=html, expected=expected)


def store(folder: Path, html: bytes, expected: Expected) -> None:
    """Writes SLUG/; FileExistsError where it is there."""
    folder.mkdir(parents=True)
    write_whole(folder / PAGE, gzip.compress(html, mtime=0))
    write_whole(folder / EXPECTED, _as_json(expected).encode())


def slug_of(url: str) -> str:
    """A folder's name for a page: the last telling part of its path, ASCII letters, digits and hyphens only."""
    segments = [segment for segment in unquote(urlsplit(url).path)[:2048].lower().split("/") if segment]
    names = [re.sub(r"[^a-z0-9]+", "-", segment.partition(".")[0]).strip("-") for segment in segments]
    return max(reversed(names), key=len, default="")[:MAX_SLUG].strip("-") or "page"


def _as_json(expected: Expected) -> str:
    """Indented; what a page could hide from the eye (control and bidirectional characters) is escaped."""
    whole = {one.name: msgspec.to_builtins(getattr(expected, one.name)) for one in fields(expected)}
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    return "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text) + "\n"
