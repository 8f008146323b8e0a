"""newscrawl in anyone's Scrapy project: `ADDONS = {"newscrawl.addon.Addon": 500}`."""

from __future__ import annotations

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from newscrawl import settings as newscrawl_settings
from newscrawl.spider import SiteSpider, start_requests_alone

COMPONENTS = ("ITEM_PIPELINES", "DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "EXTENSIONS", "DOWNLOAD_HANDLERS")
"""Settings that are tables: what a project or another add-on adds stands beside newscrawl's rows. Without the guard and
robots.txt in DOWNLOADER_MIDDLEWARES a crawl would run all the same."""


class Addon:
    """Loads newscrawl's table of settings beneath the project's own, for the crawls of `SiteSpider`s alone."""

    def __init__(self, spider: type[Spider] = SiteSpider) -> None:
        self.is_ours = issubclass(spider, SiteSpider)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Addon:
        """Called by Scrapy. ValueError for a site's spider that would fetch nothing."""
        addon = cls(crawler.spidercls)
        if addon.is_ours and (advice := start_requests_alone(crawler.spidercls)):
            raise ValueError(advice)
        return addon

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        """Called by Scrapy before a process has its crawlers: the resolver, half of the guard, is the process's. It
        resolves as Scrapy's own until the first crawl with the guard."""
        settings.set("TWISTED_DNS_RESOLVER", newscrawl_settings.TWISTED_DNS_RESOLVER, priority="addon")

    def update_settings(self, settings: BaseSettings) -> None:
        """Called by Scrapy before the crawl's components are made. Other spiders of the project keep their settings."""
        if not self.is_ours:
            return
        theirs = {name: settings.getdict(name) for name in COMPONENTS}
        settings.setmodule(newscrawl_settings, priority="addon")
        for name, table in theirs.items():
            priority = max(settings.getpriority(name) or 0, SETTINGS_PRIORITIES["addon"])
            settings.set(name, getattr(newscrawl_settings, name) | table, priority=priority)
