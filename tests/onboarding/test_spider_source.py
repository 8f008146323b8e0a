"""Spiders' files: names that lead elsewhere are refused, nothing from outside is more than a string in the source."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.onboarding.spider_source import name_fault, name_of, quoted, spider_source
from newscrawl.onboarding.survey import Declared

HOSTILE = 'Times"""\n    def start(self): evil()\n\\" \u202e\x00\u2028{x} $name'


def values(source: str) -> dict[str, object]:
    """The class's attributes, by the parsed source."""
    cls = next(node for node in ast.parse(source).body if isinstance(node, ast.ClassDef))
    assert {type(node) for node in cls.body} <= {ast.Expr, ast.Assign}
    assigned = [node for node in cls.body if isinstance(node, ast.Assign)]
    return {ast.unparse(node.targets[0]): ast.literal_eval(node.value) for node in assigned}


@pytest.mark.parametrize(
    "name", ["../evil", "a/b", "", "A", "1st", "class", "a" * 41, "a.b", "naïve", "a\n", "-a", "a-b"]
)
def test_names_that_are_no_plain_word_are_refused(name: str) -> None:
    assert name_fault(name)
    with pytest.raises(ValueError, match="no spider"):
        spider_source(name, "https://a.example/", None, Declared())


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.gazette-littoral.example/", "gazette_littoral"),
        ("https://24.example/", "site_24"),
        ("https://class.example/", "site_class"),
        ("https://xn--bcher-kva.example/", "xn_bcher_kva"),
    ],
)
def test_a_name_by_the_domain(url: str, name: str) -> None:
    assert name_of(url) == name
    assert name_fault(name) is None


def test_what_the_site_says_stays_within_strings() -> None:
    feeds = ("https://a.example/feed?q=');evil()#", f"https://a.example/{HOSTILE}")
    source = spider_source("a", "https://a.example/", HOSTILE, Declared(feeds=feeds, listings=("https://a.example/",)))
    assert all(character.isprintable() or character == "\n" for character in source)
    found = values(source)
    assert found == {"name": "a", "site_name": HOSTILE, "feeds": feeds, "listings": ("https://a.example/",)}


@given(st.text())
def test_every_text_comes_back(text: str) -> None:
    assert ast.literal_eval(quoted(text)) == text


@pytest.mark.parametrize("url", ['https://a"""b.example/', "https:///x", "https://ä.example/"])
def test_a_host_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="no spider"):
        spider_source("a", url, None, Declared())


def test_long_lists_of_urls_stand_one_a_line() -> None:
    urls = tuple(f"https://a.example/{'section' * 4}/{number}/" for number in range(4))
    source = spider_source("a", "https://a.example/", None, Declared(listings=urls))
    assert max(map(len, source.splitlines())) <= 120
    assert values(source)["listings"] == urls
