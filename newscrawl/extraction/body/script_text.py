"""Text that a page states for scripts and does not print: JSON-LD articleBody, and the state of script applications.

It is put into the tree as paragraphs, so that every later step (provenance, boilerplate, the core) treats it as
printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml.etree import ParserError
from lxml.html import fragment_fromstring
from lxml.html.builder import E

from newscrawl.extraction.blocks.boxes import LONG
from newscrawl.extraction.body.script_state import MAX_STATE, states
from newscrawl.web.document import Document
from newscrawl.web.json_ld import strings
from newscrawl.web.text import fold, squash

ENOUGH = 250
"""Characters of embedded text from which it can be an article (trafilatura's minimum of a result)."""
CLEARLY_LONGER = 2
"""How many times the embedded text must exceed the page's printed prose: on pages that print their text, preferring
articleBody cost .011 of F1 (aeb, fundus, feval), and this rule costs nothing."""

MAX_GATHERED = 4 * MAX_STATE
"""Characters and members that are gathered from the lists of one state."""

_MARKUP = re.compile(r"</?(?:p|br|div|h[1-6]|li|strong|em|a|span)\b[^>]{0,300}>", re.IGNORECASE)
_BLOCK_END = re.compile(r"</(?:p|div|h[1-6]|li|blockquote)>|<br\s{0,3}/?>", re.IGNORECASE)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no XML tree may hold."""
_ENDS = tuple(".!?…\"”»’':)。！？」।")
_CODE = re.compile(r"[{}<>=]|;$|https?://\S+$|^\S+$")


def print_script_text(document: Document) -> None:
    """Puts the embedded text into the tree if the page prints none, or a part of it; notes where it was found."""
    printed = sum(len(b.text) for b in document.blocks if len(b.text) >= LONG and b.link_share < 0.5)
    lines, method = max(_article_bodies(document), key=_size, default=[]), "json-ld"
    if printed < ENOUGH and _size(lines) < ENOUGH:
        lines, method = max(_state_texts(document), key=_size, default=[]), "state"
    if _size(lines) >= max(ENOUGH, CLEARLY_LONGER * printed):
        _put(document, lines)
        document.stated = method


def _size(lines: list[str]) -> int:
    return sum(map(len, lines))


def _put(document: Document, lines: list[str]) -> None:
    """The lines as paragraphs of an article; what the page prints of them already goes."""
    stated = {squash(line) for line in lines}
    for block in document.blocks:
        if len(block.text) >= LONG and block.squashed in stated:
            block.take_out("stated")
    root = document.tree.find("body")
    (document.tree if root is None else root).append(E.article(*(E.p(line) for line in lines)))
    del document.blocks


def _article_bodies(document: Document) -> Iterator[list[str]]:
    for node in document.json_ld:
        if body := node.get("articleBody"):
            yield [line for text in ([body] if isinstance(body, str) else strings(body)) for line in _lines(text)]
        if isinstance(updates := node.get("liveBlogUpdate"), list):
            yield [line for update in updates if isinstance(update, dict) for line in _update_lines(update)]


def _update_lines(update: dict[str, Any]) -> Iterator[str]:
    """Headline and text of one update of a live blog."""
    for text in (update.get("headline"), update.get("articleBody")):
        yield from _lines(text) if isinstance(text, str) else []


def _lines(text: str) -> list[str]:
    """The lines of a text that may hold markup."""
    if _MARKUP.search(text[:20_000]):
        text = _plain(_BLOCK_END.sub("\n", text))
    return [line for raw in text.split("\n") if (line := fold(_UNPRINTABLE.sub(" ", raw)))]


def _plain(html: str) -> str:
    try:
        return str(fragment_fromstring(html, create_parent="div").text_content())
    except (ParserError, ValueError):
        return ""


def _state_texts(document: Document) -> Iterator[list[str]]:
    """The lines of each list or long string in the page's state that reads like prose."""
    for state in states(document):
        yield from _prose_of(state)


def _prose_of(state: Any) -> Iterator[list[str]]:
    """Candidates: each list's strings in order, and each long string by itself. Half of the text must be prose, and
    most of that in whole sentences."""
    for texts in _runs(state):
        # A state holds its text up to five times.
        lines = list(dict.fromkeys(line for text in texts for line in _lines(text)))
        prose = [line for line in lines if len(line) >= LONG]
        size, ended = _size(prose), _size([line for line in prose if line.endswith(_ENDS)])
        if 2 * size > _size(lines) and size > 1.5 * LONG * max(1, len(prose)) and 2 * ended > size:
            yield lines


def _runs(state: Any) -> Iterator[list[str]]:
    """The texts below each list, and each long text by itself."""
    queue, left = [state], MAX_GATHERED
    while queue:
        value = queue.pop()
        if isinstance(value, list):
            if left > 0:  # lists in lists are gathered once for each of those around them
                texts = list(_texts(value))
                left -= _size(texts) + len(value)
                yield texts
            queue += value
        elif isinstance(value, dict):
            queue += value.values()
        elif isinstance(value, str) and len(value) >= ENOUGH:
            yield [value]


def _texts(value: list[Any]) -> Iterator[str]:
    """The strings below a list that may be text: no addresses, names of types, code. Lists within it are others' text,
    but for the elements of React (["$", "p", null, {"children": ...}]) and the values of Astro ([0, "text"])."""
    queue = [(item, _is_wrapper(value)) for item in reversed(value)]
    while queue:
        item, wrapped = queue.pop()
        if isinstance(item, dict):
            inner = [item["children"]] if wrapped and "children" in item else list(item.values())
            queue += [(one, wrapped) for one in reversed(inner)]
        elif isinstance(item, list):
            if wrapped or _is_wrapper(item):
                queue += [(one, True) for one in reversed(item)]
        elif isinstance(item, str) and len(item) > 1 and (_MARKUP.search(item[:2000]) or not _CODE.search(item[:500])):
            yield item


def _is_wrapper(value: list[Any]) -> bool:
    return bool(value) and (value[0] == "$" or (len(value) == 2 and type(value[0]) is int))
