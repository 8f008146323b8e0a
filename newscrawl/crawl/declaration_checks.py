"""What spiders and site config files declare, checked before anything is fetched."""

from __future__ import annotations

import logging

from newscrawl.config import Config
from newscrawl.crawl.arguments import ArgumentError
from newscrawl.crawl.declared_site import DeclaredSite
from newscrawl.fetch.browser.steps import step_faults
from newscrawl.sites.rules import SiteConfigs, load_site_configs
from newscrawl.sites.rules.page_rules import faults
from newscrawl.web.urls import without_password

logger = logging.getLogger(__name__)

SHOWN = 10
"""Bad lines of site config files that a run's log names; a public collection has some dozens."""


def check_declared(declared: DeclaredSite) -> None:
    """ArgumentError names spider, attribute and position of what cannot be meant."""
    starts = (("feeds", declared.feeds), ("sitemaps", declared.sitemaps), ("listings", declared.listings))
    wrong = [f"{name}: {urls!r} is one string; write ({urls!r},)" for name, urls in starts if isinstance(urls, str)]
    wrong += [
        f"{name}: {without_password(url)} holds a name or password; set http_user and http_pass"
        for name, urls in starts
        for url in urls
        if without_password(url) != url
    ]
    wrong += faults(declared.site)
    wrong += step_faults("steps", declared.steps) + step_faults("listing_steps", declared.listing_steps)
    if wrong:
        raise ArgumentError("\n".join(f"{declared.spider}: {fault}" for fault in wrong))


def site_configs_of(config: Config) -> SiteConfigs:
    """The site config files of NEWSCRAWL_SITE_CONFIG_DIRS; bad lines are logged. ArgumentError for an empty folder."""
    try:
        found = load_site_configs(config.site_config_dirs)
    except (ValueError, OSError) as error:
        raise ArgumentError(f"NEWSCRAWL_SITE_CONFIG_DIRS: {error}") from None
    problems = found.problems
    for problem in problems[:SHOWN]:
        logger.warning("%s", problem)
    if len(problems) > SHOWN:
        logger.warning("%d more bad lines: `scrapy siteconfigs` lists them", len(problems) - SHOWN)
    return found
