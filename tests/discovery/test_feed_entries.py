"""The entry's own link, its authors and its date, whatever other elements stand in it."""

from __future__ import annotations

import json

import pytest

from newscrawl.discovery import DiscoveryResult, discover
from newscrawl.discovery.feed_media import without_media
from newscrawl.items import Discovery

OWN = "https://b.example/news/crack-found"
NAMES = (
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:atom="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)


def read(feed: str) -> DiscoveryResult:
    return discover(feed.encode(), url="https://b.example/feed.xml")


def rss(item: str, language: str = "") -> tuple[str, Discovery]:
    stated = f"<language>{language}</language>" if language else ""
    channel = f"<channel><title>Vale Post</title><link>/</link>{stated}"
    found = read(f'<rss version="2.0" {NAMES}>{channel}<item><title>Crack found</title>{item}</item></channel></rss>')
    (entry,) = found.entries
    return entry.url, entry.discovery


LINK = f"<link>{OWN}</link>"


@pytest.mark.parametrize(
    "item",
    [
        LINK + '<media:content url="/1.jpg"><link>/photo/1</link></media:content>',
        '<media:content url="/1.jpg"><title>Photo</title><link>/photo/1</link></media:content>' + LINK,
        LINK + '<media:group><media:content url="/1.jpg"><link>/photo/1</link></media:content></media:group>',
        LINK + "<image><url>/i.jpg</url><title>Photo</title><link>/photo/1</link></image>",
        LINK + '<enclosure url="/1.jpg" type="image/jpeg"><link>/photo/1</link></enclosure>',
        LINK + '<atom:link rel="enclosure" href="https://b.example/1.mp3"/>',
        LINK + '<atom:link rel="self" href="https://b.example/self"/>',
        '<atom:link rel="related" href="https://b.example/related"/>' + LINK,
        LINK + '<atom:link rel="alternate" type="application/json" href="https://b.example/1.json"/>',
        LINK + '<media:thumbnail url="/t.jpg"/><media:player url="https://b.example/player"/>',
        f'<guid isPermaLink="true">{OWN}</guid>',
    ],
)
def test_the_entrys_own_link_of_rss(item: str) -> None:
    url, discovery = rss(item)
    assert (url, discovery.title) == (OWN, "Crack found")


@pytest.mark.parametrize(
    "links",
    [
        f'<link rel="alternate" type="text/html" href="{OWN}"/><link rel="enclosure" type="image/png">/1.png</link>',
        f'<link rel="enclosure" href="/1.mp3"/><link href="{OWN}"/>',
        f'<link rel="replies" href="/c"/><link rel="alternate" href="{OWN}"/><link rel="edit" href="/e"/>',
        f'<link rel="alternate" href="{OWN}"/><link rel="alternate" type="application/pdf" href="/1.pdf"/>',
        f'<link rel="alternate" hreflang="en" href="{OWN}"/><link rel="alternate" hreflang="de" href="/de/1"/>',
    ],
)
def test_the_entrys_own_link_of_atom(links: str) -> None:
    entry = f"<entry><title>Crack found</title><id>urn:1</id><updated>2026-11-01T08:00:00Z</updated>{links}</entry>"
    found = read(f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Vale Post</title><id>urn:x</id>{entry}</feed>')
    assert [entry.url for entry in found.entries] == [OWN]


@pytest.mark.parametrize(
    ("item", "authors"),
    [
        ("<dc:creator>Ann Lee</dc:creator>", ["Ann Lee"]),
        ("<dc:creator><![CDATA[Ann Lee]]></dc:creator><dc:creator>Bob Ray</dc:creator>", ["Ann Lee", "Bob Ray"]),
        ("<author>ann@courier.example (Ann Lee)</author>", ["Ann Lee"]),
        ("<itunes:author>Ann Lee</itunes:author>", ["Ann Lee"]),
        ("<author>ann@courier.example</author>", []),
        ("", []),
    ],
)
def test_the_authors_of_an_entry(item: str, authors: list[str]) -> None:
    assert rss(LINK + item)[1].authors == authors


def test_the_authors_of_a_json_feed() -> None:
    item = {"id": "1", "url": OWN, "authors": [{"name": "Ann Lee"}, {"url": "x"}], "author": {"name": "Bob Ray"}}
    found = read(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "V", "items": [item]}))
    assert found.entries[0].discovery.authors == ["Ann Lee", "Bob Ray"]


@pytest.mark.parametrize(
    ("language", "printed", "date"),
    [
        ("de", "Di, 03 Dez 2025 08:00:00 +0100", "2025-12-03T08:00:00+01:00"),
        ("de", "Mittwoch, 3. Dezember 2025 08:00 MEZ", "2025-12-03T08:00:00+01:00"),
        ("fr", "mer., 03 déc. 2025 08:00:00 +0100", "2025-12-03T08:00:00+01:00"),
        ("es", "mié, 03 dic 2025 08:00:00 GMT", "2025-12-03T08:00:00+00:00"),
        ("en", "Wed, 03 Dec 2025 08:00:00 AEDT", "2025-12-03T08:00:00+11:00"),
        ("en", "Wed, 03 Dec 2025 08:00:00 +02:00", "2025-12-03T08:00:00+02:00"),
        ("en-US", "12/03/2025 10:00 PM", "2025-12-03T22:00:00"),
        ("en", "2025/12/03", "2025-12-03"),
    ],
)
def test_the_date_of_an_entry(language: str, printed: str, date: str) -> None:
    assert rss(f"{LINK}<pubDate>{printed}</pubDate>", language)[1].date == date


def test_of_several_news_of_one_url_the_first_counts() -> None:
    name = "<news:publication><news:name>Vale Post</news:name><news:language>{}</news:language></news:publication>"
    news = "".join(
        f"<news:news>{name.format(language)}<news:publication_date>2026-11-0{day}</news:publication_date>"
        f"<news:title>{title}</news:title><news:keywords>{title}</news:keywords></news:news>"
        for day, (language, title) in enumerate([("en", "Crack found"), ("de", "Riss gefunden")], 1)
    )
    names = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    rest = "<url><loc>https://b.example/2</loc><news:news><news:title>Second</news:title></news:news></url>"
    found = read(f"<urlset {names}><url>{news}<loc>{OWN}</loc></url>{rest}</urlset>")
    first, second = (entry.discovery for entry in found.entries)
    assert found.entries[0].url == OWN
    assert (first.title, first.date, first.language, first.keywords) == (
        "Crack found",
        "2026-11-01",
        "en",
        ["Crack found"],
    )
    assert second.title == "Second"


@pytest.mark.parametrize(
    "text", ["<item><image><link>a</item><item><image/></item>", "<image><link>/</link></image>", ""]
)
def test_what_lacks_its_end_stays(text: str) -> None:
    assert without_media(text) == text
