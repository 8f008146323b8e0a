"""Fits the weights by which page_kind/classify.py tells articles from other pages; a part of benchmarks/fit.py.

A logistic regression of signs 0 to 1, with a penalty on large weights, each weight held to the sign that it must have.
The signs are those of pages read by a model that saw no page of their site. A lost article costs COST exported pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.fit_blocks import fold

Array = np.ndarray[Any, np.dtype[np.float64]]
SPEAK_FOR = frozenset(
    "run run_share gathered well_marked og_article published dated slug_words depth url_date url_id title_words"
    " title_sentence title_printed one_article story_url ld_article long_title title_explains kept_sure quotes byline"
    " tagged".split()
)
"""Signs that can only speak for an article; all others only against."""
PENALTY = 1.0
"""Weight of the squared weights. 1/3, 1 and 3 do about the same on held-out sites."""
COST = 10
"""Other pages that may be exported for one article that is not lost."""
ALIKE = 1.02
"""Costs this near to the least are as good as it. With 1.2 four of 241 gold bodies of sites never read were lost."""
PIECES_WEIGH = 0.5
"""What a page known by pieces of its text weighs: many of them are no news."""
FOLDS, SALTS = 5, ("", "a", "b")
TABLE = Path(__file__).resolve().parent.parent / "newscrawl/extraction/page_kind/classify.toml"
HEAD = """\
# What each sign of a page (page_signs.py and trade_signs.py, 0 to 1) counts when classify.py tells articles from other
# pages: an article where the sum is above 0. Fitted by benchmarks/fit.py on {pages} pages, {other} of them no
# articles; a lost article costs {cost} exported pages. On held-out sites (five folds, three ways to fold):
# {figures}.
# Where a page is wrongly rejected or kept, look at its signs first; re-run the script after any change to the signs.

[weights]
"""


@dataclass
class Seen:
    """The signs of a page and what it is."""

    url: str
    site: str
    signs: dict[str, float]
    wall: str | None
    sets: frozenset[str]
    has_body: bool

    @property
    def is_article(self) -> bool:
        """Whether it is one by its set."""
        return "not_article" not in self.sets

    @property
    def weight(self) -> float:
        """What the page weighs. Threads and goods that a set took for its own purpose say nothing."""
        by_pieces = self.sets <= {"segments", "provenance"}
        if by_pieces and (self.signs["forum"] >= 0.5 or self.signs["undated_goods"]):
            return 0.0
        return PIECES_WEIGH if self.sets == {"segments"} else 1.0


@dataclass
class Weights:
    """The weights of the signs, in the order of their names, and the bias."""

    names: list[str]
    values: Array
    bias: float

    def scores(self, pages: Sequence[Seen]) -> Array:
        """The score of each page."""
        return matrix(pages, self.names) @ self.values + self.bias


def matrix(pages: Sequence[Seen], names: Sequence[str]) -> Array:
    """A row for each page."""
    return np.array([[page.signs[name] for name in names] for page in pages])


def fit_weights(pages: Sequence[Seen], steps: int = 3000) -> Weights:
    """Accelerated gradient descent, each step cut back to the allowed signs."""
    names = sorted(pages[0].signs)
    allowed = np.array([1.0 if name in SPEAK_FOR else -1.0 for name in names])
    x = np.hstack([matrix(pages, names), np.ones((len(pages), 1))])
    y = np.array([float(page.is_article) for page in pages])
    weight = np.array([page.weight for page in pages])
    rate = 1 / (0.25 * np.linalg.norm(x * np.sqrt(weight)[:, None], 2) ** 2 + PENALTY)
    penalty = np.append(np.full(len(names), PENALTY), 0.0)
    values = before = np.zeros(len(names) + 1)
    for step in range(steps):
        ahead = values + step / (step + 3) * (values - before)
        slope = x.T @ (weight * (1 / (1 + np.exp(-np.clip(x @ ahead, -30, 30))) - y)) + penalty * ahead
        before, values = values, ahead - rate * slope
        values[:-1] = np.where(values[:-1] * allowed > 0, values[:-1], 0.0)
    return Weights(names, values[:-1], float(values[-1]))


def held_out(pages: Sequence[Seen], salt: str) -> Array:
    """The score of each page by weights that saw no page of its site."""
    folds = np.array([fold(page.site, f"kinds {salt}", FOLDS) for page in pages])
    scores = np.zeros(len(pages))
    for one in range(FOLDS):
        weights = fit_weights([page for page, number in zip(pages, folds, strict=True) if number != one])
        own = folds == one
        scores[own] = weights.scores([page for page, yes in zip(pages, own, strict=True) if yes])
    return scores


def margin(pages: Sequence[Seen], scores: Array) -> float:
    """What the bias must gain so that the held-out costs are least: of all places within a fiftieth of the least, which
    chance cannot tell apart, the one that exports the fewest other pages."""
    weight = np.array([COST * page.weight * page.has_body if page.is_article else 1.0 for page in pages])
    article = np.array([page.is_article for page in pages])
    order = np.argsort(scores)
    cost = np.sum(weight[~article]) + np.cumsum(np.where(article, weight, -weight)[order])
    place = int(np.flatnonzero(cost <= ALIKE * cost.min())[-1])
    places = scores[order]
    return float(-(places[place] + places[min(place + 1, len(places) - 1)]) / 2)


def figures(pages: Sequence[Seen], scores: Array) -> dict[str, Array]:
    """For each kind of fault, whether each page it could happen to has it."""
    gone = np.array([score <= 0 or page.wall is not None for page, score in zip(pages, scores, strict=True)])
    article = np.array([page.is_article for page in pages])
    body = np.array([page.has_body for page in pages])
    return {"exported": ~gone[~article], "gold bodies lost": gone[body], "articles lost": gone[article]}


def told(faults: dict[str, Array]) -> str:
    """The shares, each with its 95 % interval."""
    return ", ".join(f"{name} {flags.mean():.3f} [{low:.3f}, {high:.3f}]" for name, flags, low, high in _bounds(faults))


def _bounds(faults: dict[str, Array]) -> list[tuple[str, Array, float, float]]:
    random = np.random.default_rng(7)
    found = []
    for name, flags in faults.items():
        means = np.sort([random.choice(flags, len(flags)).mean() for _ in range(400)])
        found.append((name, flags, float(means[10]), float(means[389])))
    return found


def written(weights: Weights, pages: Sequence[Seen], text: str) -> str:
    """The table as newscrawl reads it. `text`: the held-out figures."""
    head = HEAD.format(
        pages=len(pages), other=sum(not page.is_article for page in pages), cost=COST, figures=_folded(text)
    )
    values = {name: round(float(value), 2) for name, value in zip(weights.names, weights.values, strict=True)}
    values["bias"] = round(weights.bias, 2)
    return head + "".join(f"{name} = {value}\n" for name, value in sorted(values.items(), key=lambda one: -abs(one[1])))


def _folded(text: str) -> str:
    return text.replace("], ", "],\n# ")
