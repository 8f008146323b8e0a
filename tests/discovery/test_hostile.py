"""Documents made to exhaust memory or time, or to reach out: they end, bounded, and are told."""

from __future__ import annotations

import gzip
import tracemalloc
from pathlib import Path

import pytest

from newscrawl.discovery import DiscoveryResult, discover
from newscrawl.discovery.unpack import MAX_BYTES, unpacked

HEAD = b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
RSS = b'<rss version="2.0"><channel>'


def read(body: bytes) -> DiscoveryResult:
    return discover(body, url="https://k.example/x")


def test_entities_are_never_expanded() -> None:
    levels = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "aaaaaaaaaa">' + levels + b"]>"
    sitemap = read(
        bomb + HEAD + b"<url><loc>https://k.example/&l9;</loc></url><url><loc>https://k.example/2</loc></url></urlset>"
    )
    assert "https://k.example/2" in [entry.url for entry in sitemap.entries]
    assert max(len(entry.url) for entry in sitemap.entries) < 40
    feed = read(bomb + RSS + b"<item><title>&l9;</title><link>/1</link></item></channel></rss>")
    assert [entry.url for entry in feed.entries] == ["https://k.example/1"]
    assert len(feed.entries[0].discovery.title or "") < 20
    assert sitemap.problems[0] == feed.problems[0] == "entity declarations were left out"


@pytest.mark.parametrize(
    "root",
    [
        HEAD + b"<url><loc>https://k.example/%s</loc></url></urlset>",
        RSS + b"<item><title>%s</title><link>/1</link></item>",
    ],
)
def test_files_and_external_dtds_are_not_read(root: bytes, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("swordfish")
    prolog = b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY s SYSTEM "%s">]>' % secret.as_uri().encode()
    found = read(prolog + root.replace(b"%s", b"&s;"))
    assert found.entries
    assert "swordfish" not in str(found)


@pytest.mark.parametrize("before", [b"", b"<![CDATA[", b"<!-- <![CDATA[ -->", b"<![CDATA[ ]]", b"<x>"])
@pytest.mark.parametrize("reference", [b"&#xD800;", b"&#xdfff", b"&#55296;", b"&#x" + b"0" * 30 + b"D800;"])
def test_references_to_half_characters(before: bytes, reference: bytes) -> None:
    found = read(HEAD + b"<url><loc>/1</loc></url>" + before + reference)
    assert [entry.url for entry in found.entries] == ["https://k.example/1"]


def test_a_prolog_longer_than_the_head_hides_nothing() -> None:
    found = read(b"<!DOCTYPE r [" + b'<!ENTITY a "b">' * 20_000 + b"]>" + HEAD + b"<url><loc>/1</loc></url></urlset>")
    assert (found.kind, len(found.entries)) == ("sitemap", 1)


def test_a_sitemap_ends_at_50000_urls() -> None:
    exact = (
        HEAD
        + b"".join(b"<url><loc>https://k.example/%d</loc></url>" % number for number in range(50_000))
        + b"</urlset>"
    )
    found = read(exact)
    assert (len(found.entries), found.problems) == (50_000, [])
    found = read(exact.replace(b"</urlset>", b"<url><loc>https://k.example/more</loc></url>" * 50_000 + b"</urlset>"))
    assert (len(found.entries), found.problems) == (50_000, ["cut after 50000 URLs"])


def test_bad_urls_count_too() -> None:
    found = read(HEAD + b"<url><loc>x:y</loc></url>" * 100_000)
    assert found.problems[-1] == "and 49981 more problems"
    assert len(found.problems) == 21


def test_elements_that_are_no_urls_count_too() -> None:
    found = read(HEAD + b"<x/>" * 4_200_000 + b"<url><loc>/1</loc></url></urlset>")
    assert (found.entries, found.problems) == ([], ["cut after 4000000 elements"])


def test_a_feed_ends_at_5000_entries() -> None:
    found = read(RSS + b"".join(b"<item><link>/%d</link></item>" % number for number in range(100_000)))
    assert (len(found.entries), found.problems[0]) == (5_000, "cut after 5000 entries")


@pytest.mark.parametrize(
    "body",
    [HEAD + b"<a>" * 300_000, RSS + b"<a>" * 30_000, b"<html><body>" + b"<div>" * 800, b'{"items":' + b"[" * 200_000],
)
def test_deep_nesting(body: bytes) -> None:
    assert read(body).entries == []


def test_a_gzip_bomb_is_cut() -> None:
    bomb = gzip.compress(HEAD + b" " * (4 * MAX_BYTES))
    tracemalloc.start()
    problems: list[str] = []
    body = unpacked(bomb, problems)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (len(body), problems) == (MAX_BYTES, ["cut at 50 MB"])
    assert peak < 3 * MAX_BYTES


def test_a_field_of_many_megabytes_is_no_url() -> None:
    found = read(
        HEAD + b"<url><loc>https://k.example/" + b"a" * 20_000_000 + b"</loc></url><url><loc>/2</loc></url></urlset>"
    )
    assert [entry.url for entry in found.entries] == ["https://k.example/2"]


def test_problems_are_one_line_without_control_characters() -> None:
    found = read(HEAD + b"<url><loc>x:\n\nERROR forged &#x1b;[31m" + b"y" * 1_000 + b"</loc></url></urlset>")
    assert "ERROR forged" in found.problems[0]
    assert all(problem.isprintable() and len(problem) <= 200 for problem in found.problems)


def test_a_page_of_50000_links_is_cut() -> None:
    rows = b"".join(
        b'<li><h2><a href="/news/storm-hits-coast-%d">Storm hits the coast again</a></h2></li>' % n
        for n in range(9_000)
    )
    found = read(b"<html><body><ul>" + rows + b"</ul></body></html>")
    assert (len(found.entries), found.problems) == (5_000, ["cut after 5000 links"])
