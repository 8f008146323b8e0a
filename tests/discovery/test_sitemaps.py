"""Sitemaps, news sitemaps, indexes, URL lists and robots.txt, packed, broken and in foreign charsets."""

from __future__ import annotations

import gzip
from functools import partial

import pytest

from newscrawl.discovery import DiscoveryResult, discover, well_known

URL = "https://www.kurier.example/sitemaps/news.xml"

packed = partial(gzip.compress, mtime=0)  # names of tests hold these bytes: the same in every process
NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://www.kurier.example/politik/haushalt-2024</loc><lastmod>2024-05-07</lastmod>
<news:news><news:publication><news:name>Kurier</news:name><news:language>de</news:language></news:publication>
<news:publication_date>2024-05-06T10:00:00+02:00</news:publication_date>
<news:title>Streit über den Haushalt &amp; die Folgen</news:title>
<news:keywords>Haushalt, Bund, Haushalt</news:keywords></news:news>
<image:image><image:loc>https://img.kurier.example/1.jpg</image:loc><image:title>Bild</image:title></image:image></url>
<url><loc><![CDATA[https://www.kurier.example/a?x=1&y=2]]></loc><lastmod>2024-05-07</lastmod></url>
<url><loc> /relativ </loc></url>
</urlset>"""


def read(body: bytes, url: str = URL) -> DiscoveryResult:
    return discover(body, url=url)


def urls(found: DiscoveryResult) -> list[str]:
    return [entry.url for entry in found.entries]


def test_news_sitemap_keeps_its_news() -> None:
    found = read(NEWS.encode())
    assert (found.kind, found.problems) == ("news_sitemap", [])
    first, second, third = found.entries
    assert first.url == "https://www.kurier.example/politik/haushalt-2024"
    assert first.discovery.kind == "news_sitemap"
    assert first.discovery.title == "Streit über den Haushalt & die Folgen"
    assert (first.discovery.date, first.discovery.language) == ("2024-05-06T10:00:00+02:00", "de")
    assert first.discovery.keywords == ["Haushalt", "Bund"]
    assert (second.url, second.discovery.kind) == ("https://www.kurier.example/a?x=1&y=2", "sitemap")
    assert (second.discovery.date, second.discovery.title) == ("2024-05-07", None)
    assert third.url == "https://www.kurier.example/relativ"


def test_index_names_its_members_with_their_dates() -> None:
    found = read(
        b"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
        b"<sitemap><loc>https://www.kurier.example/s/2024-05.xml.gz</loc><lastmod>2024-05-07T00:00:00Z</lastmod></sitemap>"
        b"<sitemap><loc>/s/2024-04.xml</loc><lastmod>bald</lastmod></sitemap></sitemapindex>"
    )
    assert found.kind == "sitemap_index"
    assert [(link.kind, link.rel, link.url, link.date) for link in found.more] == [
        ("sitemap", "index", "https://www.kurier.example/s/2024-05.xml.gz", "2024-05-07T00:00:00+00:00"),
        ("sitemap", "index", "https://www.kurier.example/s/2024-04.xml", None),
    ]
    assert found.problems == ["entry 2: date not understood: 'bald'"]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("gzip", packed(NEWS.encode())),
        ("gzip twice", packed(packed(NEWS.encode()))),
        ("two members", packed(NEWS[:200].encode()) + packed(NEWS[200:].encode())),
        ("byte order mark", b"\xef\xbb\xbf" + NEWS.encode()),
        ("UTF-16", NEWS.replace("UTF-8", "UTF-16").encode("utf-16")),
        ("UTF-16 without mark", NEWS.replace("UTF-8", "UTF-16").encode("utf-16-le")),
        ("declared UTF-8, is Latin-1", NEWS.encode("latin-1")),
        ("declared Latin-1, is UTF-8", NEWS.replace("UTF-8", "ISO-8859-1").encode()),
        ("blank lines before the declaration", b"\n\n" + NEWS.encode()),
        ("undeclared prefixes", NEWS.replace("xmlns:", "data-").encode()),
        ("upper case", NEWS.replace("url>", "URL>").replace("loc>", "LOC>").encode()),
    ],
)
def test_every_packing_and_charset_reads_the_same(name: str, body: bytes) -> None:
    found = read(body)
    assert len(found.entries) == 3, found.problems
    assert found.entries[0].discovery.title == "Streit über den Haushalt & die Folgen"


def test_a_stray_tag_costs_no_entry_and_no_ampersand() -> None:
    entry = "<url><loc>{}</loc><lastmod>2024-05-07</lastmod></url>"
    body = "".join(entry.format(f"https://a.example/{end}") for end in ("1", "2?a=1&amp;b=2", "3?a&b"))
    found = read(f"<urlset>{body}</urlset>".replace("<lastmod>", "<p><lastmod>", 1).encode())
    assert urls(found) == ["https://a.example/1", "https://a.example/2?a=1&b=2", "https://a.example/3?a&b"]


def test_bare_ampersands_do_not_change_urls() -> None:
    found = read(b"<urlset>\n<url><loc>https://k.example/?a=1&b=2&lt=3&amp;c=4</loc></url></urlset>")
    assert urls(found) == ["https://k.example/?a=1&b=2&lt=3&c=4"]


def test_a_truncated_sitemap_gives_what_is_readable_and_the_line() -> None:
    found = read(NEWS[: NEWS.index("<url><loc> /rel")].encode() + b"<url><lo")
    assert len(found.entries) == 2
    assert found.problems[0].startswith("line 11: ")


def test_a_truncated_gzip_gives_what_is_readable() -> None:
    many = "".join(f"<url><loc>https://k.example/{number}/{number**5:x}</loc></url>" for number in range(20_000))
    whole = packed(f"<urlset>{many}</urlset>".encode())
    found = read(whole[: len(whole) // 2])
    assert 1_000 < len(found.entries) < 20_000
    assert found.problems[0].startswith("gzip: Compressed file ended")


def test_a_url_list() -> None:
    found = read(b"\xef\xbb\xbfhttps://k.example/1\r\n\r\nhttps://k.example/2\r\nnot a URL\r\nftp://k.example/3\r\n")
    assert (found.kind, urls(found)) == ("sitemap", ["https://k.example/1", "https://k.example/2"])
    assert [problem.partition(":")[0] for problem in found.problems] == ["line 4", "line 5"]


def test_robots_names_sitemaps() -> None:
    rules = b"\xef\xbb\xbf# hello\nUser-agent: *\nDisallow: /x\n"
    body = rules + b"SITEMAP : https://k.example/a.xml # main\nSitemap: /b.xml\nSitemap:\n"
    found = read(body, "https://k.example/robots.txt")
    assert found.kind == "robots"
    assert [(link.kind, link.rel, link.url) for link in found.more] == [
        ("sitemap", "robots", "https://k.example/a.xml"),
        ("sitemap", "robots", "https://k.example/b.xml"),
    ]


def test_robots_is_read_to_500_kib() -> None:
    found = read(
        b"User-agent: *\n" + b"Disallow: /x\n" * 50_000 + b"Sitemap: /late.xml\n", "https://k.example/robots.txt"
    )
    assert (found.more, found.problems) == ([], ["cut at 500 KiB"])


def test_an_html_page_at_robots_is_no_robots() -> None:
    assert read(b"<html><body>Sitemap: /x</body></html>", "https://k.example/robots.txt").kind == "listing"


def test_well_known_places_stand_at_the_root_in_order() -> None:
    links = well_known("https://k.example/de/politik?x=1")
    assert [link.url for link in links][:4] == [
        "https://k.example/robots.txt",
        "https://k.example/sitemap.xml",
        "https://k.example/news-sitemap.xml",
        "https://k.example/sitemap_index.xml",
    ]
    assert ("feed", "https://k.example/feed/") in [(link.kind, link.url) for link in links]
    assert well_known("mailto:x@k.example") == []
