"""`scrapy savepage URL`: saves a page of a site for its tests, with what was read of it, for a person to confirm."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.addon import Addon
from newscrawl.config import Config
from newscrawl.crawl.arguments import ArgumentError
from newscrawl.crawl.exit_codes import ExitCode
from newscrawl.crawl.session import workers_of
from newscrawl.fetch.errors import FetchError
from newscrawl.fetch.failures import told
from newscrawl.onboarding.expectations import proposed
from newscrawl.onboarding.fetcher import Fetch, page_of, run_fetch_task
from newscrawl.onboarding.project import saved_pages, spider_for, spider_named
from newscrawl.onboarding.saved_pages import EXPECTED, slug_of, store
from newscrawl.reading.explanation import Explanation
from newscrawl.reading.workers import Workers
from newscrawl.spider import SiteSpider, declared_by
from newscrawl.spiders.news import checked_url
from newscrawl.views.terminal import one_line


class Command(ScrapyCommand):
    """The page is fetched by Scrapy's downloader and read in a worker, by the rules of its site's spider."""

    requires_project = True

    def syntax(self) -> str:
        """After `scrapy savepage`."""
        return "[options] URL"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Save a page for the tests of its site, with what it must give"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Adds whose page it is."""
        super().add_options(parser)
        parser.add_argument("--spider", metavar="NAME", help="the site's spider (default: the one of the URL's domain)")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Has newscrawl's settings beneath the project's; keeps the crawl's log out of the way."""
        super().process_options(args, opts)
        assert self.settings is not None
        Addon().update_settings(self.settings)
        self.settings.set("LOG_LEVEL", "ERROR", priority="spider")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Writes the two files; exit code 3 where the page gives no article."""
        if len(args) != 1:
            raise UsageError("scrapy savepage takes one URL")
        assert self.settings is not None
        try:
            url = checked_url(args[0])
            spider = spider_named(opts.spider, self.settings) if opts.spider else spider_for(url, self.settings)
            workers = workers_of(Config.from_settings(self.settings), count=1)
            try:
                written = self.saved(url, spider, workers)
            finally:
                workers.close()
        except ArgumentError as error:
            raise UsageError(str(error), print_help=False) from None
        except FetchError as error:
            sys.stderr.write(f"{one_line(args[0])}: {one_line(told(str(error)))}\n")
            self.exitcode = ExitCode.NO_ARTICLE
        else:
            sys.stdout.write(f"{written}: compare it with the page, then empty its to_confirm\n")

    def saved(self, url: str, spider: type[SiteSpider], workers: Workers) -> Path:
        """Saves one page; FetchError where it cannot be had or gives no article, ArgumentError where it is there."""
        assert self.crawler_process is not None
        written: list[Path] = []

        async def fetch_task(fetch: Fetch) -> None:
            response = await fetch(url, spider.steps if spider.browser else None)
            page = page_of(response, requested_url=url, spider=spider.name)
            seen = await workers.explain(response.body, page, declared_by(spider).site)
            if seen.article is None:
                raise FetchError(why_none(seen))
            expected = proposed(seen, url=page.url, content_type=page.content_type, fetched_at=page.fetched_at)
            folder = saved_pages(spider.name) / slug_of(page.url)
            try:
                store(folder, response.body, expected)
            except FileExistsError:
                raise ArgumentError(f"{folder} is there already") from None
            written.append(folder / EXPECTED)

        run_fetch_task(self.crawler_process, fetch_task)
        return written[0]


def why_none(seen: Explanation) -> str:
    """Why a page gives no article, in a word or two."""
    return seen.rejection.reason if seen.rejection else f"needs_{seen.needs.how}" if seen.needs else "not_read"
