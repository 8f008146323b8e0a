"""`scrapy crawl`, with an exit code that tells the truth: Scrapy's own is 0 even when every page failed."""

from __future__ import annotations

import argparse
import asyncio
import logging

from scrapy.commands import crawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from newscrawl.config import Config
from newscrawl.crawl.arguments import ArgumentError
from newscrawl.crawl.exit_codes import ExitCode
from newscrawl.spider import SiteSpider, start_requests_alone

logger = logging.getLogger(__name__)


NOISE = ("addons", "middleware", "crawler", "utils.log", "statscollectors")
"""Loggers of Scrapy that list what every run has: versions, settings, components, counters. With LOG_LEVEL=DEBUG they
do, too."""


def _is_warning(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING


class Command(crawl.Command):
    """Scrapy's command; the code comes from the run's summary."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Keeps the log short: a run without news takes a handful of lines."""
        super().process_options(args, opts)
        assert self.settings is not None
        if self.settings.get("LOG_LEVEL") == "INFO":
            for name in NOISE:
                logging.getLogger(f"scrapy.{name}").addFilter(_is_warning)  # Scrapy sets its loggers' levels later

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Runs one spider by name."""
        if len(args) != 1:
            raise UsageError("scrapy crawl takes the name of one spider; `scrapy list` names them")
        assert self.crawler_process is not None
        assert self.settings is not None
        try:
            Config.from_settings(self.settings)
        except ValueError as error:
            logger.error("%s", error)
            self.exitcode = ExitCode.BAD_ARGUMENTS
            return
        try:
            crawler = self._create_crawler(args[0])
        except KeyError:
            raise UsageError(f"no spider is named {args[0]!r}; `scrapy list` names them", print_help=False) from None
        if advice := start_requests_alone(crawler.spidercls):
            logger.error("%s", advice)
            self.exitcode = ExitCode.START_FAILED
            return
        task = self.crawler_process.crawl(crawler, **opts.spargs)
        assert isinstance(task, asyncio.Task)
        self.crawler_process.start()
        self.exitcode = self.code_of(task, crawler)

    def code_of(self, task: asyncio.Task[None], crawler: Crawler) -> int:
        """The exit code of a crawl that has ended, one way or the other."""
        if not task.done() or task.cancelled():
            return ExitCode.INTERRUPTED  # a second Ctrl-C
        if (error := task.exception()) is None:
            default = ExitCode.START_FAILED if issubclass(crawler.spidercls, SiteSpider) else ExitCode.GOOD
            return int(crawler.stats.get_value("newscrawl/run/exit_code", default))
        if isinstance(error, ArgumentError):
            logger.error("%s", error)
            return ExitCode.BAD_ARGUMENTS
        logger.error("the crawl could not start: %s", error, exc_info=error)
        return ExitCode.START_FAILED
