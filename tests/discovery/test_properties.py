"""Whatever the bytes: an answer, absolute URLs, bounded lists, JSON there and back, the same twice."""

from __future__ import annotations

from urllib.parse import urlsplit

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.discovery import DiscoveryResult, UrlPatterns, date_in_url, discover, iso, url_pattern, well_known

ROOTS = [
    ('<rss version="2.0"><channel>', "</channel></rss>"),
    ('<feed xmlns="http://www.w3.org/2005/Atom">', "</feed>"),
    ('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">', "</urlset>"),
    ("<sitemapindex>", "</sitemapindex>"),
    ("<!doctype html><html><body>", "</body></html>"),
    ('{"items":[', "]}"),
    ("User-agent: *\n", "\n"),
    ("https://k.example/1\n", ""),
]
PIECES = st.sampled_from(
    [
        *"<item> </item> <entry> </entry> <url> </url> <sitemap> </sitemap> <loc> </loc> <link> </link>".split(),
        *"<title> </title> <news:news> </news:news> <news:title> <lastmod> <pubDate> 2024-05-06 <time>".split(),
        *"<![CDATA[ ]]> <!-- --> &amp; & &#xD800; &#0; &nbsp; <!DOCTYPE <!ENTITY <?xml {} [] \" '".split(),
        *"<a href=' <a href=\"/news/a-b-c-d\"> </a> <base href='//['> ?page=2 /page/3/ 2 1,000 »".split(),
        *"http://[::1 http://k.example:99999/ https://k.example/a javascript:x //k.example/b".split(),
        *("\ud800", "\0", "\x1b", "é", "港", " "),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=40).map("".join)
URLS = st.sampled_from(
    ["https://k.example/news/page/2/?page=3", "https://k.example/robots.txt", "http://[::1", "", "x:y"]
)


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    start, end = draw(st.sampled_from(ROOTS))
    return (start + draw(TEXTS) + draw(st.sampled_from([end, ""]))).encode(
        draw(st.sampled_from(["utf-8", "utf-16"])), "surrogatepass"
    )


def check(body: bytes, url: str, content_type: str | None) -> None:
    found = discover(body, url=url, content_type=content_type)
    for address in [entry.url for entry in found.entries] + [link.url for link in found.more]:
        parts = urlsplit(address)
        assert parts.scheme in ("http", "https")
        assert parts.hostname
        assert " " not in address
    for entry in found.entries:
        assert entry.discovery.date is None or iso(entry.discovery.date) == entry.discovery.date
        assert 0 <= entry.score <= 1
    assert all(problem.isprintable() or problem for problem in found.problems)
    assert msgspec.json.decode(msgspec.json.encode(found), type=DiscoveryResult) == found
    assert discover(body, url=url, content_type=content_type) == found


@given(documents(), URLS, st.sampled_from([None, "text/xml", "text/html; charset=punycode", "x; charset=utf-16"]))
def test_any_document(body: bytes, url: str, content_type: str | None) -> None:
    check(body, url, content_type)


@given(st.binary(max_size=300), URLS, st.one_of(st.none(), st.text(max_size=30)))
def test_any_bytes(body: bytes, url: str, content_type: str | None) -> None:
    check(body, url, content_type)
    check(b"\x1f\x8b" + body, url, content_type)


@given(st.text(max_size=80))
def test_any_text_as_date_or_url(text: str) -> None:
    assert (found := iso(text)) is None or iso(found) == found
    date_in_url("https://k.example/" + text)
    assert isinstance(url_pattern(text), str)
    assert all(link.url.startswith("http") for link in well_known(text))


@given(st.lists(st.tuples(st.text(max_size=40), st.integers(0, 5), st.integers(0, 5))))
def test_learning_from_anything(seen: list[tuple[str, int, int]]) -> None:
    url_patterns = UrlPatterns()
    for url, yes, no in seen:
        url_patterns.add(url_pattern(url), yes, no)
    assert all(url_patterns.is_article(url_pattern(url)) in (True, False, None) for url, _, _ in seen)
