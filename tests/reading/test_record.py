"""What the record takes from elsewhere than the page: the feed's date, and the moment in UTC."""

from __future__ import annotations

import pytest

from newscrawl.items import Article, Discovery, DiscoveryKind, Page
from newscrawl.reading.read_page import read_page

STORY = "".join(
    f"<p>{text}</p>"
    for text in (
        "Engineers who drained the mill race last week found a crack four metres long in the footing of Bexley Weir.",
        "The crack runs below the sluice gate and was hidden by silt, so divers missed it on three earlier surveys.",
        "Work to pump grout into the gap starts on Monday and should take about nine days if the water stays low.",
        "Anglers have been told to keep off the east bank, and the footbridge is closed until the engineers have gone.",
    )
)


def article(head: str = "", *, kind: DiscoveryKind = "given", date: str | None = None) -> Article:
    html = (
        f"<html lang=en><head>{head}</head><body><article><h1>Crack found below the weir</h1>{STORY}</article></body>"
    )
    page = Page(
        url="https://www.courier.example/news/crack-found-below-the-weir",
        requested_url="https://www.courier.example/news/crack-found-below-the-weir",
        fetched_at="2026-11-23T00:00:00Z",
        discovered_via=Discovery(kind=kind, date=date),
    )
    found = read_page(html.encode(), page)
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize("kind", ["feed", "news_sitemap"])
def test_a_page_without_a_date_takes_its_feeds(kind: DiscoveryKind) -> None:
    found = article(kind=kind, date="2026-11-20T10:00:00+11:00")
    assert (found.date_published, found.date_published_raw) == ("2026-11-20T10:00:00+11:00", None)
    assert found.date_published_utc == "2026-11-19T23:00:00Z"
    assert "date_from_feed" in found.extraction.warnings


def test_the_pages_own_date_stays() -> None:
    head = '<meta property="article:published_time" content="2026-11-18T08:00:00Z">'
    found = article(head, kind="feed", date="2026-11-20T10:00:00+11:00")
    assert found.date_published == "2026-11-18T08:00:00+00:00"
    assert "date_from_feed" not in found.extraction.warnings


@pytest.mark.parametrize("kind", ["sitemap", "listing", "given"])
def test_the_date_of_the_last_change_is_none(kind: DiscoveryKind) -> None:
    found = article(kind=kind, date="2026-11-20T10:00:00+11:00")
    assert (found.date_published, found.date_published_utc) == (None, None)


@pytest.mark.parametrize(
    ("published", "modified", "expected"),
    [
        ("2026-11-18T08:00:00+02:00", None, "2026-11-18T06:00:00Z"),
        ("2026-11-18T08:00:00", None, None),
        ("2026-11-18T08:00:00", "2026-11-19T08:00:00+02:00", "2026-11-18T06:00:00Z"),
        ("2026-10-01T08:00:00", "2026-11-19T08:00:00+02:00", None),  # the clocks may have changed between them
        ("2026-11-18", "2026-11-19T08:00:00+02:00", None),
    ],
)
def test_the_moment_in_utc(published: str, modified: str | None, expected: str | None) -> None:
    head = f'<meta property="article:published_time" content="{published}">'
    head += f'<meta property="article:modified_time" content="{modified}">' if modified else ""
    assert article(head).date_published_utc == expected
