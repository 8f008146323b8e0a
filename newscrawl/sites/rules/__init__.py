"""How a site is read: declared rules, site config files in the format of ftr-site-config, their selectors."""

from newscrawl.sites.rules.config_folders import SiteConfigs, load_site_configs
from newscrawl.sites.rules.config_parser import ConfigFile, Problem, parse_config, support_of
from newscrawl.sites.rules.site_config import PageLink, SiteConfig

__all__ = [
    "ConfigFile",
    "PageLink",
    "Problem",
    "SiteConfig",
    "SiteConfigs",
    "load_site_configs",
    "parse_config",
    "support_of",
]
