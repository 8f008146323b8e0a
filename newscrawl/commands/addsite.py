"""`scrapy addsite URL`: finds out where a site names its articles, writes its spider and two saved pages."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Awaitable, Callable
from importlib.resources import files
from pathlib import Path
from shutil import rmtree

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader

from newscrawl.addon import Addon
from newscrawl.config import Config
from newscrawl.crawl.arguments import ArgumentError
from newscrawl.crawl.exit_codes import ExitCode
from newscrawl.crawl.session import workers_of
from newscrawl.crawl.site_figures import Measured, changes, usual
from newscrawl.crawl.whole_files import write_whole
from newscrawl.fetch.browser.chromium import NoBrowserError, find_chromium
from newscrawl.fetch.browser.steps import Step
from newscrawl.fetch.errors import FetchError
from newscrawl.fetch.failures import told
from newscrawl.fetch.fetched_page import SHOWS_NOTHING
from newscrawl.items import Site
from newscrawl.onboarding.expectations import proposed
from newscrawl.onboarding.fetcher import Fetch, run_fetch_task
from newscrawl.onboarding.probe import Prober, Steps
from newscrawl.onboarding.project import figures_of_runs, root, saved_pages, spider_named, spiders_folder
from newscrawl.onboarding.saved_pages import EXPECTED, slug_of, store
from newscrawl.onboarding.spider_source import name_fault, name_of, spider_source
from newscrawl.onboarding.survey import Survey
from newscrawl.onboarding.survey_report import check_lines, survey_lines
from newscrawl.reading.workers import Workers
from newscrawl.spider import declared_by
from newscrawl.spiders.news import checked_url, urls_of
from newscrawl.views.terminal import one_line
from newscrawl.web.urls import domain_of, without_password

PAGES = 2
"""Saved pages of a new site."""


class Command(ScrapyCommand):
    """Everything is fetched by Scrapy's downloader, with guard, delay and robots.txt, and read in a worker."""

    requires_project = True

    def syntax(self) -> str:
        """After `scrapy addsite`."""
        return "[options] URL ..."

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Find out about a news site and write its spider"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Adds the spider's name."""
        super().add_options(parser)
        parser.add_argument("--name", help="name of the spider (default: by the site's domain)")
        parser.add_argument("--file", metavar="FILE", help="a file with the URL of a site a line: a spider for each")
        parser.add_argument(
            "--check",
            metavar="NAME",
            help="compare a sample of the spider's site with its runs; exit code 1 for a change",
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Has newscrawl's settings beneath the project's; keeps the crawl's log out of the way."""
        super().process_options(args, opts)
        assert self.settings is not None
        Addon().update_settings(self.settings)
        self.settings.set("LOG_LEVEL", "ERROR", priority="spider")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Prints what was found and what was written; exit code 3 where no article was found."""
        if len(args) + bool(opts.check) + bool(opts.file) != 1 or (opts.file and opts.name):
            raise UsageError("scrapy addsite takes one URL, or --file FILE, or --check and the name of a spider")
        try:
            if opts.file:
                self.exitcode = self.added_all(Path(opts.file))
            else:
                self.exitcode = self.checked(opts.check) if opts.check else self.added(args[0], opts.name)
        except ArgumentError as error:
            raise UsageError(str(error), print_help=False) from None
        except FetchError as error:
            sys.stderr.write(f"{one_line((args or [opts.check])[0])}: {one_line(told(str(error)))}\n")
            self.exitcode = ExitCode.NO_ARTICLE

    def added(self, text: str, name: str | None) -> int:
        """Brings in the site of a URL; the exit code."""
        assert self.settings is not None
        url = checked_url(text)
        new = NewSite(name or name_of(url), self.settings)
        survey, prober = self.surveyed(lambda prober: prober.survey(url), {domain_of(url)})
        for line in survey_lines(survey):
            sys.stdout.write(f"{line}\n")
        return new.write(survey, prober)

    def added_all(self, file: Path) -> int:
        """Brings in each site of a file; those that have a spider are left alone. The exit code: 3 where one gave no
        article, else the greatest."""
        urls = urls_of(file, "--file")
        codes: list[int] = []

        async def survey_all(fetch: Fetch, workers: Workers) -> None:
            for url in urls:
                sys.stdout.write(f"\n== {one_line(url)}\n")
                codes.append(await self.one_of_many(url, fetch, workers))

        self.fetched(survey_all)
        sys.stdout.write(f"\n{codes.count(ExitCode.GOOD)} of {len(urls)} sites have a spider\n")
        return ExitCode.NO_ARTICLE if ExitCode.NO_ARTICLE in codes else max(codes, default=0)

    async def one_of_many(self, url: str, fetch: Fetch, workers: Workers) -> int:
        """Brings in a site; what is wrong with it keeps no other one out."""
        assert self.settings is not None
        name = name_of(url)
        if name in SpiderLoader.from_settings(self.settings).list():
            sys.stdout.write(f"a spider is named {name!r} already\n")
            return ExitCode.GOOD
        try:
            new = NewSite(name, self.settings)
            prober = Prober(fetch, workers, {domain_of(url)})
            survey = await prober.survey(url)
        except ArgumentError as error:
            sys.stderr.write(f"nothing written: {one_line(str(error))}\n")
            return ExitCode.BAD_ARGUMENTS
        except FetchError as error:
            sys.stderr.write(f"nothing written: {one_line(told(str(error)))}\n")
            return ExitCode.NO_ARTICLE
        sys.stdout.write("".join(f"{line}\n" for line in survey_lines(survey)))
        return new.write(survey, prober)

    def checked(self, name: str) -> int:
        """Compares a sample of a known site with its runs; 1 where something has changed."""
        assert self.settings is not None
        spider = spider_named(name, self.settings)
        starts = declared_by(spider).starts
        domains = {domain_of(start.url) for start in starts}
        steps = (spider.listing_steps, spider.steps) if spider.browser else None
        survey, _ = self.surveyed(lambda prober: prober.look_again(starts), domains, declared_by(spider).site, steps)
        then = usual(figures_of_runs(Config.from_settings(self.settings).data_dir, name))
        now = Measured(one.seen.article for one in survey.sample if one.seen.article).figures(survey.rejected)
        changed = [*survey.broken(), *changes(then, now)]
        for line in check_lines(survey, then, now, changed):
            sys.stdout.write(f"{line}\n")
        return 1 if changed else 0

    def surveyed(
        self,
        survey: Callable[[Prober], Awaitable[Survey]],
        domains: set[str | None],
        site: Site | None = None,
        steps: Steps = None,
    ) -> tuple[Survey, Prober]:
        """The survey, and the prober with the pages of its sample."""
        found: list[tuple[Survey, Prober]] = []

        async def one(fetch: Fetch, workers: Workers) -> None:
            prober = Prober(fetch, workers, domains, site, steps=steps)
            found.append((await survey(prober), prober))

        self.fetched(one)
        return found[0]

    def fetched(self, work: Callable[[Fetch, Workers], Awaitable[None]]) -> None:
        """Does the work, which fetches and reads pages; a line on stderr tells of each page."""
        assert self.settings is not None
        assert self.crawler_process is not None
        workers = workers_of(Config.from_settings(self.settings), count=1)
        try:
            run_fetch_task(self.crawler_process, lambda fetch: work(_telling(fetch), workers))
        finally:
            workers.close()


def _telling(fetch: Fetch) -> Fetch:
    """The same, with a line on stderr before each page: a survey takes a minute at a second a page."""

    async def fetched(url: str, steps: tuple[Step, ...] | None = None) -> Response:
        sys.stderr.write(f"fetching {one_line(without_password(url))}\n")
        return await fetch(url, steps)

    return fetched


class NewSite:
    """The files of a site that is not there yet: nothing is overwritten."""

    def __init__(self, name: str, settings: BaseSettings) -> None:
        """ArgumentError for a name that is none or taken."""
        self.name = name
        self.config = Config.from_settings(settings)
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
        """Writes the files and says so; writes nothing where no article was read or found, or the disk is full."""
        declared = survey.declared()
        if survey.has_no_yield:
            sys.stderr.write(f"nothing written: {self.why_none(survey)}\n")
            return ExitCode.NO_ARTICLE
        source = spider_source(self.name, survey.home, survey.site_name, declared)
        tests = root() / "tests" / "test_sites.py"
        try:
            written = [self.spider, *self.save(survey, prober)]
            if not tests.exists():
                write_whole(tests, (files("newscrawl") / "templates" / "test_sites.py.tmpl").read_bytes())
                written.append(tests)
            write_whole(self.spider, source.encode())  # last: a spider has its pages
        except OSError as error:
            rmtree(self.pages, ignore_errors=True)
            sys.stderr.write(f"nothing written: {error}\n")
            return ExitCode.OUTPUT_NOT_WRITTEN
        sys.stdout.write("Written:\n" + "".join(f"  {path.relative_to(root())}\n" for path in written))
        sys.stdout.write(f"Next: compare the pages with each {EXPECTED}, then empty its to_confirm;\n")
        sys.stdout.write(
            "      scrapy preview FOLDER shows a page block by block; python -m pytest tests/test_sites.py\n"
        )
        sys.stdout.write(f"      scrapy crawl {self.name}\n")
        return ExitCode.GOOD

    def why_none(self, survey: Survey) -> str:
        """What to do about a site on which no article was found."""
        reasons = {one.seen.rejection.reason for one in survey.sample if one.seen.rejection}
        if not survey.sample or not reasons.isdisjoint(SHOWS_NOTHING):
            try:
                find_chromium(self.config.chromium)
            except NoBrowserError as error:
                return str(error)
        return "no article was found from here; try a page that lists articles"

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
