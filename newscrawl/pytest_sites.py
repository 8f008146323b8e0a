"""The pytest plugin behind tests/test_sites.py: each site of a project against its saved pages.

    pytest_plugins = ["newscrawl.pytest_sites"]

    def test_site(site_check):
        site_check()

The pages are in the folder `sites` beside that file. It is loaded only if a test file names it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from configparser import ConfigParser
from functools import partial
from pathlib import Path

import msgspec
import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from newscrawl.addon import Addon
from newscrawl.config import Config
from newscrawl.items import Article, Needs, Page, Rejection, Site
from newscrawl.onboarding.checks import Read, SpiderNames, idle, misnamed, page_faults, rules_of
from newscrawl.onboarding.politeness import LESS_POLITE, impolite
from newscrawl.onboarding.saved_pages import SavedPage, load
from newscrawl.provenance.phrase_files import load_phrasebook
from newscrawl.reading.read_page import read_page
from newscrawl.sites.rules import load_site_configs
from newscrawl.sites.rules.config_folders import decoded
from newscrawl.spider import SiteSpider, declared_by

Check = Callable[[], Iterable[str]]
"""Answers what is wrong, a line for each; nothing where all is well."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test for each site, each saved page and each rule."""
    if "site_check" in metafunc.fixturenames:
        checks = dict(site_checks(metafunc.definition.path))
        metafunc.parametrize("site_check", [partial(_pass, check) for check in checks.values()], ids=list(checks))


def _pass(check: Check) -> None:
    if faults := list(check()):
        pytest.fail("\n".join(faults), pytrace=False)


def site_checks(test_file: Path) -> Iterator[tuple[str, Check]]:
    """Name and check; `test_file` is in a folder of a Scrapy project, and its saved pages beside it."""
    settings = project_settings(test_file)
    read = reader(Config.from_settings(settings))
    loader = SpiderLoader.from_settings(settings)
    for name in sorted(loader.list()):
        spider = loader.load(name)
        if issubclass(spider, SiteSpider) and (spider.feeds or spider.sitemaps or spider.listings):
            yield from checks_of(spider, settings, test_file.parent / "sites" / name, read)


def project_settings(inside: Path) -> Settings:
    """Settings of the Scrapy project that a file belongs to, newscrawl's beneath them."""
    root = next((folder for folder in inside.parents if (folder / "scrapy.cfg").is_file()), None)
    if root is None:
        raise pytest.UsageError(f"{inside} is in no Scrapy project: no folder above it has a scrapy.cfg")
    config = ConfigParser()
    config.read(root / "scrapy.cfg")
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    settings = Settings()
    settings.setmodule(config["settings"]["default"], priority="project")
    Addon().update_settings(settings)
    return settings


def reader(config: Config) -> Read:
    """Reads pages as the project's crawls do: with its phrases and site config files."""
    phrases = load_phrasebook(config.phrase_dirs) if config.phrase_dirs else None
    configs = load_site_configs(config.site_config_dirs)

    def read(html: bytes, page: Page, site: Site) -> Article | Rejection | Needs:
        encoded = configs.encoded(page.url)
        return read_page(html, page, site, None, phrases, decoded(encoded) if encoded else None)

    return read


def checks_of(spider: type[SiteSpider], settings: Settings, folder: Path, read: Read) -> Iterator[tuple[str, Check]]:
    """The checks of one site; a page that cannot be loaded fails by itself."""
    names = SpiderNames(spider=spider.name, module=spider.__module__.rpartition(".")[2], class_name=spider.__name__)
    yield f"{spider.name}-names", lambda: misnamed(names)
    yield f"{spider.name}-politeness", lambda: rudeness(spider, settings, folder)
    pages, site = list[SavedPage](), declared_by(spider).site
    for path in sorted(folder.glob("*/")):
        try:
            pages.append(saved := load(path))
        except ValueError as error:
            yield f"{spider.name}-{path.name}", partial(list, [str(error)])
        else:
            yield f"{spider.name}-{path.name}", partial(page_faults, saved, site, read)
    if not pages:
        yield f"{spider.name}-pages", lambda: [f"no saved page in {folder}: `scrapy savepage URL` saves one"]
    for rule in rules_of(site):
        yield f"{spider.name}-{rule[0]}-{rule[1]}", partial(_idle, rule, site, pages, read)


def _idle(rule: tuple[str, int], site: Site, pages: list[SavedPage], read: Read) -> list[str]:
    reason = idle(*rule, site, pages, read)
    return [reason] if reason else []


def rudeness(spider: type[SiteSpider], settings: Settings, folder: Path) -> Iterator[str]:
    """What the spider's own settings lower; reasons are in SPIDER/reasons.json, by setting."""
    own = settings.copy()
    spider.update_settings(own)
    file = folder / "reasons.json"
    reasons = msgspec.json.decode(file.read_bytes(), type=dict[str, str]) if file.is_file() else {}
    plain = [{name: _plain(which.get(name)) for name in LESS_POLITE} for which in (own, settings)]
    return impolite(plain[0], plain[1], reasons)


def _plain(value: object) -> object:
    return dict(value) if hasattr(value, "keys") else value  # type: ignore[call-overload]
