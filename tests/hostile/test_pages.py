"""The hostile pages themselves: they are as large, deep and broken as the table says, and the same every time."""

from __future__ import annotations

import itertools
import json
import re
from random import Random

import pytest

from .mutations import MUTATIONS, mutations
from .pages import HOSTILE, hostile_pages, make
from .table import TEXT, TITLE, Hostile, page

SMALL = 0.002
PAGE = page(head='<script type="application/ld+json">{"@type": "NewsArticle", "author": "Ida"}</script>').encode()


@pytest.mark.parametrize("row", HOSTILE.values(), ids=HOSTILE)
def test_rows(row: Hostile) -> None:
    assert row.note
    assert make(row.name, 1, SMALL) == make(row.name, 1, SMALL)
    if row.article:
        made = make(row.name, 1, SMALL)
        assert TEXT[2].encode() in made
        assert TITLE.encode() in made
        assert made.count(b"<p") >= len(TEXT)


def test_pages_come_by_name_and_differ() -> None:
    made = dict(hostile_pages(3, SMALL))
    assert list(made) == list(HOSTILE)
    assert len(set(made.values())) == len(made) >= 35


def test_seed_and_scale_matter() -> None:
    assert make("noise", 1, SMALL) != make("noise", 2, SMALL)
    assert len(make("table-rows", 1, 0.01)) > 8 * len(make("table-rows", 1, 0.001)) - 20_000


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("unterminated-json-string", 40_000, 50_000),
        ("many-attributes", 1_800_000, 2_600_000),
        ("json-error-at-the-end", 700_000, 1_000_000),
        ("table-rows", 7_000_000, 9_000_000),
        ("one-line-of-50-mb", 50_000_000, 51_000_000),
        ("less-thans", 1_000_000, 1_000_000),
        ("title-of-10-mb", 18_000_000, 21_000_000),
    ],
)
def test_full_sizes(name: str, least: int, most: int) -> None:
    assert least <= len(make(name)) <= most


def test_counts_at_full_scale() -> None:
    assert len(set(re.findall(rb"data-a\d+", make("many-attributes")))) == 100_000
    assert make("line-breaks").count(b"<br>") == 1_000_000
    assert make("links").count(b"<a ") == 100_000
    assert make("meta-tags").count(b"<meta name") == 100_000
    assert make("microdata-items").count(b"itemscope") == 100_000
    assert make("deep-divs").count(b"<div>") == make("deep-divs").count(b"</div>") == 100_000
    assert make("same-attribute").count(b"class=a ") == 200_000


def _json_ld(name: str, scale: float = 1.0) -> str:
    return make(name, 0, scale).decode().partition('ld+json">')[2].partition("</script>")[0]


def test_json_ld_is_broken_as_stated() -> None:
    with pytest.raises(json.JSONDecodeError, match="Unterminated string"):
        json.loads(_json_ld("unterminated-json-string"))
    with pytest.raises(json.JSONDecodeError) as error:
        json.loads(_json_ld("json-error-at-the-end"))
    assert error.value.pos >= len(_json_ld("json-error-at-the-end")) - 2
    with pytest.raises(RecursionError):
        json.loads(_json_ld("json-deep-lists"))
    with pytest.raises(ValueError, match="digits"):
        json.loads(_json_ld("json-huge-numbers"))
    with pytest.raises(UnicodeEncodeError):
        json.loads(_json_ld("json-lone-surrogates"))["headline"].encode()


def test_json_ld_that_is_valid() -> None:
    assert len(json.loads(_json_ld("json-many-authors"))["author"]) == 100_000
    assert _json_ld("json-deep-objects").count('"author"') == 900
    json.loads(_json_ld("json-graph-cycle"))


def test_bytes_that_are_no_utf_8() -> None:
    for name in ("lone-surrogates", "mixed-encodings", "broken-utf8", "png-bytes", "noise"):
        with pytest.raises(UnicodeDecodeError):
            make(name, 0, 0.01).decode()
    assert b"\x00" in make("nul-bytes")
    assert make("nothing") == b""
    assert make("blanks", 0, 0.01).decode().isspace()


def test_what_never_closes() -> None:
    assert make("unclosed-comment").count(b"-->") == 0
    rest = make("unclosed-attribute-quote").partition(b'<a href="')[2]
    assert b'"' not in rest
    assert b"</script" not in make("unclosed-script").partition(b"<script>")[2].replace(b"</scrip ", b"")


def test_entities_are_nested_nine_deep() -> None:
    bomb = make("billion-laughs", 0, 0.1).decode()
    assert bomb.count("<!ENTITY") == 10
    assert bomb.count("&l0;") == 10


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
