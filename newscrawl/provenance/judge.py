"""The verdict: which of the page's signals counts, who is the origin, who stands between, who is credited in part."""

from __future__ import annotations

from collections.abc import Iterable

from newscrawl.items import Discovery, Evidence, Origin, Party, Relation
from newscrawl.provenance.article_extent import find_layout
from newscrawl.provenance.directory.directory import Directory, default_directory
from newscrawl.provenance.likelihood import LEAST, domain_basis, features, probability
from newscrawl.provenance.name_keys import name_key, names_domain
from newscrawl.provenance.own_outlet import frame_of, home_country, outlet_names
from newscrawl.provenance.phrase_files import default_phrasebook
from newscrawl.provenance.phrasebook import Phrasebook
from newscrawl.provenance.signal import Context, Part, Provenance, Signal
from newscrawl.provenance.signals import SIGNALS
from newscrawl.web.document import Document
from newscrawl.web.page_blocks import Block

_KIND = [
    "phrase",
    "label",
    "pixel",
    "byline",
    "dateline",
    "copyright",
    "json_ld_author",
    "meta_author",
    "meta",
    "json_ld",
    "canonical",
    "feed",
]
"""Kinds of signals, the strongest first, where their confidence does not decide."""


def judge(
    document: Document,
    *,
    source_domain: str,
    feed: Discovery | None = None,
    site_names: Iterable[str] = (),
    directory: Directory | None = None,
    phrases: Phrasebook | None = None,
    repeated: frozenset[str] = frozenset(),
) -> Provenance:
    """Who published the page's story first; changes nothing on the page.

    `source_domain` is the registrable domain of the response's URL; `site_names` are names the outlet is known by
    beside those that the page gives; `repeated` are texts of blocks that stand on many of its pages.
    """
    directory = directory or default_directory()
    directory = directory.seen_from(home_country(document, source_domain, directory))
    layout = find_layout(document)
    context = Context(
        source_domain=source_domain,
        site_names=outlet_names(document, source_domain, directory, site_names),
        directory=directory,
        phrases=phrases or default_phrasebook(),
        frame=frame_of(document, max(layout.end, layout.story_end)),
        layout=layout,
        url=document.url,
        blocks=document.blocks,
        feed=feed,
        repeated=repeated,
    )
    signals = sorted((signal for find in SIGNALS for signal in find(document, context)), key=_strength)
    return _verdict(signals, context)


def _strength(signal: Signal) -> tuple[bool, int, int, bool]:
    explicit = signal.evidence.kind in ("phrase", "label", "pixel")
    confidence = 0 if explicit and signal.confidence == "explicit_link" else 1
    return signal.veto is not None, confidence, _KIND.index(signal.evidence.kind), signal.url is None


def _verdict(signals: list[Signal], context: Context) -> Provenance:
    _complete(signals, context.directory)  # before the directory: several publishers are called "Capital"
    for signal in signals:
        _resolve(signal, context)
    _weigh(signals)
    counting = [signal for signal in signals if signal.veto is None]
    claims = [signal for signal in counting if signal.role == "originator" and (signal.name or signal.domain)]
    adapted = next((signal for signal in counting if signal.relation == "adapted"), None)
    first = claims[0] if claims else None
    provenance = Provenance(signals=signals, contributors=_contributors(counting, first, context))
    if first is None:
        return provenance
    same = [signal for signal in claims if _agree(signal, first, context)]
    origin = Origin(
        name=next((signal.name for signal in same if signal.name), None),
        domain=next((signal.domain for signal in same if signal.domain), None),
        url=next((signal.url for signal in same if signal.url), None),
        relation="adapted" if adapted else _relation(first, same),
        confidence=first.confidence,
        evidence=_evidence(same),
    )
    origin.domain_basis = domain_basis(origin, same, context)
    entry = context.directory.by_domain(origin.domain)
    checked = origin.domain_basis != "directory" or (entry is not None and entry.source != "unverified")
    origin.probability = probability(features(origin, same, claims, context), is_checked=checked)
    if origin.probability < LEAST:
        return provenance
    provenance.origin = origin
    provenance.chain = _chain(provenance.origin, claims, counting, context)
    provenance.blocks = _blocks(counting)
    provenance.parts = _parts(counting, provenance.blocks)
    return provenance


def _resolve(signal: Signal, context: Context) -> None:
    """Fills name and domain from each other by the directory."""
    if signal.domain is None and signal.name and (entry := context.directory.named(signal.name)):
        signal.domain = entry.domain
    elif signal.name is None and signal.domain and (entry := context.directory.by_domain(signal.domain)):
        signal.name = entry.title
    if signal.veto is None and signal.domain and context.directory.same_outlet(signal.domain, context.source_domain):
        signal.veto = "self"
    if signal.relation == "republished" and context.directory.same_group(signal.domain, context.source_domain):
        signal.relation = "network_copy"
    entry = context.directory.by_domain(signal.domain)
    if entry and entry.kind == "distributor" and signal.role == "originator":
        signal.role = "distributor"


def _complete(signals: list[Signal], directory: Directory) -> None:
    """Gives a name without a domain another signal's domain of that name: "Capital" and a canonical on capital.de."""
    counting = [signal for signal in signals if signal.veto is None and signal.domain and signal.role == "originator"]
    domains = {signal.domain for signal in counting if signal.domain}
    machine = {signal.domain for signal in counting if signal.evidence.kind in ("canonical", "json_ld", "meta")}
    for signal in signals:
        if signal.domain is None and signal.name:
            signal.domain = next((domain for domain in sorted(domains) if names_domain(signal.name, domain)), None)
            if signal.domain is None and len(domains) == 1 and machine and directory.named(signal.name) is None:
                signal.domain = next(iter(machine))  # a name that nobody knows, and one canonical elsewhere


_SUPPORTED = frozenset({"json_ld_author", "meta_author", "json_ld", "meta", "copyright"})


def _weigh(signals: list[Signal]) -> None:
    """Vetoes that depend on other signals of the page."""
    counting = [signal for signal in signals if signal.veto is None]
    licensed = any(signal.relation == "adapted" or signal.role == "distributor" for signal in counting)
    partial = {s.domain for s in counting if s.role == "contributor" and s.evidence.kind == "byline"}
    whole = {s.domain for s in counting if s.role == "originator" and s.evidence.kind not in _SUPPORTED}
    for signal in signals:
        if signal.veto == "unknown_name" and licensed:
            signal.veto = (
                None  # "Via SyndiGate.info", then "Copyright © 2019 X": the distributor's line vouches for the name
            )
        if signal.veto is None and signal.evidence.kind in _SUPPORTED and signal.domain in partial - whole:
            signal.veto = "partial_credit"


def _relation(first: Signal, same: list[Signal]) -> Relation:
    """The first signal's relation; of several sentences the one that says more than "republished"."""
    said = [signal.relation for signal in same if signal.evidence.kind == "phrase" and signal.role == "originator"]
    if first.relation != "republished":
        return first.relation
    return next((relation for relation in said if relation != "republished"), first.relation)


def _evidence(signals: list[Signal]) -> list[Evidence]:
    """What was seen, each sentence once, whatever number of rules read it."""
    texts: dict[object, Evidence] = {}
    for signal in signals:
        one = signal.evidence
        texts.setdefault(
            one.text if one.text and one.kind in ("phrase", "label") else (one.kind, one.rule, one.text, one.href), one
        )
    return list(texts.values())


def _agree(one: Signal, other: Signal, context: Context) -> bool:
    if one.domain and other.domain:
        return context.directory.same_outlet(one.domain, other.domain)
    return bool(one.name and other.name and name_key(one.name) == name_key(other.name))


def _contributors(counting: list[Signal], first: Signal | None, context: Context) -> list[Party]:
    parties: dict[str, Party] = {}
    for signal in counting:
        if signal.role == "contributor" and not (first and _agree(signal, first, context)):
            parties.setdefault(
                signal.domain or signal.name or "", Party(name=signal.name, domain=signal.domain, role="contributor")
            )
    return list(parties.values())


def _chain(origin: Origin, claims: list[Signal], counting: list[Signal], context: Context) -> list[Party]:
    """Originator, then distributors, then the other publishers that the page names as sources."""
    chain = [Party(name=origin.name, domain=origin.domain, role="originator")]
    seen = {origin.domain, origin.name}
    for role, signals in (("distributor", [s for s in counting if s.role == "distributor"]), ("intermediary", claims)):
        for signal in signals:
            known = signal.domain or signal.name
            if (
                known
                and known not in seen
                and not (
                    origin.domain and signal.domain and context.directory.same_outlet(origin.domain, signal.domain)
                )
            ):
                seen.add(known)
                chain.append(Party(name=signal.name, domain=signal.domain, role=role))  # type: ignore[arg-type]
    return chain


def _blocks(counting: list[Signal]) -> list[Block]:
    blocks = {id(block): block for signal in counting for block in signal.blocks}
    return list(blocks.values())


def _parts(counting: list[Signal], whole: list[Block]) -> list[Part]:
    """The parts of blocks that do not go whole, those behind first, overlapping ones as one."""
    gone = {id(block) for block in whole}
    merged: dict[int, Part] = {}
    parts: list[Part] = []
    for part in sorted((p for signal in counting for p in signal.parts), key=lambda part: -part.end):
        behind = merged.get(id(part.block))
        if id(part.block) in gone:
            continue
        if behind and part.end >= behind.start:
            parts.remove(behind)
            part = Part(part.block, min(part.start, behind.start), behind.end)
        parts.append(part)
        merged[id(part.block)] = part
    return parts
