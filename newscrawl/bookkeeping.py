"""The ledger and the delivery of one run: opened at its start, closed at its end."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from newscrawl.arguments import Arguments
from newscrawl.delivery import Delivery, DeliveryError
from newscrawl.ledger import Ledger, LedgerError, Report, host_of
from newscrawl.ledger.admin import Admin
from newscrawl.run import ExitCode
from newscrawl.settings import Config
from newscrawl.urls import domain_of


class RunError(Exception):
    """What ends a run with an exit code of its own."""

    def __init__(self, code: ExitCode, text: str) -> None:
        super().__init__(text)
        self.code = code


class Bookkeeping:
    """Opens blocking (in a thread), so that a slow disk stalls no crawl."""

    def __init__(
        self, config: Config, *, spider: str, run_id: str, starts: Iterable[str], arguments: Arguments
    ) -> None:
        """`starts`: the URLs of the first discovery pages; the run takes rows of their domains. RunError
        where ledger or output cannot be opened, or another run holds a host."""
        urls = list(starts)
        try:
            config.data_dir.mkdir(parents=True, exist_ok=True)
            path = config.data_dir / "ledger.db"
            if arguments.full and path.exists():
                _forget(path, spider)
            scope = {domain for url in urls if (domain := domain_of(url))}
            self.ledger = Ledger(
                path,
                spider=spider,
                run_id=run_id,
                now=lambda: datetime.now(UTC),
                scope=scope,
                revisit=arguments.revisit,
            )
        except (LedgerError, OSError) as error:
            raise RunError(ExitCode.LEDGER_TROUBLE, f"ledger: {error}") from error
        self._hold(urls)
        self._delivery = self._deliver(config)
        name = hashlib.sha256(repr(sorted(scope)).encode()).hexdigest()[:8]
        self._marker = config.data_dir / "unfinished" / f"{spider}-{name}"
        self.resumes = self._mark()

    @classmethod
    async def open(
        cls, config: Config, *, spider: str, run_id: str, starts: Iterable[str], arguments: Arguments
    ) -> Bookkeeping:
        """The same, in a thread."""
        return await asyncio.to_thread(
            cls, config, spider=spider, run_id=run_id, starts=list(starts), arguments=arguments
        )

    def _hold(self, urls: Iterable[str]) -> None:
        for host in sorted({host_of(url) for url in urls}):
            if holder := self.ledger.hold(host).result():
                self.ledger.close()
                raise RunError(
                    ExitCode.HOST_LOCKED, f"{host} is being crawled by run {holder.run_id} (pid {holder.pid})"
                )

    def _deliver(self, config: Config) -> Delivery:
        try:
            return Delivery(self.ledger, config.data_dir, config.delivery)
        except (DeliveryError, ValueError) as error:
            self.ledger.close()
            raise RunError(ExitCode.OUTPUT_NOT_WRITTEN, str(error)) from error

    def _mark(self) -> bool:
        """Whether the run before came to no end: what its listings named further on is not in the ledger yet, so that
        paging must not stop at the first page without news. Marks that this run has not come to its end either."""
        try:
            was_there = self._marker.exists()
            self._marker.parent.mkdir(exist_ok=True)
            self._marker.touch()
        except OSError as error:
            self.ledger.close()
            raise RunError(ExitCode.LEDGER_TROUBLE, f"{self._marker}: {error}") from error
        return was_there

    def close(self, *, complete: bool) -> Report:
        """Delivers what is left and ends the run in the ledger; answers its balance. RunError after trouble.

        `complete`: whether every discovery page was read that should have been.
        """
        try:
            try:
                self._delivery.close()
            finally:
                report = self.ledger.finish().result()
                self.ledger.close()
        except DeliveryError as error:
            raise RunError(ExitCode.OUTPUT_NOT_WRITTEN, str(error)) from error
        except LedgerError as error:
            raise RunError(ExitCode.LEDGER_TROUBLE, f"ledger: {error}") from error
        if complete:
            self._marker.unlink(missing_ok=True)
        if not report.balanced:
            raise RunError(ExitCode.LEDGER_TROUBLE, f"ledger: the run's balance does not add up: {report}")
        return report


def _forget(path: Path, spider: str) -> None:
    with Admin(path) as admin, suppress(KeyError):
        admin.forget(spider)
