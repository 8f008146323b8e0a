"""Mutants of the sample outlets' pages come to a named end: benchmarks/fuzz.py in small."""

from __future__ import annotations

import asyncio

import pytest

from benchmarks.fuzz import SavedPage, fuzz
from newscrawl.demo import outlets
from newscrawl.demo.site import resources


def sample_pages() -> list[SavedPage]:
    return [
        (f"http://{outlet.host}{path}", resource.body)
        for outlet in outlets()
        for path, resource in resources(outlet).items()
        if "html" in resource.content_type
    ]


@pytest.mark.e2e
def test_mutants_come_to_a_named_end() -> None:
    pages = sample_pages()
    assert len(pages) > 50
    fuzzed = asyncio.run(fuzz(lambda: pages, 400))
    assert fuzzed.faults == []
    assert fuzzed.ends.total() == 400
    assert fuzzed.ends["article"] > 100
