"""RSS, Atom, RDF and JSON Feed, well formed and broken, to entries."""

from __future__ import annotations

import json

import pytest

from newscrawl.discovery import DiscoveryResult, discover

URL = "https://www.harbour-post.example/feed/"

RSS = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour Post</title>
<language>en-gb</language>
<item><title>Ferry strike enters second week &amp;amp; talks stall</title>
<link>https://www.harbour-post.example/news/ferry-strike?utm_source=rss</link>
<pubDate>Mon, 06 May 2024 10:00:00 +0200</pubDate><category>Transport</category><category>Labour</category>
<source url="https://wire.example/feed.xml">The Wire</source></item>
<item><title><![CDATA[Council votes on <b>tram</b> line]]></title>
<link>/news/tram-line</link><dc:date>2024-05-05</dc:date></item>
</channel></rss>"""

ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://blatt.example/neu/">
<link rel="next" href="?seite=2"/>
<entry xml:base="https://blatt.example/alt/"><title>Br\xc3\xbccke gesperrt</title>
<link rel="self" href="x.atom"/><link href="bruecke"/>
<published>2024-05-06T10:00:00.5Z</published><updated>2024-05-07T10:00:00Z</updated>
<source><title>Agentur</title><link href="https://agentur.example/"/></source>
<category term="urn:1" label="Verkehr"/></entry></feed>"""

RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>R</title></channel>
<item rdf:about="https://r.example/1"><title>Rice prices rise</title><link>https://r.example/1</link><dc:date>2024-05-06T09:00+09:00</dc:date>
</item></rdf:RDF>"""


def read(body: bytes, content_type: str | None = None) -> DiscoveryResult:
    return discover(body, url=URL, content_type=content_type)


def urls(found: DiscoveryResult) -> list[str]:
    return [entry.url for entry in found.entries]


def test_rss_gives_all_that_it_says_of_an_entry() -> None:
    found = read(RSS)
    assert (found.kind, found.problems) == ("feed", [])
    first, second = found.entries
    assert first.url == "https://www.harbour-post.example/news/ferry-strike?utm_source=rss"
    assert (first.discovery.kind, first.discovery.url) == ("feed", URL)
    assert first.discovery.title == "Ferry strike enters second week & talks stall"
    assert (first.discovery.date, first.discovery.language) == ("2024-05-06T10:00:00+02:00", "en-gb")
    assert first.discovery.keywords == ["Transport", "Labour"]
    assert (first.discovery.source_name, first.discovery.source_url) == ("The Wire", "https://wire.example/feed.xml")
    assert second.url == "https://www.harbour-post.example/news/tram-line"
    assert (second.discovery.title, second.discovery.date) == ("Council votes on tram line", "2024-05-05")


def test_atom_resolves_by_the_innermost_base_and_names_its_next_page() -> None:
    found = read(ATOM)
    entry = found.entries[0]
    assert entry.url == "https://blatt.example/alt/bruecke"
    assert (entry.discovery.title, entry.discovery.language) == ("Brücke gesperrt", "de")
    assert entry.discovery.date == "2024-05-06T10:00:00.500000+00:00"
    assert entry.discovery.keywords == ["Verkehr"]
    assert (entry.discovery.source_name, entry.discovery.source_url) == ("Agentur", "https://agentur.example/")
    assert [(link.kind, link.rel, link.url) for link in found.more] == [
        ("feed", "next", "https://blatt.example/neu/?seite=2")
    ]


def test_rdf() -> None:
    entry = read(RDF).entries[0]
    assert (entry.url, entry.discovery.date) == ("https://r.example/1", "2024-05-06T09:00:00+09:00")


def test_json_feed() -> None:
    items = [
        {"id": "1", "url": "/a", "title": "A", "date_published": "2024-05-06T10:00:00Z", "tags": ["x", 3]},
        {"id": "https://j.example/b", "title": "B"},
        "no object",
        {"id": "7"},
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "language": "fr", "items": items, "next_url": "/feed?page=2"}
    found = read(json.dumps(feed).encode())
    assert found.kind == "feed"
    assert urls(found) == [
        "https://www.harbour-post.example/a",
        "https://j.example/b",
        "https://www.harbour-post.example/feed/7",
    ]
    assert found.entries[0].discovery.keywords == ["x"]
    assert found.entries[0].discovery.language == "fr"
    assert found.problems == ["item 3: no object"]
    assert found.more[0].url == "https://www.harbour-post.example/feed?page=2"


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("bare ampersand", RSS.replace(b"&amp;amp;", b"&")),
        ("cut short", RSS[:-40]),
        ("named entity of HTML", RSS.replace(b"&amp;amp;", b"&nbsp;&amp;")),
        ("junk before the declaration", b"\n<!-- cached -->\nWarning: cache is stale\n" + RSS),
        ("undeclared prefix", RSS.replace(b' xmlns:dc="http://purl.org/dc/elements/1.1/"', b"")),
        ("control character", RSS.replace(b"Harbour Post", b"Harbour \x0b Post")),
        ("byte order mark", b"\xef\xbb\xbf" + RSS),
        ("UTF-16", RSS.decode().replace("UTF-8", "UTF-16").encode("utf-16")),
        ("declared UTF-8, is Windows-1252", RSS.replace(b"Harbour Post", b"Harbour Post \x96 caf\xe9")),
        ("unknown charset", RSS.replace(b'"UTF-8"', b'"utf8mb4"')),
    ],
)
def test_broken_feeds_give_their_readable_entries(name: str, body: bytes) -> None:
    found = read(body)
    assert found.kind == "feed"
    assert urls(found)[0] == "https://www.harbour-post.example/news/ferry-strike?utm_source=rss"
    assert len(found.entries) == 2, found


def test_a_malformed_feed_is_told_with_its_line() -> None:
    assert read(RSS.replace(b"&amp;amp;", b"&")).problems == ["line 4: not well-formed (invalid token)"]


def test_charset_by_header_where_the_bytes_are_not_utf8() -> None:
    body = '<rss version="2.0"><channel><item><title>Žižkov</title><link>/z</link></item></channel></rss>'.encode(
        "iso-8859-2"
    )
    found = read(body, "application/rss+xml; charset=iso-8859-2")
    assert (found.entries[0].discovery.title, found.problems) == ("Žižkov", [])


def test_dates_that_are_none_are_dropped_and_told() -> None:
    found = read(RSS.replace(b"Mon, 06 May 2024 10:00:00 +0200", b"next Tuesday"))
    assert found.entries[0].discovery.date is None
    assert found.problems == ["entry 1: date not understood: 'next Tuesday'"]


def test_permalink_serves_where_the_link_is_missing_and_no_link_is_a_problem() -> None:
    feed = b"<rss><channel><item><guid>https://p.example/1</guid></item><item><title>x</title></item></channel></rss>"
    found = read(feed)
    assert urls(found) == ["https://p.example/1"]
    assert found.problems == ["entry 2: without a link"]


def test_other_schemes_are_left_out() -> None:
    feed = b"<rss><channel><item><link>file:///etc/passwd</link></item><item><link>javascript:x()</link></item></channel></rss>"
    found = read(feed)
    assert urls(found) == []
    assert len(found.problems) == 2


def test_a_feed_body_that_looks_like_a_path_is_not_opened() -> None:
    assert read(b"/etc/hostname").kind == "unknown"


def test_feed_served_as_html_and_html_served_at_a_feed_address() -> None:
    assert read(RSS, "text/html").kind == "feed"
    assert read(b"<!doctype html><html><body><p>Not found</p></body></html>", "application/rss+xml").kind == "listing"
