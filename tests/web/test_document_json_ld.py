"""JSON-LD is read out of its wrapping, and a broken script costs no other."""

from __future__ import annotations

import pytest

from newscrawl.web.document import Document, parse

SCRIPT = '<script type="application/ld+json">%s</script>'
NODE = '{"@type": "NewsArticle", "author": "Ida"}'


def read(*scripts: str) -> Document:
    document = parse("".join(SCRIPT % script for script in scripts).encode(), "https://www.tidewater-echo.example/a")
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize("before", ["", "\n ", "//<![CDATA[\n", "<!--", "/*<![CDATA[*/"])
@pytest.mark.parametrize("behind", ["", "}", ";", "\n//]]>", "-->", ', {"@type": "WebPage"}', "\n<!-- cached -->"])
def test_whatever_stands_around_it(before: str, behind: str) -> None:
    document = read(before + NODE + behind)
    assert document.json_ld == [{"@type": "NewsArticle", "author": "Ida"}]
    assert document.warnings == set()


def test_a_broken_script_beside_a_good_one() -> None:
    document = read(NODE[:-1], NODE, "")
    assert document.json_ld == [{"@type": "NewsArticle", "author": "Ida"}]
    assert document.warnings == {"json_ld_malformed"}
