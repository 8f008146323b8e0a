"""The feed's `<source>`: the feed that an entry was taken from."""

from __future__ import annotations

from newscrawl.items import Evidence
from newscrawl.provenance.links import target_of
from newscrawl.provenance.own_outlet import is_own_name
from newscrawl.provenance.signal import Context, Signal
from newscrawl.web.document import Document


def find(document: Document, context: Context) -> list[Signal]:
    """The source that the feed names for this entry."""
    feed = context.feed
    if feed is None or not (feed.source_name or feed.source_url):
        return []
    target = target_of(document, feed.source_url)
    domain = target.domain if target else None
    own = (
        context.directory.same_outlet(domain, context.source_domain)
        if domain
        else is_own_name(feed.source_name or "", context)
    )
    return [
        Signal(
            evidence=Evidence(kind="feed", text=feed.source_name, href=feed.source_url, rule="feed/source"),
            name=feed.source_name,
            domain=domain,
            confidence="structured",
            veto="self" if own else None,
        )
    ]
