"""`scrapy report`: the last weeks as one page that a browser opens offline."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.config import Config
from newscrawl.crawl.exit_codes import ExitCode
from newscrawl.crawl.whole_files import write_whole
from newscrawl.ledger import LedgerError
from newscrawl.ledger.admin import Admin
from newscrawl.ledger.place import Place
from newscrawl.views.report_data import ReportData, gathered
from newscrawl.views.report_page import report_page
from newscrawl.views.run_files import runs_since
from newscrawl.views.standing import standing
from newscrawl.watch.site_run import day_of

MAX_DAYS = 400


class Command(ScrapyCommand):
    """Reads the ledger and the runs' summaries; a crawl may be under way."""

    requires_project = False
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """After `scrapy report`."""
        return "[options]"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Write a page that shows runs, articles, drift and who republishes whom"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Adds the period and the file."""
        super().add_options(parser)
        parser.add_argument("--days", type=int, default=30, help="days up to today (default: 30)")
        parser.add_argument("--out", metavar="FILE", help="the page (default: report.html in the data folder)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Writes the page, and no file beside it; prints where it is."""
        if args or not 1 <= opts.days <= MAX_DAYS:
            raise UsageError(f"scrapy report takes options only, and --days from 1 to {MAX_DAYS}")
        assert self.settings is not None
        config = Config.from_settings(self.settings)
        folder = config.data_dir
        out = Path(opts.out) if opts.out else folder / "report.html"
        try:
            data = _gathered(folder, config.ledger, opts.days, datetime.now(UTC))
            page = report_page(
                data, records=_url(folder / "articles", out.parent), summaries=_url(folder / "runs", out.parent)
            )
            write_whole(out, page.encode())
        except LedgerError as error:
            sys.stderr.write(f"ledger: {error}\n")
            self.exitcode = ExitCode.LEDGER_TROUBLE
        except OSError as error:
            sys.stderr.write(f"{out}: {error}\n")
            self.exitcode = ExitCode.OUTPUT_NOT_WRITTEN
        else:
            sys.stdout.write(f"{out}\n")


def _gathered(folder: Path, ledger: Place, days: int, now: datetime) -> ReportData:
    today, first = day_of(int(now.timestamp())), now - timedelta(days=days - 1)
    with Admin(ledger) as admin:
        stand = standing(admin, folder / "runs", now)
        return gathered(
            {spider: admin.site_days(spider, today - days + 1) for spider in stand.spiders},
            runs_since(folder / "runs", f"{first:%Y%m%dT}"),
            stand.sites,
            admin.stories(f"{first:%Y-%m-%d}T00:00:00Z", f"{now + timedelta(days=1):%Y-%m-%d}T00:00:00Z"),
            now=now,
            days=days,
        )


def _url(folder: Path, beside: Path) -> str:
    """The folder as a relative URL from beside the page."""
    return quote(os.path.relpath(folder.resolve(), beside.resolve()).replace(os.sep, "/"))
