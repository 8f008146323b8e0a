"""The file of subscriptions: which URL gets what, and what is wrong with a file, told without its values."""

from pathlib import Path

import pytest

from newscrawl.web.subscriptions import Subscriptions, read_subscriptions

FILE = """
["www.paper.example"]
cookies = { session = "sesame", plan = "all" }

["http://plain.example:8080"]
headers = { Authorization = "Bearer sesame" }
"""


def read(folder: Path, text: str) -> Subscriptions:
    (folder / "paid.toml").write_text(text)
    return read_subscriptions(str(folder / "paid.toml"))


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        ("https://www.paper.example/a", {"Cookie": "session=sesame; plan=all"}),
        ("https://WWW.paper.example/a", {"Cookie": "session=sesame; plan=all"}),
        ("http://www.paper.example/a", {}),
        ("https://paper.example/a", {}),
        ("https://www.paper.example:444/a", {}),
        ("https://www.paper.example.evil.example/a", {}),
        ("http://plain.example:8080/a", {"Authorization": "Bearer sesame"}),
        ("https://plain.example:8080/a", {}),
    ],
)
def test_only_its_host_gets_it(url: str, headers: dict[str, str], tmp_path: Path) -> None:
    found = read(tmp_path, FILE)
    assert found.of(url) == headers
    assert "sesame" not in repr(found)


@pytest.mark.parametrize(
    "text",
    [
        '["www.paper.example"]\ncookies = { session = "sesame',
        '["www.paper.example"]\ncookies = "sesame"',
        '["www.paper.example"]\ncookies = { a = 1, b = "sesame" }',
        '["www.paper.example"]\ncookies = { a = "sesame; b=c" }',
        '["www.paper.example"]\ncookies = { "a b" = "sesame" }',
        '["www.paper.example"]\nheaders = { X = "sesame\\r\\nHost: evil.example" }',
        '["www.paper.example"]\nheaders = { Host = "sesame" }',
        '["www.paper.example"]\nheaders = { Cookie = "sesame" }',
        '["www.paper.example"]\npassword = "sesame"',
        '["https://www.paper.example/a/path"]\ncookies = { a = "sesame" }',
        '["ann:sesame@www.paper.example"]\ncookies = { a = "b" }',
        'cookies = "sesame"',
    ],
)
def test_a_bad_file_is_told_without_its_values(text: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"NEWSCRAWL_SUBSCRIPTIONS: .*paid\.toml") as error:
        read(tmp_path, text)
    assert "sesame" not in str(error.value)
    assert error.value.__cause__ is None


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(ValueError, match=r"nowhere\.toml: FileNotFoundError"):
        read_subscriptions("nowhere.toml")
    assert read_subscriptions("").of("https://www.paper.example/") == {}
