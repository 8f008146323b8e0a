"""What changed between two texts, word by word. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORDS = re.compile(r"\s+|[\w'’-]+|[^\w\s]")
MAX_WORDS = 6_000
"""Words of a paragraph pair that are compared one by one: difflib takes 2 s for so many that differ."""
CONTEXT = 12
"""Words shown before and after a change."""

Kind = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stayed, went or came."""

    kind: Kind
    text: str


def word_changes(old: str, new: str) -> list[Piece]:
    """The pieces of both texts in order: paragraphs that are the same first, then words within those that are not."""
    before, after = old.split("\n"), new.split("\n")
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "\n".join(before[a:b]) + "\n"))
        else:
            pieces += _within("\n".join(before[a:b]), "\n".join(after[c:d]))
            pieces.append(Piece("same", "\n"))
    return _joined(pieces)


def shortened(pieces: list[Piece]) -> list[Piece]:
    """The changes with some words around them; " ... " stands for what is left out."""
    short: list[Piece] = []
    for number, piece in enumerate(pieces):
        words = piece.text.split(" ")
        if piece.kind != "same" or len(words) <= 2 * CONTEXT:
            short.append(piece)
            continue
        head = " ".join(words[:CONTEXT]) if number else ""
        tail = " ".join(words[-CONTEXT:]) if number < len(pieces) - 1 else ""
        short.append(Piece("same", f"{head} ... {tail}"))
    return short


def _within(old: str, new: str) -> Iterator[Piece]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) + len(after) > MAX_WORDS:
        yield from (Piece("removed", old), Piece("added", new))
        return
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(before[a:b]))
        else:
            yield Piece("removed", "".join(before[a:b]))
            yield Piece("added", "".join(after[c:d]))


def _joined(pieces: list[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if joined and joined[-1].kind == piece.kind:
            joined[-1] = Piece(piece.kind, joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined
