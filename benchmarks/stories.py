"""How well copies of one story are recognised: newscrawl beside MinHash and SimHash, on made-up edits of 1,000 texts.

    nice python benchmarks/stories.py                      # 116,600 documents, 15 minutes for all four methods
    python benchmarks/stories.py --background 5000 --only newscrawl
    python benchmarks/stories.py --no-gold                 # base texts of our own prose only

A document counts as a positive where a document of its story came before it in the stream. A link is right where the
first document of the story linked to belongs to it. `split` is the share of stories that a method told apart.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from stories_data import BASES, Document, Stream
from stories_methods import MinHashes, Newscrawl, SimHashes


class Method(Protocol):
    """What is measured."""

    def link(self, number: int, text: str, outlet: str) -> int | None:
        """The number of the first document of the story that a text belongs to; None for a new story."""


METHODS: dict[str, Callable[[], Method]] = {
    "newscrawl": Newscrawl,
    "minhash .5": lambda: MinHashes(0.5),
    "minhash .3": lambda: MinHashes(0.3),
    "simhash": SimHashes,
}


@dataclass
class Score:
    """Counts of one method by kind of document."""

    positive: Counter[str] = field(default_factory=Counter)
    linked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    stories: dict[int, set[int | None]] = field(default_factory=dict)
    firsts: dict[int, set[int]] = field(default_factory=dict)
    documents: Counter[int] = field(default_factory=Counter)
    seen: int = 0
    seconds: float = 0.0

    def add(self, number: int, document: Document, link: int | None) -> None:
        """Counts what a method answered for a document."""
        self.seen += 1
        known = document.story in self.firsts
        right = link is not None and not self.stories[link].isdisjoint({document.story, document.part_of} - {None})
        if link is None:
            self.stories[number] = {document.story, document.part_of}
        for label in (document.kind, "real texts") if document.real else (document.kind,):
            self.positive[label] += known
            self.linked[label] += link is not None
            self.right[label] += right
            self.found[label] += right and known
        self.firsts.setdefault(document.story, set()).add(number if link is None else link)
        self.documents[document.story] += 1

    def figures(self, kinds: list[str]) -> tuple[float, float, float]:
        """Precision, recall and F1 over some kinds; 1.0 where nothing was asked or claimed."""
        counters = (self.positive, self.linked, self.right, self.found)
        positive, linked, right, found = (sum(counter[kind] for kind in kinds) for counter in counters)
        precision, recall = right / linked if linked else 1.0, found / positive if positive else 1.0
        return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def split(self) -> float:
        """Share of the stories of several documents that stand as more than one."""
        several = [firsts for story, firsts in self.firsts.items() if self.documents[story] > 1]
        return sum(len(firsts) > 1 for firsts in several) / max(1, len(several))


def measure(stream: Stream, method: Method) -> Score:
    """Runs a method over the stream; the CPU time is the method's alone."""
    score = Score()
    for number, document in enumerate(stream):
        body = document.text.body
        start = time.process_time()
        link = method.link(number, body, f"outlet{document.outlet}.example")
        score.seconds += time.process_time() - start
        score.add(number, document, link)
    return score


def table(scores: dict[str, Score]) -> str:
    """The figures by kind: positives, then precision, recall and F1 of each method."""
    kinds = sorted({kind for score in scores.values() for kind in score.positive} - {"real texts"})
    lines = [f"{'kind':<12}{'positives':>9}  " + "  ".join(f"{name:<17}" for name in scores)]
    for label, chosen in [("all", kinds), ("real texts", ["real texts"]), *((kind, [kind]) for kind in kinds)]:
        positives = sum(next(iter(scores.values())).positive[kind] for kind in chosen)
        cells = ("{:.3f} {:.3f} {:.3f}".format(*score.figures(chosen)) for score in scores.values())
        lines.append(f"{label:<12}{positives:>9}  " + "  ".join(f"{cell:<17}" for cell in cells))
    for kind in ("event", "background"):
        cells = (str(score.linked[kind]) for score in scores.values())
        lines.append(f"{kind + ', linked':<23}" + "  ".join(f"{cell:<17}" for cell in cells))
    lines.append(f"{'split':<23}" + "  ".join(f"{score.split():<17.3f}" for score in scores.values()))
    milliseconds = (f"{1000 * score.seconds / score.seen:<17.2f}" for score in scores.values())
    return "\n".join([*lines, f"{'CPU ms a document':<23}" + "  ".join(milliseconds)])


def main() -> None:
    """Runs the methods asked for and fingerprints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--background", type=int, default=100_000)
    parser.add_argument("--no-gold", action="store_true")
    parser.add_argument("--only", choices=METHODS, action="append")
    given = parser.parse_args()
    scores = {}
    for name in given.only or METHODS:
        stream = Stream(given.seed, given.background, use_gold=not given.no_gold)
        scores[name] = measure(stream, METHODS[name]())
    print(f"seed {given.seed}, {given.background} background, {len(stream.gold)} of {BASES} base texts real")
    print(table(scores))


if __name__ == "__main__":
    main()
