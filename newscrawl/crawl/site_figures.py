"""What is usual for a site, by its runs, and whether a sample of today still agrees. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from statistics import median

from newscrawl.items import Article

FIELDS = ("title", "description", "authors", "date_published", "language", "section", "main_image")
"""Fields of the record that a change of a site's pages empties."""
MAX_LENGTHS = 10_000
"""Bodies of a run whose lengths are kept for the median."""
MORE_REJECTED = 0.3
FEWER_FILLED = 0.5
OTHER_LENGTH = 2.0
"""How far a sample of ten may be off, so that chance seldom speaks: of a site that rejects one page in ten, five or
more of ten are rejected in 0.16 % of samples (binomial). Not tuned on real changes of sites."""


@dataclass(slots=True, kw_only=True)
class Figures:
    """What was read of a site."""

    articles: int
    """Articles read."""
    rejected: int
    """Pages that gave none."""
    body: int
    """Median length of the bodies, characters."""
    filled: dict[str, float] = field(default_factory=dict)
    """Share of the articles in which a field is filled, 0 to 1."""

    @property
    def share_rejected(self) -> float:
        """0 to 1; 0 where no page was read."""
        pages = self.articles + self.rejected
        return self.rejected / pages if pages else 0.0


class Measured:
    """Articles as they come; bounded memory."""

    def __init__(self, articles: Iterable[Article] = ()) -> None:
        self.count = 0
        self._lengths: list[int] = []
        self._filled: Counter[str] = Counter()
        for article in articles:
            self.add(article)

    def add(self, article: Article) -> None:
        """Counts one."""
        self.count += 1
        self._filled.update(name for name in FIELDS if getattr(article, name))
        if len(self._lengths) < MAX_LENGTHS:
            self._lengths.append(len(article.body))

    def figures(self, rejected: int) -> Figures:
        """With the number of pages that gave no article."""
        filled = {name: round(self._filled[name] / self.count, 3) for name in FIELDS} if self.count else {}
        body = int(median(self._lengths)) if self._lengths else 0
        return Figures(articles=self.count, rejected=rejected, body=body, filled=filled)


def usual(runs: Iterable[Figures]) -> Figures | None:
    """What the runs have in common, each weighing as much as it has articles; None where none has any."""
    counted = [run for run in runs if run.articles]
    articles = sum(run.articles for run in counted)
    if not articles:
        return None
    return Figures(
        articles=articles,
        rejected=sum(run.rejected for run in counted),
        body=int(median(length for run in counted for length in [run.body] * min(run.articles, 100))),
        filled={name: sum(run.filled.get(name, 0.0) * run.articles for run in counted) / articles for name in FIELDS},
    )


def changes(then: Figures | None, now: Figures) -> Iterator[str]:
    """What is so different that a person should look; without anything usual, only that no article was read."""
    if not now.articles:
        yield "no article was read"
    if then is None or not now.articles:
        return
    if now.rejected > 1 and now.share_rejected > then.share_rejected + MORE_REJECTED:
        yield f"rejected: {now.share_rejected:.0%} of the pages, usual {then.share_rejected:.0%}"
    if not then.body / OTHER_LENGTH <= now.body <= then.body * OTHER_LENGTH:
        yield f"body: {now.body} characters at the median, usual {then.body}"
    for name in FIELDS:
        before, share = then.filled.get(name, 0.0), now.filled.get(name, 0.0)
        if share < before - FEWER_FILLED:
            yield f"{name}: filled in {share:.0%} of the articles, usual {before:.0%}"
