"""Crawls of the site in a folder of their own: newscrawl's, and plain Scrapy's with its JOBDIR or with FEEDS alone."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

from tests.chaos.kills import NOWHERE, Aim, verdict
from tests.chaos.site import HOST, Site

ROOT = Path(__file__).parents[2]
SPIDERS = '''
from scrapy import Spider
from newscrawl.spider import SiteSpider

class Chaos(SiteSpider):
    name = "chaos"
    feeds = {feeds!r}

class Plain(Spider):
    """As Scrapy's own tutorial has it."""
    name = "plain"
    start_urls = {plain!r}

    def parse(self, response):
        for link in response.xpath("//item/link/text()").getall():
            yield response.follow(link.replace("{host}", "{address}"), self.parse_article)

    def parse_article(self, response):
        text = "\\n\\n".join(response.css("article > p::text").getall())
        yield {{"url": response.url, "title": response.css("h1::text").get(), "body": text}}
'''


class Newscrawl:
    """newscrawl, as it is started by a schedule, but without the delay between two requests to a host."""

    name: ClassVar[str] = "newscrawl"
    settings: ClassVar[tuple[str, ...]] = ("DOWNLOAD_DELAY=0", "NEWSCRAWL_WORKERS=1")

    def __init__(self, folder: Path, site: Site) -> None:
        """`folder` is there and empty."""
        self.folder = folder
        self.site = site
        plain = [feed.replace(HOST, site.address) for feed in site.feeds]
        source = SPIDERS.format(feeds=tuple(site.feeds), plain=plain, host=HOST, address=site.address)
        (folder / "spiders.py").write_text(source)
        (folder / "plain_settings.py").write_text("SPIDER_MODULES = ['spiders']\n")

    def arguments(self) -> list[str]:
        """What follows `scrapy`."""
        settings = (*self.settings, "SPIDER_MODULES=spiders", "CONCURRENT_REQUESTS_PER_DOMAIN=16")
        return ["crawl", *self.spider(), *(word for setting in settings for word in ("-s", setting))]

    def spider(self) -> tuple[str, ...]:
        """Its name, and where the records go."""
        return ("chaos",)

    def environment(self) -> dict[str, str]:
        """newscrawl's settings; its data stand in the folder `data`."""
        return {
            "SCRAPY_SETTINGS_MODULE": "newscrawl.settings",
            "NEWSCRAWL_DATA_DIR": str(self.folder / "data"),
            "NEWSCRAWL_HOSTS": f"{HOST}={self.site.address}",
        }

    def start(self, aim: Aim = NOWHERE, most_bytes: int | None = None) -> subprocess.Popen[bytes]:
        """Starts a run that kills itself at the aim; no file of it may exceed `most_bytes`."""
        command = [sys.executable, "-m", "tests.chaos.armed", *map(str, aim), *self.arguments()]
        paths = os.pathsep.join([str(self.folder), str(ROOT)])
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                command,
                env=os.environ | self.environment() | {"PYTHONPATH": paths},
                cwd=self.folder,
                stdout=log,
                stderr=log,
                preexec_fn=_limit(most_bytes),
            )

    def files(self) -> list[Path]:
        """All files of records."""
        return sorted((self.folder / "data" / "articles").glob("*/*"))

    def expected(self) -> list[str]:
        """URLs of the records."""
        return self.site.urls

    def outcome(self) -> dict[str, int]:
        """What was lost, doubled or torn."""
        files = self.files()
        return {**verdict(files, self.expected()), "open": sum(path.suffix == ".part" for path in files)}


class Feeds(Newscrawl):
    """Plain Scrapy that appends to a file: every run starts over."""

    name = "Scrapy, FEEDS alone"
    settings = ("LOG_LEVEL=INFO",)

    def spider(self) -> tuple[str, ...]:
        return ("plain", "-o", f"{self.folder}/out.jsonl")

    def environment(self) -> dict[str, str]:
        return {"SCRAPY_SETTINGS_MODULE": "plain_settings"}

    def files(self) -> list[Path]:
        return list(self.folder.glob("out.jsonl"))

    def expected(self) -> list[str]:
        return [f"http://{self.site.address}{urlsplit(url).path}" for url in self.site.urls]


class JobDir(Feeds):
    """Plain Scrapy that resumes by its JOBDIR."""

    name = "Scrapy, JOBDIR"

    def arguments(self) -> list[str]:
        return [*super().arguments(), "-s", f"JOBDIR={self.folder}/job"]


def _limit(most_bytes: int | None) -> Callable[[], None] | None:
    if most_bytes is None:
        return None
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, resource.RLIM_INFINITY))
