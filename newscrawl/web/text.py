"""A text in the forms by which texts are compared and printed: on one line, and as letters and digits alone."""

from __future__ import annotations

import re
from collections.abc import Mapping

INVISIBLE = re.compile("[\u0080-\u0084\u0086-\u009f\u00ad\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufffe\uffff]")
"""Controls, soft hyphens, marks of direction and joiners: a sentence that holds one reads the same."""


def fold(text: str | None) -> str:
    """The text on one line: every run of white space (zero-width signs count as such) is one blank.

    Soft hyphens and marks of direction go without a trace.
    """
    if not text:
        return ""
    line = " ".join(text.split())
    if line.isascii() or line.isprintable():  # as nearly all are
        return line
    return " ".join(INVISIBLE.sub("", line.replace("\u200b", " ").replace("\ufeff", " ")).split())


def squash(text: str) -> str:
    """Letters and digits alone, case folded: what stays the same when a text is printed twice."""
    return text.casefold().translate(_LETTERS)


class _Letters(dict[int, int | None]):
    """For each character whether it stays, asked once."""

    def __missing__(self, code: int) -> int | None:
        kept = self[code] = code if chr(code).isalnum() else None
        return kept


_LETTERS: Mapping[int, int | None] = _Letters()
