"""One key for the variants of a URL, and another for what only looks like one."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files

import pytest

from newscrawl.web.urls import PLAIN_URL, _normalized, host_domain, normalized_url, without_tracking

KEY = "https://gull.example/news/pier?id=7"


@pytest.mark.parametrize(
    "url",
    [
        "http://www.gull.example/news/pier/?id=7#top",
        "https://m.gull.example/news/pier?id=7&utm_source=feed",
        "https://gull.example/news/pier/amp/?id=7",
        "https://gull.example/news/pier?amp=1&id=7",
        "https://gull.example/news/pier?id=7&outputType=amp",
        "https://gull.example/news/pier?print=1&id=7",
        "https://gull.example/news/pier?id=7&view=print",
        "https://gull.example/news/pier?id=7&sid=444ff3c394e8dd17",
        "https://gull.example/news/pier?id=7&CMP=rss&at_medium=feed&ref=home&source=&preview=",
        "https://gull.example//news/pier?id=7#xtor=RSS-1",
    ],
)
def test_variants_have_one_key(url: str) -> None:
    assert normalized_url(url) == KEY


@pytest.mark.parametrize("query", ["id=8", "id=7&print=12", "id=7&blueprint=1", "id=7&sid=1234", "id=7&view=printer"])
def test_what_names_another_page_has_another(query: str) -> None:
    assert normalized_url(f"https://gull.example/news/pier?{query}") != KEY


@pytest.mark.parametrize(
    "queries",
    [
        *[(f"{name}=77", f"{name}=78") for name in ("uid", "cid", "eid", "clid", "gallery", "gameId", "source", "ref")],
        ("12345", "12346"),
        ("/story/12", "/story/13"),
        ("next=https://gull.example/a", "id=7"),
    ],
)
def test_a_parameter_that_may_name_the_page_stays_in_the_key(queries: tuple[str, str]) -> None:
    one, other = (normalized_url(f"https://gull.example/view?{query}") for query in queries)
    assert one != other
    assert normalized_url("https://gull.example/view") not in (one, other)


@pytest.mark.parametrize(
    ("url", "without"),
    [
        ("https://gull.example/a?utm_source=x&ref=home&id=7&fbclid=I", "https://gull.example/a?ref=home&id=7"),
        ("http://GULL.example/A/?utm_source=related", "http://GULL.example/A/"),
        ("https://gull.example/a?b=2&a=1#xtor=RSS-1", "https://gull.example/a?b=2&a=1"),
        ("https://gull.example/a#utm_source=rss&utm_medium=feed", "https://gull.example/a"),
        ("https://gull.example/a;jsessionid=0123456789ab?at_medium=RSS", "https://gull.example/a"),
        (
            "https://gull.example/a?pkid=1&item_id=2&cmpny=3#comments",
            "https://gull.example/a?pkid=1&item_id=2&cmpny=3#comments",
        ),
        ("https://gull.example/a?q=%20&&x", "https://gull.example/a?q=%20&&x"),
        ("http://[", "http://["),
    ],
)
def test_tracking_goes_and_all_else_stays_as_written(url: str, without: str) -> None:
    assert without_tracking(url) == without


@pytest.mark.parametrize(
    ("host", "outlet"),
    [
        ("ann.substack.com", "ann.substack.com"),
        ("www.ann.blogspot.com", "ann.blogspot.com"),
        ("ann.blogspot.co.uk", "ann.blogspot.co.uk"),
        ("ann.wordpress.com", "ann.wordpress.com"),
        ("ann.ghost.io", "ann.ghost.io"),
        ("ann.github.io", "ann.github.io"),
        ("ann.medium.com", "ann.medium.com"),
        ("ann.beehiiv.com", "ann.beehiiv.com"),
        ("ann.over-blog.com", "ann.over-blog.com"),
        ("ann.altervista.org", "ann.altervista.org"),
        ("ann.wixsite.com", "ann.wixsite.com"),
        ("www.substack.com", "substack.com"),
        ("medium.com", "medium.com"),
        ("news.gull.example.co.uk", "example.co.uk"),
        ("www.gull.co.uk", "gull.co.uk"),
        ("m.gull.com.br", "gull.com.br"),
    ],
)
def test_an_outlet_on_a_shared_host_is_its_own(host: str, outlet: str) -> None:
    assert host_domain(host) == outlet


def test_the_list_of_shared_hosts_says_when_it_was_checked_and_repeats_nothing() -> None:
    table = tomllib.loads((files("newscrawl.web") / "shared_hosts.toml").read_text("utf-8"))
    assert date.fromisoformat(table["checked"])
    assert len(table["suffixes"]) == len(set(table["suffixes"]))
    assert [suffix for suffix in table["suffixes"] if host_domain(f"ann.{suffix}") != f"ann.{suffix}"] == []


@pytest.mark.parametrize(
    "host", ["gull.example", "www.gull.example", "m.gull.co.uk", "www.example", "amp.m.gull.example", "192.0.2.1"]
)
@pytest.mark.parametrize(
    "path", ["", "/", "/news", "/news/Pier.html", "/2026/11/a--b_c-", "/x/amp/", "/x.amp.html", "/amp", "/a./b..c/"]
)
def test_a_plain_url_has_the_key_that_the_long_way_gives(host: str, path: str) -> None:
    url = f"http://{host}{path}"
    assert PLAIN_URL.fullmatch(url)
    assert normalized_url(url) == _normalized(url)


@pytest.mark.parametrize(
    "rest",
    ["/a//b", "/../b", "/./b", "/a%20b", "/a?b=1", "/a#b", "/a;jsessionid=1", ":8080/a", "/Größe", "/a b", "/~ann"],
)
def test_any_other_url_goes_the_long_way(rest: str) -> None:
    assert not PLAIN_URL.fullmatch(f"https://gull.example{rest}")
    assert not PLAIN_URL.fullmatch(f"https://GULL.example{rest}")
