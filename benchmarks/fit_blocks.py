"""Fits the model of blocks (extraction/blocks/block_model.json) on pages with gold; tells its figure on held-out sites.

    python benchmarks/fit_blocks.py PAGES.warc.gz GOLD.jsonl [--write] [--uncertainties UNCERTAINTIES.json]

Needs catboost, which newscrawl itself does not. Five folds by site: no page is scored by a model that saw its outlet.
The second pass learns from first judgements by a model that did not see the site either, as it will meet them.
--uncertainties stores how unsure such models are of each page, those without gold too, for benchmarks/fit_kinds.py.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np
from catboost import CatBoostClassifier
from fastwarc.warc import ArchiveIterator, WarcRecordType

from newscrawl.extraction.blocks.block_model import UNSURE, chosen, mean, uncertainty, with_context, with_second_opinion
from newscrawl.extraction.blocks.context import CONTEXT_NAMES
from newscrawl.extraction.blocks.features import NAMES, Features
from newscrawl.extraction.blocks.second_opinion import SECOND_OPINION_NAMES
from newscrawl.extraction.body.read_body import prepare
from newscrawl.extraction.body.script_text import print_script_text
from newscrawl.extraction.metadata import read_metadata
from newscrawl.items import Discovery, Site
from newscrawl.provenance import judge
from newscrawl.web.document import parse
from newscrawl.web.page_blocks import Block
from newscrawl.web.urls import domain_of

Passes = tuple[CatBoostClassifier, CatBoostClassifier]

FOLDS = 5
INNER = 2
"""Folds of the pages fitted on, for the first judgements that the second pass learns from."""
PARAMETERS = {"iterations": 150, "depth": 6, "learning_rate": 0.1, "l2_leaf_reg": 20, "rsm": 0.5, "border_count": 64}
THRESHOLD = 0.55
CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f"
TOKEN = re.compile(rf"[{CJK}]|[^\W{CJK}]+")


@dataclass
class Sample:
    """The judged blocks of one page."""

    url: str
    site: str
    features: Features
    reconsidered_by: Features
    """With what trafilatura says."""
    texts: list[str]
    right: np.ndarray
    """Whether each block is the article's: half of its 4-grams stand in the gold body."""
    weight: np.ndarray
    gold: list[dict[str, Any]]
    """What is known of the page, where that is a body: none of a page that is only asked for uncertainty."""


def tokens(text: str) -> list[str]:
    return TOKEN.findall(text.replace("\u00ad", ""))


def samples(warc: Path, gold: Path) -> Iterator[Sample]:
    """All pages; those with a gold body to learn from and to be scored."""
    by_url: dict[str, list[dict[str, Any]]] = {}
    for line in gold.read_text("utf-8").split("\n"):
        if not line:
            continue
        entry = json.loads(line)
        by_url.setdefault(entry["url"], []).append(entry)
    with warc.open("rb") as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True):
            url = record.headers["WARC-Target-URI"]
            if url in by_url and (sample := sample_of(record.reader.read(), url, by_url[url])):
                yield sample


def sample_of(html: bytes, url: str, known: list[dict[str, Any]]) -> Sample | None:
    """A page as reading prepares it for the model; None where it has nothing to judge."""
    document = parse(html, url)
    if isinstance(document, str):
        return None
    print_script_text(document)
    metadata = read_metadata(document, fetched_at="2026-11-23T00:00:00Z", site=Site())
    names = [metadata.site_name] if metadata.site_name else []
    provenance = judge(document, source_domain=domain_of(url) or "", feed=Discovery(), site_names=names)
    for part in provenance.parts:
        part.block.cut(part.start, part.end)
    prepared = prepare(document, metadata, provenance.blocks)
    if not (blocks := [prepared.blocks[index] for index in prepared.features.indexes]):
        return None
    gold = [entry for entry in known if entry.get("body")]
    right, sizes = label(blocks, (gold or [{"body": ""}])[0])
    weight = (np.minimum(sizes, 60) + 1.5) / (sizes[right].sum() + 50) * 400
    reconsidered_by = with_second_opinion(prepared.features, prepared.second_opinion)
    return Sample(
        url, known[0]["site"], prepared.features, reconsidered_by, [b.text for b in blocks], right, weight, gold
    )


def label(blocks: Sequence[Block], gold: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """For each block whether it is the article's, and its number of tokens."""
    title = squeeze(gold.get("title") or gold.get("first_line") or "")
    lines = {squeeze(line) for line in gold["body"].split("\n")} - {title}
    words = tokens(gold["body"])
    grams = set(zip(words, words[1:], words[2:], words[3:], strict=False))
    right, sizes = [], []
    for block in blocks:
        own = tokens(block.text)
        mine = list(zip(own, own[1:], own[2:], own[3:], strict=False))
        share = sum(gram in grams for gram in mine) / len(mine) if len(own) >= 5 else squeeze(block.text) in lines
        right.append(share >= 0.5 and squeeze(block.text) != title)
        sizes.append(len(own))
    return np.array(right, bool), np.array(sizes)


def squeeze(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


def fold(site: str, salt: str, folds: int) -> int:
    return int(hashlib.sha256((salt + site).encode()).hexdigest(), 16) % folds


def fit(pages: Sequence[Sample], matrices: Sequence[np.ndarray]) -> CatBoostClassifier:
    model = CatBoostClassifier(**PARAMETERS, verbose=0, random_seed=1, thread_count=2, allow_writing_files=False)
    model.fit(
        np.concatenate(matrices),
        np.concatenate([page.right for page in pages]),
        sample_weight=np.concatenate([page.weight for page in pages]),
    )
    return model


def likely(model: CatBoostClassifier, matrix: np.ndarray) -> np.ndarray:
    return np.asarray(model.predict_proba(matrix)[:, 1])


def fit_passes(pages: Sequence[Sample], features: Sequence[Features], salt: str) -> Passes:
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


def fit_both(pages: Sequence[Sample], salt: str) -> tuple[Passes, Passes]:
    """Those that judge a page alone and those that hear the second opinion."""
    alone = fit_passes(pages, [page.features for page in pages], salt)
    return alone, fit_passes(pages, [page.reconsidered_by for page in pages], salt)


def judged_by(models: Passes, features: Features) -> np.ndarray:
    return likely(models[1], with_context(features, likely(models[0], features.matrix)))


def held_out(pages: Sequence[Sample], salt: str, uncertainties: dict[str, float]) -> dict[str, float]:
    """Body F1 of each set, every page judged by a model that saw no page of its site; the share of pages for which
    trafilatura was asked. Adds to `uncertainties` how unsure that model is of each page."""
    scores: dict[str, list[tuple[float, float]]] = {}
    asked = 0
    for number in range(FOLDS):
        learned = [page for page in pages if page.gold and fold(page.site, salt, FOLDS) != number]
        alone, reconsidered_by = fit_both(learned, salt)
        for page in pages:
            if fold(page.site, salt, FOLDS) == number:
                chance = judged_by(alone, page.features)
                if uncertainty(chance, page.features.length) >= UNSURE:
                    asked += bool(page.gold)
                    chance = mean(chance, judged_by(reconsidered_by, page.reconsidered_by))
                uncertainties[page.url] = uncertainty(chance, page.features.length)
                keep = chosen(chance, page.features.length, THRESHOLD)
                body = "\n".join(text for text, yes in zip(page.texts, keep, strict=True) if yes)
                for gold in page.gold:
                    scores.setdefault(gold["set"], []).append(overlap(gold, body))
    scores["news"] = [pair for name in ("aeb", "fundus", "feval") for pair in scores.get(name, [])]
    figures = {name: f1(pairs) for name, pairs in sorted(scores.items()) if pairs}
    return figures | {"asked": asked / sum(bool(page.gold) for page in pages)}


def overlap(gold: dict[str, Any], body: str) -> tuple[float, float]:
    """Precision and recall of 4-grams."""
    title = squeeze(gold.get("title") or gold.get("first_line") or "")
    want = tokens("\n".join(line for line in gold["body"].split("\n") if squeeze(line) != title))
    a, b = (Counter(zip(t, t[1:], t[2:], t[3:], strict=False)) for t in (want, tokens(body)))
    common = sum((a & b).values())
    return common / max(1, sum(b.values())), common / max(1, sum(a.values()))


def f1(pairs: Sequence[tuple[float, float]]) -> float:
    precision, recall = (sum(column) / len(pairs) for column in zip(*pairs, strict=True))
    return 2 * precision * recall / (precision + recall)


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


def stored_passes(models: Passes, names: Sequence[str], path: Path) -> dict[str, Any]:
    scratch = path.with_suffix(".catboost")
    return {
        "first": stored(models[0], names, scratch),
        "second": stored(models[1], (*names, *CONTEXT_NAMES), scratch),
    }


def write(pages: Sequence[Sample], figures: dict[str, float], path: Path) -> None:
    """Stores the models, fitted on all pages, with the figure they were chosen by."""
    alone, reconsidered_by = fit_both([page for page in pages if page.gold], "all")
    content = {
        "fitted": f"benchmarks/fit_blocks.py, dev pages, {FOLDS} folds by site, body F1 held out: {figures}",
        "threshold": THRESHOLD,
        "alone": stored_passes(alone, NAMES, path),
        "reconsidered_by": stored_passes(reconsidered_by, (*NAMES, *SECOND_OPINION_NAMES), path),
    }
    path.write_text(json.dumps(content, separators=(",", ":")).replace("],[", "],\n[") + "\n", "utf-8")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("warc", type=Path)
    arguments.add_argument("gold", type=Path)
    arguments.add_argument("--write", action="store_true", help="fit on all pages and store the model")
    arguments.add_argument(
        "--uncertainties", type=Path, help="store how unsure the models are of each page of held-out sites"
    )
    arguments.add_argument("--salts", nargs="+", default=["a", "b"], help="names of the ways to fold the sites")
    options = arguments.parse_args()
    pages = list(samples(options.warc, options.gold))
    uncertainties: dict[str, float] = {}
    runs = [held_out(pages, salt, uncertainties) for salt in options.salts]
    figures = {name: round(float(np.mean([run[name] for run in runs])), 4) for name in runs[0]}
    print(f"{len(pages)} pages, body F1 on held-out sites: {figures}")
    if options.uncertainties:
        options.uncertainties.write_text(json.dumps(uncertainties), "utf-8")
    if options.write:
        target = Path(__file__).parent.parent / "newscrawl" / "extraction" / "blocks" / "block_model.json"
        write(pages, figures, target)
        print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
