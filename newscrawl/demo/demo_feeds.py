"""The demo's RSS, Atom and sitemaps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from html import escape

from newscrawl.demo.markup import block_html, plain
from newscrawl.demo.outlets import OUTLETS, SampleOutlet
from newscrawl.demo.story import SampleStory

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def rss(outlet: SampleOutlet, stories: list[SampleStory], path: str) -> str:
    """RSS 2.0 with the namespaces that WordPress writes; a copied demo story names its source's feed."""
    return (
        f'{DECLARATION}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>{escape(outlet.name)}</title>'
        f'<link>{outlet.home}</link><atom:link href="{outlet.url(path)}" rel="self" type="application/rss+xml"/>'
        f"<description>{escape(outlet.name)}</description><language>{outlet.language}</language>"
        f"<lastBuildDate>{format_datetime(stories[0].published)}</lastBuildDate>\n"
        + "".join(_item(outlet, story) for story in stories)
        + "</channel></rss>\n"
    )


def _item(outlet: SampleOutlet, story: SampleStory) -> str:
    url = outlet.url_of(story)
    return (
        f"<item><title>{escape(story.title)}</title><link>{url}</link>"
        f'<guid isPermaLink="true">{url}</guid><pubDate>{format_datetime(story.published)}</pubDate>'
        + "".join(f"<dc:creator>{escape(author)}</dc:creator>" for author in story.authors)
        + "".join(f"<category>{escape(name)}</category>" for name in (outlet.sections[story.section], *story.tags))
        + _source(story)
        + f"<description>{escape(block_html(story.standfirst or plain(story.body[0])))}</description></item>\n"
    )


def _source(story: SampleStory) -> str:
    if story.origin is None or story.origin.story is None:
        return ""
    source = OUTLETS[story.origin.story.partition("/")[0]]
    feed = source.url(source.feeds[0]) if source.feeds else source.home
    return f'<source url="{feed}">{escape(source.name)}</source>'


def atom(outlet: SampleOutlet, stories: list[SampleStory], path: str) -> str:
    """Atom 1.0 with summaries."""
    return (
        f'{DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.language}">'
        f"<title>{escape(outlet.name)}</title><id>{outlet.home}</id>"
        f'<link rel="self" href="{outlet.url(path)}"/><link href="{outlet.home}"/>'
        f"<updated>{_updated(stories[0]).isoformat()}</updated>\n"
        + "".join(_entry(outlet, story) for story in stories)
        + "</feed>\n"
    )


def _entry(outlet: SampleOutlet, story: SampleStory) -> str:
    url = outlet.url_of(story)
    authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in story.authors or (outlet.name,))
    return (
        f'<entry><title>{escape(story.title)}</title><link rel="alternate" type="text/html" href="{url}"/>'
        f"<id>{url}</id><published>{story.published.isoformat()}</published>"
        f"<updated>{_updated(story).isoformat()}</updated>{authors}"
        + "".join(f'<category term="{escape(tag)}"/>' for tag in story.tags)
        + f'<summary type="text">{escape(story.standfirst or plain(story.body[0]))}</summary></entry>\n'
    )


def _updated(story: SampleStory) -> datetime:
    return story.modified or story.published


def news_sitemap(outlet: SampleOutlet, stories: list[SampleStory]) -> str:
    """A sitemap with Google's news extension."""
    return (
        f'{DECLARATION}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n'
        + "".join(_news(outlet, story) for story in stories)
        + "</urlset>\n"
    )


def _news(outlet: SampleOutlet, story: SampleStory) -> str:
    return (
        f"<url><loc>{outlet.url_of(story)}</loc><news:news><news:publication><news:name>{escape(outlet.name)}"
        f"</news:name><news:language>{outlet.language.partition('-')[0]}</news:language></news:publication>"
        f"<news:publication_date>{story.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(story.title)}</news:title>"
        f"<news:keywords>{escape(', '.join(story.tags))}</news:keywords></news:news></url>\n"
    )


def sitemap(entries: Iterable[tuple[str, datetime | None]]) -> str:
    """A plain sitemap of (URL, time of its last change)."""
    urls = "".join(f"<url><loc>{escape(url)}</loc>{_lastmod(changed)}</url>\n" for url, changed in entries)
    return f'{DECLARATION}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'


def sitemap_index(entries: Iterable[tuple[str, datetime | None]]) -> str:
    """A sitemap index of (URL, time of its last change)."""
    urls = "".join(f"<sitemap><loc>{escape(url)}</loc>{_lastmod(changed)}</sitemap>\n" for url, changed in entries)
    return f'{DECLARATION}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</sitemapindex>\n'


def _lastmod(changed: datetime | None) -> str:
    return f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
