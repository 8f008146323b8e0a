"""How likely a stated origin is right: a sum of weighted evidence, and what the publisher's domain rests on."""

from __future__ import annotations

import math
from collections.abc import Sequence

from newscrawl.items import DomainBasis, Origin
from newscrawl.provenance.name_keys import site_in
from newscrawl.provenance.signal import Context, Signal
from newscrawl.web.urls import domain_of

WEIGHTS: dict[str, float] = {
    "agency": 0.48,
    "article": 0.70,
    "base": 2.89,
    "basis:None": -1.32,
    "basis:directory": 0.52,
    "basis:linked": 0.45,
    "basis:stated": 0.67,
    "confidence:explicit_link": 0.44,
    "confidence:explicit_name": -0.51,
    "confidence:structured": 0.38,
    "kind:byline": 1.02,
    "kind:canonical": 0.07,
    "kind:copyright": 0.03,
    "kind:dateline": 0.09,
    "kind:json_ld": 0.25,
    "kind:json_ld_author": 0.17,
    "kind:label": -0.02,
    "kind:meta": 0.28,
    "kind:meta_author": 0.14,
    "kind:phrase": -0.10,
    "kind:pixel": 0.02,
    "kinds": 0.54,
    "machine agrees": 0.47,
    "name in Chinese": 0.21,
    "others": 0.00,
    "unknown": -0.57,
}
"""Of each piece of evidence, by `benchmarks/origin_weights.py`."""
LEAST = 0.5
"""Probability below which an origin is not stated."""
UNVERIFIED = 0.9
"""The most that is said of a domain that rests on an entry of the directory that nobody has checked."""
_MACHINE = frozenset(("canonical", "json_ld", "meta", "feed", "json_ld_author", "meta_author"))


def domain_basis(origin: Origin, same: Sequence[Signal], context: Context) -> DomainBasis | None:
    """What the origin's domain rests on; None where there is no domain."""
    if origin.domain is None:
        return None
    led = [signal for signal in same if _leads_to(signal, origin.domain, context)]
    if any(signal.evidence.kind not in _MACHINE for signal in led):
        return "linked"
    if led or (origin.name and site_in(origin.name)) or context.directory.by_domain(origin.domain) is None:
        return "stated"
    return "directory"


def _leads_to(signal: Signal, domain: str, context: Context) -> bool:
    found = domain_of(signal.evidence.href) if signal.evidence.href else None
    return found is not None and context.directory.same_outlet(found, domain)


def features(origin: Origin, same: Sequence[Signal], claims: Sequence[Signal], context: Context) -> dict[str, float]:
    """The evidence for and against a claim, in numbers from 0 to 1."""
    entry = context.directory.by_domain(origin.domain)
    kinds = {signal.evidence.kind for signal in same}
    others = {signal.domain or signal.name for signal in claims if signal not in same}
    found = {
        "base": 1.0,
        f"confidence:{origin.confidence}": 1.0,
        f"basis:{origin.domain_basis}": 1.0,
        "kinds": min(len(kinds) - 1, 3) / 3,
        "machine agrees": float(bool(kinds & _MACHINE) and bool(kinds - _MACHINE)),
        "agency": float(entry is not None and entry.kind == "agency"),
        "unknown": float(entry is None),
        "article": float(origin.url is not None),
        "name in Chinese": float(entry is None and "\u2e80" < (origin.name or " ")[0] < "\uac00"),
        "others": min(len(others), 2) / 2,
    }
    return found | {f"kind:{kind}": 1.0 for kind in kinds}


def probability(found: dict[str, float], *, is_checked: bool) -> float:
    """How likely a claim with these features is right."""
    score = sum(WEIGHTS.get(name, 0.0) * value for name, value in found.items())
    likely = 1 / (1 + math.exp(-score))
    return round(likely if is_checked else min(likely, UNVERIFIED), 2)
