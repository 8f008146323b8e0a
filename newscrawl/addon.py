"""newscrawl in anyone's Scrapy project: `ADDONS = {"newscrawl.addon.Addon": 500}`."""

from __future__ import annotations

from scrapy.settings import BaseSettings


class Addon:
    """Loads newscrawl's table of settings beneath the project's own."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Called by Scrapy before the crawl's components are made."""
        settings.setmodule("newscrawl.settings", priority="addon")
