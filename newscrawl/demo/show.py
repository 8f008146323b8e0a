"""What the demo prints: the table, one record, one story with its copies, and how far it is from perfect."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from newscrawl.demo.run_demo import DemoRun
from newscrawl.demo.truth import TrueRecord, expected

Record = dict[str, Any]
SHOWN = 320
"""Characters of a body that are shown."""


def table(runs: Sequence[DemoRun]) -> str:
    """A line for each outlet."""
    lines = [f"{'outlet':<24}{'articles':>9}{'with origin':>13}{'rejected':>10}"]
    lines += [
        f"{run.outlet.name:<24}{len(run.records):>9}{_with_origin(run.records):>13}{run.rejected:>10}" for run in runs
    ]
    every = [record for run in runs for record in run.records]
    rejected = sum(run.rejected for run in runs)
    return "\n".join([*lines, f"{'all':<24}{len(every):>9}{_with_origin(every):>13}{rejected:>10}"])


def _with_origin(records: Sequence[Record]) -> int:
    return sum(record["originally_appeared_on"] is not None for record in records)


def one_record(records: Sequence[Record]) -> str:
    """A record in full, but for its long body: the first that names its origin, with a link where one does."""
    if not records:
        return "No record."
    record = dict(max(records, key=lambda record: _strength(record["originally_appeared_on"])))
    record["body"] = record["body"][:SHOWN] + f" ... ({len(record['body'])} characters)"
    return "One record, its body cut:\n" + json.dumps(record, ensure_ascii=False, indent=2)


def _strength(origin: Record | None) -> int:
    order = ("inferred", "structured", "explicit_name", "explicit_link")
    return -1 if origin is None else order.index(origin["confidence"]) + bool(origin["url"])


def one_story(records: Sequence[Record]) -> str:
    """The story with most copies: each outlet's headline, and whom it says to have it from, by which evidence."""
    by_url = {record["url"]: record for record in records}
    pages = {url: page for url, page in expected().items() if url in by_url}
    if not pages:
        return "No story."
    most = max(pages.values(), key=lambda page: (sum(url in by_url for url in page.copies), page.origin is None))
    copies = [by_url[url] for url in (most.url, *most.copies) if url in by_url]
    return "\n".join(["One story on several outlets:", *(line for copy in copies for line in _copy(copy))])


def _copy(record: Record) -> list[str]:
    origin = record["originally_appeared_on"]
    lines = [f"  {record['source']['name']}: {record['title']}", f"    {record['url']}"]
    if origin is None:
        return [*lines, "    names no other outlet: its own"]
    lines.append(f"    from {origin['name']} ({origin['relation']}, {origin['confidence']}) {origin['url'] or ''}")
    evidence = (f"    evidence: {one['kind']}: {one['text'] or one['href']}" for one in origin["evidence"])
    return [*lines, *dict.fromkeys(evidence)]  # several rules may read one sentence


def differences(records: Sequence[Record]) -> list[str]:
    """How many records differ from a perfect crawl's in title, body and origin; then which."""
    pages = expected()
    checks: dict[str, Callable[[Record, TrueRecord], bool]] = {
        "title": lambda record, page: record["title"] == page.title,
        "body": _has_body,
        "origin": _has_origin,
    }
    known = [(record, pages[record["url"]]) for record in records if record["url"] in pages]
    wrong = {what: [record for record, page in known if not check(record, page)] for what, check in checks.items()}
    counts = ", ".join(f"{len(found)} in {what}" for what, found in wrong.items())
    urls = [f"  {what}: {record['url']}" for what, found in wrong.items() for record in found]
    return [f"Of {len(known)} records, differing from what a person would write down: {counts}.", *urls]


def _has_body(record: Record, page: TrueRecord) -> bool:
    lines = tuple(line for line in record["body"].splitlines() if line)
    return lines in (page.body, page.body + page.optional)


def _has_origin(record: Record, page: TrueRecord) -> bool:
    found = record["originally_appeared_on"]
    if found is None or page.origin is None:
        return found is None and page.origin is None
    return bool(found["domain"] == page.origin.domain and found["url"] == page.origin.url)


def lost_and_doubled(records: Sequence[Record]) -> list[str]:
    """What must not be: an article without a record, or with two."""
    counts = Counter(record["url"] for record in records)
    lost = [f"lost: {url}" for url in expected() if url not in counts]
    return lost + [f"doubled: {url}" for url, count in counts.items() if count > 1]
