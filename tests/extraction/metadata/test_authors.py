"""Authors: names out of bylines and structured data, without job titles, agencies beside persons and editors."""

import pytest

from newscrawl.extraction.metadata import names
from newscrawl.extraction.metadata.words import words
from newscrawl.items import Site
from tests.extraction.metadata.metadata_pages import STORY, json_ld, read

HEADLINE = "<h1>Old bridge reopens</h1>"


@pytest.mark.parametrize(
    ("language", "line", "expected"),
    [
        ("en", "By Ann Lee and Bob Ray", ["Ann Lee", "Bob Ray"]),
        ("en", "By Ann Lee, Senior Editor", ["Ann Lee"]),
        ("en", "ByAnn Lee", ["Ann Lee"]),
        ("en", "By Ann Lee | 5 May 2025 | 3 min read", ["Ann Lee"]),
        ("en", "5 May 2025 by Ann Lee", ["Ann Lee"]),
        ("en", "This story was written by Ann Lee", ["Ann Lee"]),
        ("en", "Written By: Tom May", ["Tom May"]),
        ("en", "By The Harbour editors", ["The Harbour editors"]),
        ("en", "By Ann Lee with agencies", ["Ann Lee"]),
        ("en", "By Ann Lee, Senior Director, Content & Partners", ["Ann Lee"]),
        ("en", "by jdoe", ["jdoe"]),
        ("en", "By Ann Lee Writer, Hardware", ["Ann Lee"]),
        ("ja", "文・写真 山田太郎", ["山田太郎"]),
        ("zh", "作者：李明、王芳", ["李明", "王芳"]),
        ("de", "Von Jürgen Öhler, Kiel", ["Jürgen Öhler"]),
        ("de", "05.06.2025 um 14:46 von Anne-Marie van der Berg", ["Anne-Marie van der Berg"]),
        ("de", "Von: Ann Lee und Bob Ray", ["Ann Lee", "Bob Ray"]),
        ("fr", "Par Zoé d'Arc et Luc Petit", ["Zoé d'Arc", "Luc Petit"]),
        ("es", "Por Inés del Pino y Martí Abad (Enviado especial)", ["Inés del Pino", "Martí Abad"]),
        ("pt", "Por Ana Dias e Rui Melo", ["Ana Dias", "Rui Melo"]),
        ("it", "di Viola Massa", ["Viola Massa"]),
        ("nl", "Door Jan de Wit en Eva Bos", ["Jan de Wit", "Eva Bos"]),
    ],
)
def test_bylines_give_their_names(language: str, line: str, expected: list[str]) -> None:
    assert names.in_line(line, words(language)) == (expected, True)


@pytest.mark.parametrize("nobody", ["undefined", "null", "None", "N/A", "[object Object]", "admin", "Admin", "author"])
@pytest.mark.parametrize(
    ("head", "line"),
    [
        (json_ld(author={"@type": "Person", "name": "NOBODY"}), ""),
        (json_ld(author={"@type": "Organization", "name": "NOBODY"}), ""),
        ("<meta name='author' content='NOBODY'>", ""),
        ("", "<p class='byline'>By NOBODY</p>"),
        ("", "<p>By <a rel='author' href='/author/admin/'>NOBODY</a></p>"),
    ],
)
def test_what_stands_in_place_of_a_name_is_none(head: str, line: str, nobody: str) -> None:
    head, line = head.replace("NOBODY", nobody), line.replace("NOBODY", nobody)
    assert read(head, HEADLINE + line + STORY).authors == []
    assert read(head, HEADLINE + line + STORY * 9 + "<p class='author-box'>By Ann Lee</p>").authors == ["Ann Lee"]


def test_a_placeholder_may_be_part_of_a_name() -> None:
    assert names.split("Ann Null and Bob Admin", words("en")) == ["Ann Null", "Bob Admin"]


@pytest.mark.parametrize(
    "line",
    [
        "By the time the bridge opened, the ferry was full.",
        "By 2030 the harbour will be closed",
        "Standing by",
        "by email",
        "Share this article",
        "The council was praised by many who live near the water and have waited for years",
    ],
)
def test_lines_that_only_look_like_bylines(line: str) -> None:
    assert names.in_line(line, words("en"))[0] == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Lee, Ann", ["Ann Lee"]),
        ("Ann Lee; Bob Ray", ["Ann Lee", "Bob Ray"]),
        ("Ann Lee/Bob Ray", ["Ann Lee", "Bob Ray"]),
        ("ann.lee@courier.example", []),
        ("Ann Lee (ann@courier.example)", ["Ann Lee"]),
        ("Ann Lee, Ann Lee", ["Ann Lee"]),
    ],
)
def test_fields_for_names(line: str, expected: list[str]) -> None:
    assert names.split(line, words("en")) == expected


def test_structured_authors_by_reference_in_the_graph() -> None:
    graph = [
        {"@type": "NewsArticle", "headline": "Old bridge reopens", "author": [{"@id": "#ann"}, {"@id": "#bob"}]},
        {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
        {"@type": "Person", "@id": "#bob", "name": "Bob Ray"},
    ]
    assert read(json_ld(**{"@graph": graph}), HEADLINE + STORY).authors == ["Ann Lee", "Bob Ray"]


@pytest.mark.parametrize(
    "body",
    [
        '<p class="byline">Ann Lee</p>',
        '<p><a rel="author" href="/x">Ann Lee</a></p>',
        '<p><a href="/authors/ann-lee">Ann Lee</a></p>',
        '<p itemprop="author" itemscope><span itemprop="name">Ann Lee</span></p>',
        "<p>Ann Lee</p>",
        "<p><span>By</span><a href='/x'>Ann Lee</a><a href='https://social.example/ann'>Twitter</a></p>",
        "<p>By Ann Lee</p><p>Edited by Bob Ray</p><p>Photos by:</p><p>Eve Poe</p>",
    ],
)
def test_a_printed_author(body: str) -> None:
    assert read("", HEADLINE + body + STORY).authors == ["Ann Lee"]


def test_the_byline_and_its_block() -> None:
    found = read(
        json_ld(headline="Old bridge reopens", author="Ann Lee"), HEADLINE + "<p>By Ann Lee in Kiel</p>" + STORY
    )
    assert found.byline == "By Ann Lee in Kiel"
    assert [block.text for block in found.byline_blocks] == ["By Ann Lee in Kiel"]


def test_a_standfirst_that_ends_with_the_author_is_no_byline_block() -> None:
    line = "The works took ten long years and cost a fortune, and now all is well. An essay written by Ann Lee"
    found = read(json_ld(headline="Old bridge reopens", author="Ann Lee"), f"{HEADLINE}<p>{line}</p>{STORY}")
    assert found.authors == ["Ann Lee"]
    assert found.byline_blocks == []


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        (["Reuters", "Ann Lee"], ["Ann Lee"]),
        (["Harbour Courier", "Ann Lee"], ["Ann Lee"]),
        ("Reuters", ["Reuters"]),
        ({"@type": "Organization", "name": "Lee and Ray"}, ["Lee and Ray"]),
        (["https://social.example/ann", "Ann Lee"], ["Ann Lee"]),
        ({"@type": "Person", "name": ["Ann Lee", "Bob Ray"]}, ["Ann Lee", "Bob Ray"]),
        ([[{"@type": "Person", "name": "Ann Lee"}]], ["Ann Lee"]),
        (None, []),
    ],
)
def test_agencies_and_the_outlet_only_where_no_person_is_named(author: object, expected: list[str]) -> None:
    head = '<meta property="og:site_name" content="Harbour Courier">' + json_ld(
        headline="Old bridge reopens", author=author
    )
    assert read(head, HEADLINE + STORY).authors == expected


def test_a_printed_person_goes_before_the_outlets_account() -> None:
    head = json_ld(headline="Old bridge reopens", author="webmaster7") + '<meta name="author" content="webmaster7">'
    assert read(head, HEADLINE + '<p class="author">Ann Lee</p>' + STORY).authors == ["Ann Lee"]


def test_an_authors_box_below_the_text_but_not_teasers() -> None:
    box = '<div class="author-box"><p>Ann Lee</p></div>'
    teasers = "".join(f"<p>By {name} Poe</p>" for name in ("Eve", "Ida", "Una"))
    assert read("", HEADLINE + STORY * 4 + box + teasers).authors == ["Ann Lee"]


def test_a_site_rule_goes_first() -> None:
    body = HEADLINE + '<p class="byline">Ann Lee</p><i class="who">Bob Ray, Reporter</i>' + STORY
    assert read("", body, site=Site(authors=("i.who",))).authors == ["Bob Ray"]


def test_authors_are_capped() -> None:
    head = json_ld(
        headline="Old bridge reopens", author=[f"Ann{chr(97 + n % 26) * (n // 26 + 1)} Lee" for n in range(300)]
    )
    assert len(read(head, HEADLINE + STORY).authors) == 50


def test_who_reviewed_is_no_author_though_both_are_linked() -> None:
    line = '<p>By <a href="/author/ann">Ann Lee</a>. Reviewed by <a href="/author/bob">Bob Ray</a></p>'
    assert read("", HEADLINE + line + STORY).authors == ["Ann Lee"]


@pytest.mark.parametrize("name", ["The Ferry Team", "Eliz", "Ann Lee"])
def test_by_in_a_block_of_its_own_opens_the_next(name: str) -> None:
    assert read("", HEADLINE + f"<div>By</div><div>{name}</div><div>|</div>" + STORY).authors == [name]
    assert read("", HEADLINE + f"<div>Photos by</div><div>{name}</div><div>|</div>" + STORY).authors == []


def test_a_claim_with_figures_is_no_name() -> None:
    head = '<meta name="author" content="Ann Lee - 10+ Years At Sea">'
    assert read(head, HEADLINE + STORY).authors == ["Ann Lee"]


@pytest.mark.parametrize(
    "line",
    [
        "<div class='author-tooltip'>Learn about our editorial policies</div>",
        "<div class='byline-show'>Heard on Morning Radio</div>",
        "<p>by intro ⟨h1, h2⟩ exact h1</p>",
        f"<p><a href='/people/prince/'>Prince</a> was married when he died. {'The court heard more of it. ' * 5}</p>",
        "<p class='media__caption'>Ahmed Zarrouk, Avenue Habib, Tunis.</p>",
    ],
)
def test_openings_of_sentences_are_no_authors(line: str) -> None:
    assert read("", HEADLINE + line + STORY).authors == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("<div class='date-and-author'>Dec 17, 2025Ann B. Lee</div>", ["Ann B. Lee"]),
        (
            "<div class='meta'><a href='/editors/ann-lee'>Ann Lee</a>, <a href='https://t.example'>@annlee</a></div>",
            ["Ann Lee"],
        ),
        ("<p class='byline'>Written by: <a href='/author/ann-lee/'>Ann Lee</a> Gardener & Astrologer</p>", ["Ann Lee"]),
    ],
)
def test_a_byline_ends_where_the_name_does(line: str, expected: list[str]) -> None:
    assert read("", HEADLINE + line + STORY).authors == expected


def test_a_name_that_is_written_last_name_first_may_have_initials() -> None:
    assert names.split("Lee, Ann B.", words("en")) == ["Ann B Lee"]


def test_single_words_beside_an_outlet_are_no_persons() -> None:
    head = '<meta property="og:site_name" content="Harbour Courier Tax"><meta name="author" content="Ann Lee">'
    line = "<p class='author'><a href='/author/tax/'>Harbour Courier Tax & Accounting</a></p>"
    assert read(head, HEADLINE + line + STORY).authors == ["Ann Lee"]


def test_a_printed_list_completes_the_declared_name_whatever_its_title() -> None:
    head = json_ld(author={"@type": "Person", "name": "Ann Lee"})
    line = "<p class='author'>Written by Dr Ann Lee, Dr Bob Ray, Tom May</p>"
    assert read(head, HEADLINE + line + STORY).authors == ["Dr Ann Lee", "Dr Bob Ray", "Tom May"]


def test_a_team_that_is_declared_and_printed_outweighs_a_name_in_a_box() -> None:
    head = json_ld(author={"@type": "Organization", "name": "The Harbour Team"})
    line = "<p>By The Harbour Team</p><div class='author-tooltip'>Facts by <b>Ann Lee</b></div>"
    assert read(head, HEADLINE + line.replace("Facts by", "Facts:") + STORY).authors == ["The Harbour Team"]
