"""The deliveries of one run: after each commit of the ledger they write what waits in the outbox."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newscrawl.delivery.jsonlines import DeliveryError, JsonLines, Options
from newscrawl.ledger import STREAMS, Ledger

PATIENCE = 10.0
"""Seconds that `close` waits for another process that delivers for the same spider."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What a run has delivered."""

    articles: int
    tombstones: int
    files: list[Path]
    """Files that got their final name."""


class Delivery:
    """Files of records (articles/SPIDER/) and of tombstones (tombstones/SPIDER/) under `root`.

    A tombstone is one JSON object a line: id, url, normalized_url, revision (of the last record), http_status, gone_at,
    spider, run_id. They have files of their own, so that each line under articles/ is a record.
    """

    def __init__(self, ledger: Ledger, root: Path, options: Options | None = None) -> None:
        """Delivers what earlier runs left, then after each commit; blocks for the former.

        ValueError for a spider name that could lead out of `root`; DeliveryError where `root` cannot be written.
        """
        self._options = options or Options()
        self._outbox = ledger.outbox()
        self._name = f"delivery/{ledger.spider}"  # no host has a slash
        self._sinks = [JsonLines(self._outbox, root, stream, ledger.spider, self._options) for stream in STREAMS]
        self._is_holder = self._is_closed = False
        self.failure: DeliveryError | None = None
        """Set when the output could not be written; the crawl may go on, the records wait in the outbox."""
        self._outbox.do(self._step).result()
        if self.failure:
            raise self.failure
        self._outbox.after_commit(self._step)

    def advance(self) -> int:
        """Delivers what waits now, where other processes commit it; returns how many records this object has written.
        Raises the DeliveryError of the run."""
        self._outbox.do(self._step).result()
        if self.failure:
            raise self.failure
        return self._sinks[STREAMS.index("articles")].delivered

    def close(self) -> Delivered:
        """Delivers the rest and gives the files their final names; blocks. Raises the DeliveryError of the run.

        Call it when all rows are settled, before `Ledger.finish`.
        """
        ends = self._outbox.do(lambda: [self._outbox.newest(stream) for stream in STREAMS]).result()
        deadline = self._outbox.patience.deadline(PATIENCE)
        while not self._outbox.do(lambda: self._end(ends)).result() and time.monotonic() < deadline:
            time.sleep(0.1)
        if self.failure:
            raise self.failure
        articles, tombstones = (sink.delivered for sink in self._sinks)
        return Delivered(
            articles=articles, tombstones=tombstones, files=[path for sink in self._sinks for path in sink.closed]
        )

    def held_back(self) -> list[str]:
        """A line for each consumer of `scrapy export` for which messages are kept that all others have had for long."""
        held = self._outbox.do(self._outbox.held).result()
        long_ago = self._outbox.now() - int(max(self._options.keep, timedelta(days=1)).total_seconds())
        return [
            f"the export consumer {one.name} has yet to take {one.messages} records and tombstones, the oldest of"
            f" {datetime.fromtimestamp(one.oldest, UTC):%Y-%m-%d}, for which the ledger keeps"
            f" {one.size / 2**20:.1f} MB: export to it again, or scrapy export --pause {one.name}"
            for one in held
            if one.oldest is not None and one.oldest < long_ago
        ]

    def _step(self) -> None:
        if self.failure or self._is_closed:
            return
        self._guard(self._deliver)

    def _guard(self, work: Callable[[], None]) -> None:
        try:
            work()
        except (OSError, DeliveryError) as error:
            self.failure = error if isinstance(error, DeliveryError) else DeliveryError(f"output not written: {error}")
            self.failure.__cause__ = error if error is not self.failure else None
            self._abandon()

    def _deliver(self) -> None:
        if not self._is_holder:
            if self._outbox.lock(self._name):
                return  # another process delivers for this spider, our records too
            self._is_holder = True
            for sink in self._sinks:
                sink.recover()
        for sink in self._sinks:
            sink.advance()

    def _end(self, ends: list[int]) -> bool:
        """Closes the files; False where another process delivers and has not come to these ends yet."""
        self._step()
        if self.failure:
            return True
        if not self._is_holder:
            return all(sink.last >= end for sink, end in zip(self._sinks, ends, strict=True))
        self._is_closed = True
        self._guard(self._close_files)
        self._outbox.prune(self._outbox.now() - int(self._options.keep.total_seconds()))
        return True

    def _close_files(self) -> None:
        for sink in self._sinks:
            sink.close()

    def _abandon(self) -> None:
        for sink in self._sinks:
            try:
                sink.abandon()
            except OSError:  # the next start cuts it
                continue
