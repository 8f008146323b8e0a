"""Text that a page states for scripts and does not print: JSON-LD articleBody, and the state of script applications.

It is put into the tree as paragraphs, so that every later step (provenance, boilerplate, the core) treats it as
printed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml.etree import ParserError
from lxml.html import fragment_fromstring
from lxml.html.builder import E

from newscrawl.extraction.blocks.boxes import LONG
from newscrawl.extraction.blocks.features import key
from newscrawl.web.document import Document
from newscrawl.web.json_ld import strings, whole_characters
from newscrawl.web.page_blocks import fold

ENOUGH = 250
"""Characters of stated text from which it can be an article (trafilatura's minimum of a result)."""
CLEARLY_LONGER = 2
"""How many times the stated text must exceed the page's printed prose: on pages that print their text, preferring
articleBody cost .011 of F1 (aeb, fundus, feval), and this rule costs nothing."""
MAX_STATE = 4 * 2**20
"""Characters of a script that are read as state."""

_ASSIGNED = re.compile(r"\s{0,20}(?:window\.|self\.|var |let |const )?[\w.\[\]\"'$]{1,60}\s{0,5}=\s{0,5}(?=[{\[])")
_MARKUP = re.compile(r"</?(?:p|br|div|h[1-6]|li|strong|em|a|span)\b[^>]{0,300}>", re.IGNORECASE)
_BLOCK_END = re.compile(r"</(?:p|div|h[1-6]|li|blockquote)>|<br\s{0,3}/?>", re.IGNORECASE)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no XML tree may hold."""
_CODE = re.compile(r"[{}<>=;]|https?://\S+$|^\S+$")


def print_script_text(document: Document) -> None:
    """Puts the stated text into the tree where the page prints none, or a part of it, and notes where it was found."""
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
    stated = {key(line) for line in lines}
    for block in document.blocks:
        if len(block.text) >= LONG and key(block.text) in stated:
            block.take_out("stated")
    root = document.tree.find("body")
    (document.tree if root is None else root).append(E.article(*(E.p(line) for line in lines)))
    del document.blocks


def _article_bodies(document: Document) -> Iterator[list[str]]:
    for node in document.json_ld:
        body = node.get("articleBody")
        if body:
            yield [line for text in ([body] if isinstance(body, str) else strings(body)) for line in _lines(text)]


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


@dataclass(slots=True)
class _Run:
    """The texts below one list of a script's state."""

    texts: list[str] = field(default_factory=list)

    def prose(self) -> list[str]:
        return [text for text in self.texts if len(text) >= LONG]


def _state_texts(document: Document) -> Iterator[list[str]]:
    """The lines of each list or long string in the page's JSON scripts that reads like prose."""
    for script in document.tree.iter("script"):
        kind = (script.get("type") or "").lower()
        text = script.text or ""
        if ENOUGH < len(text) <= MAX_STATE and "ld+json" not in kind:
            yield from _prose_of(_state(text, kind))


def _state(text: str, kind: str) -> Any:
    """The value that a script states, as JSON or assigned to a variable; None for code."""
    if "json" not in kind:
        assigned = _ASSIGNED.match(text)
        if assigned is None:
            return None
        text = text[assigned.end() :]
    try:
        return whole_characters(json.JSONDecoder(strict=False).raw_decode(text.lstrip())[0])
    except (ValueError, RecursionError):
        return None


def _prose_of(state: Any) -> Iterator[list[str]]:
    """Candidates: each list's strings in order, and each long string by itself. Half of the text must be prose."""
    for run in _runs(state):
        lines = [line for text in run.texts for line in _lines(text)]
        prose = [line for line in lines if len(line) >= LONG]
        if 2 * _size(prose) > _size(lines) and _size(prose) > 2 * LONG * max(1, len(prose)):
            yield lines


def _runs(state: Any) -> Iterator[_Run]:
    queue = [state]
    while queue:
        value = queue.pop()
        if isinstance(value, list):
            yield _Run(list(_texts(value)))
            queue += value
        elif isinstance(value, dict):
            queue += value.values()
        elif isinstance(value, str) and len(value) >= ENOUGH and not value.lstrip().startswith(("{", "[")):
            yield _Run([value])


def _texts(value: Any) -> Iterator[str]:
    """The strings below a value that may be text: no addresses, names of types, code."""
    queue = list(reversed(value)) if isinstance(value, list) else [value]
    while queue:
        item = queue.pop()
        if isinstance(item, dict):
            queue += reversed(list(item.values()))
        elif isinstance(item, str) and len(item) > 1 and (_MARKUP.search(item[:2000]) or not _CODE.search(item[:500])):
            yield item
