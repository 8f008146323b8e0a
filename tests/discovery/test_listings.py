"""Listing pages in a dozen layouts: which links are articles, what stands beside them, where else to look."""

from __future__ import annotations

import pytest

from newscrawl.discovery import ENOUGH, UNCERTAIN, DiscoveryResult, discover

URL = "https://www.harbour-post.example/news/"
HEADLINES = [
    ("ferry-strike-enters-second-week", "Ferry strike enters its second week"),
    ("council-votes-on-tram-line", "Council votes on the new tram line"),
    ("storm-closes-coastal-road", "Storm closes the coastal road again"),
    ("museum-returns-looted-bronze", "Museum returns a looted bronze statue"),
]
NAV = """<header><a href="/"><img src="l.png" alt="The Harbour Post of the North"></a></header>
<nav><ul><li><a href="/news/">News</a></li><li><a href="/sport/">Sport</a></li><li><a href="/opinion/">Opinion</a></li>
<li><a href="/letters-to-the-editor-and-comments/">Letters to the editor and comments</a></li></ul></nav>"""
FOOT = """<footer><ul><li><a href="/terms-and-conditions-of-use/">Terms and conditions of use</a></li>
<li><a href="/how-we-use-your-data/">How we use your data here</a></li><li><a href="/contact/">Contact</a></li></ul>
<a href="https://social.example/share?u=https://www.harbour-post.example/">Follow us on our social network</a>
</footer>"""


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html lang=en><head>{head}</head><body>{NAV}{body}{FOOT}</body></html>".encode()


def read(body: bytes, url: str = URL) -> DiscoveryResult:
    return discover(body, url=url)


def urls(found: DiscoveryResult) -> list[str]:
    return [entry.url.removeprefix("https://www.harbour-post.example") for entry in found.entries]


def cards(template: str, path: str = "/news/{slug}") -> str:
    return "".join(
        template.format(href=path.format(slug=slug, n=4_000 + 7 * number), title=title, slug=slug, n=number)
        for number, (slug, title) in enumerate(HEADLINES, 1)
    )


LAYOUTS = {
    "article elements": """<main><article><a href="{href}"><img alt=""></a><h2><a href="{href}">{title}</a></h2>
        <a href="/author/anna-maria-lind" rel="author">Anna Maria Lind</a> <a href="/category/city">City</a>
        <p>Short. <a href="{href}">Read more</a></p></article></main>""",
    "headline in a link": """<section><a href="{href}"><div><h3>{title}</h3><p>A line of standfirst.</p></div></a>
        </section>""",
    "list": """<ul><li><a href="{href}">{title}</a> <a href="{href}#comments">{n} comments</a></li></ul>""",
    "table without classes": """<table><tr><td>{n}.</td><td><a href="{href}">{title}</a></td></tr></table>""",
    "soup of divs": """<div><div><div><a href="{href}">{title}</a></div></div></div>""",
    "elementor": """<div class="elementor-element"><article class="elementor-post"><div>
        <h3 class="elementor-post__title"><a href="{href}"> {title} </a></h3></div></article></div>""",
    "title attribute": """<div class="c"><a href="{href}" title="{title}"><img src="x.jpg"></a></div>""",
    "image text": """<div class="c"><a href="{href}"><img src="x.jpg" alt="{title}"></a></div>""",
}


@pytest.mark.parametrize("template", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize(
    "path",
    [
        "/news/{slug}",
        "/{slug}/",
        "/2024/05/06/{slug}.html",
        "/news/{slug}-{n}",
        "/p/{n}",
        "/story.php?id={n}",
        "/a/{n}-{slug}.htm",
        "/{n}",
    ],
)
def test_every_layout_with_every_shape_of_url(template: str, path: str) -> None:
    found = read(page(cards(template, path)))
    assert urls(found) == [
        path.format(slug=slug, n=4_000 + 7 * number) for number, (slug, _) in enumerate(HEADLINES, 1)
    ]
    assert [entry.discovery.title for entry in found.entries] == [title for _, title in HEADLINES]
    assert {(entry.discovery.kind, entry.discovery.url) for entry in found.entries} == {("listing", URL)}
    assert all(0.6 <= entry.score <= 1 for entry in found.entries)


def test_lead_story_and_most_read_are_known_by_the_shape_of_the_rest() -> None:
    lead = '<div><a href="/news/port-reopens-after-fire">Port reopens after fire</a></div>'
    most_read = '<aside><a href="/news/mayor-resigns-over-harbour-deal">Mayor resigns over harbour deal</a></aside>'
    found = read(page(lead + cards(LAYOUTS["list"]) + most_read))
    assert urls(found)[0] == "/news/port-reopens-after-fire"
    assert urls(found)[-1] == "/news/mayor-resigns-over-harbour-deal"
    assert len(urls(found)) == 6


def test_scripts_without_spaces() -> None:
    items = [
        ("101", "港口罢工进入第二周影响交通"),
        ("102", "市议会表决新电车线路方案"),
        ("103", "暴雨再次封闭沿海公路交通"),
    ]
    body = "".join(f'<div><a href="/news/{number}.html">{title}</a></div>' for number, title in items)
    assert urls(read(page(body))) == ["/news/101.html", "/news/102.html", "/news/103.html"]


def test_times_beside_links() -> None:
    template = """<li><div><a href="{href}"><img alt=""></a></div><div><h3><a href="{href}">{title}</a></h3>
        <p><time datetime="2024-05-0{n}T08:00:00Z">today</time></p></div></li>"""
    found = read(page(f"<p>Updated <time>2024-06-01</time></p><ul>{cards(template)}</ul>"))
    assert [entry.discovery.date for entry in found.entries] == [f"2024-05-0{n}T08:00:00+00:00" for n in range(1, 5)]


def test_a_time_above_several_links_belongs_to_none() -> None:
    found = read(page(f'<section><time datetime="2024-05-06">6 May</time>{cards(LAYOUTS["list"])}</section>'))
    assert [entry.discovery.date for entry in found.entries] == [None] * 4


def test_other_outlets_are_left_out_unless_they_are_aliases() -> None:
    body = page(cards(LAYOUTS["article elements"], "https://harbour.example/news/{slug}"))
    assert read(body).entries == []
    assert len(discover(body, url=URL, aliases=["harbour.example"]).entries) == 4


def test_subdomains_are_the_outlet() -> None:
    assert len(read(page(cards(LAYOUTS["list"], "https://sport.harbour-post.example/news/{slug}"))).entries) == 4


def test_links_are_relative_to_base() -> None:
    found = read(page(cards(LAYOUTS["list"], "{slug}"), head='<base href="https://www.harbour-post.example/en/news/">'))
    assert urls(found)[0] == "/en/news/ferry-strike-enters-second-week"


def test_files_and_other_schemes_are_no_articles() -> None:
    template = '<li><h2><a href="{href}">{title}</a></h2></li>'
    for path in (
        "/files/{slug}.pdf",
        "mailto:{slug}@x.example",
        "javascript:open('{slug}')",
        "#{slug}",
        "http://[{slug}",
    ):
        assert read(page(cards(template, path))).entries == []


def test_links_without_a_headline_are_named_with_score_0() -> None:
    """What is known of the site's URLs may tell that they are articles."""
    short = '<span><a href="/news/{slug}">{n} x</a></span>'
    found = read(page(cards(short)))
    assert found.entries == []
    assert {entry.score for entry in found.uncertain if "/news/" in entry.url} == {0.0}


def test_a_headline_in_a_most_read_box_is_doubtful() -> None:
    box = '<aside><ol><li><a href="/news/{slug}">{title}</a></li></ol></aside>'
    scores = {entry.score for entry in read(page(cards(box))).uncertain if "/news/" in entry.url}
    assert all(UNCERTAIN <= score < ENOUGH for score in scores)


def test_sections_archives_and_feeds_are_further_pages() -> None:
    head = """<link rel="alternate" type="application/rss+xml" title="News" href="/feed/">
    <link rel="alternate" type="application/rss+xml" href="/comments/feed/">
    <link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">
    <link rel="alternate" type="application/json+oembed" href="/oembed">
    <link rel="alternate" type="application/json" href="/node/1?_format=json">
    <link rel="alternate" type="application/json; charset=utf-8" href="/syndication/42">
    <link rel="alternate" hreflang="de" href="/de/"><link rel="sitemap" type="application/xml" href="/sm.xml">
    <link rel="alternate" type="application/feed+json" href="/feed.json">"""
    archive = """<ul><li><a href="/2024/05/">May 2024</a></li><li><a href="/2024/06/">June 2024</a></li></ul>
        <a href="/sport/rss.xml">RSS</a>"""
    found = read(page(cards(LAYOUTS["list"]) + archive, head))
    more = [
        (link.rel, link.kind, link.url.removeprefix("https://www.harbour-post.example"), link.date)
        for link in found.more
    ]
    assert more[:5] == [
        ("autodiscovery", "feed", "/feed/", None),
        ("autodiscovery", "feed", "/syndication/42", None),
        ("autodiscovery", "sitemap", "/sm.xml", None),
        ("autodiscovery", "feed", "/feed.json", None),
        ("autodiscovery", "feed", "/sport/rss.xml", None),
    ]
    assert [entry for entry in more if entry[0] == "archive"] == [
        ("archive", "listing", "/2024/06/", "2024-06"),
        ("archive", "listing", "/2024/05/", "2024-05"),
    ]
    assert {entry[2] for entry in more if entry[0] == "section"} >= {"/sport/", "/opinion/"}


def test_a_page_over_the_limits_is_told() -> None:
    found = read(b"<html><body>" + b"<p>x" * 110_000)
    assert (found.kind, found.problems) == ("unknown", ["page not parsed: too_many_tags"])
