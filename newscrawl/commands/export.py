"""`scrapy export`: records to Parquet, SQL and others; each named consumer gets each record once."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.config import Config
from newscrawl.crawl.arguments import ArgumentError, Arguments
from newscrawl.crawl.exit_codes import ExitCode
from newscrawl.delivery import DeliveryError
from newscrawl.delivery.consumers import BusyError, Consumer, ConsumerError, consumers
from newscrawl.delivery.export_run import Export
from newscrawl.delivery.targets.uris import default_name, kind_of, open_target, public
from newscrawl.ledger import Held, LedgerError
from newscrawl.ledger.exports import Exports
from newscrawl.ledger.place import Place


class Command(ScrapyCommand):
    """Reads ledger and delivered files, writes one target; crawls may be under way."""

    requires_project = False
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """After `scrapy export`."""
        return "--to URI [--name CONSUMER] [options] | --list | --pause CONSUMER | --drop CONSUMER"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Bring records to Parquet, SQL, CSV, a bucket or a feed, each once"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Adds the target and what is done with it."""
        super().add_options(parser)
        parser.add_argument("--to", metavar="URI", help="parquet:DIR, sqlite:FILE, duckdb:FILE, csv:FILE, jsonl:URI,"
                            " feed:FILE or postgresql://USER@HOST/DATABASE")  # fmt: skip
        parser.add_argument("--name", metavar="CONSUMER", help="who reads there (default: made from the URI)")
        parser.add_argument("--spider", action="append", default=[], metavar="NAME", help="of these spiders only")
        parser.add_argument("--since", metavar="DAY", help="pass over what was fetched before that day, UTC")
        parser.add_argument("--follow", action="store_true", help="go on with what comes, until it is interrupted")
        parser.add_argument("--replay", action="store_true", help="begin anew with the files in data/articles")
        parser.add_argument(
            "--list", action="store_true", dest="listing", help="show consumers and what waits for them"
        )
        parser.add_argument("--pause", metavar="CONSUMER", help="keep nothing for it until it is exported to again")
        parser.add_argument("--drop", metavar="CONSUMER", help="forget it; its target stays as it is")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Does one of these; exit code 2 for bad arguments, 5 where the target cannot be written, 8 where another
        process exports for the consumer, 9 where the ledger cannot be read."""
        if args or sum(map(bool, (opts.to, opts.listing, opts.pause, opts.drop))) != 1:
            raise UsageError("scrapy export takes one of --to, --list, --pause and --drop")
        assert self.settings is not None
        config = Config.from_settings(self.settings)
        root, ledger = config.data_dir, config.ledger
        try:
            if opts.to:
                self._export(root, ledger, opts)
            else:
                self._manage(root, ledger, opts)
        except (ArgumentError, ConsumerError) as error:
            raise UsageError(str(error), print_help=False) from None
        except BusyError as error:
            self._end(ExitCode.HOST_LOCKED, error)
        except LedgerError as error:
            self._end(ExitCode.LEDGER_TROUBLE, error)
        except (DeliveryError, OSError) as error:
            self._end(ExitCode.OUTPUT_NOT_WRITTEN, error)

    def _export(self, root: Path, ledger: Place, opts: argparse.Namespace) -> None:
        kind_of(opts.to)
        since = Arguments.parse(since=opts.since).since
        with Exports(ledger, lambda: int(time.time())) as exports:
            consumer = Consumer.register(root, opts.name or default_name(opts.to), public(opts.to))
            with consumer.lock():
                consumer.remember(opts.spider, str(since) if since else "")
                target = open_target(opts.to, consumer.name)
                try:
                    export = Export(
                        exports, root, consumer, target, spiders=opts.spider, since=str(since) if since else ""
                    )
                    if opts.replay:
                        export.replay()
                    _work(export, follow=opts.follow)
                finally:
                    target.close()
        sys.stdout.write(f"{consumer.name}: {export.written} written to {consumer.uri}\n")

    def _manage(self, root: Path, ledger: Place, opts: argparse.Namespace) -> None:
        with Exports(ledger, lambda: int(time.time())) as exports:
            if opts.listing:
                waiting = {held.name: held for held in exports.held()}
                for consumer in consumers(root):
                    sys.stdout.write(_line(consumer, waiting.get(consumer.name)))
                return
            named = Consumer.load(root, opts.pause or opts.drop)
            if named is None:
                raise ConsumerError(f"there is no consumer {opts.pause or opts.drop}: --list shows them")
            with named.lock():
                if opts.pause:
                    named.pause()
                exports.release(named.name)
                if opts.drop:
                    named.drop()

    def _end(self, code: ExitCode, error: Exception) -> None:
        sys.stderr.write(f"export: {error}\n")
        self.exitcode = code


def _work(export: Export, *, follow: bool) -> None:
    if not follow:
        export.catch_up()
        return
    stopped: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda signum, _: stopped.append(signum))
    export.follow(lambda: bool(stopped))


def _line(consumer: Consumer, held: Held | None) -> str:
    """Name, target, what waits and how much that is, when it came where it is."""
    if consumer.is_paused or held is None:
        return f"{consumer.name}  {consumer.uri}  {'paused' if consumer.is_paused else 'not begun'}\n"
    moved = datetime.fromtimestamp(held.moved, UTC)
    waits = f"{held.messages} waiting ({held.size / 2**20:.1f} MB)"
    return f"{consumer.name}  {consumer.uri}  {waits}  last moved {moved:%Y-%m-%dT%H:%M:%SZ}\n"
