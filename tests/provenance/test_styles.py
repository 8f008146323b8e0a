"""The datelines and bylines of styles/*.txt, on a page each: who wrote them, or nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawl.provenance import judge
from newscrawl.web.document import Document, parse
from tests.provenance.conftest import PROSE

STYLES = sorted((Path(__file__).parent / "styles").glob("*.txt"))
SITE = "fenwickcourier.example"


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_each_line_is_read(path: Path) -> None:
    wrong = {
        f"{language} {line}": found
        for language, place, stated, line in lines(path)
        if (found := read(language, place, line, contributors=stated.startswith("c:"))) not in stated.split("/")
    }
    assert wrong == {}


def lines(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """Language, place, what should be found ("a/b" leaves the choice), line."""
    language = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            language = line[1:]
        elif not line.startswith("#"):
            place, stated, text = line.split("|", 2)
            yield language, place, stated, text


def read(language: str, place: str, line: str, *, contributors: bool) -> str:
    """The origin's domain, "-" without one; where asked for the contributors', "c:A,B"."""
    document = parse(page(language, place, line).encode(), f"https://www.{SITE}/news/ferry")
    assert isinstance(document, Document)
    said = judge(document, source_domain=SITE)
    if contributors and said.origin is None:
        return "c:" + ",".join(sorted(party.domain or "" for party in said.contributors))
    return (said.origin.domain or "") if said.origin else "-"


def page(language: str, place: str, line: str) -> str:
    """A page with the line as its byline, as a line above the text, or in the first or last paragraph."""
    said = re.sub(r"\[([^\]]+)\]\((\S+?)\)", r'<a href="\2">\1</a>', line)
    first = f"<p>{said} Two of the four boats stop running in June.</p>" if place == "start" else ""
    above = f"<div>{said}</div>" if place == "line" else ""
    byline = f'<div class="byline">{said}</div>' if place == "byline" else ""
    last = f"<p>The council wants to decide in autumn whether it buys a used boat. {said}</p>" if place == "end" else ""
    last += f"<p><em>{said}</em></p>" if place == "below" else ""
    return (
        f"<html lang='{language}'><title>Ferry timetable cut by half</title><header><a href='/'>Home</a></header>"
        f"<h1>Ferry timetable cut by half</h1>{byline}<article>{above}{first}{PROSE * 4}{last}</article>"
    )
