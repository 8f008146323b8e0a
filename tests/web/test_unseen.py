"""Text that no reader sees is no text of the page; what a click or a subscription opens stays."""

from __future__ import annotations

import pytest

from newscrawl.web.document import Document, parse

LONG = "Engineers who drained the mill race last week found a crack four metres long in the footing of the weir."


def texts(html: str) -> list[str]:
    document = parse(html.encode(), "https://a.example/")
    assert isinstance(document, Document)
    return [block.text for block in document.blocks]


@pytest.mark.parametrize(
    "unseen",
    [
        "<span hidden>Draft</span>",
        '<span hidden="hidden">Draft</span>',
        '<b style="color:red; display : none">Draft</b>',
        '<span style="visibility:hidden">Draft</span>',
        '<span style="position:absolute;left:-9999px">Draft</span>',
        '<span class="sr-only">Draft</span>',
        '<span class="screen-reader-text">Draft</span>',
        '<span class="visually-hidden">Draft</span>',
        '<span class="u-visuallyHidden">Draft</span>',
        '<span class="VisuallyHidden_root__x1">Draft</span>',
        '<span class="show-for-sr">Draft</span>',
        '<span class="element-invisible">Draft</span>',
        '<span class="c-link__sr-text">Draft</span>',
        '<span role="tooltip" id="t1">Draft</span>',
        '<span class="tooltiptext">Draft</span>',
        '<span class="tooltip">A gate in a weir</span>',
        '<div class="tippy-content">Draft</div>',
        "<dialog>Draft</dialog>",
        '<div role="dialog" aria-hidden="true">Draft</div>',
        f'<div class="modal" style="display:none"><p>{LONG}</p><p>{LONG}</p></div>',
        f'<p style="display:none">{LONG}</p>',
    ],
)
def test_what_no_reader_sees_is_no_text(unseen: str) -> None:
    shown = "".join(texts(f"<p>The gate{unseen} was shut.</p>"))
    assert shown.replace(" ", "") == "Thegatewasshut."


@pytest.mark.parametrize(
    "seen",
    [
        '<span aria-hidden="true">Shown</span>',
        '<span class="tooltip" title="A gate in a weir">Shown</span>',
        '<span class="tooltip">Shown<span class="tooltiptext">A gate in a weir</span></span>',
        '<span class="tooltip" data-tip="A gate in a weir">Shown</span>',
        '<div hidden="until-found">Shown</div>',
        '<div class="accordion-panel" hidden>Shown</div>',
        '<div class="subscriber-only" style="display:none">Shown</div>',
        "<dialog open>Shown</dialog>",
        '<span class="sr-only md:not-sr-only">Shown</span>',
        '<h1 class="visually-hidden">Shown</h1>',
        '<h1><span class="visually-hidden">Shown</span></h1>',
        '<span itemprop="author" hidden>Shown</span>',
        '<div class="byline"><span class="sr-only">Shown</span></div>',
        '<span class="visually-hidden">Shown</span> <time>10:00</time>',
        "<details>Shown</details>",
    ],
)
def test_what_readers_see_or_can_open_stays(seen: str) -> None:
    assert "Shown" in " ".join(texts(f"<div>{seen}</div>"))
    assert "gate in" not in " ".join(texts(f"<div>{seen}</div>"))


@pytest.mark.parametrize(
    "hidden",
    [
        f'<div style="display:none"><p>{LONG}</p><p>{LONG}</p></div>',
        f"<div hidden><h1>Title</h1><p>{LONG}</p></div>",
        f"<article hidden><p>{LONG}</p></article>",
        f"<div hidden>{4 * (LONG + '<br>')}{4 * (LONG + '<br>')}</div>",
        f'<p style="display:none">{LONG}</p><p style="display:none">Short.</p><p style="display:none">{LONG}</p>',
    ],
)
def test_a_story_that_a_script_will_show_stays(hidden: str) -> None:
    assert LONG in texts(f"<body>{hidden}</body>")


def test_the_drop_cap_stands_once() -> None:
    cap = '<span aria-hidden="true">T</span><span class="visually-hidden">T</span>he gate'
    assert texts(f"<p>{cap}</p>") == ["The gate"]


@pytest.mark.parametrize(
    "ruby",
    [
        "<ruby>漢字<rt>かんじ</rt></ruby>を読む",
        "<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>を読む",
        "<ruby><rb>漢字</rb><rtc><rt>かんじ</rt></rtc></ruby>を読む",
    ],
)
def test_readings_of_ruby_are_left_out(ruby: str) -> None:
    assert texts(f"<p>{ruby}</p>") == ["漢字を読む"]


@pytest.mark.parametrize("attribute", ['shadowrootmode="open"', 'shadowroot="open"', "shadowrootmode=closed"])
def test_a_declarative_shadow_root_is_read(attribute: str) -> None:
    host = (
        f"<news-story><template {attribute}><h2><slot name=head></slot></h2><p>{LONG}</p><slot>None</slot></template>"
    )
    assert texts(f"{host}<p>Given.</p><span slot=head>Crack found</span></news-story>") == [
        "Crack found",
        LONG,
        "Given.",
    ]


def test_a_template_is_no_text() -> None:
    assert texts(f"<template><p>{LONG}</p></template><p>Seen</p>") == ["Seen"]


def test_lines_of_signs_are_no_text() -> None:
    assert texts("<p>One</p><p>* * *</p><p>|</p><p>…</p><p>—</p><p>Two 2</p><p>3</p>") == ["One", "Two 2", "3"]


@pytest.mark.parametrize("control", ["\x01", "\x08", "\x7f", "&#1;", "&#x1f;", "&#X08;", "\ufffe"])
def test_controls_are_no_text(control: str) -> None:
    assert texts(f"<p>Wei{control}r</p>") == ["Weir"]


def test_controls_of_json_ld_are_no_text() -> None:
    html = (
        b'<script type="application/ld+json">{"headline": "Weir\\u0000 shut", "n": ["\\u0008a", "b\\u007f"]}</script>'
    )
    document = parse(html, "https://a.example/")
    assert isinstance(document, Document)
    assert document.json_ld == [{"headline": "Weir  shut", "n": [" a", "b "]}]


def test_a_hidden_manifest_is_no_text_and_flags_are() -> None:
    manifest = "\ufeff" + "".join(chr(0xE0100 + n) for n in range(40)) + "\ufe00\ufe0f\ufe01"
    flag = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
    assert texts(f"<p>Weir{manifest} shut {flag} ❤\ufe0f</p>") == [f"Weir shut {flag} ❤\ufe0f"]


def test_markup_that_was_escaped_is_read() -> None:
    first = "&lt;p&gt;The weir was &lt;strong&gt;shut&lt;/strong&gt; on Monday.&lt;/p&gt;"
    escaped = f"{first}&lt;p&gt;It will open on Friday, they said.&lt;/p&gt;"
    assert texts(f"<div>{escaped}</div>") == ["The weir was shut on Monday.", "It will open on Friday, they said."]
    assert texts("<p>One&lt;br /&gt;Two</p>") == ["One", "Two"]
    assert texts('<p><b>Now</b> read &lt;a href="/x"&gt;the report&lt;/a&gt; here</p>') == ["Now read the report here"]
    assert texts("<div>&lt;script&gt;go()&lt;/script&gt;&lt;p&gt;The weir was shut on Monday.&lt;/p&gt;</div>") == [
        "The weir was shut on Monday."
    ]


@pytest.mark.parametrize(
    "kept", ["3 &lt; 5", "&lt;3 for the weir", "Close it by &lt;/p&gt;", "<code>&lt;b&gt;x&lt;/b&gt;</code>"]
)
def test_other_angle_brackets_stay(kept: str) -> None:
    assert "<" in texts(f"<p>{kept}</p>")[0]
