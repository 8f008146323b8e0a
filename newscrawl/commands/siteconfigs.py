"""`scrapy siteconfigs [DIR ...]`: what site config files hold, how much of it is followed, which lines are bad."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, ClassVar

import msgspec
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.config import Config
from newscrawl.sites.rules import load_site_configs
from newscrawl.views.site_config_listing import figure_lines, figures


class Command(ScrapyCommand):
    """Reads the files only; fetches nothing."""

    requires_project = False
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """After `scrapy siteconfigs`."""
        return "[options] [DIR ...]"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Check site config files (ftr-site-config): what is followed, what is not, bad lines"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Adds the form of the answer."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="the figures as one JSON object")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Prints the figures; exit code 1 where a line is bad."""
        assert self.settings is not None
        folders = [Path(name) for name in args] or Config.from_settings(self.settings).site_config_dirs
        if not folders:
            raise UsageError("name a folder, or set NEWSCRAWL_SITE_CONFIG_DIRS", print_help=False)
        try:
            seen = figures(load_site_configs(folders))
        except (ValueError, OSError) as error:
            raise UsageError(str(error), print_help=False) from None
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        whole = msgspec.json.format(msgspec.json.encode(seen), indent=1).decode()
        for line in [whole] if opts.json else figure_lines(seen):
            sys.stdout.write(f"{line}\n")
        self.exitcode = 1 if seen.problems else 0
