"""Settings of the demo: newscrawl's own, with the spiders of the sample outlets beside the others."""

from newscrawl.settings import *  # noqa: F403 - a settings module repeats the one that it extends

SPIDER_MODULES = ["newscrawl.spiders", "newscrawl.demo.spiders"]
NEWSPIDER_MODULE = "newscrawl.demo.spiders"
