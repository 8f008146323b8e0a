"""Quotations: what of a text is told to be another's words, in the marks of many languages."""

from __future__ import annotations

import pytest

from newscrawl.stories.quotations import LONGEST, parted


def quoted(text: str) -> list[str]:
    return [part.strip("\"'“”„«»‹›「」『』‘’") for part in parted(text)[1::2]]


@pytest.mark.parametrize(
    "text",
    [
        "He said “the gate stays shut” on Monday.",
        'He said "the gate stays shut" on Monday.',
        "He said ‘the gate stays shut’ on Monday.",
        "He said 'the gate stays shut' on Monday.",
        "Er sagte, „the gate stays shut“, und ging.",
        "Er sagte »the gate stays shut« und ging.",
        "Il a dit : « the gate stays shut » lundi.",
        "Han sade ”the gate stays shut” i dag.",
        "Powiedział „the gate stays shut” w środę.",
        "他说：“the gate stays shut”。",
        "他说「the gate stays shut」。",
        "彼は『the gate stays shut』と言った。",
        '他说"the gate stays shut"。',
    ],
)
def test_marks_of_many_languages(text: str) -> None:
    assert [part.strip() for part in quoted(text)] == ["the gate stays shut"]


def test_the_parts_are_the_text_and_alternate() -> None:
    text = "“One” and two “three\n— Four, five.\nSix: “seven” eight and nine and ten"
    assert "".join("".join(parted(text)).split()) == "".join(text.split())
    assert quoted(text) == ["One", "three", "— Four, five.", "seven"]


def test_an_apostrophe_is_no_mark() -> None:
    assert quoted("It's the workers' day, don't you know, in the '80s and '90s.") == []
    assert quoted("She said: 'I don't know the workers, but it's late,' and left.") == [
        "I don't know the workers, but it's late,"
    ]


def test_an_inch_or_a_closing_mark_opens_nothing() -> None:
    assert quoted('A 7" record and a 12" one.') == []
    assert quoted("she ended.” Then he went on about the gate.") == []


def test_a_mark_that_is_not_closed_ends_with_its_paragraph() -> None:
    assert quoted("“Speech goes on.\nNot here.") == ["Speech goes on."]
    assert len(quoted("“" + "word " * LONGEST)[0]) == LONGEST


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("— Nie wiem — powiedziała.\nPotem wyszła.", ["— Nie wiem — powiedziała."]),
        ("The letter reads:\nDear all, we close.\nThat was it.", ["Dear all, we close."]),
        ("What to know:\n- First the gate.\n- Then the wall.", []),
        ("So sad! — Ann Vale (@annvale) May 5, 2026\nShe is mayor.", ["So sad! — Ann Vale (@annvale) May 5, 2026"]),
        ("So sad!\n— Ann Vale (@annvale) May 5\nEnd.", ["So sad!", "— Ann Vale (@annvale) May 5"]),
        ("Look at that pic.twitter.com/abc\nEnd.", ["Look at that pic.twitter.com/abc"]),
        ("> as you wrote\nNo.", ["> as you wrote"]),
    ],
)
def test_lines_that_are_quoted_as_a_whole(text: str, said: list[str]) -> None:
    assert quoted(f"{text}\n{'And so on. ' * 9}") == said


def test_a_text_that_has_lost_its_paragraphs_is_no_post() -> None:
    assert quoted("She wrote so. — Ann Vale (@annvale) May 5, 2026 The mayor said no more, and left.") == []
