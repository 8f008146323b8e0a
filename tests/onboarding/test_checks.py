"""The checks of a site fail where they should: names, unconfirmed expectations, idle rules, lost politeness."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from newscrawl.items import Article, Needs, Page, Rejection, Site
from newscrawl.onboarding.checks import SpiderNames, idle, misnamed, page_faults, rules_of
from newscrawl.onboarding.expectations import proposed
from newscrawl.onboarding.politeness import impolite
from newscrawl.onboarding.saved_pages import EXPECTED, SavedPage, load, slug_of, store
from newscrawl.reading.explanation import Explanation
from newscrawl.reading.read_page import explain, read_page

URL = "https://gull.example/news/storm-shuts-the-northern-pier"
PROSE = (
    "The harbour authority said on Monday that the northern pier would stay closed until the storm season ends,"
    " since the waves had washed out the stones on which it stands and no crew could work there safely."
)
MORE = (
    "A diver who went down at the weekend found the foundation bare over forty metres, more than in any year before.",
    "Ferries to the islands leave from the southern pier instead, an hour later than the timetable says, until Easter.",
    "Whether the insurance pays is not settled; the town's lawyer told the council that he expects a long dispute.",
)
QUAY = "Quay hands who lost a shift are paid from a fund that the town set aside after the flood of last spring."
HTML = (
    "<html><head><title>Storm shuts the northern pier</title></head><body><h1>Storm shuts the northern pier</h1>"
    f"<article><p>{PROSE}</p><p>{MORE[0]}</p><p class='quay'>{QUAY}</p><p>{MORE[1]}</p><p>{MORE[2]}</p></article>"
    "<p>Share on Facebook</p></body></html>"
).encode()


def read(html: bytes, page: Page, site: Site) -> Article | Rejection | Needs:
    return read_page(html, page, site)


def seen(html: bytes = HTML) -> Explanation:
    return explain(html, Page(url=URL, requested_url=URL, fetched_at="2026-11-24T00:00:00Z"))


def saved(site: Site | None = None, html: bytes = HTML, **changes: object) -> SavedPage:
    expected = proposed(seen(html), url=URL, content_type="text/html", fetched_at="2026-11-24T00:00:00Z")
    return SavedPage(slug="storm", html=html, expected=replace(expected, **({"to_confirm": []} | changes)))  # type: ignore[arg-type]


def test_what_was_read_is_proposed_and_fails_until_it_is_confirmed() -> None:
    page = saved()
    assert page.expected.title == "Storm shuts the northern pier"
    assert "Share on Facebook" in page.expected.body_lacks
    assert page_faults(page, Site(), read) == []
    unconfirmed = proposed(seen(), url=URL, content_type="text/html", fetched_at="2026-11-24T00:00:00Z")
    assert [fault for fault in page_faults(replace(page, expected=unconfirmed), Site(), read) if "to_confirm" in fault]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"title": ""}, "title is empty"),
        ({"title": "Calm at sea"}, "title: read 'Storm shuts the northern pier', expected 'Calm at sea'"),
        ({"authors": ["A. Gull"]}, "authors: read []"),
        ({"date": "2026-11-24"}, "date: read None"),
        ({"body_has": []}, "body_has is empty"),
        ({"body_has": [" "]}, "body_has is empty"),
        ({"body_lacks": []}, "body_lacks is empty"),
        ({"body_has": ["Nobody said this."]}, "body_has: 'Nobody said this.' is not in the body"),
        ({"body_lacks": [QUAY]}, "is in the body"),
        ({"body_lacks": ["Nobody said this."]}, "stands nowhere on the page"),
    ],
)
def test_a_page_fails_where_it_proves_nothing_or_gives_something_else(changes: dict[str, object], fault: str) -> None:
    assert any(fault in found for found in page_faults(saved(**changes), Site(), read))


def test_a_page_that_gives_no_article_fails() -> None:
    assert page_faults(replace(saved(), html=b"<p>Nothing."), Site(), read)[-1].startswith("no article: ")


def test_a_rule_that_no_saved_page_needs_is_idle() -> None:
    needed, useless = Site(drop=(".quay",)), Site(drop=(".absent",))
    page = saved(body_has=[PROSE[:80]], body_lacks=[QUAY])
    assert list(rules_of(needed)) == [("drop", 0)]
    assert idle("drop", 0, needed, [page], read) is None
    assert page_faults(page, needed, read) == []
    assert "no saved page needs it" in (idle("drop", 0, useless, [saved()], read) or "")
    assert idle("drop", 0, useless, [], read) is not None


@pytest.mark.parametrize(
    ("module", "class_name", "faults"),
    [("my_town", "MyTownSpider", 0), ("my_town", "MYTOWNSpider", 0), ("town", "MyTownSpider", 1), ("my_town", "My", 1)],
)
def test_names_agree(module: str, class_name: str, faults: int) -> None:
    assert len(list(misnamed(SpiderNames(spider="my_town", module=module, class_name=class_name)))) == faults


@pytest.mark.parametrize(
    ("own", "is_fault"),
    [
        ({"DOWNLOAD_DELAY": 0.5}, True),
        ({"DOWNLOAD_DELAY": 2.0}, False),
        ({"ROBOTSTXT_OBEY": False}, True),
        ({"CONCURRENT_REQUESTS_PER_DOMAIN": 2}, True),
        ({"DOWNLOAD_VERIFY_CERTIFICATES": False}, True),
        ({"DOWNLOADER_MIDDLEWARES": {}}, True),
        ({"LOG_LEVEL": "DEBUG"}, False),
    ],
)
def test_less_politeness_needs_a_reason(own: dict[str, object], is_fault: bool) -> None:
    common: dict[str, object] = {
        "DOWNLOAD_DELAY": 1.0,
        "ROBOTSTXT_OBEY": True,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "RETRY_TIMES": 2,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOADER_MIDDLEWARES": {"guard": 50},
    }
    name = next(iter(own))
    assert bool(list(impolite(common | own, common, {}))) is is_fault
    assert bool(list(impolite(common | own, common, {name: "asked for by the outlet"}))) is not is_fault


def test_a_hostile_title_stays_a_string(tmp_path: Path) -> None:
    title = 'Storm"],"to_confirm":[]} \u202e\x1b[2J\u2028 \\" end'
    store(tmp_path / "storm", HTML, replace(saved().expected, title=title, to_confirm=["title"]))
    written = (tmp_path / "storm" / EXPECTED).read_text(encoding="utf-8")
    assert all(character.isprintable() or character == "\n" for character in written)
    assert load(tmp_path / "storm").expected.title == title
    assert load(tmp_path / "storm").expected.to_confirm == ["title"]
    with pytest.raises(FileExistsError):
        store(tmp_path / "storm", HTML, saved().expected)


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"url": 1}'])
def test_what_cannot_be_loaded_is_told(tmp_path: Path, damage: bytes) -> None:
    store(tmp_path / "storm", HTML, saved().expected)
    (tmp_path / "storm" / EXPECTED).write_bytes(damage)
    with pytest.raises(ValueError, match="storm"):
        load(tmp_path / "storm")


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://a.example/news/2026/storm-shuts-pier.html", "storm-shuts-pier"),
        ("https://a.example/storm-shuts-pier/12/", "storm-shuts-pier"),
        ("https://a.example/..%2f..%2fetc%2fpasswd", "passwd"),
        ("https://a.example/", "page"),
        ("https://a.example/новости", "page"),
        ("https://a.example/" + "a" * 500, "a" * 60),
    ],
)
def test_slugs_name_one_folder(url: str, slug: str) -> None:
    assert slug_of(url) == slug
