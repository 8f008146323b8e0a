"""Runs the provenance step alone over a WARC: a record a page, with the verdict and the text that is left on it.

    benchmarks/provenance.py ../shared/eval/dev/pages.warc.gz > provenance.jsonl
    ../shared/eval/score.py --set provenance ../shared/eval/dev/gold.jsonl provenance.jsonl

With --time it fingerprints the milliseconds a page that all signals and the verdict take.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType

from newscrawl.provenance import Provenance, judge
from newscrawl.web.document import Document, parse
from newscrawl.web.urls import domain_of


def pages(path: str) -> Iterator[tuple[str, Document]]:
    """The pages of a WARC, each with its URL."""
    with Path(path).open("rb") as stream:
        for record in ArchiveIterator(stream, parse_http=True, record_types=WarcRecordType.response):
            url = record.headers["WARC-Target-URI"]
            document = parse(record.reader.read(), url)
            if isinstance(document, Document):
                yield url, document


def record_of(url: str, document: Document, verdict: Provenance) -> dict[str, object]:
    """The page's record as far as provenance goes; the body is all that the step leaves on the page."""
    for block in verdict.blocks:
        block.take_out("provenance")
    return {
        "requested_url": url,
        "body": "\n".join(block.text for block in document.blocks if block.taken is None),
        "originally_appeared_on": dataclasses.asdict(verdict.origin) if verdict.origin else None,
        "provenance_chain": [dataclasses.asdict(party) for party in verdict.chain],
        "contributors": [dataclasses.asdict(party) for party in verdict.contributors],
    }


def main() -> None:
    """Prints the records, or the time a page with --time."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("warc")
    arguments.add_argument("--time", action="store_true")
    options = arguments.parse_args()
    spent, count = 0.0, 0
    for url, document in pages(options.warc):
        document.blocks  # noqa: B018  cut before the clock starts: every step shares it
        start = time.process_time()
        verdict = judge(document, source_domain=domain_of(url) or "")
        spent, count = spent + time.process_time() - start, count + 1
        if not options.time:
            print(json.dumps(record_of(url, document, verdict), ensure_ascii=False))
    print(f"{count} pages, {spent / max(count, 1) * 1000:.2f} ms a page", file=sys.stderr)


if __name__ == "__main__":
    main()
