"""Text that a page ships for its scripts and does not print: every form of state that news sites use."""

from __future__ import annotations

import json
from html import escape

import pytest

from newscrawl.extraction.body.script_text import print_script_text
from newscrawl.web.document import Document, parse

LINES = (
    "The lock keepers of Ystrand voted on Monday to leave the upper gate open for eels until the first frost.",
    "Counting boards at the weir showed 4,100 animals in a week, three times what was seen in the dry years before.",
    "“An eel does not read our timetable,” said Runa Felt, who has kept the gate since the old mill burned down.",
    "Barges will wait for an hour at dawn; the canal board pays their skippers for coffee and for the lost time.",
)
UI = [f"Label number {number} of the menu" for number in range(40)]
PARAGRAPHS = [{"type": "p", "id": f"n{place}", "content": line} for place, line in enumerate(LINES)]
MARKUP = "".join(f"<p>{line}</p>" for line in LINES)


def pushed(*rows: str) -> str:
    """Next.js: a stream of rows, cut anywhere into pieces."""
    stream = "\n".join(rows) + "\n"
    cuts = [stream[at : at + 150] for at in range(0, len(stream), 150)]
    return "".join(f"<script>self.__next_f.push({json.dumps([1, cut])})</script>" for cut in cuts)


def elements() -> str:
    """The text as React's elements."""
    return json.dumps(
        [
            "$",
            "div",
            None,
            {
                "className": "story text wide",
                "children": [["$", "p", None, {"className": "a b c", "children": line}] for line in LINES],
            },
        ]
    )


def sized(text: str) -> str:
    """A row of text with its length in bytes."""
    return f"1f:T{len(text.encode()):x},{text}"


NUXT = (
    'window.__NUXT__=(function(a,b){return {layout:"default",data:[{story:{title:a,body:'
    + json.dumps(MARKUP)
    + '}}],ok:b}}("Gate stays open",true));'
)
STREAM = [{"_1": 2}, "loaderData", {"_3": 4}, "story", *LINES, "ok", True]
KIT = (
    '__sveltekit_1={base:""};kit.start(app,el,{data:[null,{type:"data",data:{story:{text:'
    + json.dumps(MARKUP)
    + "}},uses:{}}]});"
)
ROUTER = f"window.__reactRouterContext.streamController.enqueue({json.dumps(json.dumps(STREAM))});"
PROPS = json.dumps({"paragraphs": [1, [[0, line] for line in LINES]]})
FORMS = {
    "next.js, elements": pushed('0:["$","html",null,{}]', "2:" + elements()),
    "next.js, a row of text": pushed('0:["$","html",null,{}]', sized(MARKUP)),
    "nuxt 2": f"<script>{NUXT}</script>",
    "fusion": '<script>window.Fusion=window.Fusion||{};Fusion.arcSite="y";Fusion.globalContent='
    + json.dumps({"labels": UI, "content_elements": PARAGRAPHS})
    + ";Fusion.contentCache={}</script>",
    "JSON.parse": f"<script>window.__STATE__=JSON.parse({json.dumps(json.dumps({'story': PARAGRAPHS}))});</script>",
    "a string of JSON": f"<script type=application/json>{json.dumps(json.dumps({'story': PARAGRAPHS}))}</script>",
    "react router": f"<script>{ROUTER}</script>",
    "sveltekit, fetched": "<script type=application/json data-sveltekit-fetched>"
    + json.dumps({"status": 200, "body": json.dumps({"story": {"blocks": PARAGRAPHS}})})
    + "</script>",
    "sveltekit, data": f"<script>{KIT}</script>",
    "astro": f'<astro-island props="{escape(PROPS)}"></astro-island>',
}


def read(markup: str) -> Document:
    """The page after its hidden text was printed."""
    document = parse(
        f"<html><head><title>Gate</title></head><body><div id=app></div>{markup}</body></html>".encode(),
        "https://ystrand.example/eels",
    )
    assert isinstance(document, Document)
    print_script_text(document)
    return document


@pytest.mark.parametrize("form", FORMS)
def test_state_in_every_form(form: str) -> None:
    document = read(FORMS[form])
    assert document.stated == "state"
    assert [block.text for block in document.blocks] == list(LINES)


def test_the_updates_of_a_live_blog() -> None:
    updates = [
        {"@type": "BlogPosting", "headline": f"Entry {place}", "articleBody": line} for place, line in enumerate(LINES)
    ]
    live = {"@context": "https://schema.org", "@type": "LiveBlogPosting", "liveBlogUpdate": updates}
    document = read(f'<script type="application/ld+json">{json.dumps(live)}</script>')
    assert document.stated == "json-ld"
    assert [block.text for block in document.blocks][:2] == ["Entry 0", LINES[0]]


def test_a_state_that_holds_its_text_five_times_is_printed_once() -> None:
    state = {"copies": [{"text": line} for _ in range(5) for line in LINES]}
    document = read(f"<script type=application/json>{json.dumps(state)}</script>")
    assert [block.text for block in document.blocks] == list(LINES)


@pytest.mark.parametrize(
    "texts", [UI, [f"https://ystrand.example/{n}" for n in range(40)], [f"2026-03-{n:02} 10:00" for n in range(1, 29)]]
)
def test_what_is_no_prose_is_not_printed(texts: list[str]) -> None:
    assert read(f"<script type=application/json>{json.dumps({'all': texts})}</script>").stated is None


def test_a_page_that_prints_its_text_keeps_it() -> None:
    document = read(
        f"<article>{MARKUP}</article><script type=application/json>{json.dumps({'story': PARAGRAPHS * 2})}</script>"
    )
    assert document.stated is None
    assert [block.text for block in document.blocks] == list(LINES)
