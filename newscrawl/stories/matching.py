"""Which of the stories that share something with a text it belongs to, and which it quotes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import nsmallest
from typing import NamedTuple

from newscrawl.items import StoryRelation
from newscrawl.stories.overlap import Overlap, overlap
from newscrawl.stories.postings import Known
from newscrawl.stories.relations import relation
from newscrawl.stories.sketches import Sketch

LEAST_SHARED = 0.3
"""What a text shares with a story that is worth a look: a posted shingle that n stories have counts 1/n."""
LOOKED_AT = 8
"""Stories that are compared with a text, those first that share what few others have. On seed 11, the right one was
among the first 8 for all but 11 of 14,620 copies, and below 0.3 for some 40."""
PRINTED, PRINTED_ELSEWHERE = 2, 3
"""Stories of a text's outlet, and of another one, that have a shingle: then the outlet prints it on many texts, and it
is no evidence. Elsewhere one more, as another outlet may have told two versions of one story as two stories."""
TOUCHES = 0.1
"""The evidence that a copy found by a further text of a story must share with the first one, so that no story is a
chain of texts that share nothing."""


class Text(NamedTuple):
    """One of a story's texts."""

    story: int
    outlet: str
    """Outlet of the story's first copy."""
    sketch: Sketch
    is_first: bool


class Match(NamedTuple):
    """What a text is to a story, and how it overlaps with the story's nearest text."""

    story: int
    relation: StoryRelation
    found: Overlap
    by_first: bool


def likely_stories(known: Known) -> dict[int, float]:
    """The stories to compare a text with, and what it shares with each: one shingle that n stories have counts 1/n."""
    weight: defaultdict[int, float] = defaultdict(float)
    for stories in known.values():
        for story in stories:
            weight[story] += 1 / len(stories)
    enough = [(-shared, story) for story, shared in weight.items() if shared >= LEAST_SHARED]
    return {story: -shared for shared, story in nsmallest(LOOKED_AT, enough)}


def best_match(sketch: Sketch, texts: Sequence[Text], rarity: Mapping[int, float], outlet: str) -> Match | None:
    """The story that a stored text belongs to, else the one that it quotes most of; None for a text of its own.

    A story's first text stands before its further ones; `rarity` is what the text shares with each story.
    """
    matches = _matches(sketch, texts, rarity, outlet)
    return max(matches, key=_rank, default=None)


def _matches(sketch: Sketch, texts: Sequence[Text], rarity: Mapping[int, float], outlet: str) -> Iterator[Match]:
    printed, with_first = _printed(texts, outlet), dict[int, float]()
    for text in texts:
        if (found := overlap(sketch, text.sketch, printed)) is None:
            continue
        if text.is_first:
            with_first[text.story] = found.evidence
        how = relation(found, rarity[text.story], one_outlet=text.outlet == outlet)
        if how is not None and (how == "quotes" or with_first.get(text.story, 0) >= TOUCHES):
            yield Match(text.story, how, found, text.is_first)


def _rank(match: Match) -> tuple[bool, float, bool, int]:
    """Stories that a text belongs to go first, then those that share most, then the earliest."""
    return match.relation != "quotes", match.found.share, match.by_first, -match.story


def _printed(texts: Sequence[Text], outlet: str) -> frozenset[int]:
    """The shingles that an outlet prints on many of its texts."""
    by_outlet: defaultdict[str, dict[int, set[int]]] = defaultdict(dict)
    for text in texts:
        by_outlet[text.outlet].setdefault(text.story, set()).update(text.sketch.hashes)
    printed = set[int]()
    for name, stories in by_outlet.items():
        least = PRINTED if name == outlet else PRINTED_ELSEWHERE
        if len(stories) >= least:
            counts = Counter(shingle for hashes in stories.values() for shingle in hashes)
            printed.update(shingle for shingle, count in counts.items() if count >= least)
    return frozenset(printed)
