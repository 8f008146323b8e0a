"""`scrapy ledger`: what is known, what failed and why, and how to try it again."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.archive.blank_records import erase_in
from newscrawl.archive.cdxj import index_what_was_left
from newscrawl.config import Config
from newscrawl.crawl.exit_codes import ExitCode
from newscrawl.delivery import DeliveryError
from newscrawl.delivery.consumers import BusyError, ConsumerError
from newscrawl.delivery.erased_consumers import erase_from_consumers
from newscrawl.delivery.redaction import erase_records
from newscrawl.ledger import STATES, LedgerError, State, UrlFilter
from newscrawl.ledger.admin import DEAD_LETTERS, Admin
from newscrawl.ledger.exports import Exports
from newscrawl.views.terminal import one_line
from newscrawl.web.urls import normalized_url

ACTIONS = tuple("counts dead urls requeue redeliver accept forget backup prune erase vacuum check".split())

TEXTS: dict[str, Callable[[dict[str, Any]], str]] = {
    "requeue": lambda row: f"{row['requeued']} URLs are pending again",
    "redeliver": lambda row: f"{row['redelivered']} records and tombstones are delivered again by the next run",
    "accept": lambda row: f"{row['accepted']} sites are taken as they are from the next run on",
    "forget": lambda row: f"{row['forgotten']} URLs are forgotten",
    "backup": lambda row: f"{row['bytes']} bytes are in {row['file']}",
    "prune": lambda row: ", ".join(f"{count} {what.replace('_', ' ')}" for what, count in row.items()) + " taken out",
    "erase": lambda row: ", ".join(f"{what}: {count}" for what, count in row.items()),
    "vacuum": lambda row: f"{row['bytes_before']} bytes before, {row['bytes_after']} now",
    "check": lambda row: "nothing is wrong" if row["wrong"] is None else one_line(row["wrong"]),
}
"""How the one line of an action reads; the rows of the others are columns."""


class Command(ScrapyCommand):
    """counts (by spider and state), urls (by state, reason, time and site), dead (what gave no record, and why),
    requeue, redeliver, accept, forget, backup, prune, erase, vacuum, check."""

    requires_project = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's attribute

    def syntax(self) -> str:
        """What follows the command's name."""
        return (
            "[options] [counts | dead [SPIDER] | urls [SPIDER] | requeue SPIDER [URL ...] |"
            " redeliver SPIDER --since TIME | accept SPIDER [SITE] | forget SPIDER |"
            " backup FILE | prune --older-than DAYS | erase URL | vacuum | check]"
        )

    def short_desc(self) -> str:
        """For the list of commands."""
        return "Show and mend what newscrawl knows of each URL"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's options and our own."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="one JSON object a line")
        parser.add_argument("--state", action="append", choices=STATES, help="for urls, dead and requeue")
        parser.add_argument("--reason", help="for urls and requeue: why there is no record")
        parser.add_argument("--site", metavar="DOMAIN", help="for urls and requeue")
        parser.add_argument("--near", metavar="URL", help="for urls and requeue: of its host, the most alike first")
        parser.add_argument(
            "--near-border", action="store_true", help="for urls and requeue: pages that only just count as no article"
        )
        parser.add_argument(
            "--since", metavar="TIME", help="urls, requeue, redeliver: 2026-11-24 or 2026-11-24T08:00:00Z"
        )
        parser.add_argument(
            "--older-than", type=int, metavar="DAYS", help="for prune: what was last seen so many days ago"
        )
        parser.add_argument("--limit", type=int, default=1000, help="most lines of urls and dead (default: 1000)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Runs one action; exit code 9 where the ledger cannot be read, 1 where check finds something."""
        action, *rest = args or ["counts"]
        if action not in ACTIONS:
            raise UsageError(f"{action}: should be one of {', '.join(ACTIONS)}")
        assert self.settings is not None
        try:
            with Admin(Config.from_settings(self.settings).ledger) as admin:
                rows = getattr(self, action)(admin, rest, opts)
        except (LedgerError, OSError) as error:
            print(f"ledger: {error}", file=sys.stderr)
            self.exitcode = ExitCode.LEDGER_TROUBLE
            return
        except (BusyError, ConsumerError, DeliveryError) as error:
            print(f"export: {error}", file=sys.stderr)
            self.exitcode = ExitCode.OUTPUT_NOT_WRITTEN
            return
        except KeyError as error:
            raise UsageError(f"the ledger knows no spider {error}", print_help=False) from None
        for row in rows:
            print(msgspec.json.encode(row).decode() if opts.json else TEXTS.get(action, _columns)(row))

    def counts(self, admin: Admin, rest: list[str], opts: argparse.Namespace) -> list[dict[str, Any]]:
        """A line for each spider."""
        if opts.json:
            return [{"spider": spider, **dict[str, int](states.items())} for spider, states in admin.counts().items()]
        return [
            {"spider": spider, **{state: f"{count} {state}" for state, count in states.items()}}
            for spider, states in admin.counts().items()
        ]

    def dead(self, admin: Admin, rest: list[str], opts: argparse.Namespace) -> list[dict[str, Any]]:
        """The dead letters."""
        letters = admin.dead_letters(rest[0] if rest else None, _fates(opts), opts.limit)
        return [msgspec.to_builtins(letter) for letter in letters]

    def urls(self, admin: Admin, rest: list[str], opts: argparse.Namespace) -> list[dict[str, Any]]:
        """URLs that match, in whatever state."""
        letters = admin.urls(_filter(opts, ()), rest[0] if rest else None, opts.limit)
        return [msgspec.to_builtins(letter) for letter in letters]

    def requeue(self, admin: Admin, rest: list[str], opts: argparse.Namespace) -> list[dict[str, Any]]:
        """Makes URLs pending again, all of the states or those given."""
        spider, *urls = _spider(rest)
        if not urls and (opts.reason or opts.site or opts.since or opts.near or opts.near_border):
            return [{"requeued": admin.requeue_matching(spider, _filter(opts, DEAD_LETTERS))}]
        return [{"requeued": admin.requeue(spider, _fates(opts), urls or None)}]

    def redeliver(self, admin: Admin, rest: list[str], opts: argparse.Namespace) -> list[dict[str, Any]]:
        """Has what was delivered since then delivered again, for files that were lost."""
        if not opts.since:
            raise UsageError("redeliver needs --since TIME")
        return [{"redelivered": admin.redeliver(_spider(rest)[0], opts.since)}]

    def accept(self, admin: Admin, rest: list[str], opts: argparse.Namespace) -> list[dict[str, Any]]:
        """Takes a site that has changed as it is."""
        spider, *sites = _spider(rest)
        chosen: list[str | None] = [*sites] or [None]
        return [{"accepted": sum(admin.accept(spider, site) for site in chosen)}]

    def forget(self, admin: Admin, rest: list[str], opts: argparse.Namespace) -> list[dict[str, Any]]:
        """Takes out all that is known of a spider."""
        return [{"forgotten": admin.forget(_spider(rest)[0])}]

    def backup(self, admin: Admin, rest: list[str], opts: argparse.Namespace) -> list[dict[str, Any]]:
        """Copies the ledger, while runs write it."""
        if len(rest) != 1:
            raise UsageError("backup needs the FILE to write")
        return [{"file": rest[0], "bytes": admin.backup(Path(rest[0]))}]

    def prune(self, admin: Admin, rest: list[str], opts: argparse.Namespace) -> list[dict[str, Any]]:
        """Takes out old entries that give no record."""
        if rest or not opts.older_than or opts.older_than < 1:
            raise UsageError("prune needs --older-than DAYS")
        return [admin.prune(int(time.time()) - opts.older_than * 24 * 3600)]

    def erase(self, admin: Admin, rest: list[str], opts: argparse.Namespace) -> list[dict[str, Any]]:
        """Takes the text of a page out of everything; may be repeated, and is where it was broken off."""
        if len(rest) != 1:
            raise UsageError("erase needs one URL")
        assert self.settings is not None
        root = Config.from_settings(self.settings).data_dir
        erased = admin.erase(rest[0], int(time.time()))
        if not erased:
            raise UsageError(f"the ledger does not know {rest[0]}", print_help=False)
        ids = {one.id for one in erased}
        done: dict[str, Any] = {
            "articles": len(erased),
            "records": erase_records(root / "articles", ids),
            "archived": _erase_archived(root, {one.url for one in erased} | {rest[0]}),
        }
        admin.vacuum()
        with Exports(root / "ledger.db", lambda: int(time.time())) as exports:
            done["consumers"] = ", ".join(erase_from_consumers(root, exports, erased)) or "none"
        return [done]

    def vacuum(self, admin: Admin, rest: list[str], opts: argparse.Namespace) -> list[dict[str, Any]]:
        """Makes the file as small as it can be."""
        before, after = admin.vacuum()
        return [{"bytes_before": before, "bytes_after": after}]

    def check(self, admin: Admin, rest: list[str], opts: argparse.Namespace) -> list[dict[str, Any]]:
        """What is wrong in the file."""
        wrong = admin.check()
        self.exitcode = int(bool(wrong))
        return [{"wrong": text} for text in wrong] or [{"wrong": None}]


def _erase_archived(root: Path, urls: set[str]) -> int:
    """Takes the answers of these URLs out of the WARC files."""
    keys = {normalized_url(url) for url in urls}
    folder = root / "warc"
    count = sum(erase_in(path, lambda url: normalized_url(url) in keys) for path in folder.glob("**/*.warc.gz"))
    if count:
        index_what_was_left(folder)
    return count


def _fates(opts: argparse.Namespace) -> tuple[State, ...]:
    return tuple(opts.state) if opts.state else DEAD_LETTERS


def _filter(opts: argparse.Namespace, states: tuple[State, ...]) -> UrlFilter:
    return UrlFilter(
        states=tuple(opts.state or states),
        reason=opts.reason,
        since=opts.since,
        site=opts.site,
        near=opts.near,
        near_border=opts.near_border,
    )


def _spider(rest: list[str]) -> list[str]:
    if not rest:
        raise UsageError("name the spider")
    return rest


def _columns(row: dict[str, Any]) -> str:
    return "  ".join(_text(value) for value in row.values())


def _text(value: Any) -> str:
    return "-" if value is None else one_line(str(value))
