"""ultimate-sitemap-parser, an independent reader, finds the same URLs, dates and news in the same sitemaps."""

from __future__ import annotations

import gzip
from datetime import datetime
from typing import Any

import pytest
import usp.tree as usp

from newscrawl.discovery import discover

HOME = "https://k.example"
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def urlset(*rows: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {NS}>{"".join(rows)}</urlset>'


def news(number: int) -> str:
    return f"""<url><loc>{HOME}/n/{number}?a=1&amp;b=2</loc><news:news><news:publication><news:name>K</news:name>
    <news:language>en</news:language></news:publication><news:publication_date>2024-05-{number:02}T10:00:00+02:00</news:publication_date>
    <news:title>Títle &lt;{number}&gt; 港</news:title><news:keywords>a, b</news:keywords></news:news></url>"""


SITEMAPS = {
    "plain": urlset(*(f"<url><loc>{HOME}/a/{n}</loc><lastmod>2024-05-06</lastmod></url>" for n in range(300))),
    "news": urlset(*(news(n) for n in range(1, 29))),
    "CDATA and blanks": urlset(f"<url><loc>\n<![CDATA[{HOME}/x?y=1&z=2]]> </loc></url>"),
    "doubled": urlset(*[f"<url><loc>{HOME}/same</loc></url>"] * 3),
    "URL list": f"{HOME}/1\n{HOME}/2\n\n{HOME}/ünï\n",
    "RSS": f"<rss version='2.0'><channel><item><title>T</title><link>{HOME}/r</link></item></channel></rss>",
    "Atom": f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>T</title><link href='{HOME}/at'/></entry></feed>",
}


def theirs(text: str) -> dict[str, Any]:
    return {page.url: page for page in usp.sitemap_from_str(text).all_pages()}


@pytest.mark.parametrize("text", SITEMAPS.values(), ids=SITEMAPS)
@pytest.mark.parametrize("packed", [False, True])
def test_the_same_urls(text: str, packed: bool) -> None:
    body = gzip.compress(text.encode()) if packed else text.encode()
    ours = [entry.url for entry in discover(body, url=f"{HOME}/sitemap.xml").entries]
    assert len(ours) == len(set(ours))
    assert set(ours) == set(theirs(text))
    assert ours


def test_the_same_news() -> None:
    expected = theirs(SITEMAPS["news"])
    for entry in discover(SITEMAPS["news"].encode(), url=f"{HOME}/news.xml").entries:
        story = expected[entry.url].news_story
        given = entry.discovery
        assert given.date is not None
        assert (given.title, given.language, given.keywords) == (
            story.title,
            story.publication_language,
            story.keywords,
        )
        assert datetime.fromisoformat(given.date) == story.publish_date


def test_the_same_members_of_an_index() -> None:
    members = "".join(f"<sitemap><loc>{HOME}/s/{n}.xml.gz</loc></sitemap>" for n in range(50))
    text = f'<?xml version="1.0"?><sitemapindex {NS}>{members}</sitemapindex>'
    ours = [link.url for link in discover(text.encode(), url=f"{HOME}/sitemap.xml").more]
    assert ours == [member.url for member in usp.sitemap_from_str(text).sub_sitemaps]
