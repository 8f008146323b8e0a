"""Exports: one call brings one consumer's target up to date, spider by spider."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from newscrawl.delivery.consumers import Consumer, ConsumerError
from newscrawl.delivery.position import Position
from newscrawl.delivery.reader import Entry, begin
from newscrawl.delivery.target import ExportTarget
from newscrawl.ledger.exports import Exports

POLL = 2.0
"""Seconds between looks at the outbox with `--follow`."""


@dataclass(slots=True)
class _Made:
    """When a record was fetched, or its article was gone."""

    fetched_at: str = ""
    gone_at: str = ""


class Export:
    """Brings what a data folder has of some spiders to one target."""

    def __init__(
        self,
        exports: Exports,
        root: Path,
        consumer: Consumer,
        target: ExportTarget,
        *,
        spiders: Sequence[str],
        since: str,
    ) -> None:
        """`spiders`: names, all where empty. `since`: what was fetched or gone before that day is passed over."""
        self._exports, self._root, self._consumer, self._target = exports, root, consumer, target
        self._spiders, self._since = spiders, since
        self.written = 0
        """Records and tombstones written by this object."""

    def replay(self) -> None:
        """Begins anew."""
        self._consumer.renew()
        self._target.reset()

    def catch_up(self) -> None:
        """Writes all that there is. The ledger's cursors follow what the target has on disk."""
        stored = self._target.positions()
        for spider in self._chosen():
            self._write(spider, stored.get(spider[0]))
        self._target.finish()
        for name, number in self._chosen():
            self._follow_target(number, self._target.positions().get(name))

    def follow(self, is_stopped: Callable[[], bool]) -> None:
        """Writes what comes, until it is stopped."""
        while not is_stopped():
            self.catch_up()
            time.sleep(POLL)

    def _write(self, spider: tuple[str, int], stored: str | None) -> None:
        reader = begin(self._exports, self._root, spider, self._consumer, stored)
        while entries := reader.take(self._target.records, self._target.size):
            wanted = [entry for entry in entries if not self._since or self._is_wanted(entry)]
            position = reader.position.dump()
            is_on_disk = self._target.write(spider[0], wanted, position)
            self.written += len(wanted)
            if is_on_disk:
                self._follow_target(spider[1], position)

    def _follow_target(self, spider: int, position: str | None) -> None:
        if position is None:
            return
        last = Position.load(position).last()
        if last != self._exports.last(spider, self._consumer.name):
            self._exports.move(spider, self._consumer.name, last)

    def _is_wanted(self, entry: Entry) -> bool:
        made = msgspec.json.decode(entry.body, type=_Made)
        return (made.gone_at if entry.stream == "tombstones" else made.fetched_at) >= self._since

    def _chosen(self) -> list[tuple[str, int]]:
        known = self._exports.spiders()
        if unknown := [name for name in self._spiders if name not in known]:
            raise ConsumerError(f"the ledger knows no spider {', '.join(unknown)}")
        return [(name, known[name]) for name in (self._spiders or known)]
