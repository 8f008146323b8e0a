"""`scrapy alert`: sends what is due about sites in trouble, or a test message."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.alerts.check import TEST, alert
from newscrawl.alerts.sending import send
from newscrawl.config import Config


class Command(ScrapyCommand):
    """Every run does it at its end; from cron it also tells that runs have stopped."""

    requires_project = False
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """After `scrapy alert`."""
        return "[--test]"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Send what is due about sites in trouble"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Adds the test."""
        super().add_options(parser)
        parser.add_argument("--test", action="store_true", help="send a test message to every service")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit code 1 where a service did not take the message."""
        assert self.settings is not None
        config = Config.from_settings(self.settings)
        if args or not (config.alert_file or config.alert_command):
            raise UsageError("set NEWSCRAWL_ALERT_FILE or NEWSCRAWL_ALERT_COMMAND; scrapy alert takes options only")
        if opts.test:
            failed = send(TEST, file=config.alert_file, command=config.alert_command)
        else:
            now = datetime.now(UTC)
            failed = alert(config.data_dir, file=config.alert_file, command=config.alert_command, now=now)
        for line in failed:
            sys.stderr.write(f"{line}\n")
        if opts.test and not failed:
            sys.stdout.write("every service took the test message\n")
        self.exitcode = int(bool(failed))
