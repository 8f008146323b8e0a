"""What publishing systems put into a page's head: Open Graph, JSON-LD."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from newscrawl.demo.outlets import SampleOutlet, origin_url
from newscrawl.demo.story import SampleStory

_TYPES = {"opinion": "OpinionNewsArticle", "live": "LiveBlogPosting"}


def picture_path(story: SampleStory) -> str:
    """Path of a story's picture."""
    return f"/media/{story.slug}.svg"


def byline(story: SampleStory, before: str, between: str) -> str:
    """The printed byline: as the story gives it, else its authors: "By A and B"; "" where there is neither."""
    if story.byline:
        return story.byline
    return f"{before} {between.join(story.authors)}" if story.authors else ""


def canonical(outlet: SampleOutlet, story: SampleStory) -> str:
    """The canonical URL that a story's page declares."""
    declared = origin_url(story) if story.origin and story.origin.canonical else None
    return declared or outlet.url_of(story)


def meta(pairs: list[tuple[str, str | None]]) -> str:
    """Meta elements; names with a colon are properties. Pairs without a value are left out."""
    return "\n".join(
        f'<meta {"property" if ":" in name else "name"}="{name}" content="{escape(value)}">'
        for name, value in pairs
        if value
    )


def open_graph(outlet: SampleOutlet, story: SampleStory) -> str:
    """The Open Graph elements that most systems write."""
    return meta(
        [
            ("description", story.standfirst),
            ("og:type", "article"),
            ("og:title", story.title),
            ("og:description", story.standfirst),
            ("og:url", outlet.url_of(story)),
            ("og:site_name", outlet.name),
            ("og:image", outlet.url(picture_path(story)) if story.photo else None),
            ("article:published_time", story.published.isoformat()),
            ("article:modified_time", story.modified.isoformat() if story.modified else None),
            ("article:section", outlet.sections[story.section]),
            *(("article:tag", tag) for tag in story.tags),
        ]
    )


def json_ld(outlet: SampleOutlet, story: SampleStory) -> dict[str, Any]:
    """The story as a schema.org NewsArticle, without its text."""
    agency = story.origin.name if story.origin else None
    node: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(story.kind, "NewsArticle"),
        "mainEntityOfPage": canonical(outlet, story),
        "headline": story.title,
        "description": story.standfirst,
        "inLanguage": outlet.language,
        "datePublished": story.published.isoformat(),
        "dateModified": (story.modified or story.published).isoformat(),
        "author": [{"@type": "Organization" if name == agency else "Person", "name": name} for name in story.authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet.name, "url": outlet.home},
        "articleSection": outlet.sections[story.section],
        "keywords": list(story.tags),
        "image": outlet.url(picture_path(story)) if story.photo else None,
        "isAccessibleForFree": True,
    }
    return {key: value for key, value in node.items() if value not in (None, [])}


def script(kind: str, value: Any, attributes: str = "") -> str:
    """A JSON script element; "</" is broken up, as systems do, so that no text can close the script."""
    text = json.dumps(value, ensure_ascii=False).replace("</", "<\\/")
    return f'<script{attributes} type="{kind}">{text}</script>'
