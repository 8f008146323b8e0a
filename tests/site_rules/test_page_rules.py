"""A site's selectors are checked: what is wrong is named by attribute and position."""

from __future__ import annotations

from typing import Any

import pytest

from newscrawl.items import Site
from newscrawl.sites.rules.page_rules import RULES, faults

GOOD = (
    ".donate",
    "#newsletter > p",
    "div:has(> .share)",
    "//div[@id='a:b($x)']",
    "(//p[contains(., 'x')])[1]",
    "//h1/text()",
    "/html/body//node()[position() > 1 and (self::p or self::div)]",
    "//ancestor::div[not(@class)]//p[last()]",
    "//a[substring-after(@href, '?') mod (2) = 1]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' x ')]",
)


@pytest.mark.parametrize("name", RULES)
def test_good_selectors(name: str) -> None:
    assert list(faults(Site(**{name: GOOD}))) == []
    assert list(faults(Site(**{name: list(GOOD)}))) == []


@pytest.mark.parametrize(
    ("selectors", "says"),
    [
        ((".ad", ".donate["), "drop[1]: '.donate[': Expected ident"),
        (("p:hoover",), "drop[0]: 'p:hoover': The pseudo-class :hoover is unknown"),
        (("a::before",), "drop[0]: 'a::before': Pseudo-elements"),
        (("",), "drop[0]: '': Expected selector"),
        (("//div[@class='x'",), "drop[0]: \"//div[@class='x'\": Invalid predicate"),
        (("//div[contians(@class, 'x')]",), "no function contians()"),
        (("document('file:///etc/passwd')",), "drop[0]: "),
        (("(document('file:///etc/passwd'))",), "no function document()"),
        (("//re:test(.)",), "prefixed names are not known here: re:test"),
        (("//svg:path",), "prefixed names are not known here: svg:path"),
        (("svg|path",), "prefixed names"),
        (("//div[$x]",), "no variables"),
        ((None,), "drop[0]: None: no string"),
        ((".ad", b".ad"), "drop[1]: b'.ad': no string"),
        (".donate", "drop: '.donate' is one string; write a tuple, with a comma: drop = ('.donate',)"),
        ({".donate"}, "drop: {'.donate'} is no tuple of selectors"),
        (None, "drop: None is no tuple of selectors"),
    ],
)
def test_what_is_wrong_is_named(selectors: Any, says: str) -> None:
    (fault,) = faults(Site(drop=selectors))
    assert says in fault


def test_each_fault_is_named() -> None:
    found = list(faults(Site(drop=("..", ".good", "::"), body=("//[",), date="time")))  # type: ignore[arg-type]
    assert [fault.partition(":")[0] for fault in found] == ["drop[0]", "drop[2]", "body[0]", "date"]
