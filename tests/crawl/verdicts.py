"""Whether newscrawl did with a fault exactly what the table says."""

from __future__ import annotations

from tests.faults import Fault

from .faulty import Outcome

OPEN: dict[str, str] = {
    "session-ids": "the next run makes each record once more: a number of eleven digits in `sid` may be a story's, and"
    " a canonical URL without its query may be all stories'",
}
"""Rows on which newscrawl falls short in a second run, and how."""

ELSEWHERE = ("ssrf", "ssrf-robots", "sitemap-wide-index")
"""Rows with a crawl of their own: test_ssrf.py, and with fewer pages allowed test_faults.py."""


def ended(outcome: Outcome) -> str:
    """How the run left the row's URLs: the first of the states that one of them has, in the order of `Ends`."""
    states = {letter.state for letter in outcome.letters}
    if outcome.records:
        return "read"
    return next((state for state in ("pending", "dead", "gone", "rejected") if state in states), "nothing")


def shortcomings(fault: Fault, outcome: Outcome) -> list[str]:
    """What differs from the row; [] where all is as it says."""
    found = []
    if (how := ended(outcome)) != fault.ends:
        found.append(f"{how}, not {fault.ends}")
    if fault.articles is not None and len(outcome.records) != fault.articles:
        found.append(f"{len(outcome.records)} records, not {fault.articles}")
    if fault.most_requests is not None and outcome.requests > fault.most_requests:
        found.append(f"{outcome.requests} requests")
    if fault.most_bytes is not None and outcome.most_bytes > fault.most_bytes:
        found.append(f"{outcome.most_bytes} bytes")
    if fault.reason and fault.entry in ("article", "site") and outcome.reasons != {fault.reason}:
        found.append(f"reasons {outcome.reasons}")
    if fault.title and outcome.records and outcome.records[0]["title"] != fault.title:
        found.append(f"title {outcome.records[0]['title']!r}")
    if fault.pause and outcome.requests > 1 and outcome.gaps[-1] < fault.pause:
        found.append(f"gaps {outcome.gaps}")
    return found


def shortcomings_again(fault: Fault, outcome: Outcome) -> list[str]:
    """The same after a second run; `outcome` holds the records of both."""
    revisions = [record["revision"] for record in outcome.records]
    states = {letter.state for letter in outcome.letters}
    as_it_should = {
        "revised": revisions == [1, 2],
        "unchanged": revisions == [1] * (fault.articles or 1) and states <= {"pending"},
        "gone": revisions == [1] and states == {"gone"},
        "retried": outcome.requests > 0 and "dead" not in states,
    }
    assert fault.again is not None
    return [] if as_it_should[fault.again] else [f"revisions {revisions}, states {states}, not {fault.again}"]
