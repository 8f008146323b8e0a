"""The next page, its number and the last one, as listings write them; calendars that go on for ever."""

from __future__ import annotations

import pytest

from newscrawl.discovery import DiscoveryLink, discover

SITE = "https://k.example"


def following(url: str, body: str, head: str = "") -> tuple[str | None, int | None, int | None, int | None]:
    """The next page's path, its number, this page's, the highest."""
    html = f"<html><head>{head}</head><body><h1>News</h1>{body}</body></html>".encode()
    found = discover(html, url=SITE + url)
    links: list[DiscoveryLink] = [link for link in found.more if link.rel == "next"]
    assert len(links) <= 1
    path = links[0].url.removeprefix(SITE) if links else None
    return path, links[0].page if links else None, found.page, found.pages


def row(template: str, *numbers: int | str) -> str:
    """Page numbers as links; a string is the page itself or a gap."""
    cells = [
        f'<a href="{template.format(n=number, before=number - 1, offset=(number - 1) * 20)}">{number:,}</a>'
        if isinstance(number, int)
        else f"<span>{number}</span>"
        for number in numbers
    ]
    return "<div>" + " ".join(cells) + "</div>"


@pytest.mark.parametrize(
    ("template", "on_one", "on_three"),
    [
        ("/page/{n}", "/", "/page/3"),
        ("/news/page/{n}/", "/news/", "/news/page/3/"),
        ("/news?page={n}", "/news", "/news?page=3"),
        ("/news?section=city&amp;page={n}", "/news?section=city", "/news?section=city&page=3"),
        ("/news?page={before}", "/news", "/news?page=2"),
        ("/news?start={offset}", "/news", "/news?start=40"),
        ("/news/{offset}", "/news", "/news/40"),
        ("/news/{n}", "/news", "/news/3"),
        ("/news-{n}.html", "/news.html", "/news-3.html"),
        ("/news/index_{n}.html", "/news/index.html", "/news/index_3.html"),
        ("/nachrichten/seite-{n}", "/nachrichten", "/nachrichten/seite-3"),
        ("/news/2024/05?p={n}", "/news/2024/05", "/news/2024/05?p=3"),
    ],
)
def test_numbered_pages(template: str, on_one: str, on_three: str) -> None:
    place = template.replace("&amp;", "&")
    first = following(on_one, row(template, "1", 2, 3, "...", 6013))
    assert first == (place.format(n=2, before=1, offset=20), 2, 1, 6013)
    third = following(on_three, row(template, 1, 2, "3", 4, "…", 6013))
    assert third == (place.format(n=4, before=3, offset=60), 4, 3, 6013)


@pytest.mark.parametrize("name", ["sid", "PHPSESSID", "session_id"])
def test_the_same_page_under_another_session_is_no_next_page(name: str) -> None:
    again = f"/news?{name}=55725657201"
    assert following(f"/news?{name}=55724220931", f'<a rel="next" href="{again}">Next</a>')[0] is None
    assert following("/news", f'<a href="{again}">Next</a>', f'<link rel="next" href="{again}">')[0] is None
    assert following("/news", f'<button data-url="{again}">More</button>')[0] is None
    assert following("/news", f'<a rel="next" href="{again}&amp;page=2">Next</a>')[0] == f"{again}&page=2"


def test_the_last_page_has_no_next() -> None:
    assert following("/page/6013", row("/page/{n}", 1, "…", 6011, 6012, "6,013")) == (None, None, 6013, 6013)


@pytest.mark.parametrize("template", ["/page/{n}", "/news/{n}", "/news?page={n}"])
@pytest.mark.parametrize("page", [1899, 1950, 2024, 2099])
def test_a_page_number_like_a_year(template: str, page: int) -> None:
    links = row(template, 1, "…", page - 1, str(page), page + 1, "…", 6013)
    expected = (template.format(n=page + 1), page + 1, page, 6013)
    assert following(template.format(n=page), links) == expected


@pytest.mark.parametrize(("this", "following_one"), [(1880, 1890), (1890, 1900), (2010, 2020), (2090, 2100)])
def test_an_offset_like_a_year(this: int, following_one: int) -> None:
    url = f"/news?start={following_one}"
    assert following(f"/news?start={this}", f'<a href="{url}">Next</a>')[0] == url


def test_a_code_that_holds_what_may_be_a_date_is_none() -> None:
    for code in ("d170f43a1386692068", "cf6af27173bd5ed1930", "a2012-05b"):
        url = f"/news?after={code}"
        assert following("/news", f'<a href="{url}">Load more</a>')[0] == url


@pytest.mark.parametrize(
    ("url", "body", "expected"),
    [
        ("/news", '<a rel="next" href="/news/older-two">x</a>', ("/news/older-two", None)),
        ("/news", '<a href="/news?page=2">Next</a>', ("/news?page=2", 2)),
        ("/news?page=7", '<a href="/news?page=6">←</a> <a href="/news?page=8">→</a>', ("/news?page=8", 8)),
        (
            "/news/page/7/",
            '<a href="/news/page/6/">Newer</a> <a href="/news/page/8/">Older posts</a>',
            ("/news/page/8/", 8),
        ),
        ("/news", '<a href="/news/page/2/">Ältere Beiträge</a>', ("/news/page/2/", 2)),
        ("/news", '<a href="/news?seite=2">weiter</a>', ("/news?seite=2", 2)),
        ("/новости", '<a href="/новости?p=2">Следующая</a>', ("/новости?p=2", 2)),
        ("/news", '<a href="/news?page=2">下一页</a>', ("/news?page=2", 2)),
        ("/news", '<a href="/news?page=2">zzz</a>', ("/news?page=2", 2)),
        ("/news?q=x", '<a href="/news?q=x&start=25">Siguiente ›</a>', ("/news?q=x&start=25", None)),
        ("/news", '<a class="load-more" href="/news?after=abc9">Show</a>', ("/news?after=abc9", None)),
        ("/news", '<button class="load-more" data-url="/news?page=2">Load more</button>', ("/news?page=2", 2)),
        ("/news", '<a href="/news?cursor=eyJpZCI6">Load more</a>', ("/news?cursor=eyJpZCI6", None)),
    ],
)
def test_next_links(url: str, body: str, expected: tuple[str | None, int | None]) -> None:
    assert following(url, body)[:2] == expected


def test_pages_counted_from_0_without_numbers_shown() -> None:
    assert following("/news", '<a rel="next" href="/news?page=1">More</a>') == ("/news?page=1", 2, 1, None)


def test_next_in_the_head() -> None:
    assert following("/news", "", '<link rel="next" href="/news/page/2/">') == ("/news/page/2/", 2, 1, None)


@pytest.mark.parametrize(
    ("url", "body"),
    [
        ("/2024/05/ferry-strike", '<a rel="next" href="/2024/05/tram-line">Tram line</a>'),
        ("/194420/ferry-strike.html", '<a rel="next" class="next" href="/194429/tram-line.html">Next</a>'),
        ("/a/532601.html", '<a class="next" href="/a/532602.html">Next</a>'),
        ("/superbike/news-288299-x", '<a href="/formula2/">Formula 2</a> <a href="/formula3/">Formula 3</a>'),
        ("/", '<a href="/formula1/">Formula 1</a> <a href="/formula2/">Formula 2</a>'),
    ],
)
def test_the_next_article_and_numbered_names_are_no_next_page(url: str, body: str) -> None:
    assert following(url, body)[0] is None


def test_names_and_fragments_of_the_site_may_differ() -> None:
    assert following("/news#top", '<a href="http://www.k.example/news/page/2/">Older</a>')[1:] == (2, 1, None)


CALENDAR = "".join(f'<td><a href="/events/2024/05/{day:02}/">{day}</a></td>' for day in range(1, 31))


@pytest.mark.parametrize(
    "body",
    [
        f"<table><tr>{CALENDAR}</tr></table>",
        CALENDAR.replace("/events/2024/05/", "/events?year=2024&month=5&day="),
        CALENDAR.replace("/events/2024/05/", "/events?date=2024-05-"),
        '<a href="/events/2024/06/">›</a>',
        '<a class="next" href="/events?month=2024-06">June</a>',
        '<a href="/events?month=6&year=2024">Next month</a>',
        row("/events/{n}/", 2022, 2023, 2024),
    ],
)
@pytest.mark.parametrize("url", ["/events/", "/events/2024/05/", "/events?month=5&year=2024", "/events?month=2024-05"])
def test_a_calendar_is_no_pagination(url: str, body: str) -> None:
    assert following(url, body)[0] is None


@pytest.mark.parametrize(
    "body",
    [
        '<h2><a href="/p/2">Team names its squad for winter</a></h2>',
        '<a href="/news/more-people-move-north">More people move north</a>',
        '<a href="/story.php?id=2">A short headline</a>',
        '<a href="https://other.example/news?page=2">2</a>',
        '<a href="/about/page-2-of-our-history">Next</a>',
        "<p>1 2 3</p>",
    ],
)
def test_what_is_no_next_page(body: str) -> None:
    assert following("/", body)[0] is None
