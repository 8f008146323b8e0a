"""Which blocks are the article's: decision trees, asked twice, and trafilatura where they are unsure of a page.

Fitted by benchmarks/fit.py.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newscrawl.extraction.blocks.context import CONTEXT_NAMES, context_columns
from newscrawl.extraction.blocks.features import NAMES, Features, Floats, Matrix, Numbers
from newscrawl.extraction.blocks.second_opinion import SECOND_OPINION_NAMES

LENIENT = 0.15
"""Probability that is enough on a page that the model is unsure of."""
SURE = 0.4
"""Share of the text above LENIENT that must be above the threshold; else the model is unsure of the page. On
held-out sites it changes a page in 150 and gains up to .001 of F1; with .25 and .7 the gain is half of that."""

UNSURE = 0.1
"""The uncertainty from which trafilatura is asked too: one article in nine. With .05 it is asked of twice as many,
which gains .0004 of news F1 on held-out sites and takes a fifth of the time."""


@dataclass(frozen=True, slots=True)
class Trees:
    """Oblivious trees: each asks the same questions of every block, so all are answered in one comparison of arrays."""

    columns: Numbers
    """(trees, depth): which feature each question is about."""
    borders: Matrix
    """(trees, depth): the answer is yes above it."""
    leaves: Matrix
    """(trees, 2**depth): what each combination of answers adds to the log odds."""
    bias: float

    @classmethod
    def of(cls, stored: dict[str, Any], names: Sequence[str]) -> Trees:
        """The trees as they are stored. ValueError where they were fitted on other features than the code computes."""
        if missing := set(stored["features"]) - set(names):
            raise ValueError(f"block_model.json asks for {sorted(missing)}: fit it again by benchmarks/fit.py")
        place = np.array([names.index(name) for name in stored["features"]])
        return cls(
            columns=place[np.array(stored["columns"])],
            borders=np.array(stored["borders"], np.float32),
            leaves=np.array(stored["leaves"], np.float32),
            bias=stored["bias"],
        )

    def probabilities(self, matrix: Matrix) -> Floats:
        """For each row of features how likely the block is the article's, 0 to 1."""
        answers = matrix.astype(np.float32)[:, self.columns] > self.borders
        leaf = answers @ (1 << np.arange(self.borders.shape[1]))
        odds = self.leaves[np.arange(len(self.leaves)), leaf].sum(axis=1) + self.bias
        return np.asarray(1 / (1 + np.exp(-odds)))


@dataclass(frozen=True, slots=True)
class Passes:
    """Two passes: the second sees, beside a block's features, how the first judged those around it and like it."""

    first: Trees
    second: Trees

    @classmethod
    def of(cls, stored: dict[str, Any], names: Sequence[str]) -> Passes:
        """The trees of both, fitted on the features so named. ValueError where they were fitted on others."""
        return cls(Trees.of(stored["first"], names), Trees.of(stored["second"], (*names, *CONTEXT_NAMES)))

    def probabilities(self, features: Features) -> Floats:
        """For each judged block how likely it is the article's, 0 to 1."""
        if not features.indexes:
            return np.zeros(0)
        likely = self.first.probabilities(features.matrix)
        return self.second.probabilities(with_context(features, likely))


@dataclass(frozen=True, slots=True)
class Model:
    """Judges the blocks of a page by themselves, and again with what trafilatura takes for the text."""

    alone: Passes
    reconsidered_by: Passes
    threshold: float
    """Probability from which a block is the article's; chosen where F1 is highest on held-out sites."""

    def probabilities(self, features: Features) -> Floats:
        """For each judged block how likely it is the article's, 0 to 1."""
        return self.alone.probabilities(features)

    def reconsidered(self, likely: Floats, features: Features, second_opinion: Floats) -> Floats:
        """These probabilities after a second opinion was heard. `second_opinion`: the judged rows of
        `second_opinion_columns`."""
        return mean(likely, self.reconsidered_by.probabilities(with_second_opinion(features, second_opinion)))

    def chosen(self, likely: Floats, length: Floats) -> NDArray[np.bool_]:
        """Which blocks of a page are the article's, by their probabilities and lengths."""
        return chosen(likely, length, self.threshold)


def uncertainty(likely: Floats, length: Floats) -> float:
    """Share of a page's text that is judged wrongly, by the probabilities themselves; 1 where nothing is judged.

    It tells other pages from articles, too: what is no story leaves uncertainty in trees that were fitted on stories.
    """
    if not len(likely):
        return 1.0
    return float((length * np.minimum(likely, 1 - likely)).sum() / max(1.0, (length * likely).sum()))


def mean(one: Floats, other: Floats) -> Floats:
    """The probability with the mean of both log odds."""
    yes, no = np.sqrt(one * other), np.sqrt((1 - one) * (1 - other))
    return np.asarray(yes / (yes + no))


def chosen(likely: Floats, length: Floats, threshold: float) -> NDArray[np.bool_]:
    """Those above the threshold, or above LENIENT where the model is unsure of the page."""
    sure, enough = likely > threshold, likely > LENIENT
    return sure if length[sure].sum() >= SURE * length[enough].sum() else enough


def with_second_opinion(features: Features, second_opinion: Floats) -> Features:
    """The features and what a second opinion says of the same blocks."""
    return replace(features, matrix=np.hstack([features.matrix, second_opinion], dtype=np.float32))


def with_context(features: Features, likely: Floats) -> Matrix:
    """The features of the second pass: those of the first, and what the first made of them."""
    return np.hstack([features.matrix, context_columns(likely, features.groups, features.length)], dtype=np.float32)


@cache
def block_model() -> Model:
    """The model that comes with newscrawl. ValueError where it was fitted on other features than the code computes."""
    stored = json.loads(files("newscrawl.extraction.blocks").joinpath("block_model.json").read_text("utf-8"))
    return Model(
        Passes.of(stored["alone"], NAMES),
        Passes.of(stored["reconsidered_by"], (*NAMES, *SECOND_OPINION_NAMES)),
        stored["threshold"],
    )
