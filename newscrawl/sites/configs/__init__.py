"""Site config files in the format of ftr-site-config, as Full-Text RSS, Wallabag and FreshRSS read them."""

from newscrawl.sites.configs.folders import SiteConfigs, load_site_configs
from newscrawl.sites.configs.model import PageLink, SiteConfig
from newscrawl.sites.configs.parse import ConfigFile, Problem, parse_config, support_of

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
