"""Hostile trees: too many nodes, too deep, too many attributes, tags that never close."""

from __future__ import annotations

from random import Random

from .table import TEXT, TITLE, count, hostile, page


@hostile("either")
def many_attributes(chance: Random, scale: float) -> bytes:
    """One tag with 100,000 different attributes (2.3 MB): CSS selection goes quadratic."""
    names = " ".join(f'data-a{number}="{chance.randrange(99_999)}"' for number in range(count(scale, 100_000)))
    return page(before=f"<div {names}>x</div>").encode()


@hostile("either")
def same_attribute(chance: Random, scale: float) -> bytes:
    """One tag with the same attribute 200,000 times."""
    return page(before=f"<div {'class=a ' * count(scale, 200_000)}>x</div>").encode()


@hostile("either")
def many_classes(chance: Random, scale: float) -> bytes:
    """A class attribute of 300,000 names on every paragraph of the article's parent."""
    names = " ".join(f"c{number}" for number in range(count(scale, 300_000)))
    return page().replace("<article>", f'<article class="{names}">').encode()


@hostile("either", article=True)
def table_rows(chance: Random, scale: float) -> bytes:
    """The article and a table of 100,000 rows (8 MB)."""
    row = "<tr><td>Kettlewick</td><td>{}</td><td>out of service till further notice</td></tr>"
    rows = "".join(row.format(number) for number in range(count(scale, 100_000)))
    return page(body=f"<table>{rows}</table>").encode()


@hostile("either", article=True)
def links(chance: Random, scale: float) -> bytes:
    """The article and 100,000 links (5 MB)."""
    items = "".join(f'<a href="/news/{number}">Headline {number}</a> ' for number in range(count(scale, 100_000)))
    return page(body=f"<div>{items}</div>").encode()


@hostile("either", article=True)
def short_paragraphs(chance: Random, scale: float) -> bytes:
    """The article and 100,000 short paragraphs (7 MB)."""
    items = "".join(
        f"<p>Line {number} of a long night at the quay, calm sea.</p>\n" for number in range(count(scale, 100_000))
    )
    return page(body=items).encode()


@hostile("either", article=True)
def list_items(chance: Random, scale: float) -> bytes:
    """The article and a list of 100,000 items, each with a list of its own."""
    return page(body=f"<ul>{'<li>a<ul><li>b</li></ul></li>' * count(scale, 100_000)}</ul>").encode()


@hostile("either", article=True)
def line_breaks(chance: Random, scale: float) -> bytes:
    """The article and a million <br>."""
    return page(body=f"<p>{'<br>' * count(scale, 1_000_000)}</p>").encode()


@hostile("either", article=True)
def inline_tags(chance: Random, scale: float) -> bytes:
    """A paragraph of 200,000 words, each in tags of its own."""
    return page(body=f"<p>{'<b><i>calm</i></b> ' * count(scale, 200_000)}</p>").encode()


@hostile("either", article=True)
def many_scripts(chance: Random, scale: float) -> bytes:
    """The article behind 50,000 script elements, a third of them JSON-LD."""
    kinds = ("", ' type="application/ld+json"', ' type="text/template"')
    scripts = "".join(f"<script{kinds[number % 3]}>{{}}</script>" for number in range(count(scale, 50_000)))
    return page(head=scripts).encode()


def _nested(opening: str, closing: str, depth: int) -> bytes:
    return page(before=opening * depth, body="").replace("</body>", closing * depth + "</body>").encode()


@hostile("either", article=True)
def deep_divs(chance: Random, scale: float) -> bytes:
    """The article inside 100,000 nested <div>: recursion, and parsers that cut at a depth of 256 or so."""
    return _nested("<div>", "</div>", count(scale, 100_000))


@hostile("either", article=True)
def deep_unclosed_divs(chance: Random, scale: float) -> bytes:
    """The same, never closed."""
    return _nested("<div>", "", count(scale, 100_000))


@hostile("either", article=True)
def deep_fonts(chance: Random, scale: float) -> bytes:
    """50,000 nested <font> and <b>, closed in the wrong order: the adoption agency algorithm at its worst."""
    return _nested("<b><font>", "</b></font>", count(scale, 25_000))


@hostile("either", article=True)
def deep_tables(chance: Random, scale: float) -> bytes:
    """5,000 tables inside each other."""
    return _nested("<table><tr><td>", "</td></tr></table>", count(scale, 5_000))


@hostile("either", article=True)
def deep_lists(chance: Random, scale: float) -> bytes:
    """5,000 lists inside each other."""
    return _nested("<ul><li>", "</li></ul>", count(scale, 5_000))


@hostile("either", article=True)
def deep_quotes(chance: Random, scale: float) -> bytes:
    """5,000 blockquotes inside each other, a line in each."""
    return _nested("<blockquote><p>said</p>", "</blockquote>", count(scale, 5_000))


@hostile("either", article=True)
def deep_mixed(chance: Random, scale: float) -> bytes:
    """20,000 tags inside each other, of nine kinds in a random order, closed in another."""
    kinds = ("div", "section", "span", "a", "p", "em", "form", "svg", "select")
    tags = [chance.choice(kinds) for _ in range(count(scale, 20_000))]
    opening = "".join(f"<{tag}>" for tag in tags)
    chance.shuffle(tags)
    return page(before=opening).replace("</body>", "".join(f"</{tag}>" for tag in tags) + "</body>").encode()


@hostile("either", article=True)
def closing_tags(chance: Random, scale: float) -> bytes:
    """300,000 closing tags that were never opened, </p> (which makes an element each) and </nothing>."""
    return page(before="</p></nothing></div>" * count(scale, 100_000)).encode()


@hostile("either", article=True)
def active_formatting(chance: Random, scale: float) -> bytes:
    """20,000 unclosed <b id=N>, then paragraphs: each paragraph opens all of them again."""
    opened = "".join(f"<b id={number}>" for number in range(count(scale, 20_000)))
    return page(before=f"<p>{opened}").encode()


@hostile("either")
def unclosed_comment(chance: Random, scale: float) -> bytes:
    """A comment at the top that never closes, 5 MB behind it, the article within."""
    return page(before="<!-- " + "- -> --" * count(scale, 700_000)).encode()


@hostile("either")
def many_comment_openings(chance: Random, scale: float) -> bytes:
    """300,000 times "<!--" and no "-->": a scan to the end for each is quadratic."""
    return page(before="<!--" * count(scale, 300_000)).encode()


@hostile("either")
def unclosed_attribute_quote(chance: Random, scale: float) -> bytes:
    """An attribute value whose quote never closes: the rest of the page, 3 MB, is one value."""
    top, _, rest = page(before="@@").partition("@@")
    return (top + '<a href="' + "<p>calm at sea</p>" * count(scale, 180_000) + rest.replace('"', "'")).encode()


@hostile("either")
def unclosed_script(chance: Random, scale: float) -> bytes:
    """A <script> that never closes, with 200,000 "</scrip" in it."""
    return page(before="<script>" + "</scrip <!-- <script " * count(scale, 200_000)).encode()


@hostile("either")
def unclosed_textarea(chance: Random, scale: float) -> bytes:
    """A <textarea> that swallows the article."""
    return page(before="<textarea>" + "</textare" * count(scale, 100_000)).encode()


@hostile("either")
def cdata_and_instructions(chance: Random, scale: float) -> bytes:
    """100,000 times "<![CDATA[", "<?xml" and "<!DOCTYPE" inside the body."""
    return page(before="<![CDATA[ <?xml <!DOCTYPE [ " * count(scale, 100_000)).encode()


@hostile("reject")
def less_thans(chance: Random, scale: float) -> bytes:
    """1 MB of "<"."""
    return b"<" * count(scale, 1_000_000)


@hostile("reject")
def less_thans_and_letters(chance: Random, scale: float) -> bytes:
    """1 MB of "<a": one tag whose name or attributes never end."""
    return b"<a" * count(scale, 500_000)


@hostile("read")
def two_bodies(chance: Random, scale: float) -> bytes:
    """Three <html>, three <body>, a <head> at the end, and the article in the second."""
    empty = "<html><head><title>Nothing</title></head><body><p>x</p></body></html>"
    inner = page().partition("<body>")[2]
    head = f"<head><title>{TITLE}</title></head>"
    return f"<html><body><html>{head}<body>{inner}{empty}".encode()


@hostile("read")
def frames_and_templates(chance: Random, scale: float) -> bytes:
    """The article, and 2,000 <template>, <noscript>, <object> and <svg> with copies of one sentence of its own."""
    text = TEXT[4]
    extra = f"<template><p>{text}</p></template><svg><title>{text}</title></svg>" * count(scale, 2_000)
    return page(body=extra).encode()
