"""The malformed pages themselves: they are as broken as the table says, and the same every time."""

from __future__ import annotations

import itertools
import json
from random import Random

import pytest

from .mutations import MUTATIONS, mutations
from .pages import HOSTILE, hostile_pages, make
from .table import TEXT, TITLE, Hostile, page

PAGE = page(head='<script type="application/ld+json">{"@type": "NewsArticle", "author": "Ida"}</script>').encode()


@pytest.mark.parametrize("row", HOSTILE.values(), ids=HOSTILE)
def test_rows(row: Hostile) -> None:
    assert row.note
    assert make(row.name, 1) == make(row.name, 1)
    if row.article:
        made = make(row.name, 1)
        assert TEXT[2].encode() in made
        assert TITLE.encode() in made
        assert made.count(b"<p") >= len(TEXT)


def test_pages_come_by_name_and_differ() -> None:
    made = dict(hostile_pages(3))
    assert list(made) == list(HOSTILE)
    assert len(set(made.values())) == len(made) >= 25


def test_the_seed_matters() -> None:
    assert make("noise", 1) != make("noise", 2)


def _json_ld(name: str) -> str:
    return make(name).decode().partition('ld+json">')[2].partition("</script>")[0]


def test_json_ld_is_broken_as_stated() -> None:
    with pytest.raises(RecursionError):
        json.loads(_json_ld("json-deep-lists"))
    with pytest.raises(ValueError, match="digits"):
        json.loads(_json_ld("json-huge-numbers"))
    with pytest.raises(UnicodeEncodeError):
        json.loads(_json_ld("json-lone-surrogates"))["headline"].encode()


def test_json_ld_that_is_valid() -> None:
    json.loads(_json_ld("json-graph-cycle"))


def test_bytes_that_are_no_utf_8() -> None:
    for name in ("lone-surrogates", "mixed-encodings", "broken-utf8", "png-bytes", "noise"):
        with pytest.raises(UnicodeDecodeError):
            make(name).decode()
    assert b"\x00" in make("nul-bytes")
    assert make("nothing") == b""
    assert make("blanks").decode().isspace()


def test_what_never_closes() -> None:
    assert make("unclosed-comment").count(b"-->") == 0
    assert b"</textarea>" not in make("unclosed-textarea")


def test_mutants_are_many_and_the_same_by_seed() -> None:
    first = list(itertools.islice(mutations(PAGE, 1), 300))
    assert first == list(itertools.islice(mutations(PAGE, 1), 300))
    assert first != list(itertools.islice(mutations(PAGE, 2), 300))
    assert len(set(first)) > 250
    assert sum(mutant != PAGE for mutant in first) > 250
    assert max(map(len, first)) <= 3 * len(PAGE) + 200_000


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda mutate: mutate.__name__)
@pytest.mark.parametrize("html", [PAGE, b"", b"<", b"no tags at all"], ids=["page", "empty", "bracket", "text"])
def test_each_mutation_changes_pages_and_bears_scraps(mutate, html: bytes) -> None:
    made = {mutate(html, Random(seed)) for seed in range(20)}
    assert html != PAGE or len(made - {PAGE}) > 1
