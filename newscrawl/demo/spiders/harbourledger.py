"""Harbour Ledger, a sample outlet: one feed, a listing for what the feed has dropped."""

from __future__ import annotations

from newscrawl.spider import SiteSpider


class HarbourLedgerSpider(SiteSpider):
    """A weekly of a port town."""

    name = "harbourledger"
    site_name = "Harbour Ledger"
    feeds = ("http://harbourledger.example/feed/rss.xml",)
    listings = ("http://harbourledger.example/latest/",)
