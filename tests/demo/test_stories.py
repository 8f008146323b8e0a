"""The demo's stories: enough of them, in several languages, each written once, no sentence of the seed page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from newscrawl.demo import expected
from newscrawl.demo.markup import plain
from newscrawl.demo.outlets import OUTLETS
from newscrawl.demo.site import Resource
from newscrawl.demo.story import SampleStory, parse, stories

ALL = list(stories().values())
LONG = 6
"""Sentences of up to so many words may stand twice: "Nobody was hurt.\""""


def sentences(text: str) -> set[str]:
    """The sentences of a text that are long enough to be anybody's own, folded to their words."""
    found = (re.sub(r"\W+", " ", part).strip().lower() for part in re.split(r"[.!?…:]\s|\n", text + "\n"))
    return {sentence for sentence in found if len(sentence.split()) > LONG}


def text_of(story: SampleStory) -> str:
    blocks = [story.title, story.standfirst, *map(plain, story.body), story.photo, story.notice]
    return "\n".join(block for block in blocks if block)


def test_there_are_forty_stories_in_three_languages_or_more() -> None:
    languages = Counter(record.language for record in expected().values())
    assert sum(languages.values()) >= 40
    assert len([language for language, count in languages.items() if count >= 8]) >= 3


def test_every_kind_of_provenance_is_there() -> None:
    relations = Counter(record.origin.relation for record in expected().values() if record.origin)
    assert relations.keys() >= {"republished", "wire", "translated", "cross_post", "press_release"}
    wire = {record.language for record in expected().values() if record.origin and record.origin.relation == "wire"}
    assert wire == {"en", "de", "fr", "es"}
    assert sum(bool(record.contributors) for record in expected().values()) >= 3
    assert {story.origin.place for story in ALL if story.origin and story.origin.line} == {"above", "below", "outside"}
    assert {story.kind for story in ALL} >= {"news", "opinion", "live", "press_release"}
    assert any(story.origin and story.origin.canonical for story in ALL)


def test_no_sentence_stands_in_two_stories_but_in_copies() -> None:
    owners = defaultdict(set)
    for story in ALL:
        for sentence in sentences(text_of(story)):
            owners[sentence].add(story.original)
    assert {sentence: sorted(names) for sentence, names in owners.items() if len(names) > 1} == {}


@pytest.mark.parametrize("story", [story for story in ALL if story.origin and story.origin.story], ids=lambda s: s.key)
def test_a_copy_has_the_text_of_its_original(story: SampleStory) -> None:
    assert story.origin is not None
    assert story.origin.story is not None
    original = stories()[story.origin.story]
    assert original.published < story.published
    assert original.title != story.title
    shared = sentences(text_of(story)) & sentences(text_of(original))
    assert (len(shared) > 5) == (story.origin.relation != "translated")


@pytest.mark.parametrize("story", ALL, ids=lambda story: story.key)
def test_a_story_is_whole(story: SampleStory) -> None:
    outlet = OUTLETS[story.outlet]
    assert story.section in outlet.sections
    assert 4 <= len(story.body) <= 14
    assert 100 <= len(text_of(story).split()) <= 450
    assert story.published.tzinfo is not None
    assert date(2026, 5, 1) <= story.published.date() <= date(2026, 11, 20)
    assert story.modified is None or story.modified > story.published
    assert ("{number}" in outlet.article) == (story.number > 0)


def test_numbers_and_slugs_are_given_once() -> None:
    assert len({(story.outlet, story.number or story.slug) for story in ALL}) == len(ALL)
    assert len({story.slug for story in ALL}) == len(ALL)


def test_a_key_that_no_field_has_is_refused() -> None:
    with pytest.raises(TypeError, match="autor"):
        parse('+++\ntitle = "T"\nsection = "s"\nautor = "A"\n+++\nText.\n', "outlet", "slug")


@pytest.mark.shared
def test_no_sentence_of_the_seed_page_is_used(shared: Path, sites: dict[str, dict[str, Resource]]) -> None:
    seed = sentences((shared / "seed" / "seed.txt").read_text(encoding="utf-8"))
    assert len(seed) > 20
    served = " ".join(
        re.sub(r"\W+", " ", re.sub(r"<[^>]*>", "\n", resource.body.decode("utf-8", "replace"))).lower()
        for pages in sites.values()
        for resource in pages.values()
    )
    assert [sentence for sentence in seed if sentence in served] == []
