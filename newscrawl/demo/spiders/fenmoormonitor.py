"""Fenmoor Monitor, a sample outlet: its news sitemap and its feed."""

from __future__ import annotations

from newscrawl.spider import SiteSpider


class FenmoorMonitorSpider(SiteSpider):
    """A county's daily."""

    name = "fenmoormonitor"
    site_name = "Fenmoor Monitor"
    feeds = ("http://www.fenmoormonitor.example/feed.atom",)
    sitemaps = ("http://www.fenmoormonitor.example/news-sitemap.xml",)
    listings = ("http://www.fenmoormonitor.example/archive/",)
