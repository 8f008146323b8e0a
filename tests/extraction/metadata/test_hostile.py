"""Pages that mean harm or are broken: no exception, nothing beyond the caps."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extraction.metadata.metadata_pages import STORY, json_ld, read

FIELDS = (
    "@id @type headline name author creator publisher datePublished dateModified image keywords articleSection url"
    " mainEntityOfPage inLanguage isAccessibleForFree license description"
).split()
SCALARS: st.SearchStrategy[Any] = st.none() | st.booleans() | st.integers() | st.text(max_size=30)
VALUES = st.recursive(
    SCALARS, lambda v: st.lists(v, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), v, max_size=3), max_leaves=12
)
"""Twelve leaves a field: with the usual hundred most of the test's time went into making them."""


@given(st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=6))
def test_any_json_ld(node: dict[str, Any]) -> None:
    found = read(json_ld(**node), "<h1>Old bridge reopens</h1>" + STORY)
    assert found.title is None or 0 < len(found.title) <= 500
    assert all(0 < len(name) <= 100 for name in found.authors)
    assert found.language is None or len(found.language) == 2


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_lines_around_the_headline(above: str, below: str) -> None:
    escaped = [text.replace("&", "").replace("<", "") for text in (above, below)]
    read("", f"<p>{escaped[0]}</p><h1>Old bridge reopens</h1><p>By {escaped[1]}</p><p>{escaped[1]}</p>" + STORY)


@pytest.mark.parametrize(
    "head",
    [
        json_ld(headline="a", author=[[[[[[["Ann Lee"]]]]]]]),
        json_ld(**{"@id": "#a", "headline": "a", "author": {"@id": "#a"}, "publisher": {"@id": "#a"}}),
        json_ld(headline="a", datePublished="2024-01-01T00:00:00+25:00"),
        "<title>" + "| - " * 5000 + "</title>",
        "".join(f'<meta name="author" content="Ann {n}">' for n in range(500)),
    ],
)
def test_known_traps(head: str) -> None:
    found = read(head, STORY)
    assert len(found.authors) <= 50


def test_control_characters_do_not_stop_the_search_for_a_date() -> None:
    # htmldate moves texts about in its copy of the tree, and lxml refuses to write what it had let in.
    assert read("", "a&#x1;b<style></style>c&#x1;d<script></script>e&#x1;").date_published is None
