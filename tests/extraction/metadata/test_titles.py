"""The headline: sources weighed, site names cut off, the block that prints it."""

import pytest

from newscrawl.items import Site
from tests.extraction.metadata.metadata_pages import STORY, json_ld, read


@pytest.mark.parametrize(
    ("page_title", "expected"),
    [
        ("Old bridge reopens | Harbour Courier", "Old bridge reopens"),
        ("Harbour Courier - Old bridge reopens", "Old bridge reopens"),
        ("Old bridge reopens – Harbour-Courier.example", "Old bridge reopens"),
        ("Old bridge reopens | Politics | The Harbour Courier", "Old bridge reopens"),
        ("Old bridge - a look back - Harbour Courier", "Old bridge - a look back"),
        ("Harbour: Courier of the old bridge retires", "Harbour: Courier of the old bridge retires"),
        ("Old bridge&amp;#8217;s last day | Harbour Courier", "Old bridge’s last day"),
    ],
)
def test_the_site_is_cut_off_the_title(page_title: str, expected: str) -> None:
    head = f'<title>{page_title}</title><meta property="og:site_name" content="Harbour Courier">'
    assert read(head, STORY).title == expected


def test_the_printed_headline_wins_over_one_for_search_engines() -> None:
    head = (
        '<title>Bridge news: old bridge open again after works</title><meta property="og:title" content="Bridge open!">'
    )
    found = read(head, "<h1>Old bridge reopens</h1>" + STORY)
    assert found.title == "Old bridge reopens"
    assert found.title_block is not None
    assert found.title_block.text == "Old bridge reopens"


def test_a_linked_h1_weighs_more_than_the_title_for_networks() -> None:
    """Linked, it does not count as a printed line: its own weight decides."""
    head = '<meta property="og:title" content="Bridge open!">'
    found = read(head, '<h1><a href="/bridge">Old bridge reopens</a></h1>' + STORY)
    assert found.title == "Old bridge reopens"


def test_an_h1_that_is_the_masthead_is_no_headline() -> None:
    head = '<meta property="og:site_name" content="Harbour Courier">'
    head += '<meta property="og:title" content="Old bridge reopens">'
    found = read(head, "<h1>Harbour Courier</h1><h2>Old bridge reopens</h2>" + STORY)
    assert found.title == "Old bridge reopens"
    assert found.title_block is not None
    assert found.title_block.text == "Old bridge reopens"


def test_sources_that_agree_outvote_a_section_in_h1() -> None:
    head = "<title>Old bridge reopens | City</title>" + json_ld(headline="Old bridge reopens")
    found = read(head, "<h1>Around the harbour</h1><p><b>Old bridge reopens</b></p>" + STORY)
    assert found.title == "Old bridge reopens"


def test_the_headline_of_the_articles_own_node_not_of_a_teasers() -> None:
    teaser = json_ld(headline="Storm closes pier", url="https://www.harbour-courier.example/storm")
    own = json_ld(
        headline="Old bridge reopens",
        mainEntityOfPage={"@id": "https://www.harbour-courier.example/politics/bridge-reopens"},
    )
    assert read(teaser + own, STORY).title == "Old bridge reopens"


def test_a_site_rule_goes_first() -> None:
    body = '<h1>Old bridge reopens</h1><div class="hl">The bridge is back</div>' + STORY
    assert read("", body, site=Site(title=(".none", ".hl"))).title == "The bridge is back"
    assert read("", body, site=Site(title=("//div[@class='hl']/text()",))).title == "The bridge is back"


def test_a_page_without_title_says_so() -> None:
    found = read("", STORY)
    assert (found.title, found.title_block) == (None, None)
    assert "title_not_printed" in found.warnings


def test_titles_are_capped() -> None:
    found = read("<title>" + "long " * 1000 + "</title>", STORY)
    assert found.title is not None
    assert len(found.title) <= 500


def test_without_h1_the_h2_that_varies_the_title_is_the_headline() -> None:
    body = "<h2>Your cart is empty</h2><h2>Your cart</h2><p>Log in</p><h2>Old bridge opens anew</h2>" + STORY
    found = read("<title>Old bridge reopens</title>", body)
    assert found.title == "Old bridge opens anew"


@pytest.mark.parametrize(
    "heading",
    [
        '<h1><span class="kicker">Climate</span>Crack found below the weir</h1>',
        '<h1><span class="article__overline">Climate</span>: <span>Crack found below the weir</span></h1>',
        '<h1><div class="topic-label">Climate</div> Crack found below the weir</h1>',
        '<h1><small class="antetitulo">Climate</small><br>Crack found below the weir</h1>',
        '<h1>Crack found below the weir<span class="sub-headline">Divers had missed it</span></h1>',
        '<p class="kicker">Climate</p><h1>Crack found below the weir</h1>',
        '<h1><span class="kicker">Climate</span></h1><h1>Crack found below the weir</h1>',
    ],
)
def test_a_kicker_is_no_part_of_the_title(heading: str) -> None:
    head = "<title>Crack found below the weir - Harbour Courier</title>"
    assert read(head, heading + STORY).title == "Crack found below the weir"


@pytest.mark.parametrize(
    ("title", "logo"),
    [
        ("Crack found below the weir | Sandrey News", '<a href="/">Sandrey News</a>'),
        ("Crack found below the weir - Sandrey News", '<a href="/"><img><span>Sandrey News</span></a>'),
        ("Sandrey News: Crack found below the weir", '<h1><a href="/">Sandrey News</a></h1>'),
        ("Crack found below the weir : Sandrey News | Local | Since 1905", '<a href="/">Sandrey News</a>'),
        ("Crack found below the weir | Local | Sandrey News", ""),
        ("Crack found below the weir | Politics", '<a href="/">Home</a>'),
        ("Crack found below the weir | Editorial", ""),
    ],
)
@pytest.mark.parametrize("tag", ["h3", "h2", "p", "strong", "div"])
def test_the_name_of_the_site_is_cut_off_where_no_h1_is_the_headline(title: str, logo: str, tag: str) -> None:
    body = f"<div>{logo}</div><{tag}>Crack found below the weir</{tag}>{STORY}"
    assert read(f"<title>{title}</title>", body).title == "Crack found below the weir"


def test_of_many_h1_the_declared_one_is_the_title() -> None:
    head = '<meta property="og:title" content="Small adventures with small models">'
    body = "<h1>Small is large</h1><h1>How to begin</h1><h1>The code</h1>"
    assert read(head, body + STORY).title == "Small adventures with small models"
    varied = "<h1>How to begin</h1><h1>My small adventures with small models</h1>"
    assert read(head, varied + STORY).title == "My small adventures with small models"


def test_a_date_before_the_headline_is_no_part_of_it() -> None:
    assert read("", "<h1>23.01.2022 - Crack found below the weir</h1>" + STORY).title == "Crack found below the weir"


def test_glued_words_of_a_heading_are_parted() -> None:
    assert read("", "<h1><b>Local</b><span>Trails</span> reopen</h1>" + STORY).title == "Local Trails reopen"


def test_a_chinese_title_is_parted_at_its_underlines() -> None:
    head = "<title>河边图书馆明年起周日开放并延长时间_社会_河边报</title>"
    body = '<h1 class="logo"><a href="/">河边报</a></h1><h2>河边图书馆明年起周日开放并延长时间</h2>'
    assert read(head, body, lang="zh").title == "河边图书馆明年起周日开放并延长时间"
