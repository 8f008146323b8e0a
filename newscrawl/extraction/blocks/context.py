"""What a first judgement of a page's blocks says of each: how its neighbours and groups were judged."""

from __future__ import annotations

import numpy as np

from newscrawl.extraction.blocks.boxes import Floats, Numbers
from newscrawl.extraction.blocks.groups import Groups

CONTEXT_NAMES: tuple[str, ...] = tuple(
    "odds odds-2 odds-1 odds+1 odds+2 odds-3 odds+3 likely_around3 likely_around8 likely_parent likely_shape"
    " likely_shape_blocks text_in_parent text_in_shape text_before text_after from_first_likely to_last_likely"
    " likely_text place_in_text likely_blocks best_before best_behind best_both".split()
)
"""Names of the columns of `context_columns`."""

_OUTSIDE = -9.0
"""Log odds of a block before the first and behind the last."""
_FAR = 30


def context_columns(likely: Floats, groups: Groups, length: Floats) -> Floats:
    """A row for each judged block. `likely`: the probability that it is the article's; `length`: its characters."""
    count, at = len(likely), np.arange(len(likely))
    clipped = likely.clip(1e-4, 1 - 1e-4)
    odds = np.log(clipped / (1 - clipped))
    text = likely * length
    mass = np.cumsum(text)
    whole = max(1.0, float(mass[-1]))
    taken = np.flatnonzero(likely > 0.5)
    first, last = (int(taken[0]), int(taken[-1])) if len(taken) else (0, -1)
    best_before, best_behind = np.maximum.accumulate(odds), np.maximum.accumulate(odds[::-1])[::-1]
    columns = [
        odds,
        *(moved(odds, step, _OUTSIDE) for step in (-2, -1, 1, 2, -3, 3)),
        *(_windowed(text, reach) / _windowed(length, reach) for reach in (3, 8)),
        _mean(groups.parents, likely, length + 1),
        _mean(groups.shapes, likely, length + 1),
        _mean(groups.shapes, likely, np.ones(count)),
        np.bincount(groups.parents, text)[groups.parents] / whole,
        np.bincount(groups.shapes, text)[groups.shapes] / whole,
        (mass - text) / whole,
        1 - mass / whole,
        np.clip(at - first, -_FAR, _FAR),
        np.clip(last - at, -_FAR, _FAR),
        np.full(count, np.log(whole)),
        (at - first) / max(1, last - first + 1),
        np.full(count, np.log1p(len(taken))),
        best_before,
        best_behind,
        np.minimum(best_before, best_behind),
    ]
    return np.column_stack(columns)


def moved(column: Floats, step: int, outside: float) -> Floats:
    """The value of the block `step` further on; `outside` beyond the first and the last."""
    edge = np.full(min(abs(step), len(column)), outside)
    both = np.concatenate([column[step:], edge] if step > 0 else [edge, column[:step]])
    return both[: len(column)]


def _windowed(column: Floats, reach: int) -> Floats:
    """The sum of each block's value and those of its neighbours up to `reach` away."""
    return np.convolve(column, np.ones(2 * reach + 1))[reach : reach + len(column)]


def _mean(groups: Numbers, values: Floats, weights: Floats) -> Floats:
    """The weighed mean over each one's group."""
    return np.asarray((np.bincount(groups, weights * values) / np.bincount(groups, weights))[groups])
