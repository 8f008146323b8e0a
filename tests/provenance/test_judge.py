"""The verdict on whole pages: what is claimed, what is vetoed, what leaves the body."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newscrawl.items import Discovery
from newscrawl.provenance import judge
from newscrawl.provenance.directory.directory import Directory, Publisher
from newscrawl.web.document import Document, parse
from tests.provenance.conftest import Judged, page

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed"
NOTICE = "<p>This story originally appeared on {}.</p>"
LINK = "<a href='https://coastalreview.example/2024/05/storm-pier'>Coastal Review</a>"


@pytest.mark.parametrize("place", ["above", "first", "last", "below"])
def test_a_sentence_with_a_link_counts_wherever_it_stands(judged: Judged, place: str) -> None:
    verdict = judged(**{place: NOTICE.format(LINK)})
    origin = verdict.origin
    assert origin is not None
    assert (origin.name, origin.domain) == ("Coastal Review", "coastalreview.example")
    assert origin.url == "https://coastalreview.example/2024/05/storm-pier"
    assert (origin.relation, origin.confidence) == ("republished", "explicit_link")
    assert origin.evidence[0].rule == "en/originally-appeared-on"
    assert [block.text for block in verdict.blocks] == ["This story originally appeared on Coastal Review."]


@pytest.mark.parametrize("sign", ["\u200e", "\u202b", "\u2060", "\u00ad", "\u200b", "\u00a0"])
def test_a_character_that_nobody_sees_hides_no_sentence(judged: Judged, sign: str) -> None:
    verdict = judged(last=f"<p>{sign}This story {sign}originally appeared on {LINK}.</p>")
    assert verdict.origin is not None
    assert verdict.origin.domain == "coastalreview.example"


def test_the_article_is_linked_not_the_front_page(judged: Judged) -> None:
    verdict = judged(
        last="<p>This article is republished from <a href='https://commons.example/'>The Commons Desk</a> under a"
        " Creative Commons licence."
        " Read the <a href='https://commons.example/storms-and-piers-1234'>original article</a>.</p>"
    )
    assert verdict.origin is not None
    assert verdict.origin.url == "https://commons.example/storms-and-piers-1234"


@pytest.mark.parametrize(
    "host", ["substack.com", "blogspot.com", "wordpress.com", "ghost.io", "github.io", "medium.com"]
)
def test_outlets_on_one_shared_host_are_not_one_outlet(judged: Judged, host: str) -> None:
    link = f"<a href='https://gull.{host}/2024/05/storm-pier'>Gull Notes</a>"
    verdict = judged(last=NOTICE.format(link), url=f"https://port.{host}/p/storm")
    assert verdict.origin is not None
    assert (verdict.origin.domain, verdict.origin.confidence) == (f"gull.{host}", "explicit_link")
    assert judged(last=NOTICE.format(link), url=f"https://gull.{host}/p/storm").origin is None


def test_a_label_whose_logo_stands_in_the_next_block(judged: Judged) -> None:
    verdict = judged(
        above="<h3>Originally published by:</h3><div><a href='https://coastal.example'><img src='l.png'></a></div>"
    )
    assert verdict.origin is not None
    assert verdict.origin.domain == "coastal.example"


def test_a_name_without_a_link_takes_its_domain_from_the_directory(judged: Judged) -> None:
    verdict = judged(last=NOTICE.format("The Hill"))
    assert verdict.origin is not None
    assert (verdict.origin.domain, verdict.origin.confidence) == ("thehill.com", "explicit_name")


def test_a_name_takes_its_domain_from_the_canonical(judged: Judged) -> None:
    verdict = judged(
        last=NOTICE.format("Capital"), head="<link rel=canonical href='https://capital.example/money/storm-pier'>"
    )
    assert verdict.origin is not None
    assert (verdict.origin.domain, verdict.origin.url) == (
        "capital.example",
        "https://capital.example/money/storm-pier",
    )


@pytest.mark.parametrize(
    "first",
    [
        "<p>RAFAH, Gaza Strip (AP) — The pier is shut.</p>",
        "<p>WASHINGTON, D.C., March 3 (AP) - The pier is shut.</p>",
        "<p>LONDON: (AP) The pier is shut.</p>",
        "<p>(AP) — The pier is shut.</p>",
        "<p>AP - The pier is shut.</p>",
        '<p>PORT CITY, Ky. (AP) â€" The pier is shut.</p>',
    ],
)
def test_a_dateline_tells_the_agency_and_stays(judged: Judged, first: str) -> None:
    verdict = judged(first=first)
    assert verdict.origin is not None
    assert (verdict.origin.domain, verdict.origin.relation) == ("apnews.com", "wire")
    assert verdict.blocks == []


@pytest.mark.parametrize(
    ("first", "domain"),
    [
        ("<p>Bruselas, 7 oct (EFE).- El muelle sigue cerrado.</p>", "efe.com"),
        ("<p>Berlin/Frankfurt (dpa/lno) - Der Pier bleibt zu.</p>", "dpa.com"),
        ("<p>ANKARA (AA) - Liman kapalı kaldı.</p>", "aa.com.tr"),
        ("<p>新华社北京5月3日电 （记者李明）码头仍然关闭。</p>", "news.cn"),
        ("<p>【ロンドン共同】桟橋は閉鎖された。</p>", "kyodonews.net"),
        ("<p>МОСКВА, 6 мая. /ТАСС/. Паром стоит.</p>", "tass.com"),
        ("<p>МОСКВА, 3 мар — РИА Новости. Паром стоит.</p>", "ria.ru"),
        ("<p>Valmont (France), 3 mars 2026 (AFP) - Le ferry est à quai.</p>", "afp.com"),
        ("<p>नई दिल्ली, 6 मई (भाषा) नाव बंद होगी।</p>", "ptinews.com"),
    ],
)
def test_datelines_of_other_languages(judged: Judged, first: str, domain: str) -> None:
    verdict = judged(first=first)
    assert verdict.origin is not None
    assert verdict.origin.domain == domain


def test_a_closing_mark(judged: Judged) -> None:
    verdict = judged(
        last="<p>Der Pier bleibt bis zum Ende der Sturmzeit geschlossen, sagte der Hafen am Montag. (dpa)</p>"
    )
    assert verdict.origin is not None
    assert verdict.origin.domain == "dpa.com"


@pytest.mark.parametrize(
    "parts",
    [
        {"last": "<p>This article was originally published on 7 October 2008.</p>"},
        {"last": "<p>First published on Fri 3 May 2019 10.00 BST</p>"},
        {"last": NOTICE.format("<a href='https://www.port.example/older'>Port News</a>")},
        {"head": "<meta property='og:site_name' content='Port News'>", "last": NOTICE.format("Port News")},
        {"first": "<p>Pakistan Tehreek-e-Insaf (PTI) Chairman Ann Lee said the pier would stay shut for long.</p>"},
        {"first": "<p>The Associated Press (AP) — so its letters are explained — runs a harbour desk these days.</p>"},
        {"first": "<figure><img src=a.png><figcaption>The northern pier, seen on Monday. (AP)</figcaption></figure>"},
        {"above": "<div><img src=a.png><span>REUTERS</span></div>"},
        {"above": "<p>By Ann Lee</p>", "last": "<p>With files from The Associated Press</p>"},
        {"head": "<link rel=canonical href='https://coastal.example/'>"},
        {"head": "<link rel=canonical href='https://127.0.0.1/a/storm-pier'>"},
        {"head": "<link rel=canonical href='https://port.wpengine.com/a/storm-pier'>"},
        {"head": "<link rel=canonical href='https://www.port.test/a/storm-pier'>"},
        {"head": "<meta name='original-source' content='https://www.port.example/a/storm'>"},
        {"last": "<p>Reprinted by permission of Harbour Business Press. Excerpted from Tides by Ann Lee.</p>"},
        {"last": "<p>Ann Lee is a writer whose work has previously appeared in The Guardian and other papers.</p>"},
        {"below": "<div class=comments><p>This story originally appeared on The Hill, you thieves.</p></div>"},
        {"below": "<p>© 2024 Port Media GmbH. All rights reserved.</p>"},
        {"last": "<button>Republish this story</button><p>You may republish it under a Creative Commons licence.</p>"},
        {"above": "<p>来源：本站</p>"},
        {"below": "<p>More</p><p>Tea</p><p>Bus</p><p><a href='/t'>Tides</a>. " + NOTICE.format(LINK)[3:]},
        {"below": f"<ul><li>One</li><li>Two</li><li>{NOTICE.format(LINK)[3:-4]}</li></ul>"},
        {"head": "<link rel=canonical href='https://port.co.example/a/storm-pier'>"},
    ],
    ids=range(23),
)
def test_traps_claim_nothing(judged: Judged, parts: dict[str, str]) -> None:
    assert judged(**parts).origin is None


def test_partial_credit_is_a_contributor(judged: Judged) -> None:
    verdict = judged(above="<p class=byline>Port.example avec AFP</p>")
    assert verdict.origin is None
    assert [(party.name, party.role) for party in verdict.contributors] == [("AFP", "contributor")]


def test_all_of_a_partial_credit_are_contributors(judged: Judged) -> None:
    verdict = judged(above="<p class=byline>Con información de EFE y AFP</p>")
    assert verdict.origin is None
    assert {party.domain for party in verdict.contributors} == {"efe.com", "afp.com"}


def test_a_link_by_way_of_the_outlets_own_click_counter(judged: Judged) -> None:
    counted = "<a href='/out?to=https%3A%2F%2Fcoastal.example%2Fstorm-pier-1&pos=3'>Coastal Review</a>"
    origin = judged(last=NOTICE.format(counted)).origin
    assert origin is not None
    assert origin.url == "https://coastal.example/storm-pier-1"


def test_a_name_as_the_page_prints_it(judged: Judged) -> None:
    origin = judged(above="<p class=byline>La Presse canadienne</p>").origin
    assert origin is not None
    assert (origin.name, origin.domain) == ("La Presse Canadienne", "thecanadianpress.com")


def test_an_agencys_own_site_is_no_copy_of_it(judged: Judged) -> None:
    verdict = judged(first="<p>LONDON (Reuters) - The pier is shut.</p>", url="https://www.reuters.com/world/pier")
    assert verdict.origin is None


def test_a_chain_from_agency_to_the_canonicals_domain(judged: Judged) -> None:
    verdict = judged(
        head="<link rel=canonical href='https://financialpost.com/news/storm-pier'>",
        above="<p class=byline>Reuters</p>",
        below="<p>Distributed by Tribune Content Agency, LLC.</p>",
    )
    assert [(party.domain, party.role) for party in verdict.chain] == [
        ("reuters.com", "originator"),
        ("tribunecontentagency.com", "distributor"),
        ("financialpost.com", "intermediary"),
    ]


def test_titles_of_one_group_are_network_copies(judged: Judged) -> None:
    verdict = judged(
        url="https://www.morgenpost.de/politik/pier",
        head="<link rel=canonical href='https://www.waz.de/politik/article1/pier.html'>",
    )
    assert verdict.origin is not None
    assert (verdict.origin.domain, verdict.origin.relation) == ("waz.de", "network_copy")


def test_the_name_of_a_label_outweighs_its_link(judged: Judged) -> None:
    verdict = judged(
        above="<p>2017-03-10 来源：<a href='https://lx.huanqiu.com/2017/10279070.html'>人民日报海外版</a></p>"
    )
    assert verdict.origin is not None
    assert (verdict.origin.domain, verdict.origin.url) == ("people.com.cn", None)
    assert verdict.origin.evidence[0].href == "https://lx.huanqiu.com/2017/10279070.html"


def test_pixels(judged: Judged) -> None:
    verdict = judged(last="<img src='https://counter.theconversation.com/content/236555/count.gif'>")
    assert verdict.origin is not None
    assert (verdict.origin.domain, verdict.origin.confidence) == ("theconversation.com", "structured")


def test_the_feeds_source() -> None:
    feed = Discovery(kind="feed", source_name="Coastal Review", source_url="https://coastalreview.example/feed")
    verdict = judge(page(), source_domain="port.example", feed=feed)
    assert verdict.origin is not None
    assert (verdict.origin.domain, verdict.origin.url) == ("coastalreview.example", None)


def test_a_line_that_repeats_on_the_site_is_boilerplate() -> None:
    line = "This story originally appeared on Coastal Review."
    document = page(below=NOTICE.format(LINK))
    verdict = judge(document, source_domain="port.example", repeated=frozenset({line}))
    assert verdict.origin is None
    assert {signal.veto for signal in verdict.signals} == {"boilerplate"}


def test_nothing_on_the_page_changes() -> None:
    document = page(last=NOTICE.format(LINK), first="<p>LONDON (AP) — The pier is shut.</p>")
    before = [block.text for block in document.blocks]
    judge(document, source_domain="port.example")
    assert [block.text for block in document.blocks] == before
    assert all(block.taken is None for block in document.blocks)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["elementor", "one_article", "origin_outside"])
def test_the_page_that_started_the_project(name: str) -> None:
    gold = json.loads((SEED / "gold.json").read_text(encoding="utf-8"))[name]
    document = parse((SEED / f"{name}.html").read_bytes(), gold["url"])
    assert isinstance(document, Document)
    origin = judge(document, source_domain=gold["source"]["domain"]).origin
    assert origin is not None
    assert {key: getattr(origin, key) for key in ("name", "domain", "url")} == gold["originally_appeared_on"]


def test_a_sentence_that_two_rules_read_is_listed_once(judged: Judged) -> None:
    origin = judged(below="<p>Quelle: dpa</p>").origin
    assert origin is not None
    texts = [one.text for one in origin.evidence if one.kind in ("label", "phrase")]
    assert texts == ["Quelle: dpa"]


def test_a_label_with_the_outlets_own_name_is_no_origin(judged: Judged) -> None:
    label = "<p>2017-03-10 来源：{}</p>"
    own = judged(above=label.format("江畔新闻网"), below="<p>Menu</p>" * 4 + "<p>版权所有 江畔新闻网</p>")
    other = judged(above=label.format("江畔新闻网"))
    assert own.origin is None
    assert other.origin is not None
    assert (other.origin.name, other.origin.domain) == ("江畔新闻网", None)


def test_a_name_that_nobody_knows_counts_with_a_link_to_the_site_it_names(judged: Judged) -> None:
    line = "<p>© 2020 <a href='https://coastalreview.example/'>{}</a></p>"
    named, other = judged(below=line.format("Coastal Review")), judged(below=line.format("Ten Nets"))
    assert named.origin is not None
    assert named.origin.domain == "coastalreview.example"
    assert other.origin is None


def test_a_short_story_has_a_text_too(judged: Judged) -> None:
    origin = judged(first="<p>LONDON (AP) - The pier is shut.</p>").origin
    assert origin is not None
    assert origin.domain == "apnews.com"


def test_a_staging_host_as_canonical_is_no_origin(judged: Judged) -> None:
    assert judged(head="<link rel=canonical href='https://cms-staging.harbour.example/news/4711'>").origin is None


@pytest.mark.parametrize(
    "parts",
    [
        {"below": "<p>© 2020 Harbour Media Group</p>"},
        {"below": "<p>Source: File picture</p>"},
        {
            "head": "<link rel=stylesheet href='https://gull.example/a.css'><link rel=canonical href='https://gull.example/p/47112'>"
        },
        {"head": "<link rel=canonical href='https://gull.example/port/storm-47112'>"},
    ],
)
def test_an_owner_a_picture_and_the_outlets_own_addresses_are_no_origin(judged: Judged, parts: dict[str, str]) -> None:
    assert judged(**parts).origin is None


def test_an_origin_says_what_its_domain_rests_on(judged: Judged) -> None:
    linked, named = judged(last=NOTICE.format(LINK)).origin, judged(last=NOTICE.format("The Hill")).origin
    stated = judged(head="<link rel=canonical href='https://coastalreview.example/2024/storm-pier'>").origin
    nowhere = judged(last=NOTICE.format("Coastal Review")).origin
    bases = [origin and origin.domain_basis for origin in (linked, named, stated, nowhere)]
    assert bases == ["linked", "directory", "stated", None]


def test_more_evidence_makes_an_origin_more_likely(judged: Judged) -> None:
    one = judged(last=NOTICE.format("Coastal Review")).origin
    more = judged(
        last=NOTICE.format(LINK), head="<link rel=canonical href='https://coastalreview.example/2024/05/storm-pier'>"
    ).origin
    assert one is not None
    assert more is not None
    assert one.probability is not None
    assert more.probability is not None
    assert 0.5 <= one.probability < more.probability < 1


def test_an_unverified_entry_alone_gives_no_high_probability(judged: Judged) -> None:
    entry = Publisher(name="Gull Wire", domain="gullwire.example", kind="agency", marks=("GULL",), country="GB")
    document = page(
        first="<p>LONDON (GULL) — The pier is shut, and nobody knows for how long it will be so, they say.</p>"
    )
    origin = judge(document, source_domain="port.example", directory=Directory([entry])).origin
    assert origin is not None
    assert (origin.domain_basis, origin.probability) == ("directory", 0.9)
