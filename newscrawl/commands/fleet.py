"""`scrapy fleet`: crawls many sites, each by a run in a process of its own."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.spiderloader import get_spider_loader

from newscrawl.config import Config
from newscrawl.crawl.arguments import ArgumentError
from newscrawl.crawl.exit_codes import ExitCode
from newscrawl.fleet.job_lists import jobs_of_file, jobs_of_spiders
from newscrawl.fleet.many_runs import Fleet, FleetOptions
from newscrawl.fleet.terminal_screen import TerminalScreen
from newscrawl.ledger import LedgerError

RUNS_PER_CORE = 4
"""A run mostly waits for its host: at a page a second it takes an eighth to a quarter of a core."""
SLICE_MINUTES = 15
"""A site of a thousand pages gives way to others so often."""


class Command(ScrapyCommand):
    """The sites of a file with a URL a line, or all spiders of the project; due ones first."""

    requires_project = False
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """After `scrapy fleet`."""
        return "[options] [FILE]"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Crawl many sites, each in a process of its own"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """How many at once, and what each run is called with."""
        super().add_options(parser)
        parser.add_argument(
            "-a", dest="arguments", action="append", default=[], metavar="NAME=VALUE", help="for each run"
        )
        default = RUNS_PER_CORE * (os.cpu_count() or 1)
        parser.add_argument("-n", type=int, default=default, metavar="N", help=f"runs at a time (default: {default})")
        parser.add_argument(
            "--slice",
            type=float,
            default=SLICE_MINUTES,
            metavar="MINUTES",
            help=f"after which a run makes room where others wait, to go on behind them (default: {SLICE_MINUTES})",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Runs the fleet; the exit code is that of its worst run."""
        if len(args) > 1 or opts.n < 1 or opts.slice <= 0:
            raise UsageError("scrapy fleet takes one file, or none for all spiders; -n and --slice are above 0")
        assert self.settings is not None
        try:
            loader = get_spider_loader(self.settings)
            config = Config.from_settings(self.settings)
            jobs = jobs_of_file(Path(args[0]), config.ledger) if args else jobs_of_spiders(loader, config.ledger)
        except (ArgumentError, ValueError) as error:
            raise UsageError(str(error), print_help=False) from None
        except LedgerError as error:
            sys.stderr.write(f"{error}\n")
            self.exitcode = ExitCode.LEDGER_TROUBLE
            return
        if not jobs:
            raise UsageError("the project has no spiders of sites; name a file of URLs", print_help=False)
        options = FleetOptions(at_once=opts.n, slice_seconds=60 * opts.slice, words=self._words(config, opts))
        fleet = Fleet(config, jobs, options, TerminalScreen(sys.stderr))
        summary = asyncio.run(fleet.run())
        self.exitcode = summary.exit_code
        new = sum(site.visits.get("new", 0) for site in summary.sites)
        file = config.data_dir / "fleets" / f"{summary.fleet_id}.json"
        print(f"{len(summary.sites)} sites, {new} new articles; exit code {summary.exit_code}; {file}")

    def _words(self, config: Config, opts: argparse.Namespace) -> tuple[str, ...]:
        """What each run is called with; one worker, where the user did not say otherwise: runs share the cores."""
        settings = [*opts.set]
        if not config.workers:
            settings.insert(0, "NEWSCRAWL_WORKERS=1")
        arguments = [word for argument in opts.arguments for word in ("-a", argument)]
        return (*arguments, *(word for setting in settings for word in ("-s", setting)))
