"""What README and guides promise: promises.toml names, for each sentence, the test that fails without it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TABLE = tomllib.loads((ROOT / "tests" / "promises.toml").read_text(encoding="utf-8"))
PROMISES: list[tuple[str, str, str]] = [
    (page["page"], sentence, test) for page in TABLE["pages"] for sentence, test in page["promises"]
]
_LINK = re.compile(r"\[([^\]]{1,100})\]\([^)]{1,200}\)")
_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z`\"(.]|newscrawl )")


def prose(page: str) -> str:
    """A page's text without code, tables and headings; links as their words, white space folded."""
    text = (ROOT / page).read_text(encoding="utf-8")
    text = re.sub(r"^```.*?^```", "\n\n", text, flags=re.MULTILINE | re.DOTALL)
    paragraphs = [part for part in re.split(r"\n\s*\n", text) if not re.match(r" {4}|\||#|-", part)]
    return "\n".join(" ".join(_LINK.sub(r"\1", part).split()) for part in paragraphs)


def sentences(page: str) -> list[str]:
    """The sentences of a page's prose."""
    return [sentence for line in prose(page).split("\n") for sentence in _END.split(line) if sentence]


@pytest.mark.parametrize(("page", "sentence", "test"), PROMISES, ids=[sentence[:60] for _, sentence, _ in PROMISES])
def test_a_promise_stands_on_its_page_and_has_a_test(page: str, sentence: str, test: str) -> None:
    assert sentence in prose(page)
    path, _, name = test.partition("::")
    source = (ROOT / path).read_text(encoding="utf-8")
    assert re.search(rf"^ *(?:async )?def {re.escape(name)}\(", source, re.MULTILINE), test


@pytest.mark.parametrize("page", TABLE["pages"], ids=[page["page"] for page in TABLE["pages"]])
def test_each_sentence_of_the_page_is_a_promise_or_promises_nothing(page: dict[str, object]) -> None:
    promised = [sentence for sentence, _ in page["promises"]]  # type: ignore[attr-defined]
    known = "\n".join([*promised, *page["no_promise"]])  # type: ignore[misc]
    assert [sentence for sentence in sentences(str(page["page"])) if sentence not in known] == []
