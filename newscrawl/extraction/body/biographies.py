"""What a page tells of its author: a box called so, or a paragraph below the text that opens with the author's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import cast

from lxml.etree import XPath
from lxml.html import HtmlElement

from newscrawl.extraction.metadata.cjk_bylines import is_byline_alone
from newscrawl.extraction.metadata.fields import Metadata
from newscrawl.web.page_blocks import Block

LONG = 80
"""Characters from which a line may be a paragraph of the story."""
BOX = 3000
"""Characters that a box about the author has at most."""
LAST = 3
"""Long lines at the end of a text among which a paragraph may tell of the author."""
_RISE = 6
"""Elements around a line that are asked what they are called."""
BYLINE = 100
"""Characters of a line that prints the byline and little else."""

_BOX = re.compile(
    r"(?:\w+[-_]+)*(?:author|autor|autoren|auteur|autore|writer|contributor)s?[-_]*"
    r"(?:bio(?:graphy)?|box|card|info|about|description|desc|profile?|details?|kasten|text|footer|end|block|widget|panel"
    r"|area|section|vita|note)(?:[-_]+\w+)*"
    r"|(?:\w+[-_]+)*(?:about|ueber|uber|sobre|apropos|over)[-_]*(?:the|den|die|el|la|l|de)?[-_]*"
    r"(?:author|autor|autorin|auteur|autore|writer)s?(?:[-_]+\w+)*"
    r"|(?:\w+[-_]+)?bio(?:graphy)?(?:[-_]*(?:text|box|block|content|wrapper|container|blurb))?",
    re.IGNORECASE,
)
"""What boxes about authors are called: author-bio, autorenbox, about-the-author, wp-block-post-author-biography."""
_STORY = XPath("boolean(descendant-or-self::h1)")
_VERBS = (
    "is was are has writes covers reports works teaches lives joined hosts leads edits served specializes holds grew"
    " ist war arbeitet schreibt berichtet lebt lehrt leitet hat studierte"
    " est écrit travaille couvre vit collabore dirige es escribe trabaja cubre vive colabora"
    " é escreve trabalha cobre è scrive lavora insegna schrijft werkt woont volgt jest pracuje pisze był była"
    " är skriver arbetar bor er arbejder jobber on пишет работает является журналист"
).split()
_VERB = re.compile(rf"[\s,]{{1,2}}(?:\([^()]{{1,60}}\)\s)?(?:{'|'.join(_VERBS)})\b")
"""What follows the name where a line tells of its author."""
_HEADINGS = (
    "about the author|über den autor|über die autorin|zum autor|zur autorin|à propos de l'auteur|sobre el autor"
    "|sobre la autora|sobre o autor|sobre a autora|sull'autore|over de auteur|o autorze"
)
_AUTHORS = (
    "the author|the writer|der autor|die autorin|l'auteur|l'auteure|el autor|la autora|o autor|a autora|l'autore"
    "|l'autrice|de auteur|autor|autorka"
)
_NAMELESS = re.compile(
    rf"(?:{_HEADINGS})\b|(?:{_AUTHORS})\s(?:{'|'.join(_VERBS)})\b|(?:作者|筆者|撰文者)(?:是|为|為|系|係|：|:)", re.I
)
"""A line that tells of an author without the name."""


def take_out_biographies(blocks: Sequence[Block]) -> None:
    """Takes out the boxes that tell of the author, before the rest of the page is judged: some are longer than the
    column beside them."""
    for box in _boxes(blocks):
        for block in box:
            block.take_out("biography")


def without_author_lines(chosen: Sequence[Block], metadata: Metadata) -> list[Block]:
    """The blocks chosen for the text without those that print the byline alone or tell of the author."""
    left_out = {id(block) for block in metadata.byline_blocks if _is_only_byline(block, metadata)}
    left_out |= {id(block) for block in _paragraphs(chosen, metadata)}
    return [block for block in chosen if id(block) not in left_out]


def _boxes(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks of each box that is called so and stands beside a story of its own."""
    nodes = {node: None for block in blocks if len(block.text) >= LONG and (node := _box_around(block)) is not None}
    for node in nodes:
        within = set(node.iter())
        box = [block for block in blocks if block.container in within and block.taken is None]
        if sum(len(block.text) for block in box) <= BOX and not _STORY(node) and _has_story(blocks, box):
            yield box


def _box_around(block: Block) -> HtmlElement | None:
    """The outermost of the elements around a block that is called so."""
    found, node = None, cast(HtmlElement | None, block.container)
    for _ in range(_RISE):
        if node is None or node.tag in ("body", "html", "main", "article"):
            break
        if _is_called_so(node.get("class") or "", node.get("id") or ""):
            found = node
        node = node.getparent()
    return found


@lru_cache(maxsize=4096)
def _is_called_so(classes: str, name: str) -> bool:
    return any(_BOX.fullmatch(one) for one in [*classes[:500].split(), name[:100]])


def _has_story(blocks: Sequence[Block], box: Sequence[Block]) -> bool:
    """Whether lines of prose stand on the page beside the box."""
    inside = set(map(id, box))
    others = (block for block in blocks if id(block) not in inside and block.taken is None and block.link_share < 0.5)
    return sum(len(block.text) for block in others if len(block.text) >= LONG // 2) >= 2 * LONG


def _paragraphs(blocks: Sequence[Block], metadata: Metadata) -> Iterator[Block]:
    """The paragraphs among the last of the text that tell of an author, or of one without the name."""
    prose = [block for block in blocks if len(block.text) >= LONG and block.link_share < 0.5]
    if len(prose) < 3:
        return
    names = [name for name in metadata.authors if " " in name or not name.isascii()]
    for number, block in enumerate(prose[2:], start=2):
        named = any(_tells_of(block.text, name) for name in names)
        is_last = number >= len(prose) - LAST
        if (named or _NAMELESS.match(block.text)) and (is_last or _is_italic(block)) and len(block.text) <= BOX:
            yield block


def _tells_of(text: str, name: str) -> bool:
    start = text.lstrip("—–-*• \"'")
    return start.startswith(name) and bool(_VERB.match(start, len(name)))


def _is_italic(block: Block) -> bool:
    """Whether all of a block's text is set in italics."""
    whole = len(block.text)
    marked = sum(
        len((node.tail if is_tail else node.text) or "")
        for node, is_tail in block.pieces
        if any(
            above.tag in ("em", "i", "small", "cite")
            for above in ([] if is_tail else [node]) + list(node.iterancestors())[:3]
        )
    )
    return marked >= 0.8 * whole


def _is_only_byline(block: Block, metadata: Metadata) -> bool:
    """Whether a line holds the byline alone, by its length beside the names, or in a form of its language."""
    if is_byline_alone(block.text, metadata.language):
        return True
    rest = len(block.text) - sum(len(name) for name in metadata.authors if name in block.text)
    return len(block.text) <= BYLINE and rest <= 45 and block.text[-1:] not in ".!?"
