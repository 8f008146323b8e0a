"""Names as the page prints them: after "By", in elements called author or byline, linked to a profile, bare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from newscrawl.extraction.metadata import names
from newscrawl.extraction.metadata.plain_text import key
from newscrawl.extraction.metadata.words import Words
from newscrawl.web.page_blocks import Block, Link

BEFORE, AFTER = 12, 30
"""Blocks before and after the headline that can print the byline."""
LONG = 200
"""Characters from which a block is a paragraph."""
BARE = 8
"""Blocks after the headline in which a bare name is the author's."""
TEASERS = 2
"""Lists of names of one source, from which on they are the teasers'."""
BESIDE = 100
"""Characters of a line that is about its author; in a longer one a linked single word is no author's."""
MARKED = 3
"""Blocks after the headline in which an inline element may name the author."""
LABEL = 30
"""Characters of a line that is nothing but a label: "Photos:"."""
MANY = 4
"""Linked names from which on a list is a menu of authors."""
GAP = 3
"""Blocks between two that print one list of names, a block for each."""

_HINT = re.compile(r"author|auteur|autor|byline|by-line|signature|writer|contributor", re.IGNORECASE)
_AUTHOR = re.compile(
    r"(?:\w+[-_]+)*(?:author|autor|auteur|byline|username|user-?name|fn|writer)(?:[-_]*(?:name|link|vcard))?",
    re.IGNORECASE,
)
_MEDIA = re.compile(r"\b(?:audio|video|foto|photo|bild|image)", re.IGNORECASE)
_NO_HINT = re.compile(r"caption|photo|image|figure|comment|related|teaser|card|credit|recirc", re.IGNORECASE)
_PROFILE = re.compile(
    r"/(?:authors?|auteurs?|autor(?:es|en)?|people|profiles?|staff|contributors?|writers?|journalist\w{0,9}|by"
    r"|redakt\w{0,9}|team)/",
    re.IGNORECASE,
)
_SPACE = re.compile(r"[\s\u200b\ufeff]+")
_HEADINGS = frozenset("h1 h2 h3 h4 button label th nav td figcaption caption".split())
_CONTROLS = frozenset("button label nav".split())


@dataclass(slots=True)
class Line:
    """A list of names as one source gives it."""

    names: list[str]
    source: str
    block: Block | None = None


@dataclass(slots=True)
class Near:
    """The blocks around the headline, in the page's order, up to the third paragraph."""

    before: list[Block]
    after: list[Block]


def near(blocks: list[Block], title: Block | None) -> Near:
    """What stands around the headline; the page's opening where no block prints it."""
    at = next((number for number, block in enumerate(blocks) if block is title), -1)
    after: list[Block] = []
    paragraphs = 0
    for block in blocks[at + 1 : at + 1 + AFTER]:
        after.append(block)
        paragraphs += len(block.text) > LONG
        if paragraphs > 2:
            break
    return Near(blocks[max(0, at - BEFORE) : max(0, at)], after)


def elsewhere(blocks: list[Block], words: Words) -> list[Line]:
    """What the rest of the page prints, for pages that name nobody at the headline: the author's box below the text.

    A source that names many is a list of teasers; it is left out.
    """
    found: dict[str, list[Line]] = {}
    for block in blocks[:1500]:
        for line in _of_block(block, words, may_be_bare=False) if len(block.text) <= LONG else ():
            found.setdefault(line.source, []).append(line)
    return [lines[0] for lines in found.values() if len({tuple(line.names) for line in lines}) <= TEASERS]


def printed(around: Near, words: Words) -> list[Line]:
    """The lists of names printed around the headline, one of each source; the first, with what adjoins it."""
    found: dict[str, Line] = {}
    last: dict[str, int] = {}
    for number, line in _lines(around, words):
        known = found.setdefault(line.source, line)
        if known is line or (number - last[line.source] <= GAP and _alike(known.block, line.block)):
            last[line.source] = number
            known.names = names.each_once(known.names + line.names)
    _follow_links(found)
    return [line for line in found.values() if line.source != "link" or len(line.names) <= MANY]


def _follow_links(found: dict[str, Line]) -> None:
    """Ends the name of a byline where its link ends: "By <a>Ann Lee</a> Gardener & Cook" is by Ann Lee."""
    links = [line for source in ("rel", "link") if (line := found.get(source))]
    for line in [line for source in ("byline", "class") if (line := found.get(source))]:
        if any(link.block is line.block and line.names[0].startswith(f"{link.names[0]} ") for link in links):
            line.names = next(link.names for link in links if line.names[0].startswith(f"{link.names[0]} "))


def helpers(around: Near, words: Words) -> set[str]:
    """Keys of the names that lines near the headline give to others than authors: "Edited by Bob Ray"."""
    found: set[str] = set()
    for block in around.before[-4:] + around.after:
        text = block.text.casefold()
        if len(text) <= 120 and (opening := next((one for one in words.not_by if text.startswith(one)), None)):
            found.update(map(key, names.strict(block.text[len(opening) :].lstrip(" :"), words)))
    return found


def _alike(one: Block | None, other: Block | None) -> bool:
    """Whether two blocks stand in elements of one kind, as the members of a list do."""
    kinds = [(block.tag, block.container.get("class")) for block in (one, other) if block]
    return len(set(kinds)) == 1


def _lines(around: Near, words: Words) -> Iterator[tuple[int, Line]]:
    """The lines of the blocks with their positions; "Edited by Ann Lee" and the block after "Photos:" are left out.

    A block "By" opens the one after it.
    """
    others, opened, paragraphs = False, "", 0
    for number, block in enumerate(around.before + around.after, start=-len(around.before)):
        text = block.text.casefold()
        skip, others = others, len(text) <= LABEL and text.rstrip(" :").endswith(words.not_by)
        by, opened = opened, text if text.rstrip(" :") in words.by else ""
        if by and (found := names.in_line(f"{by} {block.text}", words)[0]):
            yield number, Line(found, "byline", block)
        if not skip and not text.startswith(words.not_by) and len(text) <= 300:
            linked = block.link_share and not (number <= MARKED and "@" in text)
            bare = 0 <= number < BARE and paragraphs < 2 and len(text) < 80 and not linked
            lines = list(_of_block(block, words, may_be_bare=bare))
            for line in lines or (_marked(block, words) if -2 <= number <= MARKED else ()):
                yield number, line
        paragraphs += number >= 0 and len(text) > LONG


def _of_block(block: Block, words: Words, *, may_be_bare: bool) -> Iterator[Line]:
    if block.links:
        yield from _linked(block, words)
    hinted = block.tag not in _CONTROLS and is_hinted(block)
    if not (hinted or may_be_bare or names.may_open(block.text, words)):
        return
    line = _without_opening(broken(block), words) if hinted else broken(block)
    found, opened = names.in_line(line, words)
    if found and opened and "©" not in block.text:
        yield Line(found, "byline", block)
    if found and hinted and (opened or " " in found[0] or names.is_alone(line, words)):
        yield Line(found, "class", block)
    elif may_be_bare and (found := found if opened else names.bare(line, words)) and _is_bare(block, found):
        yield Line(found, "bare", block)


def _marked(block: Block, words: Words) -> Iterator[Line]:
    """The names in inline elements called author in a line about more: "5 May <b class=author>Ann Lee</b>, 3 min"."""
    for node, is_tail in block.pieces if len(block.text) <= LONG and not _MEDIA.search(block.text) else ():
        if not is_tail and node is not block.container and _is_author(node.get("class") or ""):
            text = " ".join("".join(node.itertext())[:200].split())
            if found := names.strict(text, words) or names.account(text, words):
                yield Line(found, "class", block)
                return


@lru_cache(maxsize=4096)
def _is_author(classes: str) -> bool:
    return any(_AUTHOR.fullmatch(one) for one in classes[:300].split())


def _is_bare(block: Block, found: list[str]) -> bool:
    """Whether the block holds full names, outside headlines of teasers, tables and captions."""
    is_caption = "caption" in (block.container.get("class") or "").lower()
    return (
        not is_caption
        and block.tag not in _HEADINGS
        and all(" " in name and not names.is_caseless(name) for name in found)
    )


def _linked(block: Block, words: Words) -> Iterator[Line]:
    for link in block.links:
        source = "rel" if link.node.get("rel") == "author" else "link" if _PROFILE.search(link.href[:500]) else None
        if not source or _is_helper(link, block, words):
            continue
        text = _without_opening(link.text, words)
        found = names.strict(text, words) or (names.account(text, words) if _names_account(link, text) else [])
        in_text = source == "link" and len(block.text) > BESIDE
        if found and ((block.tag != "li" and not in_text) or source == "rel" or all(" " in name for name in found)):
            yield Line(found, source, block)


def _names_account(link: Link, text: str) -> bool:
    """Whether a link to a profile says whose it is: "jdoe" for /author/jdoe/."""
    return link.node.get("rel") == "author" or f"/{text.casefold()}" in link.href[:500].casefold()


def _without_opening(text: str, words: Words) -> str:
    """The text without "More from", "Alle Artikel von", as links to an author's page and boxes about one open."""
    first = text.casefold()
    opening = next((one for one in words.profile if first.startswith(f"{one} ")), "")
    name = text[len(opening) :].strip()
    return name if opening and " " in name else text


def _is_helper(link: Link, block: Block, words: Words) -> bool:
    """Whether the link's name stands behind another role: "By Ann Lee. Reviewed by Bob Ray", both linked."""
    before, found, _ = block.text.rpartition(link.text or "\n")
    return bool(found) and before.casefold().rstrip(" :").endswith(words.not_by)


def broken(block: Block) -> str:
    """The block's text with a line break where two elements are glued: "By" "Ann Lee" "Twitter"."""
    text = ""
    for node, is_tail in block.pieces:
        piece = _SPACE.sub(" ", (node.tail if is_tail else node.text) or "")
        if text and piece and text[-1].isalnum() and piece[0].isupper():
            text += "\n"
        text += piece
    return text.strip()


def is_hinted(block: Block) -> bool:
    """Whether the block's element, or one of the three above it, is called author or byline."""
    node: HtmlElement | None = block.container
    if block.pieces:
        first, is_tail = block.pieces[0]
        node = first.getparent() if is_tail else first
    called = ""
    for _ in range(4):
        if node is None:
            break
        called += f" {node.get('class', '')[:200]} {node.get('itemprop', '')[:50]} {node.get('id', '')[:50]}"
        node = node.getparent()
    return bool(_HINT.search(called)) and not _NO_HINT.search(called)
