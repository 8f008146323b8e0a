"""Listing pages: which links are article candidates, by structure and by what was learned of the site's URLs."""

from __future__ import annotations

from collections.abc import Collection

from newscrawl.discovery.found import Draft, Found
from newscrawl.discovery.home import autodiscover
from newscrawl.discovery.shapes import Shapes
from newscrawl.document import Document


def read_listing(document: Document, *, aliases: Collection[str] = (), shapes: Shapes | None = None) -> Found:
    """The links of a page that may be articles, its next page, and the site's feeds."""
    draft = Draft("listing", document.url)
    draft.found.more = autodiscover(document)
    return draft.done()
