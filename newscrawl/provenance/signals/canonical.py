"""A canonical URL on another domain, in the head or in the body."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from newscrawl.items import Evidence, Relation
from newscrawl.provenance.links import SOCIAL, Target, is_host, target_of
from newscrawl.provenance.name_keys import domain_label, names_domain
from newscrawl.provenance.signal import Context, Signal
from newscrawl.web.document import Document
from newscrawl.web.urls import domain_of

_STAGING = re.compile(
    r"(?:^|[.-])(?:cms|stag(?:e|ing)|preview|dev|test|testing|preprod|uat|admin|backend|origin|wp|local|internal)\d?[.-]"
)
"""Host names of an outlet's own workshop."""


def find(document: Document, context: Context) -> list[Signal]:
    """The canonical links that lead to another domain."""
    signals = []
    for node in document.tree.iter("link"):
        if "canonical" not in (node.get("rel") or "").lower().split():
            continue
        target = target_of(document, node.get("href"))
        if target is None or context.directory.same_outlet(target.domain, context.source_domain):
            continue
        signals.append(
            Signal(
                evidence=Evidence(kind="canonical", href=target.url, rule="canonical/other-domain"),
                domain=target.domain,
                url=target.url,
                relation=relation_between(context, target.domain),
                confidence="structured",
                veto=foreign_veto(context, target) or _workshop_veto(document, context, target),
            )
        )
    return signals


_PARTS = ("script", "link")
_NEEDED = frozenset(("stylesheet", "manifest", "icon", "shortcut", "amphtml", "preload"))


def _workshop_veto(document: Document, context: Context, target: Target) -> str | None:
    unknown = context.directory.by_domain(target.domain) is None
    return "alias" if unknown and _serves(document, target) else None


def _serves(document: Document, target: Target) -> bool:
    """Whether the page takes its styles, icon or scripts from there: the domain is the outlet's own by another name."""
    for node in document.tree.iter(*_PARTS):
        rel = set((node.get("rel") or "").lower().split())
        href = node.get("src") if node.tag == "script" else node.get("href") if rel & _NEEDED else None
        if href and "//" in href[:8] and domain_of(document.absolute(href)) == target.domain:
            return True
    return False


def relation_between(context: Context, domain: str) -> Relation:
    """How a copy on this outlet relates to a page of that domain when nothing more is said."""
    mine, theirs = context.directory.by_domain(context.source_domain), context.directory.by_domain(domain)
    if context.directory.same_group(context.source_domain, domain):
        return "network_copy"
    if theirs and theirs.kind == "agency":
        return "wire"
    return "aggregator" if mine and mine.kind == "aggregator" else "republished"


def foreign_veto(context: Context, target: Target) -> str | None:
    """Why a URL in the page's metadata that leads elsewhere names no other publisher."""
    if not target.is_article:
        return "front_page"
    if context.source_domain.endswith(".invalid"):
        return "unknown_source"  # an archive without the page's true host (RFC 2606)
    if is_host(target.domain):
        return "publishing_system"
    if target.domain in SOCIAL:
        return "social"
    own = domain_label(context.source_domain)
    if context.source_domain.endswith(f".{target.domain}"):
        return "publishing_system"  # the front of the service that the outlet's host stands on
    host = urlsplit(target.url).hostname or ""
    if _STAGING.search(host):
        return "publishing_system"
    segments = [part.replace("-", "").lower() for part in urlsplit(target.url).path.split("/")[1:3]]
    labels = host.replace("-", "").split(".") + (segments if len(own) > 3 else [])
    theirs = domain_label(target.domain)
    if own in labels or theirs == own or _own_brand(context, target.domain) or _renamed(own, theirs, context, target):
        return "alias"
    return None


def _renamed(own: str, theirs: str, context: Context, target: Target) -> bool:
    """Whether one domain is the other with more around it, or both share a long word and the page's address.

    os-system.com and ossystem-cluster.org; iass-potsdam.de/a and rifs-potsdam.de/a.
    """
    if len(own) > 5 and (own in theirs or (len(theirs) > 5 and theirs in own)):
        return True
    words = [set(re.findall(r"[a-z]{6,}", domain)) for domain in (context.source_domain, target.domain)]
    return bool(words[0] & words[1]) and urlsplit(context.url).path == urlsplit(target.url).path


def _own_brand(context: Context, domain: str) -> bool:
    """Whether the page calls itself by that domain's name and not by its own: the outlet moved, or is a mirror."""
    names = [name for name in context.site_names if name]
    return any(names_domain(name, domain) for name in names) and not any(
        names_domain(name, context.source_domain) for name in names
    )
