"""`scrapy crawl`, with an exit code that tells the truth: Scrapy's own is 0 even when every page failed."""

from __future__ import annotations

import argparse
import asyncio
import logging

from scrapy.commands import crawl
from scrapy.exceptions import UsageError

from newscrawl.run import ArgumentError, ExitCode

logger = logging.getLogger(__name__)


class Command(crawl.Command):
    """Scrapy's command; the code comes from the run's summary."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Runs one spider by name."""
        if len(args) != 1:
            raise UsageError("scrapy crawl takes the name of one spider; `scrapy list` names them")
        assert self.crawler_process is not None
        try:
            crawler = self._create_crawler(args[0])
        except KeyError:
            raise UsageError(f"no spider is named {args[0]!r}; `scrapy list` names them", print_help=False) from None
        task = self.crawler_process.crawl(crawler, **opts.spargs)
        assert isinstance(task, asyncio.Task)
        self.crawler_process.start()
        error = task.exception() if task.done() and not task.cancelled() else None
        if error is None:
            self.exitcode = crawler.stats.get_value("newscrawl/run/exit_code", int(ExitCode.START_FAILED))
        elif isinstance(error, ArgumentError):
            logger.error("%s", error)
            self.exitcode = ExitCode.BAD_ARGUMENTS
        else:
            logger.error("the crawl could not start: %s", error, exc_info=error)
            self.exitcode = ExitCode.START_FAILED
