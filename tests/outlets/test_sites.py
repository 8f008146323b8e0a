"""The generated outlets: the same for the same seed, reachable, and their truth agrees with what they serve."""

from __future__ import annotations

from itertools import pairwise

import lxml.html
import pytest

from . import NOW, SHAPES, GeneratedSite, site
from .model import target_of
from .prose import paragraphs
from .walk import fetch, reached

SMALL = [url_pattern for url_pattern in SHAPES if url_pattern != "big"]
SEEDS = (1, 2)


@pytest.fixture(
    params=[(url_pattern, seed) for url_pattern in SMALL for seed in SEEDS], ids=lambda param: "-".join(map(str, param))
)
def outlet(request: pytest.FixtureRequest) -> GeneratedSite:
    return site(*request.param)


def declared(outlet: GeneratedSite) -> list[str]:
    return [*outlet.feeds, *outlet.sitemaps, *outlet.listings]


@pytest.mark.parametrize("url_pattern", SHAPES)
def test_a_seed_fixes_every_byte(url_pattern: str) -> None:
    one, same, other = site(url_pattern, 5), site(url_pattern, 5), site(url_pattern, 6)
    urls = [*list(one.others)[:40], *(article.url for article in one.articles[:20]), *declared(one)]
    assert [one.answer(one.host, target_of(url)) for url in urls] == [
        same.answer(one.host, target_of(url)) for url in urls
    ]
    assert one.articles[:30] == same.articles[:30]
    assert one.host != other.host
    assert one.articles[0].title != other.articles[0].title


def test_every_article_is_reached_from_what_the_site_declares(outlet: GeneratedSite) -> None:
    assert reached(outlet, declared(outlet)) == {article.url for article in outlet.articles}


def test_every_article_is_reached_from_the_front_page_and_robots_txt(outlet: GeneratedSite) -> None:
    lines = outlet.answer(outlet.host, "/robots.txt").body.decode().splitlines()
    named = [line.removeprefix("Sitemap: ") for line in lines if line.startswith("Sitemap: ")]
    usual = [f"{outlet.home}sitemap.xml", f"{outlet.home}sitemap_index.xml"]
    assert reached(outlet, [outlet.home, *named, *usual]) == {article.url for article in outlet.articles}


def test_articles_are_pages_with_their_title_date_and_text(outlet: GeneratedSite) -> None:
    for article in outlet.articles:
        answer = fetch(outlet, article.url)
        assert answer is not None
        assert (answer.kind, answer.status) == ("article", 200)
        tree = lxml.html.fromstring(answer.body)
        assert tree.get("lang") == article.language
        assert tree.xpath("string(//h1)") == article.title
        assert article.published.isoformat() in tree.xpath("//time/@datetime")
        assert tree.xpath("//article//div/p/text()") == paragraphs(article.language, article.key)


def test_articles_come_newest_first_and_have_a_url_and_a_title_of_their_own(outlet: GeneratedSite) -> None:
    assert all(newer.published >= older.published for newer, older in pairwise(outlet.articles))
    assert outlet.articles[0].published <= NOW
    for field in ("url", "title", "key"):
        assert len({getattr(article, field) for article in outlet.articles}) == len(outlet.articles)
    assert {article.language for article in outlet.articles} == set(outlet.languages)


def test_other_pages_are_no_articles_and_say_their_kind(outlet: GeneratedSite) -> None:
    assert {"front", "about", "privacy", "login"} <= {*outlet.others.values(), "front"}
    for url, kind in outlet.others.items():
        assert outlet.canonical(url) is None, url
        assert outlet.kind(url) == kind
        assert outlet.answer(outlet.host, target_of(url)).status == 200, url


def test_redirects_lead_to_articles(outlet: GeneratedSite) -> None:
    for url, to in outlet.redirects.items():
        assert outlet.answer(outlet.host, target_of(url)).location == to
        assert outlet.canonical(url) == to


def test_the_shapes_that_redirect_do_so() -> None:
    assert site("rough-links", 1).redirects
    assert any(site("feed-only", seed).redirects for seed in range(4))


def test_spellings_of_one_url_are_one_article(outlet: GeneratedSite) -> None:
    article = outlet.articles[3].url
    join = "&" if "?" in article else "?"
    path = article.removeprefix(outlet.home)
    spellings = (
        f"{article}#comments", f"{article}{join}utm_source=x", f"{article}{join}sid=12", f"HTTP://{outlet.host.upper()}/{path}",
        f"http://{outlet.host}:80/{path}",
    )  # fmt: skip
    assert [outlet.canonical(spelling) for spelling in spellings] == [article] * 5


def test_a_perfect_crawl_is_judged_so(outlet: GeneratedSite) -> None:
    judged = outlet.judge(article.url for article in outlet.articles)
    assert (judged.recall, judged.precision) == (1.0, 1.0)


def test_what_is_wrong_with_a_crawl_is_told() -> None:
    outlet = site("clutter", 3)
    neighbour = f"http://{min(outlet.neighbours)}/story"
    shop = next(url for url, kind in outlet.others.items() if kind == "shop")
    first, second, *rest = (article.url for article in outlet.articles)
    judged = outlet.judge([first, f"{first}?utm_source=x", neighbour, shop, *rest])
    assert judged.missed == {second}
    assert judged.doubled == (f"{first}?utm_source=x",)
    assert judged.wrong == ((neighbour, "elsewhere"), (shop, "shop"))
    assert judged.recall == 99 / 100
    assert judged.precision == 99 / 102


def test_only_the_wanted_articles_count_where_some_are_wanted() -> None:
    outlet = site("load-more", 3)
    newest, last = outlet.articles[:10], outlet.articles[-1]
    judged = outlet.judge([*(article.url for article in newest), last.url], newest)
    assert (judged.recall, judged.wrong) == (1.0, ((last.url, "article"),))


def test_a_missing_slash_is_a_redirect_and_anything_else_is_missing(outlet: GeneratedSite) -> None:
    assert outlet.answer(outlet.host, "/no/such-page-as-this-one").status == 404
    article = outlet.articles[0].url
    if "?" not in article:
        other = article.rstrip("/") if article.endswith("/") else f"{article}/"
        assert outlet.answer(outlet.host, target_of(other)).location == article
        assert outlet.canonical(other) == article


def test_seeds_differ_in_language_markup_and_urls() -> None:
    outlets = [site("numbered-listing", seed) for seed in range(12)]
    assert {outlet.languages for outlet in outlets} == {("en",), ("de",), ("fr",), ("es",)}
    pages = [outlet.answer(outlet.host, target_of(outlet.listings[0])).body for outlet in outlets]
    assert {mark for mark in (b"<table", b"-card", b"-b1", b"-item") if any(mark in page for page in pages)} >= {
        b"<table",
        b"-b1",
    }
    assert len({outlet.articles[0].url.count("/") for outlet in outlets}) > 2
