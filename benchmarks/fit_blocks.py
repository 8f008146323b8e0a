"""Fits the trees that judge a page's blocks; the part of benchmarks/fit.py that needs catboost.

The second pass learns from first judgements by a model that did not see the site either, as it will meet them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np
from catboost import CatBoostClassifier

from benchmarks.fit_labels import Sample
from newscrawl.extraction.blocks.block_model import Model, Passes, with_context
from newscrawl.extraction.blocks.context import CONTEXT_NAMES
from newscrawl.extraction.blocks.features import NAMES, Features
from newscrawl.extraction.blocks.second_opinion import SECOND_OPINION_NAMES

Fitted = tuple[CatBoostClassifier, CatBoostClassifier]
"""The models of the first and the second pass."""

INNER = 2
"""Folds of the pages fitted on, for the first judgements that the second pass learns from."""
PARAMETERS = {"iterations": 150, "depth": 6, "learning_rate": 0.1, "l2_leaf_reg": 20, "rsm": 0.5, "border_count": 64}
THRESHOLD = 0.55


def fold(site: str, salt: str, folds: int) -> int:
    """The number of a site's fold."""
    return int(hashlib.sha256((salt + site).encode()).hexdigest(), 16) % folds


def fit(pages: Sequence[Sample], matrices: Sequence[np.ndarray]) -> CatBoostClassifier:
    model = CatBoostClassifier(**PARAMETERS, verbose=0, random_seed=1, thread_count=2, allow_writing_files=False)
    weight = np.concatenate([page.weight for page in pages])
    known = weight > 0
    right = np.concatenate([page.right for page in pages])
    model.fit(np.concatenate(matrices)[known], right[known], sample_weight=weight[known])
    return model


def likely(model: CatBoostClassifier, matrix: np.ndarray) -> np.ndarray:
    return np.asarray(model.predict_proba(matrix)[:, 1])


def fit_passes(pages: Sequence[Sample], features: Sequence[Features], salt: str) -> Fitted:
    """The models of the first and the second pass. `features`: of each page."""
    matrices = [of_page.matrix for of_page in features]
    judged: list[np.ndarray] = matrices[:]
    for number in range(INNER):
        inside = [fold(page.site, f"inner {salt}", INNER) != number for page in pages]
        model = fit(*zip(*compress(zip(pages, matrices, strict=True), inside), strict=True))
        for place, yes in enumerate(inside):
            if not yes:
                judged[place] = with_context(features[place], likely(model, matrices[place]))
    return fit(pages, matrices), fit(pages, judged)


def stored(model: CatBoostClassifier, names: Sequence[str], scratch: Path) -> dict[str, Any]:
    """The trees as newscrawl reads them."""
    model.save_model(str(scratch), format="json")
    whole = json.loads(scratch.read_text("utf-8"))
    scratch.unlink()
    depth = PARAMETERS["depth"]
    columns, borders, leaves = [], [], []
    for tree in whole["oblivious_trees"]:
        splits = tree["splits"] or []
        pad = depth - len(splits)
        columns.append([split["float_feature_index"] for split in splits] + [0] * pad)
        borders.append([float(f"{split['border']:.6g}") for split in splits] + [1e30] * pad)
        leaves.append(
            [float(f"{leaf:.4g}") for leaf in tree["leaf_values"]] + [0.0] * (2**depth - len(tree["leaf_values"]))
        )
    bias = float(np.ravel(whole["scale_and_bias"][1])[0])
    return {"features": list(names), "bias": bias, "columns": columns, "borders": borders, "leaves": leaves}


def stored_passes(models: Fitted, names: Sequence[str], scratch: Path) -> dict[str, Any]:
    return {
        "first": stored(models[0], names, scratch),
        "second": stored(models[1], (*names, *CONTEXT_NAMES), scratch),
    }


def stored_model(pages: Sequence[Sample], salt: str, scratch: Path) -> dict[str, Any]:
    """A model fitted on these pages, as newscrawl stores it. `scratch`: a file that catboost may write."""
    alone = fit_passes(pages, [page.features for page in pages], salt)
    other = fit_passes(pages, [page.reconsidered_by for page in pages], salt)
    return {
        "threshold": THRESHOLD,
        "alone": stored_passes(alone, NAMES, scratch),
        "reconsidered_by": stored_passes(other, (*NAMES, *SECOND_OPINION_NAMES), scratch),
    }


def model_of(content: dict[str, Any]) -> Model:
    """A stored model, ready to judge."""
    return Model(
        Passes.of(content["alone"], NAMES),
        Passes.of(content["reconsidered_by"], (*NAMES, *SECOND_OPINION_NAMES)),
        content["threshold"],
    )
