"""`scrapy stories`: copies of one story across outlets in a period, or who republishes whom."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import msgspec
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.config import Config
from newscrawl.crawl.arguments import ArgumentError, Arguments
from newscrawl.crawl.exit_codes import ExitCode
from newscrawl.ledger import LedgerError
from newscrawl.ledger.admin import Admin
from newscrawl.stories.clusters import Cluster, Republishing, by_outlet
from newscrawl.views.story_listing import outlet_lines, story_lines

DAYS = 7
"""The period where none is given: the last seven days."""


class Command(ScrapyCommand):
    """Reads the ledger only; a crawl may be under way."""

    requires_project = False
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """After `scrapy stories`."""
        return "[options]"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "List stories with their copies across outlets"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Adds the period and the form of the answer."""
        super().add_options(parser)
        parser.add_argument("--since", metavar="DAY", help=f"first day, UTC (default: {DAYS} days ago)")
        parser.add_argument("--until", metavar="DAY", help="last day, UTC (default: today)")
        parser.add_argument("--by", choices=["outlet"], help="outlet: who republishes whom, counted")
        parser.add_argument("--quotes", action="store_true", help="also what quotes a story and is none of its copies")
        parser.add_argument("--jsonl", action="store_true", help="one JSON object a line instead of a table")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Prints the stories of which a copy was seen in the period."""
        if args:
            raise UsageError("scrapy stories takes options only")
        assert self.settings is not None
        try:
            since, until = period(opts.since, opts.until, datetime.now(UTC))
            with Admin(Config.from_settings(self.settings).ledger) as admin:
                for line in answer(admin.stories(since, until, quotes=opts.quotes), by=opts.by, jsonl=opts.jsonl):
                    sys.stdout.write(f"{line}\n")
        except ArgumentError as error:
            raise UsageError(str(error), print_help=False) from None
        except LedgerError as error:
            sys.stderr.write(f"{error}\n")
            self.exitcode = ExitCode.LEDGER_TROUBLE


def period(since: str | None, until: str | None, now: datetime) -> tuple[str, str]:
    """First moment and first moment after it, UTC, ISO 8601 with "Z"; ArgumentError for what is no day."""
    days = Arguments.parse(since=since, until=until)
    last = days.until or now.date()
    first = days.since or last - timedelta(days=DAYS)
    return f"{first}T00:00:00Z", f"{last + timedelta(days=1)}T00:00:00Z"


def answer(found: Iterator[Cluster], *, by: str | None, jsonl: bool) -> Iterator[str]:
    """The lines to print; stories are read one by one."""
    if by == "outlet":
        counted = by_outlet(found)
        return _json(counted) if jsonl else outlet_lines(counted)
    return _json(found) if jsonl else story_lines(found)


def _json(rows: Iterable[Cluster | Republishing]) -> Iterator[str]:
    return (msgspec.json.encode(row).decode() for row in rows)
