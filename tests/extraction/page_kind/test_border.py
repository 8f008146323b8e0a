"""Pages near the border between articles and others: what decided is told, and a setting exports them."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from scrapy import Spider

from newscrawl.extensions.log_formatter import LogFormatter
from newscrawl.extraction.page_kind.classify import NEAR, PageKind, deciding_sign
from newscrawl.fetch.errors import Rejected
from newscrawl.items import Article, Page, ReadingOptions, Rejection
from newscrawl.reading.read_page import read_page

TEXT = "The mill at Ystrand grinds for guests on Sundays, and who brings a sack of rye may wait for the flour."
URL = "https://ystrand.example/services/the-mill"


def read(options: ReadingOptions) -> Article | Rejection:
    """A page about a service: a few lines, buttons, no date."""
    body = f"<h1>The mill</h1><p>{TEXT}</p><p>{TEXT} Book ahead.</p>" + "<button>Book now</button>" * 8
    html = f"<html><head><title>The mill</title></head><body>{body}</body></html>"
    found = read_page(
        html.encode(),
        Page(url=URL, requested_url=URL, content_type="text/html; charset=utf-8", fetched_at="2026-03-05T00:00:00Z"),
        options=options,
    )
    assert isinstance(found, Article | Rejection)
    return found


def test_a_rejection_names_what_decided() -> None:
    found = read(ReadingOptions())
    assert isinstance(found, Rejection)
    assert found.sign is not None
    assert found.score is not None
    assert found.score <= 0
    assert found.length is not None


def test_the_deciding_sign_is_the_one_that_costs_most() -> None:
    table = tomllib.loads((files("newscrawl.extraction.page_kind") / "classify.toml").read_text("utf-8"))["weights"]
    best = {name: float(weight > 0) for name, weight in table.items() if name != "bias"}
    assert deciding_sign(best | {"forum_url": 1.0}) == "forum_url"


def test_the_log_names_what_is_near() -> None:
    rejection = Rejection(reason="no_story", detail="The mill", sign="buttons", length=212, near_border=True)
    result = LogFormatter().dropped(None, Rejected(rejection), None, Spider("mill"))
    assert result["msg"] % result["args"] == "rejected no_story  (The mill), near the border by buttons, 212 characters"


def test_near_means_near() -> None:
    assert PageKind("no_story", -NEAR / 2, "buttons").is_near_border
    assert not PageKind("no_story", -2 * NEAR, "buttons").is_near_border
    assert not PageKind("error_page").is_near_border
    assert not PageKind("empty", -0.1, "run").is_near_border
    assert not PageKind(None, 1.0).is_near_border


def test_the_setting_exports_what_is_near() -> None:
    found = read(ReadingOptions())
    assert isinstance(found, Rejection)
    exported = read(ReadingOptions(export_near_border=True))
    assert isinstance(exported, Article) == found.near_border
    if isinstance(exported, Article):
        assert "near_border" in exported.extraction.warnings
