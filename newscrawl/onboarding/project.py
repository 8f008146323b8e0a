"""Where a Scrapy project keeps spiders, saved pages and figures of runs, and whose spider a URL belongs to."""

from __future__ import annotations

from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import msgspec
from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.conf import closest_scrapy_cfg

from newscrawl.crawl.arguments import ArgumentError
from newscrawl.crawl.site_figures import Figures
from newscrawl.crawl.summary import Summary
from newscrawl.spider import SiteSpider, declared_by
from newscrawl.web.urls import domain_of

MAX_RUNS = 50
"""Latest runs whose figures count as usual."""


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
    return {
        name: spider for name, spider in loaded.items() if issubclass(spider, SiteSpider) and declared_by(spider).starts
    }


def spider_named(name: str, settings: BaseSettings) -> type[SiteSpider]:
    """The site's spider of that name; ArgumentError for none."""
    known = site_spiders(settings)
    if name not in known:
        raise ArgumentError(f"no site's spider is named {name!r}; `scrapy list` names them")
    return known[name]


def spider_for(url: str, settings: BaseSettings) -> type[SiteSpider]:
    """The spider whose discovery pages are on the URL's domain; ArgumentError for none or several."""
    known = site_spiders(settings)
    domain = domain_of(url)
    found = [
        spider for spider in known.values() if domain in {domain_of(start.url) for start in declared_by(spider).starts}
    ]
    if len(found) != 1:
        what = " and ".join(spider.name for spider in found) + " are" if found else "no spider is"
        raise ArgumentError(f"{what} for {domain}: name one by --spider")
    return found[0]


def figures_of_runs(data_dir: Path, spider: str) -> list[Figures]:
    """Of the spider's latest runs, the newest first; runs without figures, or unreadable, are left out."""
    found: list[Figures] = []
    for file in sorted((data_dir / "runs").glob(f"*Z-{spider}.json"), reverse=True)[:MAX_RUNS]:
        with suppress(OSError, msgspec.MsgspecError):
            figures = msgspec.json.decode(file.read_bytes(), type=Summary).figures
            found += [figures] if figures else []
    return found
