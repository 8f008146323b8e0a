"""Which blocks are the article's: distances, runs and context of blocks; pages that are hard on the model."""

from __future__ import annotations

from html import escape

import numpy as np
import pytest

from newscrawl.extraction.blocks.block_model import UNSURE, mean, uncertainty
from newscrawl.extraction.blocks.boxes import BOX_NAMES, box_columns
from newscrawl.extraction.blocks.context import CONTEXT_NAMES, context_columns
from newscrawl.extraction.blocks.features import NAMES, features
from newscrawl.extraction.blocks.groups import Groups
from newscrawl.extraction.blocks.second_opinion import SECOND_OPINION_NAMES, second_opinion_columns
from newscrawl.extraction.blocks.story_text import Body
from newscrawl.extraction.body.read_body import read_body
from newscrawl.extraction.metadata import Metadata, read_metadata
from newscrawl.items import Site
from newscrawl.web.document import Document, parse

SENTENCES = (
    "The ferry to the outer islands stays in harbour until the spring tide has passed, the operator said on Monday.",
    "Two of its three engines were found to run hot when the boat came back from the yard at the end of last month.",
    "Islanders who need medicine or fodder are brought over by the lifeboat, which makes the trip twice a week.",
    "A replacement from the mainland would cost nine thousand a day, which the county board will not pay, it decided.",
)
CHINESE = (
    "渡轮公司星期一表示，前往外岛的渡轮将停航，直到大潮过去为止，居民须改乘救生艇往返。",
    "上月底船只从船坞返回时，检查人员发现三台引擎当中有两台过热，必须更换零件才能出海。",
    "县议会决定不支付从大陆租用替代船只的费用，因为每天需要九千元，预算无法负担这笔支出。",
)


HEAD = (
    '<meta property="og:type" content="article"><meta property="article:published_time" content="2026-03-04T09:00:00Z">'
    '<meta property="og:title" content="The ferry stays in harbour until spring">'
)
"""What marks a page as an article: on others no second opinion is heard."""


def document(body: str) -> Document:
    html = f"<html><head>{HEAD}</head><body>{body}</body></html>"
    found = parse(html.encode(), "https://ferry.example/2026/03/ferry-stays-in-harbour-until-spring")
    assert isinstance(found, Document)
    return found


def body_of(markup: str) -> Body:
    page = document(markup)
    return read_body(page, metadata_of(page), [], Site())


def metadata_of(page: Document) -> Metadata:
    return read_metadata(page, fetched_at="2026-03-05T00:00:00Z", site=Site())


def story(sentences: tuple[str, ...]) -> str:
    return "<article>" + "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences) + "</article>"


TEASERS = "<aside class=related><h3>More news</h3><ul>" + "".join(
    f'<li><a href="/news/{number}">Council puts off the vote on the bridge for the {number}. time</a></li>'
    for number in range(6)
)


@pytest.mark.parametrize("sentences", [SENTENCES, CHINESE], ids=["English", "Chinese"])
def test_the_story_is_kept_and_the_teasers_are_not(sentences: tuple[str, ...]) -> None:
    body = body_of(story(sentences) + TEASERS)
    assert body.blocks == list(sentences)


def test_a_list_far_from_any_long_paragraph_is_kept() -> None:
    names = [f"Boat of the year {year}: the Kittiwake of Port {year}" for year in range(1990, 2020)]
    body = body_of(f"<article><p>{SENTENCES[0]}</p><ul>{''.join(f'<li>{name}</li>' for name in names)}</ul></article>")
    assert sum(name in body.text for name in names) >= len(names) - 1
    assert body.method == "blocks"


def test_a_page_without_running_text_has_no_judged_blocks() -> None:
    found = document("<p>Short.</p>")
    assert features(found.blocks, metadata_of(found), "").matrix.shape == (0, len(NAMES))


@pytest.mark.parametrize(
    "box",
    ["<section id=comments>{}</section>", "<ol class='comment-list'>{}</ol>", "<li class='comment odd'>{}</li>"],
)
def test_what_readers_say_is_taken_out(box: str) -> None:
    said = "I took that ferry as a child, and I remember no winter in which it did not stay in harbour for a week."
    page = document(f"<main>{story(SENTENCES)}{box.format(f'<p>{said}</p>' * 9)}</main>")
    assert read_body(page, metadata_of(page), [], Site()).blocks == list(SENTENCES)
    assert {block.taken for block in page.blocks if block.text == said} == {"comments"}


@pytest.mark.parametrize("name", ["comments", "commentary", "comments-open"])
def test_a_story_in_a_box_that_is_named_so_stays(name: str) -> None:
    page = document(f"<main class={name}><h1>The ferry stays in harbour</h1>{story(SENTENCES)}</main>")
    assert read_body(page, metadata_of(page), [], Site()).blocks == list(SENTENCES)


def test_trafilatura_is_asked_where_the_trees_are_unsure() -> None:
    length = np.array([100.0, 100.0])
    assert uncertainty(np.array([0.99, 0.01]), length) < UNSURE < uncertainty(np.array([0.9, 0.1]), length)
    assert uncertainty(np.array([0.01, 0.01]), length) == pytest.approx(1.0)
    assert uncertainty(np.zeros(0), np.zeros(0)) == 1.0
    assert mean(np.array([0.9]), np.array([0.1])) == pytest.approx(0.5)
    assert mean(np.array([0.8]), np.array([0.8])) == pytest.approx(0.8)


def test_the_second_opinion_tells_where_its_text_begins_and_ends() -> None:
    blocks = document(f"<nav>Home</nav>{story(SENTENCES)}<p>Imprint</p>").blocks
    columns = dict(
        zip(SECOND_OPINION_NAMES, second_opinion_columns(blocks, [False, *[True] * 4, False]).T.tolist(), strict=True)
    )
    assert columns["taken"] == [0, 1, 1, 1, 1, 0]
    assert columns["taken+1"] == [1, 1, 1, 1, 0, 0]
    assert columns["taken-2"] == [0, 0, 0, 1, 1, 1]
    assert columns["from_first_taken"] == [-1, 0, 1, 2, 3, 4]
    assert columns["parent_taken"] == [0, 1, 1, 1, 1, 0]


def test_cards_and_boxes_beside_the_text_are_told_from_it() -> None:
    found = document(f"<main>{story(SENTENCES)}<div><a href=/x><p>{SENTENCES[0]}</p></a></div></main>")
    blocks = [block for block in found.blocks if block.text]
    length = np.array([len(block.text) for block in blocks], float)
    columns = box_columns(blocks, range(len(blocks)), length, np.zeros(len(length)))
    assert columns[:, BOX_NAMES.index("in_card")].tolist() == [0, 0, 0, 0, 1]
    assert columns[:, BOX_NAMES.index("up_to_main")].tolist() == [1, 1, 1, 1, 3]


def test_context_tells_neighbours_kin_and_ends() -> None:
    likely, length = np.array([0.1, 0.9, 0.9, 0.2]), np.array([10.0, 100.0, 100.0, 10.0])
    columns = context_columns(likely, Groups(np.array([0, 1, 1, 2]), np.array([0, 1, 1, 0])), length)
    named = dict(zip(CONTEXT_NAMES, columns.T, strict=True))
    assert named["from_first_likely"].tolist() == [-1, 0, 1, 2]
    assert named["to_last_likely"].tolist() == [2, 1, 0, -1]
    assert named["odds+1"][0] == named["odds"][1]
    assert named["odds-3"].tolist()[:3] == [-9, -9, -9]
    assert named["likely_parent"][1] == pytest.approx(0.9)
    assert named["best_both"].argmax() in (1, 2)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_context_of_very_short_pages(count: int) -> None:
    ones = np.ones(count)
    columns = context_columns(0.5 * ones, Groups(np.zeros(count, np.intp), np.zeros(count, np.intp)), 50 * ones)
    assert columns.shape == (count, len(CONTEXT_NAMES))
    assert np.isfinite(columns).all()


def test_where_the_model_finds_nothing_trafilatura_is_asked() -> None:
    lines = [f"Verse {number} of the ferry song" for number in range(12)]
    body = body_of("<article>" + "".join(f"<p>{line}.</p>" for line in lines) + "</article>")
    assert body.method == "trafilatura"
    assert len(body.blocks) >= len(lines) - 1
