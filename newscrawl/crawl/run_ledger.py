"""The ledger and the delivery of one run: opened at its start, closed at its end."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import msgspec

from newscrawl.config import Config
from newscrawl.crawl.arguments import Arguments
from newscrawl.crawl.exit_codes import ExitCode
from newscrawl.delivery import Delivery, DeliveryError, Options, spider_folder
from newscrawl.fetch.errors import PostponedError
from newscrawl.items import DiscoveredUrl
from newscrawl.ledger import Ledger, LedgerError, Patience, Report, SiteFigures, WantedUrl, host_of
from newscrawl.ledger.place import shown
from newscrawl.web.urls import domain_of, normalized_url


class RunError(Exception):
    """What ends a run with an exit code of its own."""

    def __init__(self, code: ExitCode, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a run leaves for the next one of its sites, beside the ledger, which tells of URLs alone."""

    wanted: Arguments
    """What it fetched."""
    is_finished: bool = False
    """Whether it came to its end, with every discovery page read that leads to others."""
    left_out: bool = False
    """Whether it, or one before, was led to articles that it did not want and that the ledger does not know."""

    def lacks(self, wanted: Arguments) -> bool:
        """Whether the ledger may not hold all that was named to this run and those before."""
        return not self.is_finished or (self.left_out and not self.wanted.covers(wanted))


BROKEN = Mark(wanted=Arguments(since=date.max))
"""Of a run that was killed as it wrote its mark: nothing is known of it."""


class RunLedger:
    """The ledger of one run and what delivers its records."""

    def __init__(
        self,
        config: Config,
        *,
        spider: str,
        run_id: str,
        starts: Iterable[str],
        arguments: Arguments,
        patience: Patience | None = None,
        articles: Sequence[str] = (),
    ) -> None:
        """Blocks for some milliseconds. `starts`: the URLs of the first discovery pages; the run takes entries of their
        domains. `articles`: in place of them, the entries that it takes. RunError where ledger or output cannot be
        opened, or another run holds a host; of one that holds an article's, the entries are left out."""
        urls = [*starts, *articles]
        try:
            config.data_dir.mkdir(parents=True, exist_ok=True)
            scope = {domain for url in urls if (domain := domain_of(url))}
            self.ledger = Ledger(
                config.ledger,
                spider=spider,
                run_id=run_id,
                now=lambda: datetime.now(UTC),
                scope=scope,
                revisit=arguments.revisit,
                patience=patience,
            )
        except (LedgerError, OSError) as error:
            raise RunError(ExitCode.LEDGER_TROUBLE, f"ledger: {error}") from error
        self._lock(() if articles else urls)
        self.known = self._want(articles, again=arguments.full) if articles else 0
        """Of the articles wanted, those that were known before."""
        if arguments.full and not articles:
            self._forget()
        self.warnings = without_ledger(config, spider) if self.ledger.is_new else []
        """What a person should look at."""
        self._delivery = self._deliver(config)
        self.warnings += self._delivery.held_back() if self._delivery else []
        name = hashlib.sha256(repr(sorted(scope)).encode()).hexdigest()[:8]
        self._marker = config.data_dir / "unfinished" / f"{spider}-{'articles-' if articles else ''}{name}"
        self._wanted = arguments
        before = self._begin()
        self.resumes = before is not None and before.lacks(arguments)
        """Whether listings are read on where they name nothing new."""
        self.left_out = before is not None and before.left_out and not self.resumes
        """Set where something is left out that is not wanted and that the ledger does not know."""

    async def permit(self) -> None:
        """Returns when a request may be made: at once, or when the ledger has said that the run has its place yet."""
        if not self.ledger.may_request():
            try:
                await asyncio.wrap_future(self.ledger.still_held())
            except LedgerError:
                raise PostponedError("stopped") from None

    @classmethod
    async def open(
        cls,
        config: Config,
        *,
        starts: Iterable[str],
        arguments: Arguments,
        patience: Patience,
        articles: Sequence[str] = (),
        **run: str,
    ) -> RunLedger:
        """The same, in a thread, so that a slow disk stalls no crawl."""
        make = partial(cls, config, arguments=arguments, patience=patience, articles=articles, **run)
        return await asyncio.to_thread(make, starts=list(starts))

    def _lock(self, urls: Iterable[str]) -> None:
        for host in sorted({host_of(url) for url in urls}):
            if holder := self.ledger.lock(host).result():
                self.ledger.close()
                raise RunError(
                    ExitCode.HOST_LOCKED, f"{host} is being crawled by run {holder.run_id} (pid {holder.pid})"
                )

    def _want(self, articles: Sequence[str], *, again: bool) -> int:
        try:
            found = [DiscoveredUrl(url=url, normalized_url=normalized_url(url)) for url in articles]
            stored = self.ledger.want(found, again=again).result()
        except LedgerError as error:
            raise RunError(ExitCode.LEDGER_TROUBLE, f"ledger: {error}") from error
        return stored.known

    def wanted(self) -> list[WantedUrl]:
        """What became of the articles that this run was to fetch."""
        try:
            return self.ledger.wanted().result()
        except LedgerError as error:
            raise RunError(ExitCode.LEDGER_TROUBLE, f"ledger: {error}") from error

    def _forget(self) -> None:
        try:
            self.ledger.forget().result()
        except LedgerError as error:
            raise RunError(ExitCode.LEDGER_TROUBLE, f"ledger: {error}") from error

    def _deliver(self, config: Config) -> Delivery | None:
        if not config.delivers:
            return None
        try:
            return Delivery(self.ledger, config.data_dir, delivery_options(config))
        except (DeliveryError, ValueError) as error:
            self.ledger.close()
            raise RunError(ExitCode.OUTPUT_NOT_WRITTEN, str(error)) from error

    def _begin(self) -> Mark | None:
        """The mark of the run before, None where it came to its end and left nothing out. Marks that this one has not
        come to its end; what was rejected for its date, and now is wanted, is tried again."""
        try:
            before = _mark_in(self._marker)
            self._marker.parent.mkdir(exist_ok=True)
            self._write(Mark(wanted=self._wanted))
        except OSError as error:
            self.ledger.close()
            raise RunError(ExitCode.LEDGER_TROUBLE, f"{self._marker}: {error}") from error
        if before is not None and not before.wanted.covers(self._wanted):
            self.ledger.try_again("not_in_time")
        return before

    def _end(self) -> None:
        if self._wanted.covers(Arguments()):
            self._marker.unlink(missing_ok=True)
        else:
            with suppress(OSError):  # cut short, it is that of a run that did not end: the next one reads more
                self._write(Mark(wanted=self._wanted, is_finished=True, left_out=self.left_out))

    def _write(self, mark: Mark) -> None:
        self._marker.write_bytes(msgspec.json.encode(mark))

    def close(self, *, complete: bool, sites: Mapping[str, SiteFigures] | None = None) -> Report:
        """Delivers what is left and ends the run in the ledger; returns its balance. RunError after trouble.

        `complete`: whether every discovery page was read that should have been. `sites`: what was seen of each.
        """
        try:
            try:
                if self._delivery:
                    self._delivery.close()
            finally:
                report = self.ledger.finish(sites).result()
                self.ledger.close()
        except DeliveryError as error:
            raise RunError(ExitCode.OUTPUT_NOT_WRITTEN, str(error)) from error
        except LedgerError as error:
            raise RunError(ExitCode.LEDGER_TROUBLE, f"ledger: {error}") from error
        if complete:
            self._end()
        if not report.balanced:
            raise RunError(ExitCode.LEDGER_TROUBLE, f"ledger: the run's balance does not add up: {report}")
        return report


def delivery_options(config: Config) -> Options:
    """How files of records are cut, as the settings say."""
    return Options(
        rotate_bytes=config.rotate_bytes,
        rotate_after=config.rotate_after,
        compression=config.compression,
        keep=config.keep,
    )


def without_ledger(config: Config, spider: str) -> list[str]:
    """What is wrong where records stand beside a ledger that knows nothing of them."""
    folder = spider_folder(config.data_dir, "articles", spider)
    if not any(folder.glob("*.jsonl*")):
        return []
    return [
        f"{shown(config.ledger)} was missing or empty, but {folder} holds records: every article is fetched and"
        " delivered again. If that is not meant, stop the run and put the ledger back"
    ]


def _mark_in(path: Path) -> Mark | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Mark)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError:
        return BROKEN
