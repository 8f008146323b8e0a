"""`scrapy status`: how each site stands, those in trouble first; exit code 1 where one is."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from typing import Any, ClassVar

import msgspec
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.config import Config
from newscrawl.ledger import LedgerError
from newscrawl.ledger.admin import Admin
from newscrawl.views.site_status import SiteStatus, status_lines
from newscrawl.views.standing import standing
from newscrawl.watch.site_run import DAY

TROUBLE = 1
"""Exit code where something is wrong that is not muted."""


class Command(ScrapyCommand):
    """Reads the ledger and the runs' summaries; a crawl may be under way."""

    requires_project = False
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """After `scrapy status`."""
        return "[options]"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Show how each site stands, troubles first"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Adds the form of the answer, and what is muted."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
        parser.add_argument("--all", action="store_true", help="every site, however many are well")
        parser.add_argument(
            "--mute", metavar="SITE:PROBLEM", help="say nothing of a site's problem, or of all (SITE:all)"
        )
        parser.add_argument("--unmute", metavar="SITE:PROBLEM", help="say it again")
        parser.add_argument("--days", type=int, default=30, help="days for which --mute holds (default: 30)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Prints the sites; exit code 1 on trouble."""
        if args or opts.days < 1:
            raise UsageError("scrapy status takes options only, and --days from 1 on")
        assert self.settings is not None
        config = Config.from_settings(self.settings)
        now = datetime.now(UTC)
        try:
            with Admin(config.ledger) as admin:
                _mute(admin, opts, now)
                found = standing(admin, config.data_dir / "runs", now).sites
        except LedgerError as error:
            sys.stderr.write(f"ledger: {error}\n")
            self.exitcode = TROUBLE
            return
        trouble = any(site.troubles for site in found)
        for line in [_json(found, now)] if opts.json else status_lines(found, everything=opts.all):
            sys.stdout.write(f"{line}\n")
        self.exitcode = TROUBLE if trouble else 0


def _mute(admin: Admin, opts: argparse.Namespace, now: datetime) -> None:
    """Mutes or unmutes a site's problem, of every spider that has the site."""
    for asked, until in ((opts.mute, int(now.timestamp()) + opts.days * DAY), (opts.unmute, 0)):
        if asked is None:
            continue
        site, _, problem = asked.rpartition(":")
        spiders = [name for name, seen in admin.sites(0, 0).items() if site in seen.latest]
        if not spiders or not problem.replace("_", "").isalnum():
            raise UsageError(f"{asked}: should be SITE:PROBLEM, with a site that was crawled", print_help=False)
        for spider in spiders:
            admin.mute(spider, site, problem, until)


def _json(found: list[SiteStatus], now: datetime) -> str:
    shown = {
        "at": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "trouble": any(site.troubles for site in found),
        "sites": found,
    }
    return msgspec.json.encode(shown).decode()
