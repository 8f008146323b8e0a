"""Wordings of site boilerplate: every line of the files, sentences of stories, and files that are not well formed."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawl.extraction import wording as package
from newscrawl.extraction.wording import CATEGORIES, LANGUAGES, read_book, wording
from newscrawl.extraction.wording.book import Book, language_key
from newscrawl.extraction.wording.forms import BUILT_IN, anchors, compile_form
from tests.extraction.wording.wording_bodies import BODIES as SENTENCES

FOLDER = Path(package.__file__).parent
ANY = FOLDER / "any.toml"
BOOKS: dict[str, Book] = {
    **{language: read_book([FOLDER / f"{language}.toml", ANY]) for language in LANGUAGES},
    "any": read_book([ANY]),
}


BODIES = [(language, line) for language, lines in SENTENCES.items() for line in lines.strip().splitlines()]
LINES = [(name, pattern) for name, book in BOOKS.items() for pattern in book.patterns]


def test_the_seven_languages_and_more_are_there() -> None:
    assert {"en", "de", "fr", "es", "pt", "it", "nl"} < set(LANGUAGES)


@pytest.mark.parametrize("name", BOOKS)
def test_every_positive_line_is_of_its_category_and_every_negative_of_none(name: str) -> None:
    book = BOOKS[name]
    for pattern in book.patterns:
        for line in pattern.positive:
            found = book.find(line)
            assert found is not None, line
            assert found.wording.category == pattern.wording.category, (line, found.text)
        for line in pattern.negative:
            found = book.find(line)
            assert found is None, (line, found.text)


def test_every_pattern_matches_its_own_positive_lines() -> None:
    # Book.find above is satisfied by a neighbour of the same category; here the pattern stands alone.
    idle = [(name, line) for name, pattern in LINES for line in pattern.positive if Book((pattern,)).find(line) is None]
    assert not idle


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pt", "it", "nl"])
def test_every_category_that_readers_meet_has_words_in_the_seven_languages(language: str) -> None:
    had = {pattern.wording.category for pattern in BOOKS[language].patterns}
    assert set(CATEGORIES) - had <= {"republish"}


def test_there_are_150_sentences_of_stories() -> None:
    assert len(BODIES) >= 150


@pytest.mark.parametrize(("language", "line"), BODIES)
def test_a_sentence_of_a_story_is_no_boilerplate(language: str, line: str) -> None:
    assert wording(line, language) is None
    assert wording(line, None) is None


@pytest.mark.parametrize(("language", "line"), BODIES)
def test_quoted_boilerplate_is_no_boilerplate(language: str, line: str) -> None:
    assert wording(f"“Subscribe to our newsletter,” the sign said. {line}", language) is None


def test_a_language_without_a_file_has_the_english_and_the_neutral_wordings() -> None:
    assert wording("Sign up for our newsletter", "xh") == ("newsletter", "line")
    assert wording("Maren Tholl/Getty Images", None) == ("caption", "line")
    assert wording("Lesen Sie auch", None) is None


@pytest.mark.parametrize(("given", "key"), [("pt-BR", "pt"), ("DE", "de"), ("nb", "no"), ("", "en"), ("../x", "en")])
def test_language_key(given: str, key: str) -> None:
    assert language_key(given) == key


def test_signs_around_a_line_do_not_hide_it() -> None:
    for line in (
        "► Read more »",
        "— ADVERTISEMENT —",
        "[Related articles]",
        "👉 Subscribe now!",
        "(Photo: Maren Tholl)",
    ):
        assert wording(line, "en") is not None, line


def test_of_a_long_block_only_the_beginning_speaks() -> None:
    story = " The water rose for three days and nobody in the harbour slept." * 8
    assert wording("This website uses cookies." + story, "en") == ("cookie", "start")
    assert wording("The ferry at dawn." + story + " Photo: Maren Tholl", "en") is None


def test_the_turkish_capital_i() -> None:
    assert wording("İLGİLİ HABERLER", "tr") == ("related", "heading")


@pytest.mark.parametrize(
    "unit", ["Photo ", "sign up for ", "© ", "1,", "(", "by A ", "share on x ", "the A. ", "…", "分享", "\u0301"]
)
def test_hostile_text_costs_bounded_work(unit: str) -> None:
    # A quadratic pattern would never come back from these; the answer itself does not matter.
    for text in (unit * 200_000, (unit * 400)[:400], (unit * 400)[:399] + "!"):
        for language in LANGUAGES:
            wording(text, language)


GOOD = """# Some language.
[slots]
thing = ["boat", "ship"]

[[pattern]]
category = "share"
kind = "line"
forms = ["share the {thing} (now|here)?"]
positive = ["Share the boat", "Share the ship now"]
negative = ["Share the car", "The boat"]
"""


def test_the_notation() -> None:
    regex = compile_form("sign up ... (now|{thing}) for #", {"thing": ["boats"]})
    assert regex.fullmatch("Sign up to win one of our boats for 3")
    assert regex.fullmatch("sign up now for 1,200")
    assert not regex.fullmatch("sign up. Win now for 3")
    assert anchors("(please )?share the {thing}", {"thing": ["boat"]}) == {"share"}
    assert anchors("{name} (reports|writes)", {}) == {"reports", "writes"}


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('"share"', '"shore"', 5, "category is one of"),
        ('"line"', '"lines"', 5, "kind is one of"),
        ('positive = ["Share the boat", "Share the ship now"]', "", 5, "key 'positive' is missing"),
        ("negative =", "negatives =", 5, "key 'negative' is missing"),
        ('"The boat"]', "]", 5, "negative is a list of at least 2 texts"),
        ("{thing}", "{thong}", 8, "no slot is called 'thong'"),
        ("(now|here)?", "(now|here", 8, "cannot be read from"),
        ("(now|here)?", "(now||here)", 8, "an alternative is empty"),
        ("share the {thing} (now|here)?", "(share)?{name}", 8, "no word is always in it"),
        ("[slots]", "[slot]", 2, "key 'slot' is unknown"),
        ("thing = [", "name = [", 3, "slot 'name' is built in"),
        ('["boat", "ship"]', "[]", 3, "slot 'thing' is built in, or no list of texts"),
    ],
)
def test_a_bad_file_is_named_with_line_and_reason(tmp_path: Path, old: str, new: str, line: int, reason: str) -> None:
    path = tmp_path / "xx.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert read_book([path]).find("Share the ship now") is not None
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=f"xx.toml:{line}: .*{reason}"):
        read_book([path])


def test_broken_toml_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "xx.toml"
    path.write_text("[[pattern]\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"xx\.toml: .*line 1"):
        read_book([path])


def test_no_slot_repeats_without_bound() -> None:
    for name, source in BUILT_IN.items():
        assert not any(sign in source for sign in ("*", "+)", "]+", ",}")), name
