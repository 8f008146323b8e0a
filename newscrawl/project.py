"""Where a Scrapy project keeps its spiders and their saved pages, and whose spider a URL belongs to."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.conf import closest_scrapy_cfg

from newscrawl.run import ArgumentError
from newscrawl.spider import SiteSpider
from newscrawl.urls import domain_of


def root() -> Path:
    """The folder with scrapy.cfg; ArgumentError outside of a project."""
    if not (found := closest_scrapy_cfg()):
        raise ArgumentError("no scrapy.cfg here or above: run this in a Scrapy project")
    return Path(found).resolve().parent


def saved_pages(spider: str) -> Path:
    """Folder of a spider's saved pages."""
    return root() / "tests" / "sites" / spider


def spiders_folder(settings: BaseSettings) -> Path:
    """Where new spiders go, by NEWSPIDER_MODULE; ArgumentError where that is no part of the project."""
    module = str(settings.get("NEWSPIDER_MODULE") or "")
    try:
        spec = find_spec(module) if module else None
    except ImportError:
        spec = None
    folders = list(spec.submodule_search_locations or []) if spec else []
    if not folders or not Path(folders[0]).resolve().is_relative_to(root()):
        raise ArgumentError(f"NEWSPIDER_MODULE={module}: should be the package of your project's spiders")
    return Path(folders[0])


def site_spiders(settings: BaseSettings) -> dict[str, type[SiteSpider]]:
    """The project's spiders that declare a site, by name."""
    loader = SpiderLoader.from_settings(settings)
    loaded = {name: loader.load(name) for name in sorted(loader.list())}
    return {name: spider for name, spider in loaded.items() if issubclass(spider, SiteSpider) and starts_of(spider)}


def starts_of(spider: type[SiteSpider]) -> tuple[str, ...]:
    """The discovery pages that a spider declares."""
    return (*spider.feeds, *spider.sitemaps, *spider.listings)


def spider_for(url: str, settings: BaseSettings, name: str | None) -> type[SiteSpider]:
    """The spider of that name, else the one whose discovery pages are on the URL's domain; ArgumentError for none."""
    known = site_spiders(settings)
    if name is not None:
        if name not in known:
            raise ArgumentError(f"no site's spider is named {name!r}; `scrapy list` names them")
        return known[name]
    domain = domain_of(url)
    found = [spider for spider in known.values() if domain in {domain_of(start) for start in starts_of(spider)}]
    if len(found) != 1:
        what = "several spiders are" if found else "no spider is"
        raise ArgumentError(f"{what} for {domain}: name one by --spider")
    return found[0]
