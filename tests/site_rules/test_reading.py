"""What site config files do to pages: each file of folder/ on its page, precedence, links, hostile files and pages."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from newscrawl.items import Article, Needs, Page, Rejection, Site
from newscrawl.reading.read_page import read_page
from newscrawl.sites.rules import SiteConfig, load_site_configs, parse_config

from .pages import CASES, GOOD, HL, HOUSE, HOUSED, SLOGAN, STORY, Case, page

FOLDER = Path(__file__).parent / "folder"
CONFIGS = load_site_configs([FOLDER])
URL = "http://coast.example/2026/pier"


def read(
    html: str | bytes,
    config: SiteConfig | None,
    *,
    url: str = URL,
    site: Site | None = None,
    content_type: str | None = "text/html; charset=utf-8",
) -> Article | Rejection | Needs:
    body = html.encode() if isinstance(html, str) else html
    asked = Page(
        url=url, requested_url=url, content_type=content_type, fetched_at="2026-11-23T00:00:00Z", spider="test"
    )
    return read_page(body, asked, site, config=config)


def config_of(*lines: str) -> SiteConfig:
    found = parse_config("\n".join(lines), "test.txt")
    assert found.problems == []
    return found.config


def faults(verdict: Article | Rejection | Needs, case: Case) -> list[str]:
    """What the verdict lacks of what the case wants."""
    if case.rejected:
        return [] if isinstance(verdict, Rejection) and verdict.reason == case.rejected else [repr(verdict)]
    if case.needs[0]:
        return [] if verdict == Needs(url=case.needs[0], how=case.needs[1]) else [repr(verdict)]  # type: ignore[arg-type]
    if not isinstance(verdict, Article):
        return [repr(verdict)]
    origin = verdict.originally_appeared_on
    found = [
        ("title", case.title, verdict.title),
        ("authors", list(case.authors), verdict.authors),
        ("date", case.date, verdict.date_published),
        ("origin", case.origin, origin.url if origin else None),
    ]
    return [
        *(f"{name}: {seen}" for name, wanted, seen in found if wanted and seen != wanted),
        *(f"lacks: {text}" for text in case.has if text not in verdict.body),
        *(f"has: {text}" for text in case.lacks if text in verdict.body),
        *([f"no {case.warning}"] if case.warning and case.warning not in verdict.extraction.warnings else []),
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: urlsplit(case.url).hostname)
def test_a_file_and_its_page(case: Case) -> None:
    assert faults(read(case.html, CONFIGS.of(case.url), url=case.url), case) == []
    assert bool(faults(read(case.html, None, url=case.url), case)) != case.same_alone


def test_each_file_has_a_page() -> None:
    hosts = {str(urlsplit(case.url).hostname) for case in CASES}
    files = {path.stem for path in FOLDER.glob("*.txt")} - {"global"}
    assert len(files) == 49
    assert {name for name in files if name.removeprefix(".") not in hosts and f"news{name}" not in hosts} == set()


@pytest.mark.parametrize(
    ("own", "wanted"),
    [
        (Site(), GOOD),
        (Site(title=("h1",)), "News from the coast, every Thursday"),
        (Site(title=("h2",)), "News from the coast, every Thursday"),
        (Site(drop=("#top",)), GOOD),
    ],
)
def test_a_spiders_own_selectors_win_per_attribute(own: Site, wanted: str) -> None:
    verdict = read(page(h1=SLOGAN, above=HL), config_of("title: //p[@class='hl']"), site=own)
    assert isinstance(verdict, Article)
    assert verdict.title == wanted


def test_a_spiders_drop_stands_in_place_of_strip() -> None:
    config = config_of("strip: //p[@class='house']")
    for own, is_there in ((Site(), False), (Site(drop=("#top",)), True), (Site(title=("h1",)), False)):
        verdict = read(page(story=HOUSED), config, site=own)
        assert isinstance(verdict, Article)
        assert (HOUSE in verdict.body) is is_there


def test_the_digest_of_the_rules_changes_with_the_config() -> None:
    digests = []
    for config in (None, SiteConfig(), config_of("strip: //aside"), config_of("strip: //nav"), config_of("prune: no")):
        for own in (Site(), Site(drop=(".x",))):
            verdict = read(page(), config, site=own)
            assert isinstance(verdict, Article)
            digests.append(verdict.extraction.rules)
    assert digests[:4] == [None, digests[1], None, digests[1]]
    assert len({*digests}) == 8


@pytest.mark.parametrize(
    "href",
    [
        URL,
        f"{URL}#comments",
        "#part2",
        "javascript:next()",
        "https://elsewhere.test/print",
        "http://127.0.0.1/print",
        "ftp://coast.example/print",
        "http://[coast/print",
        "",
    ],
)
def test_a_link_to_the_page_itself_or_to_another_site_is_not_needed(href: str) -> None:
    config = config_of("single_page_link: //a[@class='print']", "next_page_link: //a[@class='print']/@href")
    assert isinstance(read(page(below=f"<a class='print' href='{href}'>Print</a>"), config), Article)


def test_the_single_page_goes_before_the_next_part() -> None:
    config = config_of("next_page_link: //a[@rel='next']", "single_page_link: //a[@class='print']")
    links = "<a rel='next' href='http://m.coast.example/2'>2</a>"
    assert read(page(below=links), config) == Needs(url="http://m.coast.example/2", how="next_part")
    links += "<a class='print' href='/print'>Print</a>"
    assert read(page(below=links), config) == Needs(url="http://coast.example/print", how="single_page")


def test_a_link_needs_its_condition() -> None:
    config = config_of("next_page_link: //a[@rel='next']", "if_page_contains: //div[@class='parts']")
    link = "<a rel='next' href='/2'>2</a>"
    assert isinstance(read(page(below=link), config), Article)
    assert isinstance(read(page(below=f"<div class='parts'>{link}</div>"), config), Needs)


def test_replacements_meet_pages_of_other_charsets() -> None:
    config = config_of("replace_string(Größe): Weite", "replace_string(washed out): weggespült")
    html = page(story=page().replace("pier", "Größe")).encode("iso-8859-1")
    verdict = read(html, config, content_type="text/html; charset=iso-8859-1")
    assert isinstance(verdict, Article)
    assert "the northern Weite would stay closed" in verdict.body
    assert "weggespült" in verdict.body


def test_a_page_does_not_grow_beyond_its_bounds() -> None:
    bomb = [f"replace_string(aa): {'a' * 3000}", "replace_string(the): THE"]
    verdict = read(page(story=page() + f"<p>{'aa' * 1000}</p>"), config_of(*bomb))
    assert isinstance(verdict, Article)
    assert "replacement_left_out" in verdict.extraction.warnings
    assert "THE" in verdict.body


def test_replacements_cannot_pass_the_limits_of_a_page() -> None:
    deep = config_of(f"replace_string(x): {'<div>' * 20}")
    assert read(page(story="x" * 100), deep) == Rejection(reason="too_deep")


@pytest.mark.parametrize(
    "line",
    [
        "strip: //p[count(.) > 1 and count('x')]",
        "title: //h1[starts-with(1, //p)][id(2)]",
        "body: //div[sum(//p/text()) > 1]",
        "strip: //body | //html | /",
        "strip: //*",
        "strip: //text()",
        "strip_id_or_class: e",
        "date: string(//h1)",
        "author: normalize-space(//nothing)",
        "single_page_link: string(//h1)",
        "native_ad_clue: //@*",
    ],
)
def test_no_selector_raises(line: str) -> None:
    assert isinstance(read(page(), config_of(line)), Article | Rejection | Needs)


@pytest.mark.parametrize("html", ["", "<", "<p>x", "<html></html>", "<body/>", "<title>x</title>", "\x00\xff"])
def test_no_page_raises(html: str) -> None:
    for path in sorted(FOLDER.glob("*.txt")):
        config = parse_config(path.read_text("utf-8"), path.name).config
        assert not isinstance(read(html, config), Article)


def test_a_config_alone_takes_nothing_of_the_story() -> None:
    verdict = read(page(), config_of("strip: //p[@class='house']", "strip_id_or_class: promo"))
    assert isinstance(verdict, Article)
    assert verdict.body.split("\n\n") == list(STORY)
