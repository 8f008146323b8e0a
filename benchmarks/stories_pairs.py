"""Pairs of real texts that a person has read: how many are linked, by newscrawl and by MinHash, in each half.

    .venv-bench/bin/python benchmarks/stories_pairs.py ../shared/eval/reprints/{texts,pairs}.jsonl

A pair is `same`, `partial` or `different`; precision = same / (same + different) of the linked ones, recall = same
linked / same. Pairs of the read half were looked at while the rule was made, those of the unread half were not, and of
the mixed ones one outlet was (see halves.py). `told` counts what the record would say of the pair.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from halves import split_pair
from stories_methods import MinHashes
from story_links import links, read

from newscrawl.stories import sketch
from newscrawl.stories.overlap import overlap
from newscrawl.stories.relations import RAREST, relation

Texts = list[dict[str, Any]]
HALVES = {
    "read": ("read",),
    "mixed": ("mixed",),
    "unread": ("unread",),
    "mixed and unread": ("mixed", "unread"),
    "all": ("read", "mixed", "unread"),
}


def by_minhash(threshold: float) -> Callable[[Texts], dict[str, object]]:
    """Links by MinHash."""

    def linked(texts: Texts) -> dict[str, object]:
        method = MinHashes(threshold)
        story = dict[str, object]()
        for number, text in enumerate(texts):
            link = method.link(number, text["text"], text["outlet"])
            story[text["id"]] = number if link is None else link
        return story

    return linked


METHODS: dict[str, Callable[[Texts], dict[str, object]]] = {
    "newscrawl": lambda texts: {id_: story or id_ for id_, story in links(texts)},
    "minhash .5": by_minhash(0.5),
    "minhash .3": by_minhash(0.3),
}


def figures(pairs: Texts, story: dict[str, object]) -> str:
    """Precision, recall and the counts of linked pairs by label."""
    total = Counter(pair["label"] for pair in pairs)
    linked = Counter(pair["label"] for pair in pairs if story[pair["a"]] == story[pair["b"]])
    claimed = linked["same"] + linked["different"]
    precision, recall = linked["same"] / claimed if claimed else 1.0, linked["same"] / total["same"]
    counts = ", ".join(f"{label} {linked[label]}/{total[label]}" for label in ("same", "partial", "different"))
    return f"precision {precision:.3f} recall {recall:.3f}; linked of {counts}"


def told(pairs: Texts, texts: dict[str, dict[str, Any]]) -> Iterator[str]:
    """What the rule says of the pairs, by label."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for pair in pairs:
        one, other = (sketch(texts[pair[side]]["text"]).stored() for side in "ab")
        found = overlap(one, other)
        how = relation(found, RAREST, one_outlet=False) if found else None
        counts[pair["label"]][how or "nothing"] += 1
    for label, relations in counts.items():
        yield f"{label}: " + ", ".join(f"{name} {count}" for name, count in relations.most_common())


def main(texts_path: Path, pairs_path: Path) -> None:
    """Prints the figures."""
    texts, pairs = list(read(texts_path)), list(read(pairs_path))
    by_id = {text["id"]: text for text in texts}
    for name, method in METHODS.items():
        story = method(texts)
        for half, parts in HALVES.items():
            chosen = [p for p in pairs if split_pair(by_id[p["a"]]["outlet"], by_id[p["b"]]["outlet"]) in parts]
            print(f"{name:<12}{half:<18}{figures(chosen, story)}")
    print("told of", *told(pairs, by_id), sep="\n  ")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*map(Path, sys.argv[1:]))
