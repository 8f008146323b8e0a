"""Which blocks of a page's text are the site's: those that repeat, but for what recurs within stories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newscrawl.sites.profiles.fingerprints import is_long
from newscrawl.sites.profiles.profile import Repeat
from newscrawl.web.page_blocks import Block

# Chosen on the dev pages whose site has four or more, their blocks judged by models that saw no page of the site; body
# F1 with all rules .9801 daniel, .9761 feval, .9778 wcxb_dev, without a profile .9726, .9733, .9694.
WIDE = 0.5
"""Share of the site's pages from which a block is boilerplate wherever it stands; .34 to .75 measure alike."""
WIDE_PAGES = 2
"""And the other pages it must stand on."""
EVERYWHERE = 0.75
"""Share of the site's pages from which a line is no evidence of provenance: "(AP)" stands on many, not on most."""
EVERYWHERE_PAGES = 16
"""And the other pages it must stand on: a few pages of an outlet may all be copies from one agency."""
LITTLE, MAX_PAGES = 400, 6
"""Characters of a page's text that may be nothing but boilerplate, and other pages that must have all of it. Reasoned,
not tuned: more is one story at many addresses; a first profile knows eight pages, and a front page may lack a box."""
SHORT = 15
"""Characters below which a block may be a heading that recurs within stories ("Pros:", "References")."""
MOST = 0.5
"""Share of a page's text that may go as boilerplate: a page that would lose more is a copy that nobody recognised."""


_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_STOPS = (".", "!", "?", ":", "…", "。", "！", "？", "।", "؟")
_CLOSING = "\"'”’»“)]"


def without_boilerplate(chosen: Sequence[Block], repeats: Mapping[Block, Repeat]) -> list[Block]:
    """The blocks chosen for the article without those that the site repeats.

    The head of a story is printed on listing pages and beside other stories, a paragraph of background or a question
    that is asked each week stands in several: both go only where half of the site's pages have them. Without the first
    rule feval loses .0008, the second costs nothing and saves .0004 of wcxb_dev. A heading or a line of prose between
    paragraphs of the story's own stays, however many pages have it: what the model took for the story's own by its
    place is not taken back by how often it stands elsewhere.

    Of a page on which nothing was chosen but little that most others have, a notice on cookies for instance, nothing is
    left: it has no text.
    """
    is_little = sum(len(block.text) for block in chosen) <= LITTLE
    if is_little and all((repeat := repeats.get(block)) and _is_on_most(repeat) for block in chosen):
        return []
    head = next((index for index, block in enumerate(chosen) if is_long(block)), len(chosen))
    own = [index for index, block in enumerate(chosen) if is_long(block) and block not in repeats]
    boilerplate = {
        index
        for index, block in enumerate(chosen)
        if (repeat := repeats.get(block))
        and (_is_wide(repeat) or (index > head and len(block.text) >= SHORT and not _is_inside(index, chosen, repeats)))
        and not (own and own[0] < index < own[-1] and (block.tag in _HEADINGS or _is_prose(block)))
    }
    lost = sum(len(chosen[index].text) for index in boilerplate)
    if lost > MOST * sum(len(block.text) for block in chosen):
        return list(chosen)
    return [block for index, block in enumerate(chosen) if index not in boilerplate]


def is_everywhere(repeat: Repeat) -> bool:
    """Whether nearly every page of the site has the block, so that it says nothing of a single story."""
    return repeat.share >= EVERYWHERE and repeat.pages >= EVERYWHERE_PAGES


def _is_on_most(repeat: Repeat) -> bool:
    return repeat.share >= EVERYWHERE and repeat.pages >= MAX_PAGES


def _is_wide(repeat: Repeat) -> bool:
    return repeat.share >= WIDE and repeat.pages >= WIDE_PAGES


def _is_inside(index: int, chosen: Sequence[Block], repeats: Mapping[Block, Repeat]) -> bool:
    """Whether the block is no link, and what stands before and behind it is the story's own."""
    around = (chosen[index - 1], *chosen[index + 1 : index + 2])
    return len(around) == 2 and chosen[index].link_share < 0.5 and all(block not in repeats for block in around)


def _is_prose(block: Block) -> bool:
    """Whether the block is a sentence, not a link or a label."""
    return block.link_share < 0.3 and (is_long(block) or block.text.rstrip(_CLOSING).endswith(_STOPS))
