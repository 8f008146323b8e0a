"""Reports by one template are no copies of each other: ten kinds on five outlets, a week of each."""

from __future__ import annotations

from random import Random

import pytest

from newscrawl.items import Story
from newscrawl.stories import StoryIndex, sketch
from newscrawl.stories.index import Copy
from tests.stories.reports import KINDS, report

OUTLETS, DAYS = 5, 7


def file(index: StoryIndex, outlet: int, page: str, text: str, day: int) -> Story | None:
    name = f"outlet{outlet}.example"
    copy = Copy(url=f"https://{name}/{page}", outlet=name, seen_at=f"2026-11-{day + 1:02}T08:00:00Z")
    return index.assign(copy, sketch(text))


@pytest.mark.parametrize("kind", KINDS)
def test_reports_of_other_days_are_no_copies(index: StoryIndex, kind: str) -> None:
    """Of places of their own on each outlet, which is the rule; of one outlet, no two days."""
    found = [
        (outlet, day, story.relation)
        for outlet in range(OUTLETS)
        for day in range(DAYS)
        if (story := file(index, outlet, f"{kind}-{day}", report(kind, Random(f"{kind} {outlet} {day}")), day))
    ]
    assert found == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_that_two_outlets_carry_is_a_copy(index: StoryIndex, kind: str) -> None:
    text = report(kind, Random(kind))
    file(index, 0, kind, text, 0)
    found = file(index, 1, kind, text, 0)
    assert found is not None
    assert found.relation == "copy"
