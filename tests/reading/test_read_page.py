"""From the page that started the project must come exactly the title, the body, the outlet and the origin."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml.html import HtmlElement

from newscrawl.items import Article, Page, Rejection, Site
from newscrawl.reading.read_page import fingerprint, read_and_fingerprint, read_page
from newscrawl.reading.record import content_hash
from newscrawl.web.document import Document

SEED = ("elementor", "one_article", "origin_outside")


def read(html: str | bytes, url: str, **page: Any) -> Article | Rejection:
    body = html.encode() if isinstance(html, str) else html
    answer = read_page(body, Page(url=url, requested_url=url, fetched_at="2026-11-23T00:00:00Z", spider="test", **page))
    assert isinstance(answer, Article | Rejection)
    return answer


def check(article: Article | Rejection, gold: dict[str, Any]) -> None:
    assert isinstance(article, Article), article
    assert article.title == gold["title"]
    assert article.body.split("\n\n") == gold["body"]
    assert (article.date_published or "")[:10] == gold["date"]
    assert (article.source.name, article.source.domain) == (gold["source"]["name"], gold["source"]["domain"])
    origin = article.originally_appeared_on
    assert origin is not None
    assert (origin.domain, origin.url) == (
        gold["originally_appeared_on"]["domain"],
        gold["originally_appeared_on"]["url"],
    )
    if gold["section"]:
        assert article.section == gold["section"]


@pytest.fixture
def seed(shared: Path) -> Callable[[str], tuple[str, dict[str, Any]]]:
    gold = json.loads((shared / "seed" / "gold.json").read_text("utf-8"))
    return lambda name: ((shared / "seed" / f"{name}.html").read_text("utf-8"), gold[name])


@pytest.mark.shared
@pytest.mark.parametrize("name", SEED)
def test_the_page_that_started_the_project(seed: Callable[[str], tuple[str, dict[str, Any]]], name: str) -> None:
    html, gold = seed(name)
    check(read(html, gold["url"]), gold)


def without_classes(html: str) -> str:
    """No class, no landmark: every element is a division."""
    html = re.sub(r' (?:class|id|itemprop|role|aria-label)="[^"]*"', "", html)
    return re.sub(r"<(/?)(?:article|main|header|footer|nav|section)\b", r"<\1div", html)


def in_one_division(html: str) -> str:
    """Paragraphs of boilerplate and of the story side by side in one division."""
    head, _, body = html.partition("<body>")
    leaf = r"<(p|h1|h2|h3|li|div|aside)\b[^>]*>((?:(?!<(?:p|div|h\d|article|section|ul|li|nav|aside)\b).)*?)</\1>"
    parts = re.findall(leaf, body, re.DOTALL)
    lines = "".join(f"<{tag if tag[0] == 'h' else 'p'}>{text}</{tag if tag[0] == 'h' else 'p'}>" for tag, text in parts)
    return f"{head}<body><div>{lines}</div></body></html>"


def in_a_table(html: str) -> str:
    """The page laid out by tables, paragraphs parted by line breaks."""
    html = without_classes(html)
    html = re.sub(r"<p[^>]*>(.*?)</p>", r"\1<br><br>", html, flags=re.DOTALL)
    head, _, body = html.partition("<body>")
    return (
        f"{head}<body><table><tr><td>Home</td><td>{body.replace('</body></html>', '')}</td></tr></table></body></html>"
    )


@pytest.mark.shared
@pytest.mark.parametrize("variant", [without_classes, in_one_division, in_a_table])
@pytest.mark.parametrize("name", SEED)
def test_the_same_page_in_other_markup(
    seed: Callable[[str], tuple[str, dict[str, Any]]], name: str, variant: Callable[[str], str]
) -> None:
    html, gold = seed(name)
    check(read(variant(html), gold["url"]), gold | {"section": None})


@pytest.mark.shared
def test_the_same_text_in_json_ld_alone(seed: Callable[[str], tuple[str, dict[str, Any]]]) -> None:
    html, gold = seed("elementor")
    origin = gold["originally_appeared_on"]
    text = "\n\n".join([*gold["body"], f"This story originally appeared on {origin['name']} read the full story"])
    node = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": gold["title"],
        "datePublished": "2024-06-18T20:11:00+00:00",
        "articleSection": "Politics",
        "articleBody": text,
        "isBasedOn": origin["url"],
    }
    head, _, _ = html.partition("<body>")
    page = (
        f"{head}<body><div id='app'></div><script type='application/ld+json'>{json.dumps(node)}</script></body></html>"
    )
    check(read(page, gold["url"]), gold)


def test_halves_of_characters_and_control_characters_in_scripts_are_no_harm() -> None:
    paragraph = (
        "The harbour board met on Tuesday and agreed, after three hours, to pay for the new ferry\\ud83d ramp\\u0000 at"
        " the north quay, although the cost has doubled since the spring."
    )
    page = (
        '<html><head><title>Ramp paid for</title></head><body><div id="app"></div>'
        f'<script id="__NEXT_DATA__" type="application/json">{{"article": {{"body": ["{paragraph}", "{paragraph} Yes.",'
        f' "{paragraph} No.", "{paragraph} Perhaps."]}}}}</script></body></html>'
    )
    answer = read(page, "https://harbour.example/news/ramp-paid-for")
    assert isinstance(answer, Article)
    assert answer.body.count("the new ferry? ramp at the north quay") == 4


def test_the_content_hash_tells_another_headline_and_another_text() -> None:
    hashes = {
        content_hash(title, body) for title, body in ((None, "text"), ("a", "text"), ("b", "text"), ("a", "other text"))
    }
    assert len(hashes) == 4
    assert content_hash("a", "text") == content_hash("a", "text")


@pytest.mark.parametrize("drop", [(), ("h2",)])
@pytest.mark.parametrize("status", [200, 404])
def test_a_page_is_fingerprinted_as_it_came(drop: tuple[str, ...], status: int) -> None:
    story = "".join(f"<p>Paragraph {n} tells more of the gale on the harbour, at some length.</p>" for n in range(9))
    html = f"<html><title>Gale</title><body><h1>Gale</h1><h2>Weather</h2>{story}</body></html>".encode()
    page = Page(url="https://a.example/gale", requested_url="", fetched_at="2026-11-23T00:00:00Z", http_status=status)
    verdict, taken = read_and_fingerprint(html, page, Site(drop=drop))
    assert taken == fingerprint(html, page)
    assert verdict == read_page(html, page, Site(drop=drop))


def test_a_page_is_gone_from_memory_once_it_is_read() -> None:
    """Without the collector, which workers let run seldom: no step leaves a circle that holds the page's tree."""
    story = "".join(f"<p>Paragraph {n} tells more of the gale on the harbour, at some length.</p>" for n in range(9))
    html = f"<html><title>Gale</title><body><h1>Gale</h1><div>{story}</div></body></html>"
    read(html, "https://a.example/gale")
    gc.collect()
    gc.disable()
    try:
        read(html, "https://a.example/gale")
        assert not [one for one in gc.get_objects() if isinstance(one, HtmlElement | Document)]
    finally:
        gc.enable()
