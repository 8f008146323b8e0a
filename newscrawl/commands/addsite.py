"""`scrapy addsite URL`: finds out where a site names its articles, writes its spider and two saved pages."""

from __future__ import annotations

import argparse
import sys
from importlib.resources import files
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader

from newscrawl.addon import Addon
from newscrawl.errand import Fetch, run_errand
from newscrawl.fetched import FetchError
from newscrawl.onboarding.expectations import proposed
from newscrawl.onboarding.saved import EXPECTED, slug_of, store
from newscrawl.onboarding.spiderfile import name_fault, name_of, spider_source
from newscrawl.onboarding.survey import Declared, Survey
from newscrawl.probing import Prober
from newscrawl.project import root, saved_pages, spiders_folder
from newscrawl.run import ArgumentError, ExitCode
from newscrawl.settings import Config
from newscrawl.spider import workers_of
from newscrawl.spiders.news import checked_url
from newscrawl.views.survey import survey_lines
from newscrawl.views.terminal import one_line

PAGES = 2
"""Saved pages of a new site."""


class Command(ScrapyCommand):
    """Everything is fetched by Scrapy's downloader, with guard, delay and robots.txt, and read in a worker."""

    requires_project = True

    def syntax(self) -> str:
        """After `scrapy addsite`."""
        return "[options] URL"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Find out about a news site and write its spider"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Adds the spider's name."""
        super().add_options(parser)
        parser.add_argument("--name", help="name of the spider (default: by the site's domain)")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Has newscrawl's settings beneath the project's; keeps the crawl's log out of the way."""
        super().process_options(args, opts)
        assert self.settings is not None
        Addon().update_settings(self.settings)
        self.settings.set("LOG_LEVEL", "ERROR", priority="spider")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Prints what was found and what was written; exit code 3 where no article was found."""
        if len(args) != 1:
            raise UsageError("scrapy addsite takes one URL")
        assert self.settings is not None
        try:
            url = checked_url(args[0])
            new = NewSite(opts.name or name_of(url), self.settings)
            survey, prober = self.surveyed(url)
        except ArgumentError as error:
            raise UsageError(str(error), print_help=False) from None
        except FetchError as error:
            sys.stderr.write(f"{one_line(args[0])}: {one_line(str(error))}\n")
            self.exitcode = ExitCode.NO_ARTICLE
            return
        for line in survey_lines(survey):
            sys.stdout.write(f"{line}\n")
        self.exitcode = new.write(survey, prober)

    def surveyed(self, url: str) -> tuple[Survey, Prober]:
        """The survey, and the prober with the pages of its sample."""
        assert self.settings is not None
        assert self.crawler_process is not None
        workers = workers_of(Config.from_settings(self.settings), count=1)
        found: list[tuple[Survey, Prober]] = []

        async def errand(fetch: Fetch) -> None:
            prober = Prober(fetch, workers)
            found.append((await prober.survey(url), prober))

        try:
            run_errand(self.crawler_process, errand)
        finally:
            workers.close()
        return found[0]


class NewSite:
    """The files of a site that is not there yet: nothing is overwritten."""

    def __init__(self, name: str, settings: BaseSettings) -> None:
        """ArgumentError for a name that is none or taken."""
        self.name = name
        if fault := name_fault(name):
            raise ArgumentError(fault)
        self.spider = spiders_folder(settings) / f"{name}.py"
        self.pages = saved_pages(name)
        if name in SpiderLoader.from_settings(settings).list():
            raise ArgumentError(f"a spider is named {name!r} already; choose another name by --name")
        for path in (self.spider, self.pages):
            if path.exists():
                raise ArgumentError(f"{path} is there already; choose another name by --name")

    def write(self, survey: Survey, prober: Prober) -> ExitCode:
        """Writes the files and says so; writes nothing where no article was read or found."""
        declared = survey.declared()
        if not survey.read or declared == Declared():
            sys.stderr.write("nothing written: no article was found from here; try a page that lists articles\n")
            return ExitCode.NO_ARTICLE
        source = spider_source(self.name, survey.home, survey.site_name, declared)
        written = [self.spider, *self.save(survey, prober)]
        with self.spider.open("x", encoding="utf-8") as file:
            file.write(source)
        tests = root() / "tests" / "test_sites.py"
        if not tests.exists():
            tests.write_bytes((files("newscrawl") / "templates" / "test_sites.py.tmpl").read_bytes())
            written.append(tests)
        sys.stdout.write("Written:\n" + "".join(f"  {path.relative_to(root())}\n" for path in written))
        sys.stdout.write(f"Next: compare the pages with each {EXPECTED}, then empty its to_confirm;\n")
        sys.stdout.write(f"      scrapy crawl {self.name}\n")
        return ExitCode.GOOD

    def save(self, survey: Survey, prober: Prober) -> list[Path]:
        """Two pages of the sample, one with an origin first: that is worth testing most."""
        chosen = sorted(survey.read, key=lambda one: not (one.seen.article and one.seen.article.originally_appeared_on))
        folders: list[Path] = []
        for one in chosen[:PAGES]:
            body, content_type, fetched_at = prober.bodies[one.url]
            folder = self.pages / slug_of(one.url)
            while folder in folders:
                folder = folder.with_name(f"{folder.name}-2")
            assert one.seen.article is not None
            expected = proposed(one.seen, url=one.seen.article.url, content_type=content_type, fetched_at=fetched_at)
            store(folder, body, expected)
            folders.append(folder)
        return folders
