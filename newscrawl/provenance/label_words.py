"""Labels as words: what stands before a source's name ("Source: X"), in all languages, and how one is found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

KINDS = ("source", "original", "release", "by", "beside", "nobody", "translation")
"""source: before the name of who published first. original: a line that links the original piece. release: before the
issuer of a press release. by: before who wrote it, which may be a known publisher. beside: other labels of such a
row ("Views"), which end a name. nobody: what stands for a name and is none ("own", "internet"). translation: words that
say that the text was translated."""

_WORD_STARTS = re.compile(r"(?:^|(?<=[\s|｜/／;；,，(（\[【〔]))(?=\S)")
_MAX = 40
"""Characters of the longest label, with room to spare."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the end of a text."""

    kind: str
    language: str
    start: int
    text: str = ""


@dataclass(slots=True)
class Labels:
    """The labels of all languages by their folded form."""

    words: dict[str, dict[str, str]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    """For each kind the language of each label; of a label of several languages the first."""
    heads: dict[str, list[Label]] = field(default_factory=dict)
    """The labels of originals and releases by their first two characters; `start` is the label's length."""

    def add(self, language: str, table: Mapping[str, Iterable[str]]) -> None:
        """Adds a language's labels; ValueError for a kind that is none or a label that is not in lower case."""
        for kind, labels in table.items():
            if kind not in KINDS:
                raise ValueError(f"labels are {', '.join(KINDS)}, not {kind!r}")
            for label in labels:
                if not label or label != label.lower() or len(label) > _MAX:
                    raise ValueError(f"a label should be in lower case, with at most {_MAX} characters, not {label!r}")
                self.words[kind].setdefault(label, language)
                if kind in ("original", "release"):
                    self.heads.setdefault(label[:2], []).append(Label(kind, language, len(label), label))

    def ending(self, text: str) -> Label | None:
        """The longest label of a source or a release that ends the text; CJK labels need no blank before them."""
        tail = text[-_MAX:].lower().rstrip()
        offset = len(text) - len(text[-_MAX:])
        starts = [match.start() for match in _WORD_STARTS.finditer(tail)]
        if tail[-1:] > "\u2e80" or "\u0e00" <= tail[-1:] < "\u0f00":
            starts = list(range(len(tail)))
        for start in starts:
            for kind in ("source", "release", "by"):
                if language := self.words[kind].get(tail[start:]):
                    return Label(kind, language, offset + start)
        return None

    def opening(self, text: str) -> Label | None:
        """The label of an original or a release that opens the text, as words; the longest."""
        lower = text[: _MAX + 1].lower()
        found = [label for label in self.heads.get(lower[:2], ()) if _opens_with(lower, label.text)]
        return max(found, key=lambda label: label.start, default=None)

    def is_beside(self, word: str) -> bool:
        """Whether the word is another label of a row of facts about the story, or a source's."""
        return any(word in self.words[kind] for kind in ("beside", "source", "release", "by"))

    def is_nobody(self, name: str) -> bool:
        """Whether what stands for a name names nobody."""
        return name.lower().strip(" .") in self.words["nobody"]

    def says_translated(self, text: str) -> bool:
        """Whether the line says that the text was translated."""
        lower = text.lower()
        return any(word in lower for word in self.words["translation"])


def _opens_with(lower: str, label: str) -> bool:
    """Whether a lower-case line begins with a label, as a word; some scripts part no words."""
    behind = lower[len(label) : len(label) + 1]
    return lower.startswith(label) and (
        not behind.isalpha() or "\u0e00" <= label[-1] < "\u0f00" or label[-1] > "\u2e80"
    )
