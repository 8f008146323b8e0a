"""Structured data that names the source: JSON-LD provider, isBasedOn, ...; dc.source, syndication-source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from newscrawl.items import Evidence
from newscrawl.provenance.links import REFERENCES, SOCIAL, Target, target_of
from newscrawl.provenance.own_outlet import is_own_name
from newscrawl.provenance.signal import Context, Signal
from newscrawl.provenance.signals.canonical import foreign_veto, relation_between
from newscrawl.web.document import Document
from newscrawl.web.json_ld import strings

_JSON_LD = ("isBasedOn", "isBasedOnUrl", "translationOfWork", "sourceOrganization", "provider")
_NAMED_BY_FRONT = ("json-ld/sourceOrganization", "json-ld/provider", "json-ld/copyrightHolder")
_META = (
    "dc.source",
    "dcterms.source",
    "syndication-source",
    "original-source",
    "source",
    "article:source",
    "news_source",
    "copyright-source",
    "sourceorganization",
)


def find(document: Document, context: Context) -> list[Signal]:
    """What the page's structured data says of another publisher."""
    signals = []
    for kind, rule, value in _statements(document):
        if signal := _signal(document, context, kind, rule, value):
            signals.append(signal)
    return signals


def _statements(document: Document) -> Iterator[tuple[str, str, str]]:
    for node in document.json_ld_articles:
        for key in _JSON_LD:
            for text in _values(node.get(key)):
                yield "json_ld", f"json-ld/{key}", text
        for text in _values(node.get("publisher")):
            if not text.startswith("http"):
                yield "json_ld", "json-ld/publisher", text
    for name in _META:
        for text in document.meta.get(name, ())[:2]:
            yield "meta", f"meta/{name}", text


def _values(value: Any) -> list[str]:
    """The URL of an object that has one, else its name; of a list those of the first three."""
    found: list[str] = []
    for one in (value if isinstance(value, list) else [value])[:3]:
        urls = [
            url for key in ("url", "@id", "sameAs") if isinstance(one, dict) and isinstance(url := one.get(key), str)
        ]
        outside = next((url for url in urls if url.startswith(("http:", "https:"))), None)
        found += [outside] if outside else list(strings(one))[:1]
    return found


def _is_another(context: Context, target: Target) -> bool:
    """Whether the address is another article's: vogue.com/a of vogue.co.uk/b, whose path is not the page's."""
    return target.domain != context.source_domain and urlsplit(target.url).path != urlsplit(context.url).path


def _signal(document: Document, context: Context, kind: str, rule: str, value: str) -> Signal | None:
    target = target_of(document, value) if value.startswith(("http:", "https:", "//")) else None
    publisher = context.directory.within(value) if target is None else context.directory.by_domain(target.domain)
    if target is None and publisher is None:
        return None
    if rule == "json-ld/publisher" and (publisher is None or publisher.kind != "agency"):
        return None  # the outlet itself under one of its names
    domain = target.domain if target else publisher.domain if publisher else ""
    own = context.directory.same_outlet(domain, context.source_domain) or (
        target is None and is_own_name(value, context)
    )
    veto = "self" if own else "social" if domain in SOCIAL else "reference" if domain in REFERENCES else None
    if veto is None and target is not None:
        veto = foreign_veto(context, target)
        if veto == "front_page" and publisher and rule in _NAMED_BY_FRONT:
            veto = None  # an organisation's address is its front page
        if veto == "alias" and rule == "json-ld/isBasedOn" and _is_another(context, target):
            veto = None
    return Signal(
        evidence=Evidence(kind=kind, text=value[:500], href=target.url if target else None, rule=rule),
        name=publisher.title if publisher else None,
        domain=domain,
        url=target.url if target and target.is_article else None,
        relation="wire" if publisher and publisher.kind == "agency" else relation_between(context, domain),
        confidence="structured",
        role="distributor" if publisher and publisher.kind == "distributor" else "originator",
        veto=veto,
    )
