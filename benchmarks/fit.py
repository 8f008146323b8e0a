"""Fits all that reading was tuned for, on pages with gold, and tells what it is worth on sites that were held out.

    python -m benchmarks.fit PAGES.warc.gz:GOLD.jsonl [MORE.warc.gz:GOLD.jsonl ...] --keep FOLDER
        [--minutes N] [--sets] [--write]

1. The trees that judge blocks (fit_blocks.py) are fitted once for each of FOLDS parts of the sites, without that part.
2. Each page is read by the real pipeline with the trees that saw no page of its site.
3. On what came out the weights of a page's signs (fit_kinds.py) are fitted, again with sites held out.
Printed: body F1 by set with its 95 % interval, bootstrapped over sites, and shares of lost and exported pages with
theirs. --sets: also without each set as a whole. --write: fits on all pages and stores block_model.json and
classify.toml. Needs catboost, which newscrawl itself does not.

--keep: where results stay, so that a run that was ended, or that --minutes ends, goes on where it was. The code is no
part of their names: after a change that they depend on, give an empty folder.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from benchmarks.fit_blocks import fold, model_of, stored_model
from benchmarks.fit_kept import Kept
from benchmarks.fit_kinds import SALTS, TABLE, Seen, figures, fit_weights, held_out, margin, told, written
from benchmarks.fit_labels import Gold, Sample, SavedPage, Source, known_pages, sample_of
from benchmarks.quality_measures import Shares, body_shares, f1
from newscrawl.extraction.blocks.block_model import Model
from newscrawl.extraction.blocks.page_layout import lay_out
from newscrawl.extraction.body.read_body import read_body
from newscrawl.extraction.body.script_text import print_script_text
from newscrawl.extraction.metadata import read_metadata
from newscrawl.extraction.page_kind.page_signs import signs
from newscrawl.extraction.page_kind.walls import wall
from newscrawl.items import Discovery, Site
from newscrawl.provenance import judge
from newscrawl.web.document import parse
from newscrawl.web.urls import domain_of

FOLDS = 5
MODEL = Path(__file__).resolve().parent.parent / "newscrawl/extraction/blocks/block_model.json"
CAREFULLY = "newscrawl.extraction.body.read_body.block_model"


@dataclass
class Outcome:
    """What reading a page came to."""

    site: str
    gold: Gold
    body: str
    seen: Seen


def read(html: bytes, url: str, content_type: str | None, known: Gold) -> Outcome | None:
    """A page by the steps of newscrawl.reading; None where it cannot be parsed."""
    document = parse(html, url, content_type=content_type)
    if isinstance(document, str):
        return None
    print_script_text(document)
    metadata = read_metadata(document, fetched_at="2026-11-23T00:00:00Z", site=Site())
    names = [metadata.site_name] if metadata.site_name else []
    found = judge(document, source_domain=domain_of(url) or "", feed=Discovery(), site_names=names)
    for part in found.parts:
        part.block.cut(part.start, part.end)
    body = read_body(document, metadata, found.blocks, Site())
    layout = lay_out(document)
    seen = Seen(
        url=url,
        site=known[0]["site"],
        signs=signs(document, metadata, body, layout),
        wall=wall(document, layout) or (None if body.blocks else "empty"),
        sets=frozenset(entry["set"] for entry in known),
        has_body=any(entry.get("body") for entry in known),
    )
    return Outcome(known[0]["site"], known, body.text, seen)


def fitted(samples: Sequence[Sample], salt: str) -> dict[str, Any]:
    """The trees of these pages, as newscrawl stores them."""
    return stored_model(samples, salt, MODEL.with_suffix(".catboost"))


def read_with(model: Model, page: SavedPage) -> Outcome | None:
    """The page, read by these trees."""
    with patch(CAREFULLY, lambda: model):
        return read(*page)


def by_folds(kept: Kept, sources: Sequence[Source], samples: Sequence[Sample], salt: str) -> list[Outcome]:
    """Every page, read by trees that saw no page of its site."""
    models = []
    for number in range(FOLDS):
        rest = [sample for sample in samples if fold(sample.site, salt, FOLDS) != number]
        models.append(model_of(kept.once(f"fold.{number}", lambda rest=rest: fitted(rest, salt))))  # type: ignore[misc]
    return kept.each(
        "read", known_pages(sources), lambda page: read_with(models[fold(page[3][0]["site"], salt, FOLDS)], page)
    )


def without_set(kept: Kept, sources: Sequence[Source], samples: Sequence[Sample], name: str) -> list[Outcome]:
    """The pages of a set, read by trees that saw no site of it."""
    own = [page for page in known_pages(sources) if any(one["set"] == name for one in page[3])]
    sites = {known[0]["site"] for _, _, _, known in own}
    rest = [sample for sample in samples if sample.site not in sites]
    model = model_of(kept.once(f"set.{name}", lambda: fitted(rest, "all")))
    return kept.each(f"read.{name}", own, lambda page: read_with(model, page))


def print_bodies(outcomes: Sequence[Outcome], only: str | None = None) -> None:
    """Body F1 of each set with its interval over sites."""
    pages: dict[str, list[tuple[str, Shares]]] = defaultdict(list)
    for outcome in outcomes:
        for entry in outcome.gold:
            if entry.get("body") and only in (None, entry["set"]):
                pages[entry["set"]].append((outcome.site, body_shares(entry, outcome.body)))
    for name, rows in sorted(pages.items()):
        low, high = interval(rows)
        print(f"  {name:12} {len(rows):4} pages, F1 {f1([shares for _, shares in rows]):.4f} [{low:.4f}, {high:.4f}]")


def interval(rows: Sequence[tuple[str, Shares]]) -> tuple[float, float]:
    """95 % of F1 when the sites are drawn anew."""
    by_site: dict[str, list[Shares]] = defaultdict(list)
    for site, shares in rows:
        by_site[site].append(shares)
    random, sites = np.random.default_rng(7), list(by_site.values())
    drawn = ([sites[at] for at in random.integers(len(sites), size=len(sites))] for _ in range(400))
    values = sorted(f1([shares for site in draw for shares in site]) for draw in drawn)
    return values[10], values[389]


def main() -> None:
    """Fits, prints, and writes where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+")
    parser.add_argument("--keep", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=1e6)
    parser.add_argument("--sets", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    sources = [(Path(warc), Path(gold)) for warc, _, gold in (one.rpartition(":") for one in options.sources)]
    kept = Kept(options.keep, options.minutes)
    samples: list[Sample] = kept.each("sample", known_pages(sources), lambda page: sample_of(*page))
    outcomes = by_folds(kept, sources, samples, "a")
    print(f"{len(samples)} pages to learn blocks from; on sites held out:", flush=True)
    print_bodies(outcomes)
    pages = [outcome.seen for outcome in outcomes]
    mean = np.mean([held_out(pages, salt) for salt in SALTS], axis=0)
    gain = margin(pages, mean)
    faults = told(figures(pages, mean + gain))
    print(f"{len(pages)} pages to learn kinds from; on sites held out: {faults}", flush=True)
    if options.sets:
        for name in sorted({entry["set"] for outcome in outcomes for entry in outcome.gold if entry.get("body")}):
            print_bodies(without_set(kept, sources, samples, name), name)
    if options.write:
        write(kept, samples, pages, gain, faults)


def write(kept: Kept, samples: Sequence[Sample], pages: Sequence[Seen], gain: float, faults: str) -> None:
    """Fits on all pages and stores the trees and the weights."""
    weights = fit_weights(pages)
    weights.bias += gain
    content = {"fitted": f"benchmarks/fit.py on {len(samples)} pages"}
    content |= kept.once("all", lambda: fitted(samples, "all"))
    TABLE.write_text(written(weights, pages, faults), "utf-8")
    MODEL.write_text(json.dumps(content, separators=(",", ":")).replace("],[", "],\n[") + "\n", "utf-8")


if __name__ == "__main__":
    main()
