"""Credit lines: who is credited, alone or in part."""

from __future__ import annotations

import pytest

from newscrawl.provenance.article_extent import Layout
from newscrawl.provenance.credits import read_credit
from newscrawl.provenance.directory.directory import default_directory
from newscrawl.provenance.phrasebook import Phrasebook
from newscrawl.provenance.signal import Context

CONTEXT = Context(
    source_domain="port.example",
    frame=("", ""),
    site_names=frozenset({"port news", "le port"}),
    directory=default_directory(),
    phrases=Phrasebook([]),
    layout=Layout(0, 0, 0, 0),
)


@pytest.mark.parametrize(
    ("line", "kind", "name"),
    [
        ("ByThe Associated Press", "sole", "Associated Press"),
        ("Par AFP", "sole", "AFP"),
        ("Von dpa 30.04.2024, 18:58", "sole", "dpa"),
        ("AFP / Updated: Dec 22, 2023, 19:28 IST", "sole", "AFP"),
        ("AFP, MANILA", "sole", "AFP"),
        ("EFE/Madrid", "sole", "EFE"),
        ("PTI | New Delhi", "sole", "PTI"),
        ("dpa/eh", "sole", "dpa"),
        ("The Associated Press, with files from Port News", "sole", "Associated Press"),
        ("By Associated Press, Wire Service Content March 3, 2020", "sole", "Associated Press"),
        ("Fuente: EFE", "sole", "EFE"),
        ("المصدر: رويترز", "sole", "Reuters"),
        ("By Ann LeeThe Associated Press", "person", "Associated Press"),
        ("By Ann Lee and Bo Berg Reuters", "person", "Reuters"),
        ("Ann Lee, Ap Sports Writer", "person", "Associated Press"),
        ("By Ann Lee | Associated Press", "person", "Associated Press"),
        ("By Ann Lee, CNN", "person", "CNN"),
        ("By Ann Lee (AFP) – 17 hours ago", "person", "AFP"),
        ("Le Port avec AFP", "partial", "AFP"),
        ("Ann Lee and Associated Press", "partial", "Associated Press"),
        ("Agência Brasil2026-03-03", "sole", "Agência Brasil"),
        ("Port News and Reuters", "partial", "Reuters"),
        ("ino/dpa", "partial", "dpa"),
        ("Quelle: port.example, ino/dpa", "partial", "dpa"),
        ("Con información de AFP, EFE y Reuters", "partial", "AFP"),
        ("Contributing: Ann Lee, Bo Berg, Associated Press.", "partial", "Associated Press"),
    ],
)
def test_a_credit(line: str, kind: str, name: str) -> None:
    credit = read_credit(line, CONTEXT)
    assert credit is not None
    assert (credit.kind, credit.publishers[0].name) == (kind, name)


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Lee",
        "CLICK HERE TO GET THE PORT NEWS APP",
        "map",
        "Time",
        "Flipboard",
        "Photo: AP",
        "© REUTERS / POOL",
        "The National",
        "Ann Lee, Staff",
    ],
)
def test_no_credit(line: str) -> None:
    assert read_credit(line, CONTEXT) is None


def test_a_button_is_no_agency_unless_marked_up_as_a_byline() -> None:
    assert read_credit("AA", CONTEXT, marked=False) is None
    assert read_credit("AA", CONTEXT, marked=True) is not None
