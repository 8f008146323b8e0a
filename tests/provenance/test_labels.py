"""Labels such as "Source: X" with a link, and names that fit several publishers."""

from __future__ import annotations

import json

import pytest

from tests.provenance.conftest import Judged

COASTAL = "<a href='https://coastalreview.example/2024/05/storm-pier'>Coastal Review</a>"
NAMED = f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', 'author': 'Ann Cole'})}</script>"


@pytest.mark.parametrize("line", [f"Source: {COASTAL}", f"Provided by {COASTAL}", f"Story source: {COASTAL}."])
@pytest.mark.parametrize("place", ["last", "below", "above"])
def test_a_linked_label_beside_the_headline_or_behind_the_text(judged: Judged, line: str, place: str) -> None:
    origin = judged(**{place: f"<p>{line}</p>"}).origin
    assert origin is not None
    assert (origin.domain, origin.name) == ("coastalreview.example", "Coastal Review")


@pytest.mark.parametrize(
    "line",
    [
        f"<p>Source: {COASTAL}, Harbour Office</p>",
        f"<p>Sources: {COASTAL}</p>",
        "<p>Source: <a href='https://arxiv.org/abs/2405.01234'>Waves and piers</a></p>",
        "<p>Source: <a href='https://bank.example/'>Harbour Bank</a></p>",
        f"<figure><img src='a.png'><figcaption>Source: {COASTAL}</figcaption></figure>",
        f"<div><img src='chart.png'><p>Source: {COASTAL}</p></div>",
    ],
)
def test_sources_of_facts_pictures_and_figures_are_none(judged: Judged, line: str) -> None:
    assert judged(last=line).origin is None


def test_a_source_beside_a_staff_writer_is_a_contributor(judged: Judged) -> None:
    verdict = judged(head=NAMED, last=f"<p>Source: {COASTAL}</p>")
    assert verdict.origin is None
    assert [party.domain for party in verdict.contributors] == ["coastalreview.example"]


@pytest.mark.parametrize(
    ("line", "domain"),
    [
        ("This story was produced by Grist.", "grist.org"),
        ("This story was written by Ann Cole.", None),
        ("This article was written by Bergmann & Sons.", None),
    ],
)
def test_made_by_counts_for_publishers_only(judged: Judged, line: str, domain: str | None) -> None:
    origin = judged(last=f"<p>{line}</p>").origin
    assert (origin.domain if origin else None) == domain


@pytest.mark.parametrize(
    ("url", "head", "domain"),
    [
        ("https://www.puerto.hn/a/ferry", "", "elheraldo.hn"),
        ("https://www.puerto.example/a/ferry", "<meta property='og:locale' content='es_CO'>", "elheraldo.co"),
        ("https://www.puerto.example/a/ferry", "<meta property='og:locale' content='es_ES'>", None),
        ("https://www.puerto.example/a/ferry", "", None),
    ],
)
def test_of_several_bearers_of_a_name_the_one_of_the_outlets_country(
    judged: Judged, url: str, head: str, domain: str | None
) -> None:
    origin = judged(last="<p>Publicado originalmente en El Heraldo.</p>", url=url, head=head).origin
    assert origin is not None
    assert (origin.name, origin.domain) == ("El Heraldo", domain)


COMMENTS = "".join(
    "<div class='u12'><p>I walked there on Sunday with the children and could not believe how many stones the waves had"
    " carried off; somebody should have warned the people who keep their boats behind the wall.</p></div>"
    for _ in range(12)
)


@pytest.mark.parametrize("line", [f"<p>Source: {COASTAL}</p>", "<p>(Reuters)</p>", "<p>© 2024 Reuters</p>"])
def test_a_credit_below_the_story_counts_though_readers_wrote_more_than_the_story(judged: Judged, line: str) -> None:
    origin = judged(last=line, below=f"<div class='u1'>{COMMENTS}</div>").origin
    assert origin is not None
    assert origin.domain in ("coastalreview.example", "reuters.com")
