"""The preview as a page: each outcome is shown, nothing from outside is live, each selector offered is a good rule."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from lxml.html import document_fromstring

from newscrawl.items import Article, Needs, Page, Rejection, Site
from newscrawl.reading.explanation import Explanation
from newscrawl.reading.read_page import explain, read_page
from newscrawl.sites.profiles import SiteProfile, encoded_profile, page_fingerprint, remember
from newscrawl.sites.profiles.memory import SiteMemory
from newscrawl.views.page import OUTCOMES, outcome_of, preview_page
from tests.site_profiles.outlet import APPEAL, DAY, paragraphs, story
from tests.site_profiles.outlet import html as outlet_html

URL = "https://gull.example/harbour/storm"
STORY = "".join(
    f"<p>On day {day} the keeper of the northern pier wrote that the storm had moved stone {day} into the basin and "
    "that nobody would mend it before the spring.</p>"
    for day in range(8)
)
EVIL = "<script>document.title='owned'</script><img src=x onerror=alert(1)>\u202e\x1b[2J"


def html(title: str = "Storm shuts the northern pier") -> bytes:
    return (
        f"<html><head><title>{title}</title></head><body><nav class='top-menu'><a href='/'>Home</a></nav><article>"
        f"<h1 id='headline'>{title}</h1><div class='share-row'><p>Share on Facebook</p></div>{STORY}"
        "<div class='donate box'><p>Help us to keep the light burning: support the Gull.</p></div>"
        "<p class='credit'>This story originally appeared on <a href='https://tern.example/storm'>The Tern</a>.</p>"
        "</article><footer id='foot-48213' class='foot'><p>All of it belongs to the Gull.</p></footer></body></html>"
    ).encode()


def seen(page: bytes, site: Site | None = None) -> Explanation:
    return explain(page, Page(url=URL, requested_url=URL, fetched_at=DAY, spider="test", is_all=True), site)


class _Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_blocks_record_and_signals_stand_on_one_page() -> None:
    page = preview_page(seen(html()), URL)
    shown = document_fromstring(page).text_content()
    for part in ("Storm shuts the northern pier", "The Tern (tern.example)", "originally appeared", "content_hash"):
        assert part in shown
    for outcome in ("title", "body", "origin", "boilerplate"):
        assert f"{OUTCOMES[outcome]} (" in shown  # type: ignore[index]


def test_the_block_that_gives_a_field_is_marked_and_empty_fields_are_named_together() -> None:
    told = seen(html())
    assert told.article is not None
    told.article.byline = "Help us"
    told.cut = ["Once.", "Once."]
    page = preview_page(told, URL)
    assert page.count("<mark>gives author</mark>") == 1
    assert page.index("<mark>gives author") < page.index("Help us to keep the light")
    assert page.count("Once.") == 1
    assert "Nothing in: " in page
    assert "{" not in page[page.index("The record") : page.index("Signals of who")]


def test_a_rejection_tells_the_sign_that_decided() -> None:
    told = Explanation(
        rejection=Rejection(reason="listing", sign="many links", score=0.31, near_border=True, length=420)
    )
    page = preview_page(told, URL)
    assert "Decided by many links: score 0.31, near the border; the text would have 420 characters." in page


def test_nothing_from_outside_is_live() -> None:
    told = seen(html(EVIL.replace("<", "&lt;")))
    assert told.article is not None
    for field in ("title", "byline", "section", "description"):
        setattr(told.article, field, EVIL)
    for block in told.blocks:
        block.text = EVIL
        block.css = "x'\"><script>"
    for signal in told.signals:
        signal.name = signal.url = signal.evidence.text = signal.evidence.href = EVIL
    page = preview_page(told, EVIL)
    tags = _Tags(page).found
    assert {tag for tag, _ in tags}.isdisjoint({"script", "img", "a", "link", "iframe", "form", "base", "object"})
    assert [
        name for _, attributes in tags for name in attributes if name.startswith("on") or name in ("src", "href")
    ] == []
    assert "\u202e" not in page
    assert "\x1b" not in page
    assert "default-src 'none'" in page


def test_a_selector_that_is_offered_takes_out_its_block_and_no_other_text() -> None:
    told = seen(html())
    before = read_page(html(), Page(url=URL, requested_url=URL, fetched_at=DAY))
    assert isinstance(before, Article)
    offered = [block for block in told.blocks if block.css]
    assert {block.css for block in offered} >= {"div.share-row", "div.donate.box", "footer.foot"}
    for block in offered:
        assert block.css is not None
        after = read_page(html(), Page(url=URL, requested_url=URL, fetched_at=DAY), Site(drop=(block.css,)))
        assert isinstance(after, Article)
        lines = [line for line in before.body.split("\n\n") if line != block.text]
        assert after.body.split("\n\n") == lines, block.css


def test_what_repeats_on_the_site_is_told_from_what_the_model_left_out() -> None:
    memory = remember(SiteMemory(), [page_fingerprint(story(f"gale-{n}"), fetched_at=DAY) for n in range(6)])
    encoded = encoded_profile(memory)
    assert encoded is not None
    document = story("calm")
    page = Page(url=document.url, requested_url=document.url, fetched_at=DAY)
    told = explain(outlet_html("Story of calm", paragraphs("calm")).encode(), page, None, SiteProfile.decode(encoded))
    outcomes = {block.text: outcome_of(block) for block in told.blocks}
    assert outcomes[APPEAL] in ("learned", "model", "boilerplate")
    assert set(outcomes.values()) <= set(OUTCOMES)


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (Explanation(rejection=Rejection(reason="listing", detail="<b>")), "No article: listing - &lt;b&gt;"),
        (Explanation(needs=Needs(url=URL, how="browser")), f"needs browser {URL}"),
    ],
)
def test_a_page_that_gives_no_article_says_why(told: Explanation, text: str) -> None:
    page = preview_page(told, "file.html")
    assert text in page
    assert re.search("<h1>file.html</h1>", page)
