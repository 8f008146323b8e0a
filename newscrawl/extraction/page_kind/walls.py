"""Pages that stand where an article should, told by their wording: error pages, bot, consent and script walls."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from newscrawl.extraction.blocks.page_layout import Layout
from newscrawl.web.document import Document
from newscrawl.web.text import fold

LINE = 110
"""Characters up to which a title or headline can be a wall's."""
STORY = 800
"""Characters of running text from which a page tells a story, whatever its headline says."""
CONSENT_STORY = 4000
"""The same for consent walls, which explain themselves at length."""
SMALL = 2500
"""Characters of text up to which a page can be a bot wall or script wall."""
RUNNING = 60
"""Characters from which a block is a paragraph of a consent wall."""
BARE = 400
"""Characters of text up to which a page can be a challenge's or a script's frame, and no more."""
AROUND = 20
"""Characters that may stand around a wall's phrase in its headline: "Sorry, that page can't be found."."""
_PARTS = re.compile(r" [|–—-] | :: ")
_CODES = "400|401|403|404|410|429|451|500|502|503|504|52\\d"
_CODE = re.compile(
    rf"^(?:http )?(?:error|erreur|fehler|errore|erro|fout|status)?\W{{0,3}}(?:{_CODES})(?:\s{{0,2}}(?:$|[-–—:|!.(])"
    r"|\s(?:not|forbidden|error|page|bad|service|internal|gone|unauthorized|erreur|fehler))"
)


def wall(document: Document, layout: Layout) -> str | None:
    """error_page, bot_wall, consent_wall or script_wall; None for any other page.

    The page must be as short as those are: an article on captchas or cookies tells its story and is dated.
    """
    if document.json_ld_articles or document.first_meta("article:published_time"):
        return "consent_wall" if layout.longest_run < CONSENT_STORY and _stands_for_story(document) else None
    lines = [line for text in (_title(document), *layout.headlines) if 0 < len(line := _lower(text)) <= LINE]
    if layout.longest_run < STORY and (_CODE.search(" ".join(lines[:1])) or _says("error_page", lines)):
        return "error_page"
    if _is_bot_wall(document, layout, lines):
        return "bot_wall"
    if layout.longest_run < CONSENT_STORY and _is_consent_wall(document, lines):
        return "consent_wall"
    if layout.chars < SMALL and layout.longest_run < BARE and _any("script_wall", "texts", _texts(document)):
        return "script_wall"
    return None


@cache
def _phrases() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("newscrawl.extraction.page_kind") / "walls.toml").read_text("utf-8"))


def _any(kind: str, part: str, texts: Iterable[str]) -> bool:
    phrases = _phrases()[kind][part]
    return any(phrase in text for text in texts for phrase in phrases)


def _says(kind: str, lines: Iterable[str]) -> bool:
    """Whether a line, site names aside, says little more: "Security check", not "Security check delays flights"."""
    parts = [part for line in lines for part in _PARTS.split(line)]
    return any(
        phrase in part and len(part) <= len(phrase) + AROUND for part in parts for phrase in _phrases()[kind]["lines"]
    )


def _lower(text: str) -> str:
    return fold(text[:1000]).lower()


def _title(document: Document) -> str:
    node = document.tree.find(".//title")
    return (node.text or "") if node is not None else ""


def _texts(document: Document) -> list[str]:
    return [_lower(block.text) for block in document.blocks if block.text]


def _is_bot_wall(document: Document, layout: Layout, lines: list[str]) -> bool:
    if layout.longest_run >= STORY or layout.chars >= SMALL:
        return False
    if _says("bot_wall", lines) or _any("bot_wall", "texts", _texts(document)):
        return True
    return layout.chars < BARE and _any("bot_wall", "ids", _ids(document))


def _ids(document: Document) -> list[str]:
    """Ids of divisions and forms (scripts and frames are out of the tree by now)."""
    return [name[:100].lower() for node in document.tree.iter("div", "form") if (name := node.get("id"))]


def _is_consent_wall(document: Document, lines: list[str]) -> bool:
    """By its host; else by paragraphs that speak of consent, under a headline that does, or with a button and next to
    nothing else, be it under the article's own headline."""
    if (urlsplit(document.url).hostname or "").startswith(tuple(_phrases()["consent_wall"]["hosts"])):
        return True
    texts = _texts(document)
    if _any("consent_wall", "lines", lines):
        return _speaks_of_consent(texts, share=0.5)
    return _has_button(texts) and _speaks_of_consent(texts, share=0.9 if lines[1:] else 0.8)


def _stands_for_story(document: Document) -> bool:
    """Whether the wall is all that an article's page prints, which its head describes: a button, and nothing else but
    paragraphs that speak of consent."""
    texts = _texts(document)
    speaking = sum(len(text) >= RUNNING for text in texts) >= 2
    return speaking and _has_button(texts) and _speaks_of_consent(texts, share=0.95)


def _has_button(texts: list[str]) -> bool:
    buttons = _phrases()["consent_wall"]["buttons"]
    return any(text.strip(" .!›»>✓→") in buttons for text in texts if len(text) < 50)


def _speaks_of_consent(texts: list[str], share: float) -> bool:
    """Whether that share of the running text stands in paragraphs that speak of consent."""
    words = _phrases()["consent_wall"]["words"]
    running = [text for text in texts if len(text) >= RUNNING]
    speaking = sum(len(text) for text in running if sum(word in text for word in words) >= 2)
    return bool(running) and speaking >= share * sum(map(len, running))
