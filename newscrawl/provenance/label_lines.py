"""Reads a line that labels the source: "Author: Ann Lee; Source: PAP", "来源：新华社 作者：李明", "Πηγή [CNN.gr]"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from newscrawl.provenance.label_words import Label, Labels
from newscrawl.web.page_blocks import Block, Link
from newscrawl.web.text import fold

LONGEST = 300
"""Characters of a line that may be a row of labels; of a longer paragraph only the end is looked at."""
TAIL = 160
"""Characters at a paragraph's end that may hold a label: "... since May. Source: X"."""
MAX_NAME = 60

_SIGN = re.compile(r"\s?[:：=﹕︰]\s?|(?<=\w)[\]】]\s?|\s[-–—|]\s|\s{0,1}(?=[«„“「《])")
_ROW_ENDS = "([（【［〔.!?…。！？;；|｜·•»”\"')]）】〉>/／,，、–—-*:✎●■▪"
_QUOTED = re.compile('[《「『„“«"‹]([^《》「」『』„“”«»"‹›]{2,50})[》」』“”»"›]')
_STOP = re.compile(
    r"[|｜;；•·\n【（(\[)）\]】]|\s[-–—]\s|,\s?\d|\d{1,2}[./-]\d{1,2}[./-](?:\d{2})?\d\d|\s\d{1,2}[./:]\d|\s?(?:19|20)\d\d[-./年]|[。！？]|[.!?](?=\s|$)"
    r"|\s(?:via|через|przez|über)\s"
)
_CJK_STOP = re.compile(r"[\s　，、|｜;；。（(\[【]|(?:19|20)\d\d[-./年]")
_NEXT_LABEL = re.compile(r"(?:^|[\s,])(?P<label>[^\s:：]{2,24}(?:\s[^\s:：]{2,14})?)\s?[:：]")
_KINDS_OF = (
    "ИА ІА газета газеты журнал портал сайт агентство агентства видання інтернет-видання тижневик portal serwis server"
    " deník denník časopis magazin magazín tygodnik dziennik agencja agentura agenția ziarul list περιοδικό εφημερίδα"
    " сп. в-к вестник приложение лап"
).replace(" ", "|")
_KIND_OF = re.compile(rf"^(?:{_KINDS_OF.replace('.', '[.]')})\s(?=[«„“\"])", re.I)
"""What kind of publisher it is, before its name: ИА «Мост-Днепр»."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label with what it labels."""

    label: Label
    name: str
    link: Link | None
    start: int
    """Where the label begins in the block's text."""
    end: int
    """Where the name ends."""
    quoted: bool
    more: str
    """What follows the name."""
    in_row: bool
    """Whether other facts about the story stand in the line: author, date, views."""


def read_line(block: Block, labels: Labels) -> Iterator[Labelled]:
    """The sources that the block labels."""
    text = block.text
    first = 0 if len(text) <= LONGEST else len(text) - TAIL
    for sign in _SIGN.finditer(text, first):
        label = labels.ending(text[: sign.start()])
        if label is None or not _begins(block, label.start) or sign.end() >= len(text):
            continue
        if found := _labelled(block, labels, label, sign.end()):
            yield found
    yield from _glued(block, labels)
    yield from _before_link(block, labels)
    if len(text) <= MAX_BARE and (bare := _bare(block, labels)):
        yield bare


def _glued(block: Block, labels: Labels) -> Iterator[Labelled]:
    """A label in an element of its own that no blank parts from the one before: "News deskSource: PAP03.03.2026"."""
    if len(block.text) > LONGEST:
        return
    for node, is_tail in block.pieces:
        raw = "" if is_tail else fold(node.text)
        sign = _SIGN.search(raw)
        label = labels.ending(raw[: sign.start()]) if sign else None
        start = block.text.find(raw) if label and label.start == 0 else 0
        if sign is None or label is None or start <= 0 or not block.text[start - 1].isalnum():
            continue
        placed = replace(label, start=start)
        until = start + len(raw) if sign.end() < len(raw) else len(block.text)
        if found := _labelled(block, labels, placed, start + sign.end(), until):
            yield found


MAX_BARE = 80
"""Characters of a line that is a label and a name without a sign between them: "Met dank aan Het Parool"."""


def _bare(block: Block, labels: Labels) -> Labelled | None:
    """A label that opens a short line and a name behind it, for the directory to know."""
    text = block.text.lstrip("(（[*※–— ")
    skipped = len(block.text) - len(text)
    lower, source = text.lower(), labels.words["source"]
    ends = [at for at in range(2, min(40, len(lower))) if lower[at] == " " and lower[:at] in source]
    if not ends:
        return None
    name = _cut(text[ends[-1] + 1 :], labels).split(",")[0].strip(" .)*")
    label = Label("bare", source[lower[: ends[-1]]], skipped)
    end = block.text.find(name, skipped) + len(name)
    link = next((link for link in block.links if link.text and name in link.text), None)
    behind = block.text[end:].strip(" .)*»”\"']）")
    if behind and not re.match(r"\W*\d", behind):
        return None  # "Theo Reuters, giá tăng.": on its word
    return Labelled(label, name, link, skipped, end, quoted=False, more="", in_row=False) if len(name) > 1 else None


def _before_link(block: Block, labels: Labels) -> Iterator[Labelled]:
    """A label that a link follows without a sign: "Πηγή [CNN.gr]"."""
    link = next((link for link in block.links if link.text), None)
    at = block.text.find(link.text) if link else -1
    if link is None or not 2 < at < 40 or block.text[at - 1] != " ":
        return
    label = labels.ending(block.text[:at].rstrip())
    if label and label.start == 0 and at + len(link.text) + 20 > len(block.text):
        yield Labelled(label, link.text[:MAX_NAME], link, 0, at + len(link.text), quoted=False, more="", in_row=False)


def _begins(block: Block, start: int) -> bool:
    """Whether a label may begin there: at the line's beginning, behind a sign that parts, or with an element."""
    text, before = block.text, block.text[:start].rstrip()
    if not before or before[-1] in _ROW_ENDS or before[-1].isdigit():
        return True
    if "\u2e80" < text[start] < "\uac00":  # Chinese and Japanese; Korean parts words
        return text[start - 1].isspace()
    said = text[start : start + 8]
    return any(
        fold(raw).startswith(said) for node, is_tail in block.pieces if (raw := node.tail if is_tail else node.text)
    )


def _labelled(block: Block, labels: Labels, label: Label, at: int, until: int | None = None) -> Labelled | None:
    """What stands behind the label's sign, up to `until`."""
    text = block.text
    rest = text[at:until][:120]
    link = _link_at(block, label.start, at)
    quoted = None
    if link and len(link.text) <= MAX_NAME and rest.startswith(link.text):
        name = link.text
    else:
        name = _cut(_KIND_OF.sub("", rest), labels)
        quoted = _QUOTED.match(_KIND_OF.sub("", rest))
        name = quoted[1] if quoted else name
    inner = _QUOTED.search(name)
    name = (inner[1] if inner and _KIND_OF.match(name) else name).strip(" .,:;-–—*\"'«»“”„《》")
    if not 1 < len(name) <= MAX_NAME:
        return None
    end = text.find(name, at) + len(name)
    others = (
        bool(re.search(r"\d", text[: label.start]))
        or bool(_NEXT_LABEL.search(text[end:]))
        or ":" in text[: label.start]
    )
    return Labelled(
        label, name, link, label.start, end, quoted=quoted is not None, more=text[end : end + 60], in_row=others
    )


def _link_at(block: Block, start: int, at: int) -> Link | None:
    """The link that the name is, or that holds label and name; of an image the one behind the label."""
    text = block.text
    for link in block.links:
        if not link.text:
            continue
        if text.startswith(link.text, at) or text.startswith(link.text, start):
            return link
        if 0 <= text.find(link.text, at) - at <= 24:
            return link
    return None


def _cut(raw: str, labels: Labels) -> str:
    """The name at the beginning of `raw`, up to a sign, a date or the next label."""
    if "\u2e80" < raw[:1] < "\uac00":
        end = _CJK_STOP.search(raw)
        raw = raw[: end.start()] if end else raw
        ends = [at for word in labels.words["beside"] if word[0] > "\u2e80" and (at := raw.find(word)) > 0]
        return raw[: min(ends)] if ends else raw
    if end := _STOP.search(raw):
        raw = raw[: end.start()]
    for found in _NEXT_LABEL.finditer(raw):
        words = found["label"].split()
        if labels.is_beside(" ".join(words).lower()):
            return raw[: found.start("label")]
        if labels.is_beside(words[-1].lower()) or words[-1][:1].isupper():
            return raw[: found.end("label") - len(words[-1])]
    return raw
