"""Feeds and sitemaps as outlets publish them, well-formed and otherwise."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from email.utils import format_datetime
from html import escape
from random import Random

from .look import lead
from .model import Article

Entry = tuple[str, Article]
"""The link as the document has it, and the article it leads to."""
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def rss(name: str, home: str, entries: Iterable[Entry]) -> bytes:
    """RSS 2.0."""
    items = "".join(
        f"<item><title>{escape(article.title)}</title><link>{escape(link)}</link>"
        f'<guid isPermaLink="false">{article.key}</guid><pubDate>{format_datetime(article.published)}</pubDate>'
        f"<category>{escape(article.section_name)}</category><description>{escape(lead(article))}</description></item>\n"
        for link, article in entries
    )
    return (
        f'{DECLARATION}<rss version="2.0"><channel><title>{escape(name)}</title><link>{home}</link>'
        f"<description>{escape(name)}</description>\n{items}</channel></rss>"
    ).encode()


def atom(name: str, home: str, entries: Iterable[Entry]) -> bytes:
    """Atom, with the links that blogs add to each entry: edit, replies."""
    items = "".join(
        f"<entry><id>tag:{article.key}</id><title>{escape(article.title)}</title>"
        f'<link rel="replies" href="{home}comments.xml"/>'
        f'<link rel="alternate" href="{escape(link)}"/><updated>{article.published.isoformat()}</updated>'
        f"<published>{article.published.isoformat()}</published><author><name>{escape(article.author)}</name></author>"
        f"<summary>{escape(lead(article))}</summary></entry>\n"
        for link, article in entries
    )
    return (
        f'{DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom"><id>{home}</id><title>{escape(name)}</title>'
        f'<link rel="alternate" href="{home}"/><updated>2026-11-25T09:00:00Z</updated>\n{items}</feed>'
    ).encode()


def rdf(name: str, home: str, entries: Iterable[Entry]) -> bytes:
    """RSS 1.0."""
    entries = list(entries)
    toc = "".join(f'<rdf:li rdf:resource="{escape(link)}"/>' for link, _ in entries)
    items = "".join(
        f'<item rdf:about="{escape(link)}"><title>{escape(article.title)}</title><link>{escape(link)}</link>'
        f"<dc:date>{article.published.isoformat()}</dc:date><dc:creator>{escape(article.author)}</dc:creator></item>\n"
        for link, article in entries
    )
    return (
        f'{DECLARATION}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="{home}">'
        f"<title>{escape(name)}</title><link>{home}</link><items><rdf:Seq>{toc}</rdf:Seq></items></channel>\n"
        f"{items}</rdf:RDF>"
    ).encode()


def json_feed(name: str, home: str, entries: Iterable[Entry]) -> bytes:
    """JSON Feed 1.1."""
    items = [
        {
            "id": article.key, "url": link, "title": article.title, "content_text": lead(article),
            "date_published": article.published.isoformat(), "authors": [{"name": article.author}],
        }
        for link, article in entries
    ]  # fmt: skip
    head = {"version": "https://jsonfeed.org/version/1.1", "title": name, "home_page_url": home}
    return json.dumps({**head, "items": items}, ensure_ascii=False).encode()


FEEDS = {
    "rss": (rss, "application/rss+xml"),
    "atom": (atom, "application/atom+xml"),
    "rdf": (rdf, "application/rdf+xml"),
    "json": (json_feed, "application/feed+json"),
}


def malformed_rss(name: str, home: str, entries: Iterable[Entry], chance: Random) -> bytes:
    """RSS with three of the faults that hand-made feeds have; each leaves the links legible to a patient reader."""
    text = rss(name, home, ((f"{link}?utm_source=rss&amp;utm_medium=feed", item) for link, item in entries)).decode()
    text = text.replace("&amp;amp;", "&")  # a bare ampersand in each link
    text = text.replace("<description>", "<description>&nbsp;Caf&eacute; or Café &amp&euro; & more: ")
    fault = chance.choice(("latin", "unclosed", "junk", "cut"))
    if fault == "unclosed":
        text = text.replace("</category>", "", 3)
    if fault == "junk":
        text = "\n\n<!-- cached -->\n" + text
    if fault == "cut":
        text = text[: int(len(text) * 0.8)]
    return text.encode("latin-1", "replace") if fault == "latin" else text.encode()


def urlset(entries: Iterable[tuple[str, str]]) -> bytes:
    """A sitemap of (loc, lastmod or empty)."""
    rows = "".join(
        f"<url><loc>{escape(loc)}</loc>{f'<lastmod>{lastmod}</lastmod>' if lastmod else ''}</url>\n"
        for loc, lastmod in entries
    )
    return f'{DECLARATION}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>'.encode()


def news_sitemap(name: str, articles: Iterable[Article]) -> bytes:
    """A news sitemap with publication, language, date, title and keywords."""
    rows = "".join(
        f"<url><loc>{escape(article.url)}</loc><news:news><news:publication><news:name>{escape(name)}</news:name>"
        f"<news:language>{article.language}</news:language></news:publication>"
        f"<news:publication_date>{article.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(article.title)}</news:title><news:keywords>{escape(article.section_name)}</news:keywords>"
        "</news:news></url>\n"
        for article in articles
    )
    return (
        f'{DECLARATION}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{rows}</urlset>'
    ).encode()


def sitemap_index(entries: Iterable[tuple[str, str]]) -> bytes:
    """A sitemap index of (loc, lastmod or empty)."""
    rows = "".join(
        f"<sitemap><loc>{escape(loc)}</loc>{f'<lastmod>{lastmod}</lastmod>' if lastmod else ''}</sitemap>\n"
        for loc, lastmod in entries
    )
    return f'{DECLARATION}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</sitemapindex>'.encode()


def zipped(body: bytes) -> bytes:
    """gzip, the same bytes each time."""
    return gzip.compress(body, mtime=0)
