"""What is usual for a site, and when a sample of today is so different that a person should look."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newscrawl.crawl.site_figures import FIELDS, Figures, Measured, changes, usual
from newscrawl.items import Article
from newscrawl.reading.read_html import read
from tests.faults import articles

USUAL = Figures(articles=90, rejected=10, body=3000, filled=dict.fromkeys(FIELDS, 0.9))
TODAY = Figures(articles=9, rejected=1, body=2900, filled=dict.fromkeys(FIELDS, 0.8))


def test_a_usual_sample_is_no_change() -> None:
    assert list(changes(USUAL, TODAY)) == []


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (replace(TODAY, articles=5, rejected=5), "rejected: 50% of the pages, usual 10%"),
        (replace(TODAY, articles=0, rejected=10, body=0, filled={}), "no article was read"),
        (replace(TODAY, body=900), "body: 900 characters"),
        (replace(TODAY, body=9000), "body: 9000 characters"),
        (replace(TODAY, filled=TODAY.filled | {"authors": 0.1}), "authors: filled in 10% of the articles, usual 90%"),
        (replace(TODAY, filled={}), "title: filled in 0%"),
    ],
)
def test_a_change_is_told(now: Figures, told: str) -> None:
    assert [line for line in changes(USUAL, now) if line.startswith(told)]


def test_without_runs_only_a_site_without_articles_is_told() -> None:
    assert usual([Figures(articles=0, rejected=3, body=0)]) is None
    assert list(changes(None, TODAY)) == []
    assert list(changes(None, replace(TODAY, articles=0))) == ["no article was read"]


def test_a_run_weighs_as_much_as_it_has_articles() -> None:
    small, large = replace(USUAL, articles=1, rejected=1, body=100, filled={}), USUAL
    common = usual([small, large])
    assert common is not None
    assert (common.articles, common.rejected, common.body) == (91, 11, 3000)
    assert common.filled["title"] == pytest.approx(0.9 * 90 / 91)


def test_articles_are_measured() -> None:
    found = read(articles.article("calm-at-sea").encode(), "https://courier.example/news/calm-at-sea")
    assert isinstance(found, Article)
    figures = Measured([found, found]).figures(2)
    assert (figures.articles, figures.share_rejected, figures.body) == (2, 0.5, len(found.body))
    assert figures.filled["title"] == 1.0
    assert Measured().figures(0) == Figures(articles=0, rejected=0, body=0)
