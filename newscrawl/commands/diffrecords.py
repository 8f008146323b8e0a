"""`scrapy diffrecords OLD NEW`: what a change of rules did to records, field by field."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, ClassVar

import msgspec
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.delivery import DeliveryError
from newscrawl.delivery.record_lines import record_lines
from newscrawl.views.change_pages import record_changes_page
from newscrawl.views.record_changes import OF_THE_RUN, compare, key_of, lines_of_changes


class Command(ScrapyCommand):
    """Compares two files, or folders, of JSON lines."""

    requires_project = False
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """After `scrapy diffrecords`."""
        return "[options] OLD NEW"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Show what differs between two files of records, field by field"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Adds the form of the answer."""
        super().add_options(parser)
        parser.add_argument("--html", metavar="FILE", help="write a page to look at, too")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of text")
        parser.add_argument("--skip", action="append", default=[], metavar="FIELD", help="leave a field out")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Prints the differences; exit code 1 where there are some, 2 where a file cannot be read."""
        if len(args) != 2:
            raise UsageError("scrapy diffrecords takes two files: OLD NEW")
        try:
            old = {key_of(msgspec.json.decode(line)): line for line in record_lines(Path(args[0]))}
            found = compare(old, record_lines(Path(args[1])), skip=OF_THE_RUN | set(opts.skip))
            if opts.html:
                Path(opts.html).write_text(record_changes_page(found, *args), encoding="utf-8")
        except (OSError, DeliveryError, msgspec.MsgspecError) as error:
            raise UsageError(str(error), print_help=False) from None
        lines = [msgspec.json.encode(found).decode()] if opts.json else lines_of_changes(found)
        sys.stdout.writelines(f"{line}\n" for line in lines)
        self.exitcode = int(bool(found.changed or found.only_old or found.only_new))
