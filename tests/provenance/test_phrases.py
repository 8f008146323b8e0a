"""Every line of every phrase file; what the loader says of a bad file; hostile text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newscrawl import provenance
from newscrawl.provenance.label_words import KINDS
from newscrawl.provenance.phrase_files import default_phrasebook, load_phrasebook, read_phrases, read_sentences
from newscrawl.provenance.phrasebook import Phrase, find

PHRASES = default_phrasebook().phrases
WITH_LINES = [phrase for phrase in PHRASES if phrase.positive]
"""The phrases written as patterns; the sentences in words have test lines by file, which the loader checks."""

GOOD = """
language = "en"
[[phrase]]
name = "lent-by"
pattern = 'this story is lent by\\s{name}'
needs = ["lent by"]
positive = [["This story is lent by Coastal Review.", "Coastal Review"]]
negative = ["This story is lent by May 3.", "A boat lent by the port."]
seen = "unseen"
"""


@pytest.mark.parametrize("phrase", WITH_LINES, ids=lambda phrase: phrase.rule)
def test_each_phrase_finds_its_positive_lines_and_no_negative_one(phrase: Phrase) -> None:
    assert [(find(phrase, line) or pytest.fail(line)).name or "" for line, _ in phrase.positive] == [
        n for _, n in phrase.positive
    ]
    assert not [line for line in phrase.negative if find(phrase, line)]
    assert len(phrase.negative) >= 2


def test_a_needed_word_stands_in_every_positive_line() -> None:
    book = default_phrasebook()
    for phrase in PHRASES:
        for line, _ in phrase.positive:
            assert (0, phrase) in book.candidates([line.lower()]), line


def test_every_language_has_labels_and_sentences() -> None:
    languages = set(
        "ar bg cs da de el en es fa fi fr he hi hu id it ja ko nl no pl pt ro ru sk sr sv th tr uk vi zh".split()
    )
    assert {phrase.language for phrase in PHRASES} == languages
    assert {path.stem for path in (Path(provenance.__file__).parent / "phrases").glob("*.toml")} == languages
    told = default_phrasebook().labels.words
    assert all(told[kind] for kind in KINDS)


@pytest.mark.parametrize(
    ("text", "line", "name"),
    [
        ("(this) story|text first ran in NAME", "This text first ran in Gull Post.", "Gull Post"),
        ("(this) story|text first ran in NAME", "Story first ran in Gull Post.", "Gull Post"),
        ("story (... years_ago) ran (first) in NAME", "Story that we heard years ago ran in Gull Post.", "Gull Post"),
        ("reprint~ with thanks to NAME", "Reprinted with thanks to Gull Post.", "Gull Post"),
    ],
)
def test_the_notation_of_sentences(text: str, line: str, name: str) -> None:
    table = {
        "republished": [text],
        "right": [[line, name]],
        "wrong": ["The text ran first.", "A story in the Gull Post."],
    }
    assert read_sentences(table, "en")[0].rule == "en/republished-1"


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ({"stolen": ["story by NAME"]}, "unknown relation 'stolen'"),
        ({"wire": ["(story by NAME"]}, "not closed"),
        ({"wire": ["story) by NAME"]}, "bracket too many"),
        ({"wire": ["(story) NAME"]}, "no word is always in"),
        ({"wire": ["NAME for NAME"]}, "more than one name"),
        ({"wire": ["by NAME"], "right": [["From Gull Post", "Gull Post"]]}, "gives"),
        ({"wire": ["by NAME"], "wrong": ["By Gull Post"]}, "matches en/wire-1"),
    ],
)
def test_a_bad_sentence_is_told(table: dict[str, list[object]], reason: str) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)):
        read_sentences(table, "en")


def test_a_users_folder_adds_phrases(tmp_path: Path) -> None:
    (tmp_path / "xx.toml").write_text(GOOD, encoding="utf-8")
    assert "en/lent-by" in {phrase.rule for phrase in load_phrasebook([tmp_path]).phrases}


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ("language", "tongue", 1, "language is missing"),
        ("seen =", "saw =", 3, "unknown key 'saw'"),
        ("{name}", r".+{name}", 3, "upper bound"),
        ("lent by", "(lent by", 3, "unterminated subpattern"),
        ('"A boat lent by the port."]', "]", 3, "two negative lines"),
        ("May 3", "Harbour Gazette", 3, "negative line matches"),
        ('"Coastal Review"]]', '"Gazette"]]', 3, "positive line gives"),
        ('needs = ["lent by"]', 'needs = ["given"]', 3, "no word of needs"),
        ('needs = ["lent by"]', 'needs = ["lent by"]\nrelation = "stolen"', 3, "relation is one of"),
        ('needs = ["lent by"]', "needs = [1]", 3, "int"),
        ('needs = ["lent by"]', "", 3, "'needs' is missing"),
        ('seen = "unseen"', 'seen = "unseen', 9, "Illegal character"),
    ],
)
def test_a_bad_file_names_file_line_and_reason(tmp_path: Path, old: str, new: str, place: int, reason: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(GOOD.replace(old, new))
    with pytest.raises(ValueError) as raised:
        read_phrases(path)
    assert str(raised.value).startswith(f"{path}:{place}: ")
    assert reason in str(raised.value)


def test_only_the_ends_of_a_long_block_are_looked_at() -> None:
    phrase = next(phrase for phrase in PHRASES if phrase.rule == "en/originally-appeared-on")
    line, filler = "This story originally appeared on Coastal Review.", ("So it goes. " * 5_000).strip()
    assert find(phrase, f"{line} {filler}")
    assert find(phrase, f"{filler} {line}")
    assert find(phrase, f"{filler} {line} {filler}") is None
