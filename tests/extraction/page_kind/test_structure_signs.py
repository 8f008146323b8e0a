"""How a page is made tells of its kind: signs by name, and pages that tell of the outlet itself."""

from __future__ import annotations

import pytest

from newscrawl.extraction.blocks.page_layout import lay_out
from newscrawl.extraction.blocks.story_text import Body
from newscrawl.extraction.metadata import read_metadata
from newscrawl.extraction.page_kind.classify import score
from newscrawl.extraction.page_kind.page_signs import signs
from newscrawl.extraction.page_kind.structure_signs import structure_signs
from newscrawl.items import Article, Page, Rejection, Site
from newscrawl.reading.read_page import read_page
from newscrawl.web.document import Document, parse

LINE = "The ferry of Ystrand left the quay an hour late, and who stood there saw the lights go out one by one at sea."
STORY = "".join(f"<p>{number}. {LINE}</p>" for number in range(8))
DATED = "<meta property='article:published_time' content='2026-03-04T08:00:00Z'>"


def page_of(
    body: str, *, title: str = "The ferry of Ystrand was late", url: str = "late-ferry", cls: str = ""
) -> Document:
    html = f"<html><head><title>{title}</title></head><body class='{cls}'><h1>{title}</h1>{body}</body></html>"
    found = parse(html.encode(), "https://ystrand.example/late-ferry", content_type="text/html; charset=utf-8")
    assert isinstance(found, Document)
    return found


def signs_of(document: Document) -> dict[str, float]:
    metadata = read_metadata(document, fetched_at="2026-03-05T00:00:00Z", site=Site())
    return structure_signs(document, metadata, lay_out(document))


CARD = "<div class='card'><h3>The mill</h3><img src='a.png'></div>"


@pytest.mark.parametrize(
    ("sign", "having", "lacking"),
    [
        ("date_near", f"<span>4 March 2026</span>{STORY}", STORY),
        ("cards", f"{STORY}<div>{CARD * 12}</div>", f"{STORY}{CARD * 2}"),
        ("calls", f"{STORY}<p>Book a demo</p><p>Contact us</p>", STORY),
        ("calls_share", f"{STORY}<p>Book a demo</p><p>Contact us</p>", STORY),
        ("yours", STORY + f"<p>You and your ferry: {LINE} You will like your seat, you and yours.</p>", STORY),
        ("ours", STORY + f"<p>We and our ferry: {LINE} We are here for us and ours.</p>", STORY),
        ("mine", STORY + f"<p>I took my ferry: {LINE} I saw it, my friends and me.</p>", STORY),
        ("replies", STORY + "<p>Reply</p><p>3 likes</p><p>Quote</p>", STORY),
        ("times", STORY + "<time>1</time>" * 9, STORY),
        ("selects", STORY + "<select><option>1</option></select>", STORY),
        ("price_markup", STORY + "<span itemprop='price'>7</span>", STORY),
        ("author_link", STORY + "<a rel='author' href='/anna'>Anna</a>", STORY),
        ("story_share", f"<article>{STORY}</article>", STORY),
        ("promotion_classes", f"<div class='pricing hero cta'>{STORY}</div>", STORY),
        ("review_classes", f"<div class='star-rating reviews'>{STORY}</div>", STORY),
        ("items", f"{STORY}<ul>{'<li>Oars</li>' * 9}</ul>", f"{STORY}{'<p>Oars</p>' * 9}"),
        ("headings", STORY[: len(STORY) // 8] + "<h2>Oars</h2>" * 9, STORY),
    ],
)
def test_a_sign_is_told(sign: str, having: str, lacking: str) -> None:
    assert signs_of(page_of(having))[sign] > signs_of(page_of(lacking))[sign]


def test_the_class_of_a_post_and_of_a_plain_page() -> None:
    post, plain = (signs_of(page_of(STORY, cls=name)) for name in ("single single-post postid-7", "page page-id-7"))
    assert (post["post_page"], post["plain_page"]) == (1, 0)
    assert (plain["post_page"], plain["plain_page"]) == (0, 1)


def test_every_sign_is_between_0_and_1_and_the_score_knows_all() -> None:
    document = page_of(STORY + "<p>Reply</p>" * 300 + f"<div>{CARD * 300}</div>")
    metadata = read_metadata(document, fetched_at="2026-03-05T00:00:00Z", site=Site())
    found = signs(document, metadata, Body(), lay_out(document))
    assert all(0 <= value <= 1 for value in found.values())
    assert isinstance(score(found), float)


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("about-us", "Who makes the Ystrand Post"),
        ("en/contact.html", "The newsroom of the Ystrand Post"),
        ("page/77", "About us"),
        ("page/77", "About the Ystrand Post"),
    ],
)
def test_a_page_about_the_outlet_is_no_article(url: str, title: str) -> None:
    head = f"<title>{title}</title>{DATED}<meta property='og:site_name' content='Ystrand Post'>"
    body = f"<h1>{title}</h1><span>4 March 2026</span>{STORY}"

    def read(address: str) -> Article | Rejection:
        page = Page(url=address, requested_url=address, fetched_at="2026-03-05T00:00:00Z")
        found = read_page(f"<html><head>{head}</head><body>{body}</body></html>".encode(), page)
        assert isinstance(found, Article | Rejection)
        return found

    rejected = read(f"https://ystrand.example/{url}")
    assert isinstance(rejected, Rejection)
    assert (rejected.reason, rejected.sign) == ("no_story", "institution_names")


def test_a_story_about_something_is_an_article() -> None:
    url, title = "https://ystrand.example/news/2026/03/about-last-night-at-sea", "About last night: the ferry was late"
    body = f"<h1>{title}</h1><span>4 March 2026</span>{STORY}"
    html = f"<html><head><title>{title}</title>{DATED}</head><body>{body}</body></html>"
    page = Page(url=url, requested_url=url, fetched_at="2026-03-05T00:00:00Z")
    assert isinstance(read_page(html.encode(), page), Article)
