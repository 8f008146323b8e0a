"""What makes each URL pattern: 50 sitemaps, endless pages, 6,013 listing pages that cost nothing."""

from __future__ import annotations

import tracemalloc
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from lxml import etree

from . import NOW, SHAPES, site
from .model import target_of
from .walk import fetch, links, reached


def test_the_index_has_50_sitemaps_some_of_them_gzipped() -> None:
    nested = 0
    for seed in range(4):
        outlet = site("sitemap-index", seed)
        sitemaps = [url for url, kind in outlet.others.items() if kind == "sitemap" and url not in outlet.sitemaps]
        leaves = [url for url in sitemaps if "older" not in url]
        nested += len(sitemaps) - len(leaves)
        assert len(leaves) == 50
        assert 5 < sum(url.endswith(".gz") for url in leaves) < 45
    assert 0 < nested < 4


def test_rough_links_are_of_every_kind() -> None:
    outlet = site("rough-links", 1)
    page = fetch(outlet, outlet.listings[0])
    assert page is not None
    for mark in (b"HTTP://", b"javascript:", b"mailto:", b"&#47;", b"../", b'"//', b"#comments", b"/go/0", b" \n /"):
        assert mark in page.body, mark
    assert any("%20" in article.url for article in outlet.articles)
    assert any("%C3%A4" in article.url for article in outlet.articles)


def test_shop_and_galleries_look_like_articles_and_neighbours_are_linked() -> None:
    outlet = site("clutter", 1)
    front = fetch(outlet, outlet.home)
    assert front is not None
    hosts = {urlsplit(link).hostname for link in links(outlet.home, front)}
    assert outlet.neighbours < hosts
    assert outlet.kind(f"http://{min(outlet.neighbours)}/a-story") == "elsewhere"
    assert {"shop", "gallery", "tag", "author"} <= set(outlet.others.values())


def test_calendar_and_sitemap_indexes_have_no_end_and_no_articles() -> None:
    outlet = site("endless", 1)
    assert reached(outlet, [f"{outlet.home}calendar?month=2026-11"], limit=60) <= reached(outlet, outlet.listings)
    url = outlet.sitemaps[0]
    for _ in range(60):
        answer = fetch(outlet, url)
        assert answer is not None
        assert answer.status == 200
        url = list(links(url, answer))[-1]
    assert outlet.kind(f"{outlet.home}calendar?month=3026-01") == "calendar"
    assert outlet.answer(outlet.host, "/calendar?month=x").status == 404


def test_a_malformed_feed_is_no_xml_and_still_names_articles() -> None:
    for seed in range(6):
        outlet = site("malformed-feed", seed)
        answer = fetch(outlet, outlet.feeds[0])
        assert answer is not None
        assert b"&nbsp;" in answer.body
        with pytest.raises(etree.XMLSyntaxError):
            etree.fromstring(answer.body)
        assert any(article.url.encode() in answer.body for article in outlet.articles[:25])


@pytest.mark.parametrize("url_pattern", [url_pattern for url_pattern in SHAPES if site(url_pattern, 1).per_page])
def test_the_listing_shows_as_many_articles_a_page_as_it_says(url_pattern: str) -> None:
    outlet = site(url_pattern, 1)
    page = fetch(outlet, outlet.listings[0])
    assert page is not None
    newest = {article.url for article in outlet.articles[: outlet.per_page]}
    shown = {outlet.canonical(link) for link in links(outlet.listings[0], page)} - {None}
    assert shown == newest


@pytest.mark.parametrize("seed", range(6))
def test_the_big_outlet_has_6013_pages_of_10(seed: int) -> None:
    outlet = site("big", seed)
    first = outlet.listings[0]
    last = f"{first}?page=6013" if seed % 2 else f"{first}/6013"
    beyond = last.replace("6013", "6014")
    oldest = outlet.articles[-10:]
    page = fetch(outlet, last)
    assert page is not None
    assert {article.url for article in oldest} <= set(links(last, page))
    assert outlet.kind(beyond) == "missing"
    assert b"6,013" in outlet.answer(outlet.host, target_of(first)).body
    assert [outlet.canonical(article.url) for article in oldest] == [article.url for article in oldest]
    assert outlet.canonical(outlet.articles[0].url.replace("a", "b")) is None


def test_pages_needed_for_a_limit_and_a_date() -> None:
    outlet = site("big", 1)
    assert [outlet.pages_for(count) for count in (1, 10, 11, 500)] == [1, 1, 2, 50]
    newer = outlet.since(NOW - timedelta(days=2))
    assert all(article.published >= NOW - timedelta(days=2) for article in newer)
    assert outlet.articles[len(newer)].published < NOW - timedelta(days=2)
    assert outlet.pages_since(NOW - timedelta(days=2)) == len(newer) // 10 + 1
    assert outlet.pages_since(outlet.articles[10].published) == 2
    assert outlet.pages_since(outlet.articles[9].published) == 2  # the first page alone shows nothing older


def test_the_big_outlet_keeps_no_page() -> None:
    outlet = site("big", 2)
    for page in range(1, 20):
        outlet.answer(outlet.host, target_of(f"{outlet.listings[0]}/{page}"))
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for page in range(3000, 3150):
        outlet.answer(outlet.host, target_of(f"{outlet.listings[0]}/{page}"))
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 200_000  # 150 pages are 1 MB
