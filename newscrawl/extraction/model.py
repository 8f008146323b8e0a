"""Which blocks are the article's: decision trees over the features, fitted by benchmarks/fit_blocks.py."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from newscrawl.extraction.features import NAMES, Floats, Matrix, Numbers


@dataclass(frozen=True, slots=True)
class Model:
    """Oblivious trees: each asks the same questions of every block, so all are answered in one comparison of arrays."""

    columns: Numbers
    """(trees, depth): which feature each question is about."""
    borders: Matrix
    """(trees, depth): the answer is yes above it."""
    leaves: Matrix
    """(trees, 2**depth): what each combination of answers adds to the log odds."""
    bias: float
    threshold: float
    """Probability from which a block is the article's; chosen where F1 is highest on held-out sites."""

    def probabilities(self, matrix: Matrix) -> Floats:
        """For each row of features how likely the block is the article's, 0 to 1."""
        if not len(matrix):
            return np.zeros(0, np.float32)
        answers = matrix[:, self.columns] > self.borders
        leaf = answers @ (1 << np.arange(self.borders.shape[1]))
        odds = self.leaves[np.arange(len(self.leaves)), leaf].sum(axis=1) + self.bias
        return np.asarray(1 / (1 + np.exp(-odds)), np.float32)


@cache
def block_model() -> Model:
    """The model that comes with newscrawl. ValueError where it was fitted on other features than the code computes."""
    stored = json.loads(files("newscrawl.extraction").joinpath("model.json").read_text("utf-8"))
    missing = set(stored["features"]) - set(NAMES)
    if missing:
        raise ValueError(f"model.json asks for {sorted(missing)}: fit it again by benchmarks/fit_blocks.py")
    place = np.array([NAMES.index(name) for name in stored["features"]])
    return Model(
        columns=place[np.array(stored["columns"])],
        borders=np.array(stored["borders"], np.float32),
        leaves=np.array(stored["leaves"], np.float32),
        bias=stored["bias"],
        threshold=stored["threshold"],
    )
