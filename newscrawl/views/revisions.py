"""Revisions of articles: what a page said, and what it says now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from newscrawl.views.terminal import one_line
from newscrawl.views.word_changes import Piece, shortened, word_changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One text of an article."""

    id: str
    url: str
    revision: int
    fetched_at: str
    title: str | None = None
    description: str | None = None
    body: str = ""

    @property
    def text(self) -> str:
        """Title, standfirst and body, as they are compared."""
        return "\n".join(part for part in (self.title, self.body) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextChange:
    """Two revisions of one article that follow each other."""

    old: Revision
    new: Revision

    @property
    def pieces(self) -> list[Piece]:
        """All of both texts."""
        return word_changes(self.old.text, self.new.text)


def changes_between(revisions: Iterable[Revision], since: str = "") -> list[TextChange]:
    """The changes to texts that were fetched since then, in the order of time."""
    by_article: dict[str, list[Revision]] = {}
    for one in sorted(revisions, key=lambda one: (one.fetched_at, one.revision)):
        by_article.setdefault(one.id, []).append(one)
    pairs = [
        TextChange(old=old, new=new)
        for versions in by_article.values()
        for old, new in pairwise(versions)
        if new.fetched_at >= since and old.text != new.text
    ]
    return sorted(pairs, key=lambda change: change.new.fetched_at)


def change_lines(changes: Iterable[TextChange]) -> Iterator[str]:
    """For the terminal: [-removed-] and {+added+}, as wdiff writes them."""
    for change in changes:
        yield one_line(change.new.url)
        yield (
            f"  revision {change.old.revision} of {change.old.fetched_at}"
            f" -> revision {change.new.revision} of {change.new.fetched_at}"
        )
        shown = "".join(_MARKS[piece.kind].format(piece.text) for piece in shortened(change.pieces))
        yield from (f"  | {one_line(line)}" for line in shown.splitlines() if line.strip())
        yield ""


_MARKS = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
