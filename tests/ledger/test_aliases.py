"""Redirects: one record for one article, however many URLs lead to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from newscrawl.ledger import FinalUrl, Ledger
from tests.ledger.rig import Clock, found
from tests.ledger.settling import FINAL, URL, article, end, messages, one

Begin = Callable[..., Ledger]


def test_a_redirect_makes_an_alias_and_a_row_for_where_it_leads(begin: Begin) -> None:
    ledger = begin()
    assert article(ledger, one(ledger), final_url=FINAL) == "new"
    assert ledger.discover(found(FINAL.url)).result().again == 1
    report = end(ledger)
    assert (report.states["alias"], report.states["exported"], report.known, report.found) == (1, 1, 2, 2)


def test_two_redirects_to_one_article_give_one_record(begin: Begin) -> None:
    ledger = begin()
    ledger.discover(found(URL, "https://b.example/2")).result()
    visits = [article(ledger, row, final_url=FINAL) for row in ledger.take(2).result()]
    assert visits == ["new", "alias"]
    assert len(messages(ledger)) == 1
    end(ledger)


@pytest.mark.parametrize("redirect_first", [True, False])
def test_a_redirect_to_a_row_in_flight_gives_one_record(begin: Begin, redirect_first: bool) -> None:
    ledger = begin()
    ledger.discover(found(URL, FINAL.url)).result()
    rows = {row.url: row for row in ledger.take(2).result()}
    order = [rows[URL], rows[FINAL.url]]
    for row in order if redirect_first else reversed(order):
        article(ledger, row, final_url=FINAL)
    assert len(messages(ledger)) == 1
    report = end(ledger)
    assert (report.states["alias"], report.states["exported"], report.taken) == (1, 1, 2)


def test_an_article_that_moved_keeps_its_history(begin: Begin, clock: Clock) -> None:
    ledger = begin()
    article(ledger, one(ledger))
    end(ledger)
    clock.move(days=30)
    ledger = begin()
    assert article(ledger, ledger.take(1).result()[0], final_url=FINAL) == "unchanged"
    end(ledger)
    clock.move(days=90)
    ledger = begin()
    (row,) = ledger.take(5).result()
    assert (row.url, row.revision) == (FINAL.url, 1)
    assert article(ledger, row, "corrected") == "revised"


def test_an_alias_without_reading_leaves_a_row_to_fetch(begin: Begin) -> None:
    ledger = begin()
    assert ledger.settle(one(ledger), "alias", final_url=FINAL).result() == "alias"
    (row,) = ledger.take(5).result()
    assert (row.url, row.normalized_url) == FINAL


def test_an_alias_of_itself_is_refused(begin: Begin) -> None:
    ledger = begin()
    row = one(ledger)
    with pytest.raises(ValueError):
        ledger.settle(row, "alias", final_url=FinalUrl(f"{URL}#top", URL)).result()
    assert article(ledger, row, final_url=FinalUrl(f"{URL}#top", URL)) == "new"


OTHER = "https://a.example/sport/1"


@pytest.mark.parametrize("order", [(URL, OTHER), (OTHER, URL)])
@pytest.mark.parametrize("later", [False, True])
def test_of_two_urls_with_one_text_of_which_one_is_canonical_one_is_an_alias(
    begin: Begin, order: tuple[str, str], later: bool
) -> None:
    ledger = begin()
    visits = [article(ledger, one(ledger, order[0]), canonical=URL)]
    if later:
        end(ledger)
        ledger = begin()
    visits.append(article(ledger, one(ledger, order[1]), canonical=URL))
    assert visits == ["new", "alias"]
    end(ledger)


@pytest.mark.parametrize(
    ("text", "canonical"), [("another text", URL), ("text", None), ("text", "https://a.example/unknown")]
)
def test_other_texts_and_other_canonical_urls_make_no_alias(begin: Begin, text: str, canonical: str | None) -> None:
    ledger = begin()
    assert article(ledger, one(ledger)) == "new"
    assert article(ledger, one(ledger, OTHER), text, canonical=canonical) == "new"
    end(ledger)
