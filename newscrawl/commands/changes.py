"""`scrapy changes`: what articles said before, and what they say now."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import msgspec
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.config import Config
from newscrawl.crawl.arguments import ArgumentError, Arguments
from newscrawl.delivery import DeliveryError
from newscrawl.delivery.record_lines import record_lines
from newscrawl.views.change_pages import revisions_page
from newscrawl.views.revisions import Revision, TextChange, change_lines, changes_between
from newscrawl.web.urls import normalized_url


class _Head(msgspec.Struct):
    id: str
    url: str
    normalized_url: str
    revision: int
    fetched_at: str


class Command(ScrapyCommand):
    """Reads the delivered files; a crawl may be under way."""

    requires_project = False
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """After `scrapy changes`."""
        return "[options] [URL]"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Show how articles were changed after they were published"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Adds the period and the form of the answer."""
        super().add_options(parser)
        parser.add_argument("--since", metavar="DAY", help="changes found since that day, UTC (default: yesterday)")
        parser.add_argument("--html", metavar="FILE", help="write a page with both texts side by side, too")
        parser.add_argument(
            "--from", metavar="PATH", dest="source", help="records to read (default: those of the data folder)"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Prints the changes of an article, or of all articles since then; exit code 2 where nothing can be read."""
        if len(args) > 1:
            raise UsageError("scrapy changes takes one URL at most")
        assert self.settings is not None
        source = Path(opts.source) if opts.source else Config.from_settings(self.settings).data_dir / "articles"
        try:
            yesterday = (datetime.now(UTC) - timedelta(days=1)).date()
            since = Arguments.parse(since=opts.since).since or (None if args else yesterday)
            found = changes_in(source, args[0] if args else None, f"{since}T00:00:00Z" if since else "")
            if opts.html:
                Path(opts.html).write_text(revisions_page(found), encoding="utf-8")
        except (OSError, DeliveryError, ArgumentError, msgspec.MsgspecError) as error:
            raise UsageError(str(error), print_help=False) from None
        sys.stdout.writelines(f"{line}\n" for line in change_lines(found))
        if not found:
            sys.stdout.write("nothing has changed\n")


def changes_in(source: Path, url: str | None, since: str) -> list[TextChange]:
    """The changes in files of records. Two passes: the first finds which articles have a later text."""
    wanted = {line.id for line in _heads(source) if _is_wanted(line, url, since)}
    revisions = (msgspec.json.decode(line, type=Revision) for line in record_lines(source) if _id(line) in wanted)
    return changes_between(revisions, since)


def _heads(source: Path) -> Iterator[_Head]:
    return (msgspec.json.decode(line, type=_Head) for line in record_lines(source))


def _id(line: bytes) -> str:
    return msgspec.json.decode(line, type=_Head).id


def _is_wanted(line: _Head, url: str | None, since: str) -> bool:
    if url is not None:
        return url == line.url or normalized_url(url) == line.normalized_url
    return line.revision > 1 and line.fetched_at >= since
