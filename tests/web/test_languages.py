"""Language tags as ISO 639-1."""

import pytest

from newscrawl.web.languages import CODES, language_code


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en", "en"), ("en-US", "en"), ("pt_BR", "pt"), ("DE", "de"), (" fr ", "fr"), ("zh-Hans-CN", "zh"),
        ("nb", "nb"),
        ("iw", "he"), ("iw-IL", "he"), ("in", "id"), ("ji", "yi"), ("mo", "ro"), ("sh", "sr"), ("jw", "jv"),
        ("fil", "tl"), ("fil-PH", "tl"), ("deu", "de"), ("ger", "de"), ("eng", "en"), ("jp", "ja"),
        ("cz", "cs"),
        ("English", None), ("xx", None), ("yue", None), ("und", None), ("", None), (None, None), ("{{lang}}", None),
    ],
)  # fmt: skip
def test_language_codes(tag: str | None, code: str | None) -> None:
    assert language_code(tag) == code


def test_there_are_as_many_as_the_standard_has() -> None:
    assert len(CODES) == 183
