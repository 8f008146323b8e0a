"""Shingles: what makes no difference to them, and that they never change."""

from __future__ import annotations

import unicodedata

import pytest

from newscrawl.stories.shingles import MAX_CHARACTERS, shingles

TEXT = 'The mayor of Zürich said on Friday that 12,500 homes, half of them "empty", would be repaired - or sold.'


@pytest.mark.parametrize(
    "copy",
    [
        TEXT.upper(),
        unicodedata.normalize("NFD", TEXT),
        TEXT.replace("ü", "u"),
        TEXT.replace('"', "”").replace(" - ", " — "),
        TEXT.replace("12,500", "12.500"),
        TEXT.replace(" ", "\u00a0\n"),
        TEXT.replace("repaired", "re\u00adpai\u200bred"),
    ],
    ids=["case", "decomposed", "accents", "typography", "thousands", "spaces", "soft hyphens"],
)
def test_house_style_makes_no_difference(copy: str) -> None:
    assert shingles(copy) == shingles(TEXT)


def test_figures_and_words_make_one() -> None:
    assert shingles(TEXT.replace("12,500", "12,600")) != shingles(TEXT)


def test_decimals_are_not_thousands() -> None:
    assert shingles("it rose by 1.25 percent in May") != shingles("it rose by 125 percent in May")


def test_the_hashes_never_change() -> None:
    """An index on disk outlives the run, the machine and the version of Python that wrote it."""
    assert shingles("one two three four five six") == [3299163192, 1029626742]


def test_a_shingle_that_returns_counts_once() -> None:
    assert len(shingles("one two three four five " * 20)) == 5


@pytest.mark.parametrize("text", ["", "!!!", "four words are few", "\ud800 a b c d"])
def test_too_little_text_has_none(text: str) -> None:
    assert shingles(text) == []


def test_text_without_spaces_is_cut_into_characters() -> None:
    text = "市政府周三宣布将暂停投资有轨电车项目并在十月公布新的方案"
    assert len(shingles(text)) == len(text) - 11
    assert set(shingles(text[9:])) < set(shingles("据悉，" + text))
    thai = "เทศบาลเมืองประกาศเลื่อนโครงการรถรางออกไปอีกสองปีเพราะงบประมาณไม่พอ"
    assert set(shingles(thai[:40])) < set(shingles(thai))


def test_a_chinese_name_in_an_english_text_changes_nothing() -> None:
    assert len(shingles("The architect Wang Shu (王澍) drew the museum in Ningbo")) == 6


def test_words_with_vowel_signs_stay_whole() -> None:
    assert len(shingles("नगर पालिका ने बुधवार को ट्राम परियोजना रोक दी")) == 5


def test_hostile_length_is_cut() -> None:
    assert len(shingles("x1 y2 z3 " * MAX_CHARACTERS)) <= MAX_CHARACTERS
    assert len(shingles("".join(map(chr, range(0x4E00, 0x9F00))) * 9)) <= MAX_CHARACTERS


def test_hashes_are_spread_evenly() -> None:
    found = shingles(" ".join(map(str, range(20_000))))
    below = sum(shingle < 2**28 for shingle in found)
    assert 1150 < below < 1350  # 1,250 are a sixteenth of 20,000
