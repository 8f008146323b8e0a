"""Outside text on a terminal: what would steer the terminal or turn the line around is written out."""

from __future__ import annotations


def one_line(text: str) -> str:
    """The text with control and bidirectional characters escaped ("\\x1b", "\\u202e"), line breaks too."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def shortened(text: str, length: int) -> str:
    """The text on one line, at most `length` characters."""
    line = one_line(text[: length + 1])
    return line if len(line) <= length else f"{line[: length - 1]}…"
