"""Lohetalbote, a sample outlet: listing pages only."""

from __future__ import annotations

from newscrawl.spider import SiteSpider


class LohetalboteSpider(SiteSpider):
    """A valley's paper, in German."""

    name = "lohetalbote"
    site_name = "Lohetalbote"
    listings = ("http://lohetalbote.example/archiv.html",)
