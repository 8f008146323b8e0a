"""The preview in a real browser: each outcome has its colour, by day and by night; nothing runs off a narrow screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from newscrawl.views.page import preview_page

from .test_page import EVIL, URL, html, seen

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1400])
def test_the_page_is_seen(browser: Any, tmp_path: Path, scheme: str, width: int) -> None:
    told = seen(html())
    assert told.article is not None
    told.article.title = "Unbroken" * 60
    for block in told.blocks[:2]:
        block.text = EVIL
    path = tmp_path / "preview.html"
    path.write_text(preview_page(told, URL), "utf-8")
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(path.as_uri())
    assert "owned" not in page.title()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    colour = "e => getComputedStyle(e).borderLeftColor"
    outcomes = ("title", "body", "origin", "boilerplate")
    assert len({page.locator(f".blocks li.{outcome}").first.evaluate(colour) for outcome in outcomes}) == len(outcomes)
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(22, 24, 27)")
    columns = page.evaluate("getComputedStyle(document.querySelector('main')).gridTemplateColumns.split(' ').length")
    assert columns == (1 if width < 900 else 2)
    offer = page.locator(".blocks details").first
    assert not offer.locator("code").is_visible()
    offer.locator("summary").click()
    assert offer.locator("code").inner_text().startswith("drop = ('")
    assert errors == []
    page.close()
