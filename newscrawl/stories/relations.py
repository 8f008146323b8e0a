"""What one text is to another: a copy, another version of the same story, a text that quotes it, or nothing."""

from __future__ import annotations

from math import log2

from newscrawl.items import StoryRelation
from newscrawl.stories.overlap import Overlap

LINK, SURE = 1 / 3, 1.0
"""Two texts are one story by an evidence from a third (quotations count little, see overlap.ONCE) that adds up to 1.0
with its spread. Of the read pairs of eval/reprints, those of one story have 0.46 or more, those that quote one speech
or one post 0.24 or less; their containment is 0.46 or more, and 0.52 or less."""
RARITY, RAREST = 0.1, 4.0
"""Each doubling of what the two have in common and few other stories have (see matching.likely_stories) adds 0.1 to
that sum, up to 4 shingles that no other story has; each halving below one takes as much away. Wrong links share stock
phrases."""
SHORT, SHORT_SURE = 40, 1.5
"""Where the shorter text has fewer shingles, they must add up to 1.5: an outlet's boilerplate may be most of it."""
MOSTLY = 0.6
"""A copy has so much of the shorter text; what has less, as a wire story's later state does, is a version."""
OWN, OWN_UNSURE = 0.5, 0.8
"""The evidence that two texts of one outlet need, and where their figures cannot tell reports by a template apart."""
OTHER_DAY, REPORT = 0.5, 120
"""Two texts of one outlet that share half of their figures or less are reports by one template; of two outlets, where
the shorter one has less than 120 shingles. Of the read pairs of one story, all share 0.6 or more."""
QUOTED = 30
"""A text quotes another where so many shingles, some three sentences, stand in both."""


def relation(found: Overlap, rarity: float, *, one_outlet: bool) -> StoryRelation | None:
    """What the first text is to the second. Copies and versions are one story; what quotes it is a story of its own."""
    if _is_report(found, one_outlet=one_outlet):
        return None
    if _is_one_story(found, rarity) and (not one_outlet or found.evidence >= _own_bar(found)):
        return "copy" if found.share >= MOSTLY else "version"
    quotes = found.share * found.size >= QUOTED and rarity >= 1
    return "quotes" if quotes and not one_outlet else None


def _is_one_story(found: Overlap, rarity: float) -> bool:
    sure = SHORT_SURE if found.size < SHORT else SURE
    return found.evidence >= LINK and found.evidence + found.spread + RARITY * log2(min(rarity, RAREST)) >= sure


def _is_report(found: Overlap, *, one_outlet: bool) -> bool:
    """Whether two texts share their words and not their figures."""
    other_day = found.figures is not None and found.figures <= OTHER_DAY
    return other_day and (one_outlet or found.size < REPORT)


def _own_bar(found: Overlap) -> float:
    return OWN_UNSURE if found.figures is None else OWN
