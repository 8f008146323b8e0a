"""What repeats on a site goes; what recurs in its stories, and the text of pages that are copies, stays."""

from __future__ import annotations

import pytest

from newscrawl.items import Article, Page
from newscrawl.reading.read_page import read_page
from newscrawl.sites.profiles import SiteMemory, SiteProfile, encoded_profile, remember, without_boilerplate
from newscrawl.web.document import Document

from .outlet import APPEAL, DAY, FOOTER, document, fingerprints, html, kept, paragraphs, profile, story

NAMES = ("Anna", "Bela", "Cora", "Dora", "Elsa")


def stories() -> list[Document]:
    return [story(name) for name in NAMES]


def test_boilerplate_goes_and_the_story_stays() -> None:
    learned = profile(*stories())
    for name in NAMES:
        assert kept(story(name), learned) == paragraphs(name)


def test_a_label_that_most_pages_have_goes_from_the_midst_of_a_story() -> None:
    label = "Advertisement continues below this line"
    pages = [story(name, [*paragraphs(name, 3), label, *paragraphs(f"{name} on", 3)], boilerplate=()) for name in NAMES]
    assert kept(pages[0], profile(*pages)) == [*paragraphs("Anna", 3), *paragraphs("Anna on", 3)]


@pytest.mark.parametrize("lines", [(APPEAL,), ("Why did you go to sea?",), (APPEAL, "Why did you go to sea?")])
def test_prose_between_paragraphs_stays_however_many_pages_have_it(lines: tuple[str, ...]) -> None:
    pages = [
        story(name, [*paragraphs(name, 3), *lines, *paragraphs(f"{name} on", 3)], boilerplate=()) for name in NAMES
    ]
    assert kept(pages[0], profile(*pages)) == [*paragraphs("Anna", 3), *lines, *paragraphs("Anna on", 3)]


def test_a_body_is_the_same_for_one_page_of_a_site_and_for_twenty_or_a_warning_says_so() -> None:
    """What is cut lies below the story here: a label and an appeal that all pages have."""
    inner = ["<h2>What the harbour says</h2>", "<p>Why did you go to sea?</p>"]

    def page(name: str) -> bytes:
        text = [f"<p>{paragraph}</p>" for paragraph in paragraphs(name)]
        head = (
            "<meta property='og:type' content='article'><meta property='article:published_time' content='2026-11-20'>"
        )
        whole = "".join([*text[:3], *inner, *text[3:], f"<p>{APPEAL}</p><p>{FOOTER}</p>"])
        empty = html(f"The long story of {name} and the sea", [], boilerplate=())
        return empty.replace("<head>", f"<head>{head}").replace("</article>", f"{whole}</article>").encode()

    names = [f"Anna {number}" for number in range(20)]
    seen = fingerprints(*(document(name.replace(" ", "-"), page(name).decode()) for name in names))
    url = "https://harbour-post.example/Anna-0"
    address = Page(url=url, requested_url=url, fetched_at=DAY)
    bodies, cut = [], []
    for number in range(1, 21):
        encoded = encoded_profile(remember(SiteMemory(), seen[:number]))
        found = read_page(page("Anna 0"), address, profile=SiteProfile.decode(encoded) if encoded else None)
        assert isinstance(found, Article)
        bodies.append(found.body)
        cut.append("repeats_cut" in found.extraction.warnings)
    assert all(("What the harbour says" in body) and ("Why did you go to sea?" in body) for body in bodies)
    assert [body != bodies[0] for body in bodies] == cut
    assert not cut[0]


def test_boilerplate_goes_from_a_page_that_was_not_seen() -> None:
    assert kept(story("Fanny"), profile(*stories())) == paragraphs("Fanny")


def test_boilerplate_is_known_in_other_case_and_punctuation() -> None:
    shouted = story("Fanny", boilerplate=(APPEAL.upper().replace(",", " –"),))
    assert kept(shouted, profile(*stories())) == paragraphs("Fanny")


def test_copies_do_not_delete_each_other() -> None:
    """The print view, the AMP page and a mirror of one story have other URLs, titles and templates."""
    text = paragraphs("Gerda", 8)
    copies = [
        document("gerda", html("Story of Gerda", text)),
        document("gerda/print", html("Print: Story of Gerda", text, boilerplate=())),
        document("gerda?view=mirror", html("Gerda", text, boilerplate=(FOOTER,))),
    ]
    learned = profile(*stories(), *copies)
    for copy in copies:
        assert kept(copy, learned) == text


def test_an_excerpt_does_not_delete_what_it_cites() -> None:
    text = paragraphs("Gerda", 8)
    learned = profile(*stories(), story("Gerda", text), document("gerda-1", html("Part one", text[:3])))
    assert kept(story("Gerda", text), learned) == text


@pytest.mark.parametrize("titles", ["The Harbour Post", "Story of Gerda"])
def test_a_site_that_serves_one_story_everywhere_loses_nothing(titles: str) -> None:
    text = paragraphs("Gerda", 8)
    copies = [document(f"session-{number}", html(f"{titles}", text)) for number in range(12)]
    assert kept(copies[0], profile(*copies))[: len(text)] == text


def test_more_copies_than_a_family_are_saved_by_what_would_be_lost() -> None:
    """Five of eight pages: too many to be told from boilerplate, were it not for the share of the text."""
    text = paragraphs("Gerda", 8)
    copies = [document(f"gerda-{number}", html(f"Gerda {number}", text)) for number in range(5)]
    learned = profile(*copies, *stories()[:3])
    assert kept(copies[0], learned)[: len(text)] == text


def test_background_that_recurs_in_three_of_ten_stories_stays() -> None:
    background = (
        "The ferry ran aground in the storm of 1987, when eleven people were saved by the boats of the harbour."
    )
    told = {name: [*paragraphs(name, 3), background, *paragraphs(f"{name} again", 3)] for name in NAMES[:3]}
    pages = [story(name, text) for name, text in told.items()]
    learned = profile(*pages, *(story(f"other {number}") for number in range(7)))
    for page, text in zip(pages, told.values(), strict=True):
        assert kept(page, learned) == text


def test_questions_asked_each_week_stay() -> None:
    def interview(name: str) -> Document:
        question = ["What do you take to sea?", "Where were you born, and when?"]
        answers = paragraphs(name, 4)
        return story(name, [answers[0], question[0], answers[1], question[1], *answers[2:]])

    learned = profile(interview("Anna"), interview("Bela"), *(story(f"other {number}") for number in range(6)))
    assert "What do you take to sea?" in kept(interview("Anna"), learned)


def test_the_opening_of_a_story_that_front_pages_print_stays() -> None:
    opening = (
        "On the first day of the storm nobody in the harbour knew where the lifeboat was, and nobody asked for it."
    )
    lead = story("Hanna", [opening, *paragraphs("Hanna")])
    fronts = [document(name, html(f"Front {name}", [opening, f"And {name}."])) for name in ("home", "coast")]
    assert kept(lead, profile(lead, *fronts, *stories())) == [opening, *paragraphs("Hanna")]


def test_teasers_of_other_stories_go() -> None:
    """What a front page fingerprints of another story is boilerplate where it follows this one."""
    teaser = (
        "Elsewhere on the coast a lighthouse keeper has counted the gulls of the year, and there are fewer of them."
    )
    page = story("Ida", [*paragraphs("Ida"), teaser])
    fronts = [document(name, html(f"Front {name}", [teaser])) for name in ("home", "coast")]
    assert teaser not in kept(page, profile(*fronts, *stories()))


def test_short_headings_of_stories_stay() -> None:
    def review(name: str) -> Document:
        return story(
            name, [*paragraphs(name, 3), "For it:", "Light.", "Against:", "Leaks.", *paragraphs(f"{name} on", 2)]
        )

    learned = profile(review("Anna"), review("Bela"), *(story(f"other {number}") for number in range(6)))
    assert {"For it:", "Against:"} <= set(kept(review("Anna"), learned))


def test_nothing_is_learned_where_nothing_repeats() -> None:
    pages = [story(name, boilerplate=()) for name in NAMES]
    learned = profile(*pages)
    assert learned.masks == {}
    assert all(learned.repeats(page) == {} for page in pages)


def test_a_page_with_nothing_but_what_all_others_have_has_no_text() -> None:
    learned = profile(*(story(f"Story {name}") for name in "ABCDEFGH"))
    assert kept(document("shop/scarf", html("Wool scarf", [])), learned) == []
    assert kept(document("shop/lamp", html("Lamp", ["Turns on and off."])), learned) == [
        "Turns on and off.",
        APPEAL,
        FOOTER,
    ]


def test_a_few_pages_do_not_tell_what_all_others_have() -> None:
    assert kept(document("shop/scarf", html("Wool scarf", [])), profile(*stories())) == [APPEAL, FOOTER]


def test_a_heading_between_paragraphs_stays_however_many_pages_have_it() -> None:
    def column(name: str) -> Document:
        texts = paragraphs(name, 4)
        body = "".join(f"<p>{text}</p>" for text in texts[:2])
        body += "<h2>What we know so far of it</h2>" + "".join(f"<p>{text}</p>" for text in texts[2:])
        return document(
            name, f"<html><head><title>Of {name}</title></head><body><article>{body}</article></body></html>"
        )

    pages = [column(name) for name in NAMES]
    chosen = pages[0].blocks
    left = without_boilerplate(chosen, profile(*pages).repeats(pages[0]))
    assert "What we know so far of it" in [block.text for block in left]
