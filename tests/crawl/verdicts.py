"""Whether newscrawl did with a fault what the table says, and in which words it says so."""

from __future__ import annotations

from tests.faults import Fault

from .faulty import Outcome

WORDS: dict[str, set[str]] = {
    "empty_body": {"empty", "http_204"},
    "soft_404": {"error_page", "front", "no_story", "listing"},
    "login_wall": {"no_story", "error_page"},
    "consent_wall": {"no_story", "error_page"},
    "bot_wall": {"http_503", "http_403", "no_story", "error_page"},
    "bad_redirect": {"http_302", "malformed_url"},
    "blocked_scheme": {"bad_redirect"},
    "truncated_body": {"cut_short"},
    "connection_lost": {"truncated_body"},
    "bad_response": {"timeout", "connection_lost", "truncated_body", "too_large"},
    "too_large": {"timeout", "corrupt_body", "truncated_body"},
    "http_status": {"too_large", "timeout"},
    "not_html": {"too_large"},
    "redirect_limit": {"empty", "no_story"},
    "retry_after": {"http_429"},
}
"""Our words for one of the table's: finer, or those of the wall that the fault ran into first."""

OPEN: dict[str, str] = {
    "session-ids": "the next run makes each record once more: a number of eleven digits in `sid` may be a story's, and"
    " a canonical URL without its query may be all stories'",
}
"""Rows on which newscrawl falls short, and how."""

ELSEWHERE = ("ssrf", "ssrf-robots", "sitemap-wide-index")
"""Rows with a crawl of their own: test_ssrf.py, and with fewer pages allowed test_faults.py."""
NOT_RUN: tuple[str, ...] = ()
"""Rows without a test yet. Of rows with a second run (`again`) only the first is tested, and of session-ids."""


def shortcomings(fault: Fault, outcome: Outcome) -> list[str]:
    """What differs from the row; [] where all is as it says."""
    found = []
    may_read = fault.does in ("read", "follow") or {"read", "follow"} & set(fault.also)
    may_reject = fault.reason is not None or {"reject", "stop"} & set(fault.also)
    count = len(outcome.records)
    # A row that leaves both open may give none in place of some, or some in place of none; never two in place of one.
    is_open = may_reject if not count else may_read and fault.articles == 0
    if fault.articles is not None and count != fault.articles and not is_open:
        found.append(f"{count} records, not {fault.articles}")
    if fault.most_requests is not None and outcome.requests > fault.most_requests:
        found.append(f"{outcome.requests} requests")
    if fault.most_bytes is not None and outcome.most_bytes > fault.most_bytes:
        found.append(f"{outcome.most_bytes} bytes")
    if fault.reason and fault.entry in ("article", "site") and not count and not says(fault, outcome):
        found.append(f"reasons {outcome.reasons}")
    if fault.title and outcome.records and outcome.records[0]["title"] != fault.title:
        found.append(f"title {outcome.records[0]['title']!r}")
    if fault.pause and outcome.requests > 1 and outcome.gaps[-1] < fault.pause:
        found.append(f"gaps {outcome.gaps}")
    return found


def says(fault: Fault, outcome: Outcome) -> bool:
    words = {"http_status" if reason.startswith("http_") else reason for reason in outcome.reasons}
    return fault.reason in words or not WORDS.get(fault.reason or "", set()).isdisjoint(outcome.reasons)
